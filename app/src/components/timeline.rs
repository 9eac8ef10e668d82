//! What happened, in order.

use domain_types::appointments::{When, ZoneName};
use leptos::prelude::*;

use super::{WhenText, ZoneMark};

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct TimelineItem {
    pub when: When,
    pub what: String,
    /// In which the times in `what` are told.
    pub zone: Option<ZoneName>,
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
                    <p class="timeline-what">{item.what} {item.zone.map(|zone| view! { <ZoneMark zone/> })}</p>
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
