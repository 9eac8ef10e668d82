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

/// The words that show a form; the first row with a match counts.
const FORMS: &[(Form, &str)] = &[
    (Form::Nose, "nasal nose nasonex flixonase beconase rhinocort"),
    (Form::EyeOrEar, "eye ear otic ophthalmic"),
    (Form::Whole, "oral tablet tab capsule cap injection intravenous iv im soluble"),
    (
        Form::Lungs,
        "inhaler inhaled inhalation nebuliser nebulizer nebule evohaler accuhaler turbohaler \
         easibreathe easyhaler diskus",
    ),
    (
        Form::Skin,
        "fucibet daktacort flamazine stiemycin metrogel rozex cream ointment gel lotion emulgel \
         scalp topical shampoo foam skin mousse",
    ),
];

/// Words too common to show that an allergy is to this very medicine.
const COMMON: &str = "acid acetate after allergic allergy allergies anti antibiotic before bromide calcium \
    capsule chloride citrate coated cream daily dose drops drug each extract film food \
    foam forte from fumarate hydrochloride inhaler injection intolerance known liquid \
    lotion magnesium maleate medicine medication mesilate modified nasal nitrate none \
    ointment once oral other patch phosphate plus potassium powder prolonged reaction \
    release sachet skin sodium soluble solution some spray sulfate sulphate suspension \
    syrup tablet tartrate topical twice unknown vaccine vitamin when with";

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
