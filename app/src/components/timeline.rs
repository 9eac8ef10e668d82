//! What happened, in order.

use leptos::prelude::*;

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct TimelineItem {
    /// "Tue 1 December, 09:30"
    pub when: String,
    /// RFC 3339.
    pub machine: String,
    pub what: String,
    pub by: String,
}

/// A list of things that happened.
#[component]
pub fn Timeline(#[prop(into)] label: String, items: Vec<TimelineItem>) -> impl IntoView {
    let items = items
        .into_iter()
        .map(|item| {
            view! {
                <li class="timeline-item">
                    <p class="timeline-what">{item.what}</p>
                    <p class="timeline-meta">
                        <time datetime=item.machine>{item.when}</time>
                        {(!item.by.is_empty()).then(|| format!(" · {}", item.by))}
                    </p>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="timeline" aria-label=label>{items}</ol> }
}
