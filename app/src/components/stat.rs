//! One number that was counted from rows, and what it counts.

use leptos::prelude::*;

/// A counted number. Stands in an element of class `stats`.
#[component]
pub fn Stat(
    #[prop(into)] label: String,
    #[prop(into)] value: String,
    #[prop(optional, into)] note: Option<String>,
    /// Where the counted rows are listed.
    #[prop(optional, into)]
    href: Option<String>,
) -> impl IntoView {
    let body = view! {
        <span class="stat-label">{label}</span>
        <span class="stat-value">{value}</span>
        {note.map(|note| view! { <span class="stat-note">{note}</span> })}
    };
    match href {
        Some(href) => view! { <a class="stat card-link" href=href>{body}</a> }.into_any(),
        None => view! { <div class="stat">{body}</div> }.into_any(),
    }
}
