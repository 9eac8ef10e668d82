//! Warns before a session ends by itself, and leaves the page when it has ended, so that nothing of a person stays on a
//! screen that was left alone. Where no script runs a page of its own does the same.

use std::{cell::Cell, rc::Rc, time::Duration};

use domain_types::auth::SessionClock;
use leptos::{
    prelude::*,
    server_fn::ServerFn,
    task::spawn_local,
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
    web_sys::{
        Event, HtmlDialogElement, MessageEvent, UrlSearchParams,
        js_sys::{Array, Date, Function, Reflect},
    },
};

use super::{
    Form,
    fetch::{member, post},
};
use crate::{
    address::with_query,
    features::auth::server_fns::{Extend, SignOut},
};

/// So many seconds before the end the warning opens.
pub const WARNED_BEFORE: u32 = 120;
const ID: &str = "session-warning";
/// Stands on the dialog of a session that cannot last longer.
const FINAL: &str = "data-final";
/// How the tabs of one browser tell each other that somebody is there.
const CHANNEL: &str = "securemed-session";

/// The warning. `clock` is that of the session when the page was drawn, `here` the address that signing in comes back
/// to. What differs for a session that cannot last longer is shown and hidden by the stylesheet.
#[component]
pub fn SessionWarning(clock: SessionClock, here: String) -> impl IntoView {
    let next = here.clone();
    view! {
        <dialog
            class="dialog session-warning"
            id=ID
            role="alertdialog"
            aria-labelledby="session-title"
            aria-describedby="session-text"
            data-seconds=clock.seconds_left
            data-next=here
            data-final=(!clock.may_extend).then_some("")
        >
            <h2 class="dialog-title" id="session-title">
                <span class="when-lasting">"Are you still there?"</span>
                <span class="when-final">"You will be signed out soon"</span>
            </h2>
            <div class="stack mt-4">
                <p id="session-text">
                    <span class="when-lasting">
                        "You have not used SecureMed for a while. To protect your data, we will sign you out in two minutes."
                    </span>
                    <span class="when-final">
                        "You have been signed in for a long time. To protect your data, we will sign you out in two \
                         minutes. Send what you are writing, or sign in again now."
                    </span>
                </p>
                <p class="text-muted tnum" role="timer"></p>
                <p class="text-danger" role="status"></p>
                <div class="row">
                    <form method="dialog" class="when-lasting">
                        <button type="submit" class="btn btn-primary" autofocus><span>"Stay signed in"</span></button>
                    </form>
                    <Form action=SignOut::PATH class="when-lasting">
                        <button type="submit" class="btn btn-secondary"><span>"Sign out"</span></button>
                    </Form>
                    <Form action=SignOut::PATH class="when-final">
                        <input type="hidden" name="next" value=next/>
                        <button type="submit" class="btn btn-primary"><span>"Sign in again"</span></button>
                    </Form>
                    <form method="dialog" class="when-final">
                        <button type="submit" class="btn btn-secondary"><span>"Continue for now"</span></button>
                    </form>
                </div>
            </div>
        </dialog>
        <SessionWatch/>
    }
}

/// Opens and closes the dialog. It draws nothing itself, and so needs no more of the framework than its waking.
#[island]
fn SessionWatch() -> impl IntoView {
    Effect::new(|_| {
        let found = document().get_element_by_id(ID).and_then(|found| found.dyn_into().ok());
        if let Some(dialog) = found {
            Watch { dialog, ends: Cell::new(0.0), is_asking: Cell::new(false), is_read: Cell::new(false) }.begin();
        }
    });
}

struct Watch {
    dialog: HtmlDialogElement,
    /// When the session ends: milliseconds since 1970, by the clock of this browser.
    ends: Cell<f64>,
    /// The server is being asked to make it last longer.
    is_asking: Cell<bool>,
    /// Somebody who cannot stay has read the warning and goes on.
    is_read: Cell<bool>,
}

impl Watch {
    fn begin(self) {
        let watch = Rc::new(self);
        // Not parsed as the fraction that it could be: the tables for that are as large as all of this.
        watch.lasts(f64::from(watch.attribute("data-seconds").parse::<u32>().unwrap_or(0)));
        let hears = Rc::clone(&watch);
        listen(move |ends| hears.ends.set(hears.ends.get().max(ends)));
        let closes = Rc::clone(&watch);
        let closed = Closure::<dyn FnMut(Event)>::new(move |_| closes.closed()).into_js_value();
        watch.dialog.set_onclose(closed.dyn_ref());
        set_interval(move || watch.tick(), Duration::from_secs(1));
    }

