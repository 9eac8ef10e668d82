//! The field for a code that somebody reads off another screen or a piece of paper.

use leptos::prelude::*;

use super::{FieldFrame, described_by, field_id};

/// A code. Pasting works, with spaces or without; what is wrong with it the services say.
#[component]
pub fn CodeField(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional_no_strip, into)] error: Option<String>,
    /// Letters too, as on the paper with recovery codes. Telephones then show their letters.
    #[prop(optional)]
    letters: bool,
    #[prop(optional)] autofocus: bool,
) -> impl IntoView {
    let described = described_by(name, &hint, error.as_deref());
    let invalid = error.is_some().then_some("true");
    let (inputmode, autocomplete) = if letters { ("text", "off") } else { ("numeric", "one-time-code") };
    view! {
        <FieldFrame name label hint error required=true>
            <input
                class="input input-code"
                id=field_id(name)
                name=name
                type="text"
                required
                inputmode=inputmode
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                autofocus=autofocus
                aria-describedby=described
                aria-invalid=invalid
            />
        </FieldFrame>
    }
}
