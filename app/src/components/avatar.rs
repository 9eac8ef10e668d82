//! Initials in a circle, where others would show a photograph that nobody has.

use leptos::prelude::*;

use super::Size;

/// A person's initials. The name always stands beside it, so it is silent.
#[component]
pub fn Avatar(#[prop(into)] initials: String, #[prop(optional)] size: Size) -> impl IntoView {
    let class = match size {
        Size::Small => "avatar avatar-sm",
        Size::Medium => "avatar",
        Size::Large => "avatar avatar-lg",
    };
    view! { <span class=class aria-hidden="true">{initials}</span> }
}
