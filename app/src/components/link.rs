//! Links inside text, and the way back.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// A link in running text.
#[component]
pub fn TextLink(#[prop(into)] href: String, children: Children) -> impl IntoView {
    view! { <a class="link" href=href>{children()}</a> }
}

/// The way back to the step before, above a page's heading.
#[component]
pub fn BackLink(#[prop(into)] href: String, children: Children) -> impl IntoView {
    view! {
        <a class="back-link" href=href>
            <Icon glyph=Glyph::ArrowLeft/>
            <span>{children()}</span>
        </a>
    }
}
