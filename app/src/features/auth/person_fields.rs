//! The fields about a person that opening an account and the profile have in common.

use domain_types::auth::Gender;
use leptos::prelude::*;

use crate::components::{SelectField, TextField};

/// What stands in a field, and the sentence beside it.
pub(super) type Typed = (String, Option<String>);

/// First and last name, side by side where there is room.
#[component]
pub(super) fn NameFields(first: Typed, last: Typed) -> impl IntoView {
    let field = |name, label, autocomplete, (value, error): Typed| {
        view! { <TextField name label value error autocomplete required=true/> }
    };
    view! {
        <div class="field-pair">
            {field("first_name", "First name", "given-name", first)}
            {field("last_name", "Last name", "family-name", last)}
        </div>
    }
}

/// The day of birth, a gender or none, and a telephone.
#[component]
pub(super) fn OptionalFields(born: Typed, gender: Typed, phone: Typed) -> impl IntoView {
    view! {
        <TextField
            name="date_of_birth"
            kind="date"
            label="Date of birth"
            value=born.0
            error=born.1
            autocomplete="bday"
        />
        <GenderField value=gender.0 error=gender.1/>
        <TextField
            name="phone"
            kind="tel"
            label="Phone"
            hint="So that the clinic can reach you before an appointment."
            value=phone.0
            error=phone.1
            autocomplete="tel"
        />
    }
}

/// One choice, or none.
#[component]
fn GenderField(
    /// The word chosen before.
    value: String,
    error: Option<String>,
) -> impl IntoView {
    let options = Gender::ALL.map(|gender| (gender.as_str().to_owned(), gender.label().to_owned())).to_vec();
    view! { <SelectField name="gender" label="Gender" options value blank="Not answered" error autocomplete="sex"/> }
}
