//! One choice of a list, by the browser's own control.

use leptos::prelude::*;

use super::{FieldFrame, described_by, field_id};

/// A drop-down list.
#[component]
pub fn SelectField(
    name: &'static str,
    #[prop(into)] label: String,
    /// Value and text of each choice.
    options: Vec<(String, String)>,
    /// The value chosen before.
    #[prop(optional, into)]
    value: String,
    /// The words of the empty choice, when there is one.
    #[prop(optional, into)]
    blank: Option<String>,
    #[prop(optional, into)] hint: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] autocomplete: Option<&'static str>,
    /// Does not say "(optional)": for searches, and where the empty choice means something.
    #[prop(optional)]
    unmarked: bool,
) -> impl IntoView {
    let described = described_by(name, &hint, error.as_deref());
    let invalid = error.is_some().then_some("true");
    // Without an empty choice something is always chosen.
    let required_mark = required || unmarked || blank.is_none();
    let choices = blank.map(|text| (String::new(), text)).into_iter().chain(options);
    let choices = choices
        .map(|(choice, text)| {
            let selected = choice == value;
            view! { <option value=choice selected=selected>{text}</option> }
        })
        .collect_view();
    view! {
        <FieldFrame name label hint error required=required_mark>
            <div class="select">
                <select
                    class="input"
                    id=field_id(name)
                    name=name
                    required=required
                    autocomplete=autocomplete
                    aria-describedby=described
                    aria-invalid=invalid
                >
                    {choices}
                </select>
            </div>
        </FieldFrame>
    }
}
