//! How good a new password is, in words, while it is typed. Without JavaScript the refusal says the same.

use std::{cell::RefCell, rc::Rc, time::Duration};

use leptos::{
    prelude::*,
    server_fn::ServerFn,
    task::spawn_local,
    wasm_bindgen::JsCast,
    web_sys::{HtmlInputElement, UrlSearchParams},
};

use super::fetch::{member, post};
use crate::features::auth::server_fns::GetPasswordAdvice;

/// So long nothing is typed before somebody is asked.
const PAUSE: Duration = Duration::from_millis(500);
/// The password, and the names that it must not hold where they stand on the same page.
const ASKED: [&str; 5] = ["password", "username", "email", "first_name", "last_name"];

/// The advice about the new password of this page, which is named `password`. Read out when its reader pauses.
#[component]
pub fn PasswordStrength() -> impl IntoView {
    view! {
        <p class="field-advice" id="password-advice" aria-live="polite"></p>
        <StrengthWatch/>
    }
}

/// Fills the line above. It draws nothing itself, and so needs no more of the framework than its waking.
#[island]
fn StrengthWatch() -> impl IntoView {
    Effect::new(|_| {
        let last = Rc::new(RefCell::new(String::new()));
        window_event_listener_untyped("input", move |_| {
            let Some(now) = typed().map(|fields| String::from(fields.to_string())) else { return };
            last.replace(now.clone());
            let last = Rc::clone(&last);
            let ask_after_pause = move || {
                if *last.borrow() == now {
                    spawn_local(ask(now, last));
                }
            };
            set_timeout(ask_after_pause, PAUSE);
        });
    });
}

async fn ask(now: String, last: Rc<RefCell<String>>) {
    let fields = typed().filter(|fields| fields.get("password").is_some_and(|password| !password.is_empty()));
    let advice = match fields {
        Some(fields) => post(GetPasswordAdvice::PATH, &fields).await,
        None => None,
    };
    // Something else may stand there by now, and is being asked about.
    if *last.borrow() != now {
        return;
    }
    let told = |name| advice.as_ref().and_then(|advice| member(advice, name)?.as_string()).unwrap_or_default();
    if let Some(line) = document().get_element_by_id("password-advice") {
        let _ = line.set_attribute("data-strength", &told("strength"));
        line.set_text_content(Some(&told("sentence")));
    }
}

/// What stands in the fields that are asked about.
fn typed() -> Option<UrlSearchParams> {
    let fields = UrlSearchParams::new().ok()?;
    for name in ASKED {
        let input = document().get_element_by_id(&super::field_id(name));
        if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
            fields.append(name, &input.value());
        }
    }
    Some(fields)
}
