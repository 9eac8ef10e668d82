//! The way through a long list.

use leptos::prelude::*;

use super::{Glyph, Icon};
use crate::address::with_query;

/// Links to the pages before and after. Nothing is drawn for a list of one page.
#[component]
pub fn Pagination(
    page: u32,
    pages: u32,
    /// The list's address; `page=N` is added to it.
    #[prop(into)]
    base: String,
) -> impl IntoView {
    (pages > 1).then(move || {
        let to = |number: u32| with_query(&base, &[("page", &number.to_string())]);
        let previous = (page > 1).then(|| to(page - 1));
        let next = (page < pages).then(|| to(page + 1));
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
                <span class="pagination-text tnum">{format!("Page {page} of {pages}")}</span>
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
