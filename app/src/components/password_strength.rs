//! How good a new password is, in words, while it is typed. Without JavaScript the refusal says the same.

use std::time::Duration;

use domain_types::auth::{PasswordAdvice, Strength};
use leptos::{ev, prelude::*, server_fn::ServerFn, task::spawn_local, wasm_bindgen::JsCast, web_sys::HtmlInputElement};

use super::{fetch, field_id};
use crate::features::auth::server_fns::GetPasswordAdvice;

/// So long nothing is typed before somebody is asked.
const PAUSE: Duration = Duration::from_millis(500);
/// The names that a password must not hold, where they stand on the same page.
const KNOWN: [&str; 4] = ["username", "email", "first_name", "last_name"];

/// The advice about the password in the control with this id. Read out when it changes and its reader pauses.
#[island]
pub fn PasswordStrength(control: String) -> impl IntoView {
    let advice = RwSignal::new(None::<PasswordAdvice>);
    Effect::new(move |_| {
        let control = control.clone();
        let asked = StoredValue::new(Vec::new());
        let ask = move || {
            let now: Vec<String> =
                std::iter::once(typed(&control)).chain(KNOWN.iter().map(|name| typed(&field_id(name)))).collect();
            if asked.with_value(|asked| *asked == now) {
                return;
            }
            asked.set_value(now.clone());
            if now[0].is_empty() {
                advice.set(None);
                return;
            }
            spawn_local(async move {
                let names = std::iter::once("password").chain(KNOWN);
                let fields: Vec<(&str, &str)> = names.zip(now.iter().map(String::as_str)).collect();
                let answer = fetch::post(GetPasswordAdvice::PATH, &fields).await;
                // Something else may stand there by now, and is being asked about.
                if asked.with_value(|asked| *asked == now) {
                    advice.set(answer);
                }
            });
        };
        let ask = StoredValue::new_local(ask);
        let changes = StoredValue::new(0_u32);
        window_event_listener(ev::input, move |_| {
            changes.update_value(|changes| *changes += 1);
            let change = changes.get_value();
            let ask_after_pause = move || {
                if changes.get_value() == change {
                    ask.with_value(|ask| ask());
                }
            };
            set_timeout(ask_after_pause, PAUSE);
        });
    });
    let tone = move || match advice.with(|advice| advice.as_ref().map(|advice| advice.strength)) {
        None => "field-advice",
        Some(Strength::Weak) => "field-advice field-advice-weak",
        Some(_) => "field-advice field-advice-good",
    };
    view! {
        <p class=tone aria-live="polite">
            {move || advice.with(|advice| advice.as_ref().map(|advice| advice.sentence.clone()))}
        </p>
    }
}

/// What stands in the control with this id.
fn typed(id: &str) -> String {
    let input = document().get_element_by_id(id).and_then(|found| found.dyn_into::<HtmlInputElement>().ok());
    input.map(|input| input.value()).unwrap_or_default()
}
