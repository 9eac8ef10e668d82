//! One search box and its button: a plain GET form, so that a search has an address.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// A search over the list below it.
#[component]
pub fn SearchForm(
    #[prop(into)] action: String,
    #[prop(into)] label: String,
    /// What was searched for.
    #[prop(optional, into)]
    value: String,
    /// What can be searched for. It stands below: in a box of a phone it would be cut off.
    #[prop(optional, into)]
    hint: String,
    /// Filters that the search keeps: name and value.
    #[prop(optional)]
    keep: Vec<(String, String)>,
) -> impl IntoView {
    let keep = keep
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    let described = (!hint.is_empty()).then_some("field-search-hint");
    let hint = described.map(|id| view! { <p class="field-hint search-hint" id=id>{hint}</p> });
    view! {
        <form class="search" role="search" method="get" action=action>
            {keep}
            <label class="visually-hidden" for="field-search">{label}</label>
            <div class="search-box">
                <Icon glyph=Glyph::Search/>
                <input
                    class="input"
                    id="field-search"
                    name="search"
                    type="search"
                    value=value
                    aria-describedby=described
                />
            </div>
            <button type="submit" class="btn btn-primary"><span>"Search"</span></button>
            {hint}
        </form>
    }
}
