//! One of several, as large as a finger.

use leptos::prelude::*;

/// A radio button in its label. It stands in a `fieldset` of the class `choices`, with the others of its name.
#[component]
pub fn Choice(
    name: &'static str,
    #[prop(into)] value: String,
    #[prop(into)] label: String,
    /// More about it, below the label.
    #[prop(optional, into)]
    about: String,
    #[prop(optional)] is_chosen: bool,
) -> impl IntoView {
    view! {
        <label class="choice">
            <input class="choice-mark" type="radio" name=name value=value checked=is_chosen/>
            <span>
                {label}
                {(!about.is_empty()).then(|| view! { <span class="choice-about">{about}</span> })}
            </span>
        </label>
    }
}
