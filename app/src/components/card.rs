//! A framed part of a page.

use leptos::{children::ViewFn, prelude::*};

use super::{Glyph, Icon};

/// A part of a page with its own heading.
#[component]
pub fn Card(
    #[prop(optional, into)] title: Option<String>,
    /// Of the heading: 2 unless the card stands inside a section.
    #[prop(default = 2)]
    level: u8,
    /// What stands at the end of the heading's line.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    children: Children,
) -> impl IntoView {
    let head = title.map(|title| {
        let heading = match level {
            3 => view! { <h3 class="card-title">{title}</h3> }.into_any(),
            _ => view! { <h2 class="card-title">{title}</h2> }.into_any(),
        };
        view! { <header class="card-head">{heading}{actions.map(|actions| actions.run())}</header> }
    });
    view! { <section class="card">{head}{children()}</section> }
}

/// A card that is one link.
#[component]
pub fn LinkCard(#[prop(into)] href: String, children: Children) -> impl IntoView {
    view! { <a class="card card-link" href=href>{children()}</a> }
}

/// A card that leads to another part of the site and says what is there.
#[component]
pub fn WayCard(
    #[prop(into)] href: String,
    glyph: Glyph,
    #[prop(into)] title: String,
    #[prop(into)] text: String,
) -> impl IntoView {
    view! {
        <LinkCard href>
            <div class="flex items-center gap-4">
                <span class="text-accent"><Icon glyph/></span>
                <div>
                    <p class="font-semibold">{title}</p>
                    <p class="text-muted">{text}</p>
                </div>
            </div>
        </LinkCard>
    }
}
