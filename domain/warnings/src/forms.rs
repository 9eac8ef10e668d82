//! Words of a medicine's text that are not its name: the form, and words too common to count.

use super::names::bent;

/// Where the medicine is used, as far as the text says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Unsaid,
    Whole,
    Skin,
    EyeOrEar,
    Nose,
    Lungs,
}

// The words that show a form, of which the first row with a match counts; and words too common to show that an allergy is
// to this very medicine.
include!(concat!(env!("OUT_DIR"), "/forms.rs"));

/// The form that a text's words show.
pub(super) fn form_of(words: &[String]) -> Form {
    FORMS
        .iter()
        .find(|(_, signs)| words.iter().any(|word| is_listed(signs, word)))
        .map_or(Form::Unsaid, |(form, _)| *form)
}

/// Whether the word says nothing about which medicine it is.
pub(super) fn is_common(word: &str) -> bool {
    is_listed(COMMON, word)
}

/// Whether a list of words holds this one, in the singular or the plural.
fn is_listed(list: &str, word: &str) -> bool {
    bent(word).any(|form| list.split(' ').any(|listed| listed == form))
}
