//! The way through a long list.

use leptos::prelude::*;

use super::{Glyph, Icon};
use crate::address::with_query;

/// Links to the pages before and after, by their numbers. Nothing is drawn for a list of one page.
#[component]
pub fn Pagination(
    page: u32,
    pages: u32,
    /// The list's address; `page=N` is added to it.
    #[prop(into)]
    base: String,
) -> impl IntoView {
    let to = |number: u32| with_query(&base, &[("page", &number.to_string())]);
    let previous = (page > 1).then(|| to(page - 1));
    let next = (page < pages).then(|| to(page + 1));
    (pages > 1).then(|| view! { <PageLinks previous next>{format!("Page {page} of {pages}")}</PageLinks> })
}

/// Links to the pages before and after, by their addresses. Nothing is drawn where there are none.
#[component]
pub fn PageLinks(
    previous: Option<String>,
    next: Option<String>,
    /// Which page this is.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let is_alone = previous.is_none() && next.is_none() && children.is_none();
    (!is_alone).then(move || {
        view! {
            <nav class="pagination" aria-label="Pages">
                <span>
                    {previous
                        .map(|href| {
                            view! {
                                <a class="btn btn-secondary" rel="prev" href=href>
                                    <Icon glyph=Glyph::ChevronLeft/>
                                    <span>"Previous"</span>
                                </a>
                            }
                        })}
                </span>
                <span class="pagination-text tnum">{children.map(|children| children())}</span>
                <span>
                    {next
                        .map(|href| {
                            view! {
                                <a class="btn btn-secondary" rel="next" href=href>
                                    <span>"Next"</span>
                                    <Icon glyph=Glyph::ChevronRight/>
                                </a>
                            }
                        })}
                </span>
            </nav>
        }
    })
}
