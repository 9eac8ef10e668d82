//! What happened, in order.

use domain_types::appointments::When;
use leptos::prelude::*;

use super::WhenText;

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct TimelineItem {
    pub when: When,
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
                        <WhenText when=item.when/>
                        {(!item.by.is_empty()).then(|| format!(" · {}", item.by))}
                    </p>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="timeline" aria-label=label>{items}</ol> }
}
