//! Warns before a session ends by itself, and leaves the page when it has ended, so that nothing of a person stays on a
//! screen that was left alone. Where no script runs a page of its own does the same.

use std::time::Duration;

use domain_types::auth::SessionClock;
use leptos::{
    html,
    prelude::*,
    server_fn::ServerFn,
    task::spawn_local,
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
    web_sys::{
        MessageEvent,
        js_sys::{Array, Date, Function, Reflect},
    },
};

use super::fetch;
use crate::{
    address::with_query,
    features::auth::server_fns::{Extend, SignOut},
};

/// So many seconds before the end the warning opens.
pub const WARNED_BEFORE: u32 = 120;
/// How the tabs of one browser tell each other that somebody is there.
const CHANNEL: &str = "securemed-session";

/// The warning. `clock` is that of the session when the page was drawn, `here` the address that signing in comes back to.
#[island]
pub fn SessionWarning(clock: SessionClock, here: String) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let ends = StoredValue::new(0.0);
    let may_extend = RwSignal::new(clock.may_extend);
    let seconds = RwSignal::new(WARNED_BEFORE);
    let is_unreached = RwSignal::new(false);
    // Somebody who cannot stay has read it and goes on.
    let is_read = StoredValue::new(false);
    let next = StoredValue::new(here.clone());
    let left = move || ((ends.get_value() - Date::now()) / 1_000.0).ceil();
    let leave = move || {
        let ended = if may_extend.get_untracked() { "1" } else { "long" };
        let after = next.with_value(|next| with_query("/login", &[("ended", ended), ("next", next)]));
        let _ = window().location().set_href(&after);
    };
    let start = move |clock: SessionClock| {
        ends.set_value(Date::now() + f64::from(clock.seconds_left) * 1_000.0);
        may_extend.set(clock.may_extend);
        tell(ends.get_value());
    };
    let close = move || {
        if let Some(dialog) = dialog.get_untracked().filter(|dialog| dialog.open()) {
            dialog.close();
        }
    };
    let stay = move || {
        is_unreached.set(false);
        spawn_local(async move {
            match fetch::post::<Option<SessionClock>>(Extend::PATH, &[]).await {
                Some(Some(clock)) => {
                    start(clock);
                    close();
                }
                Some(None) => leave(),
                None => is_unreached.set(true),
            }
        });
    };
    Effect::new(move |_| {
        start(clock);
        listen(move |other| ends.update_value(|ends| *ends = ends.max(other)));
        let tick = move || {
            let now_left = left();
            if now_left <= 0.0 {
                // Once: another try would break off the first.
                ends.set_value(f64::INFINITY);
                leave();
            } else if now_left > f64::from(WARNED_BEFORE) {
                close();
            } else if let Some(dialog) = dialog.get_untracked().filter(|_| !is_read.get_value()) {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 1 and 120")]
                seconds.set(now_left as u32);
                if !dialog.open() {
                    let _ = dialog.show_modal();
                }
            }
        };
        set_interval(tick, Duration::from_secs(1));
    });
    // Escape closes it too: whoever presses that is there.
    let closed = move |_| {
        if left() > f64::from(WARNED_BEFORE) {
            return;
        }
        if may_extend.get_untracked() { stay() } else { is_read.set_value(true) }
    };
    view! {
        <dialog
            class="dialog"
            node_ref=dialog
            role="alertdialog"
            aria-labelledby="session-title"
            aria-describedby="session-text"
            on:close=closed
        >
            <h2 class="dialog-title" id="session-title">
                {move || if may_extend.get() { "Are you still there?" } else { "You will be signed out soon" }}
            </h2>
            <div class="stack mt-4">
                <p id="session-text">
                    {move || {
                        if may_extend.get() {
                            "Nothing has happened here for a while. To protect your data we sign you out in two minutes."
                        } else {
                            "You have been signed in for long. To protect your data we sign you out in two minutes. Send \
                             what you are writing, or sign in again now."
                        }
                    }}
                </p>
                <p class="text-muted tnum" role="timer">{move || words(seconds.get())}</p>
                <p class="field-error" role="status">
                    {move || {
                        is_unreached
                            .get()
                            .then_some("We could not reach the clinic’s computer. Check your connection and try again.")
                    }}
                </p>
                <div class="row">
                    <button
                        type="button"
                        class="btn btn-primary"
                        autofocus
                        hidden=move || !may_extend.get()
                        on:click=move |_| stay()
                    >
                        <span>"Stay signed in"</span>
                    </button>
                    <form method="post" action=SignOut::PATH hidden=move || may_extend.get()>
                        <input type="hidden" name="next" value=here/>
                        <button type="submit" class="btn btn-primary"><span>"Sign in again"</span></button>
                    </form>
                    <form method="post" action=SignOut::PATH hidden=move || !may_extend.get()>
                        <button type="submit" class="btn btn-secondary"><span>"Sign out"</span></button>
                    </form>
                    <form method="dialog" hidden=move || may_extend.get()>
                        <button type="submit" class="btn btn-secondary"><span>"Go on for now"</span></button>
                    </form>
                </div>
            </div>
        </dialog>
    }
}

/// "1 minute 5 seconds left"
fn words(seconds: u32) -> String {
    let many = |count: u32, what: &str| match count {
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    };
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{} left", many(seconds, "second")),
        (minutes, 0) => format!("{} left", many(minutes, "minute")),
        (minutes, seconds) => format!("{} {} left", many(minutes, "minute"), many(seconds, "second")),
    }
}

/// A `BroadcastChannel`, where there is one.
fn channel() -> Option<JsValue> {
    let class = Reflect::get(&window(), &JsValue::from_str("BroadcastChannel")).ok()?.dyn_into::<Function>().ok()?;
    Reflect::construct(&class, &Array::of1(&JsValue::from_str(CHANNEL))).ok()
}

/// Tells the other tabs when the session ends now.
fn tell(ends: f64) {
    let Some(channel) = channel() else { return };
    let post = Reflect::get(&channel, &JsValue::from_str("postMessage")).ok();
    if let Some(post) = post.and_then(|post| post.dyn_into::<Function>().ok()) {
        let _ = post.call1(&channel, &JsValue::from_f64(ends));
    }
}

/// Hears what other tabs tell, for as long as the page is there.
fn listen(hear: impl Fn(f64) + 'static) {
    let Some(channel) = channel() else { return };
    let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(ends) = event.data().as_f64() {
            hear(ends);
        }
    });
    let _ = Reflect::set(&channel, &JsValue::from_str("onmessage"), heard.as_ref());
    heard.forget();
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
