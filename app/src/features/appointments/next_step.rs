//! Where the keyboard goes on after a step.

use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};

/// Moves the focus from a visit's line, where the address led, to the button of its next step. A step that asks first
/// is a link and gets no focus: nobody ends a visit by pressing a key once too often. Without a script the line keeps
/// the focus, and Tab leads to the same button.
#[island]
pub(super) fn FocusNextStep(
    /// The id of the line.
    line: String,
) -> impl IntoView {
    Effect::new(move |_| {
        let is_led_here = window().location().hash().is_ok_and(|hash| hash.strip_prefix('#') == Some(line.as_str()));
        let Some(found) = document().get_element_by_id(&line).filter(|_| is_led_here) else { return };
        // Whoever went elsewhere on the page meanwhile stays there.
        let is_waiting = document().active_element().is_none_or(|at| at == found || at.tag_name() == "BODY");
        let button = found.query_selector(".day-actions button[name=action]").ok().flatten();
        if let Some(button) = button.filter(|_| is_waiting).and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            let _ = button.focus();
        }
    });
}
