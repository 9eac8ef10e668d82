//! Facts as term and value.

use domain_types::appointments::{When, ZoneName};
use leptos::prelude::*;

/// A list of facts.
#[component]
pub fn DescriptionList(
    /// Small terms above their values, without lines between.
    #[prop(optional)]
    compact: bool,
    children: Children,
) -> impl IntoView {
    let class = if compact { "facts facts-compact" } else { "facts" };
    view! { <dl class=class>{children()}</dl> }
}

/// One fact.
#[component]
pub fn Described(#[prop(into)] term: String, children: Children) -> impl IntoView {
    view! { <div class="fact"><dt>{term}</dt><dd>{children()}</dd></div> }
}

/// A moment in words, with its exact form for machines and the zone that it is told in.
#[component]
pub fn WhenText(
    when: When,
    /// Begins with "Today" or "Tomorrow" when it is: for where a patient looks for the day to come.
    #[prop(optional)]
    spoken: bool,
    /// When it ends on the same day: "10:00".
    #[prop(optional, into)]
    to: Option<String>,
) -> impl IntoView {
    let words = if spoken { when.spoken() } else { when.label };
    let to = to.map(|end| view! { <span class="tnum">{format!(" to {end}")}</span> });
    view! { <time class="tnum" datetime=when.instant>{words}</time> {to} <ZoneMark zone=when.zone/> }
}

/// The time of a moment of today: "09:30", with the zone that it is told in.
#[component]
pub fn TimeText(when: When) -> impl IntoView {
    view! { <time class="tnum" datetime=when.instant>{when.time}</time> <ZoneMark zone=when.zone/> }
}

/// The clinic's zone in words, beside a time. A browser in that zone hides it (`zone_hider.js`); without scripts nobody
/// knows where the reader is, so it is shown. Where it speaks for all times of a part of the page, that part has
/// the attribute `data-times`.
#[component]
pub fn ZoneMark(zone: ZoneName) -> impl IntoView {
    // The space is hidden with it.
    view! { <span class="zone-mark" data-zone=zone.id>{format!(" {}", zone.words)}</span> }
}
