//! The button of a form that writes: it says that it is working and lets the form go only once.

use std::time::Duration;

use leptos::{ev, html, prelude::*, web_sys};

use super::Variant;

/// After this the button can be pressed again: the answer was lost or stopped.
const PATIENCE: Duration = Duration::from_secs(15);

/// The submit button of a plain form.
#[component]
pub fn Submit(
    #[prop(into)] label: String,
    /// "Booking…"
    #[prop(into)]
    busy: String,
    #[prop(optional)] variant: Variant,
    /// As wide as what it stands in.
    #[prop(optional)]
    wide: bool,
) -> impl IntoView {
    view! { <SubmitOnce label busy variant wide/> }
}

/// It stays focusable while the post is under way, so that nobody loses their place.
#[island]
fn SubmitOnce(label: String, busy: String, variant: Variant, wide: bool) -> impl IntoView {
    let button = NodeRef::<html::Button>::new();
    let is_busy = RwSignal::new(false);
    Effect::new(move |_| {
        window_event_listener(ev::submit, move |event| {
            let form = button.get_untracked().and_then(|button| button.form());
            if form.is_none() || form.map(web_sys::EventTarget::from) != event.target() {
                return;
            }
            if is_busy.get_untracked() {
                event.prevent_default();
                return;
            }
            is_busy.set(true);
            set_timeout(move || is_busy.set(false), PATIENCE);
        });
        // The page may come back from the browser's memory with the button as it was left.
        window_event_listener(ev::Custom::<web_sys::Event>::new("pageshow"), move |_| is_busy.set(false));
    });
    let class = if wide { format!("{} btn-wide", variant.class()) } else { variant.class().to_owned() };
    view! {
        <button
            type="submit"
            class=class
            node_ref=button
            aria-disabled=move || is_busy.get().then_some("true")
        >
            <span>{move || if is_busy.get() { busy.clone() } else { label.clone() }}</span>
        </button>
    }
}
