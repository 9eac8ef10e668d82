//! What a list says when nothing is in it, and what to do then.

use leptos::prelude::*;

use super::{Glyph, Icon, LinkButton, Variant};

/// An empty list.
#[component]
pub fn EmptyState(
    icon: Glyph,
    #[prop(into)] title: String,
    /// Where the next step is, and its verb.
    #[prop(optional, into)]
    action: Option<(&'static str, &'static str)>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="empty">
            <span class="empty-icon"><Icon glyph=icon/></span>
            <h2 class="empty-title">{title}</h2>
            <p class="empty-text">{children()}</p>
            {action.map(|(href, verb)| view! { <LinkButton href variant=Variant::Secondary>{verb}</LinkButton> })}
        </div>
    }
}
