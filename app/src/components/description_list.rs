//! Facts as term and value.

use domain_types::appointments::When;
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

/// A moment in words, with its exact form for machines.
#[component]
pub fn WhenText(
    when: When,
    /// Begins with "Today" or "Tomorrow" when it is: for where a patient looks for the day to come.
    #[prop(optional)]
    spoken: bool,
) -> impl IntoView {
    let words = if spoken { when.spoken() } else { when.label };
    view! { <time class="tnum" datetime=when.instant>{words}</time> }
}
