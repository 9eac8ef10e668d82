//! Choices between parts of a page, each with its own address.

use leptos::prelude::*;

/// One choice.
#[derive(Clone, Debug)]
pub struct TabItem {
    pub href: String,
    pub label: String,
    pub is_current: bool,
}

impl TabItem {
    #[must_use]
    pub fn new(href: impl Into<String>, label: impl Into<String>, is_current: bool) -> Self {
        Self { href: href.into(), label: label.into(), is_current }
    }
}

fn links(items: Vec<TabItem>, class: &'static str) -> impl IntoView {
    items
        .into_iter()
        .map(|item| {
            let current = item.is_current.then_some("page");
            view! { <li><a class=class href=item.href aria-current=current>{item.label}</a></li> }
        })
        .collect_view()
}

/// Parts of a page of which one is shown.
#[component]
pub fn Tabs(#[prop(into)] label: String, items: Vec<TabItem>) -> impl IntoView {
    view! { <nav class="tabs" aria-label=label><ul>{links(items, "tab")}</ul></nav> }
}

/// Filters of which one is on.
#[component]
pub fn Chips(#[prop(into)] label: String, items: Vec<TabItem>) -> impl IntoView {
    view! { <nav class="chips" aria-label=label><ul>{links(items, "chip")}</ul></nav> }
}
