//! The list of genders, with the words for keeping it to oneself.

use domain_types::auth::Gender;
use leptos::prelude::*;

use crate::components::SelectField;

/// One choice, or none.
#[component]
pub(super) fn GenderField(
    /// The word chosen before.
    value: String,
    error: Option<String>,
) -> impl IntoView {
    let options = Gender::ALL.map(|gender| (gender.as_str().to_owned(), gender.label().to_owned())).to_vec();
    view! { <SelectField name="gender" label="Gender" options value blank="Not answered" error autocomplete="sex"/> }
}
