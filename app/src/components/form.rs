//! The one way to a form that writes.

use leptos::prelude::*;

use crate::forms::{DRAWN_FOR, drawn_for};

/// A form that is posted. It names the person for whom it was drawn, so that it is refused when somebody else is signed
/// in by the time it is sent: a test finds every form that is not made here. What is wrong with it the services say, in
/// one summary: the browser's own bubbles would stand in front of that, and tell one mistake at a time.
#[component]
pub fn Form(
    #[prop(into)] action: String,
    #[prop(default = "")] class: &'static str,
    /// With a file in it.
    #[prop(optional)]
    multipart: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <form
            method="post"
            action=action
            class=Some(class).filter(|class| !class.is_empty())
            enctype=multipart.then_some("multipart/form-data")
            novalidate
        >
            // The first of all fields: it is read before a file is.
            <input type="hidden" name=DRAWN_FOR value=drawn_for()/>
            {children()}
        </form>
    }
}