    fn attribute(&self, name: &str) -> String {
        self.dialog.get_attribute(name).unwrap_or_default()
    }

    fn lasts(&self, seconds: f64) {
        self.ends.set(Date::now() + seconds * 1_000.0);
        tell(self.ends.get());
    }

    fn left(&self) -> f64 {
        (self.ends.get() - Date::now()) / 1_000.0
    }

    fn is_final(&self) -> bool {
        self.dialog.has_attribute(FINAL)
    }

    fn leave(&self) {
        let ended = if self.is_final() { "long" } else { "1" };
        let after = with_query("/login", &[("ended", ended), ("next", &self.attribute("data-next"))]);
        let _ = window().location().set_href(&after);
    }

    fn write(&self, role: &str, text: &str) {
        if let Ok(Some(line)) = self.dialog.query_selector(role) {
            line.set_text_content(Some(text));
        }
    }

    fn tick(&self) {
        let left = self.left();
        if left <= 0.0 {
            // Once: another try would break off the first.
            self.ends.set(f64::INFINITY);
            self.leave();
        } else if left > f64::from(WARNED_BEFORE) {
            self.dialog.close();
        } else if !self.is_read.get() && !self.is_asking.get() {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and 120")]
            self.write("[role=timer]", &words(left as u32));
            if !self.dialog.open() {
                let _ = self.dialog.show_modal();
            }
        }
    }

    /// By its buttons or by Escape: whoever presses that is there.
    fn closed(self: &Rc<Self>) {
        if self.left() > f64::from(WARNED_BEFORE) {
            return;
        }
        if self.is_final() {
            self.is_read.set(true);
            return;
        }
        self.is_asking.set(true);
        let watch = Rc::clone(self);
        spawn_local(async move {
            match UrlSearchParams::new() {
                Ok(nothing) => watch.told(post(Extend::PATH, &nothing).await),
                Err(_) => watch.told(None),
            }
        });
    }

    /// What the server says to staying: the clock of the session, or nothing when it is over.
    fn told(&self, answer: Option<JsValue>) {
        self.is_asking.set(false);
        let trouble = match answer {
            None => "We could not connect. Check your connection and try again.",
            Some(clock) => {
                match member(&clock, "seconds_left").and_then(|seconds| seconds.as_f64()) {
                    Some(seconds) => self.lasts(seconds),
                    None => self.leave(),
                }
                if member(&clock, "may_extend").is_some_and(|may_extend| may_extend.is_falsy()) {
                    let _ = self.dialog.set_attribute(FINAL, "");
                }
                ""
            }
        };
        self.write("[role=status]", trouble);
    }
}

/// "1 minute 5 seconds left"
fn words(seconds: u32) -> String {
    let many = |count: u32, what: &str| match count {
        0 => String::new(),
        1 => format!("1 {what} "),
        _ => format!("{count} {what}s "),
    };
    many(seconds / 60, "minute") + &many(seconds % 60, "second") + "left"
}

/// A `BroadcastChannel`, where there is one.
fn channel() -> Option<JsValue> {
    let class = member(&window(), "BroadcastChannel")?.dyn_into::<Function>().ok()?;
    Reflect::construct(&class, &Array::of1(&JsValue::from_str(CHANNEL))).ok()
}

/// Tells the other tabs when the session ends now.
fn tell(ends: f64) {
    let Some(channel) = channel() else { return };
    if let Some(post) = member(&channel, "postMessage").and_then(|post| post.dyn_into::<Function>().ok()) {
        let _ = post.call1(&channel, &JsValue::from_f64(ends));
    }
}

/// Hears what other tabs tell, for as long as the page is there.
fn listen(hear: impl Fn(f64) + 'static) {
    let Some(channel) = channel() else { return };
    let heard = move |event: Event| {
        let told = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_f64());
        told.into_iter().for_each(&hear);
    };
    let heard = Closure::<dyn FnMut(Event)>::new(heard).into_js_value();
    let _ = Reflect::set(&channel, &JsValue::from_str("onmessage"), &heard);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_said_in_words() {
        assert_eq!(words(120), "2 minutes left");
        assert_eq!(words(65), "1 minute 5 seconds left");
        assert_eq!(words(61), "1 minute 1 second left");
        assert_eq!(words(1), "1 second left");
    }
}
