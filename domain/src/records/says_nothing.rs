//! What is typed as a medicine, a problem or a vaccine and names none: "none", "nil", "No medicines", "n/a". Kept as an
//! entry it would be compared with every prescription, and nobody could tell it from one.

use domain_types::records::Content;

use super::{
    none_known::{denies, is_around, is_unknown},
    warnings::folded,
};
use crate::error::{Error, Result};

/// Words around a denial of medicines, problems and vaccines, beside those that stand around one of allergies.
const AROUND: &str = "do does did taking takes taken take took use uses using used regular regularly routine usual prescribed \
    prescription prescriptions otc counter over tablet tablets pill pills treatment treatments therapy home long term \
    problem problems condition conditions diagnosis diagnoses disease diseases illness illnesses complaint complaints \
    issue issues medical past previous chronic significant relevant active pmh \
    vaccine vaccines vaccination vaccinations immunisation immunisations immunization immunizations jab jabs given \
    keine medikation aucun traitement ninguno";

const NO_MEDICINE: &str = "Enter one medicine that the patient takes. If they take none, add nothing here and write it \
    in a note.";
const NO_PROBLEM: &str = "Enter one problem that the patient has. If they have none, add nothing here and write it in a \
    note.";
const NO_VACCINE: &str = "Enter the vaccine that was given. If none was given, add nothing here.";
const NOTHING_PRESCRIBED: &str = "Enter the medicine that you prescribe.";

/// Refuses an entry whose name says that there is nothing.
///
/// # Errors
/// A sentence beside the field, which says how that is said.
pub(super) fn refuse(content: &Content) -> Result<()> {
    let (field, name, sentence) = match content {
        Content::Medication(medicine) => ("name", &medicine.name, NO_MEDICINE),
        Content::Problem(problem) => ("name", &problem.name, NO_PROBLEM),
        Content::Immunisation(given) => ("name", &given.vaccine, NO_VACCINE),
        Content::Prescription(rx) => ("medication_name", &rx.medication_name, NOTHING_PRESCRIBED),
        _ => return Ok(()),
    };
    if names_nothing(name) { Err(Error::field(field, sentence)) } else { Ok(()) }
}

fn names_nothing(text: &str) -> bool {
    let folded = folded(text);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let is_empty_word =
        |word: &&str| denies(word) || is_around(word) || AROUND.split_whitespace().any(|one| one == *word);
    is_unknown(text, &folded) || words.iter().any(|word| denies(word)) && words.iter().all(is_empty_word)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    fn what_denies_everything_names_nothing(
        #[values(
            "none",
            "None.",
            "nil",
            "NIL",
            "no",
            "No medicines",
            "no medication",
            "No regular medicines",
            "nil regular meds",
            "not taking any medicines",
            "does not take any tablets",
            "denies any medication",
            "none at present",
            "no known medicines",
            "nothing over the counter",
            "no problems",
            "no past medical history",
            "No chronic conditions",
            "no vaccines given",
            "n/a",
            "unknown",
            "-",
            "0",
            "?",
            "keine"
        )]
        text: &str,
    ) {
        assert!(names_nothing(text), "{text}");
    }

    #[rstest]
    fn what_names_something_is_kept(
        #[values(
            "Warfarin",
            "No-Spa",
            "Nilotinib",
            "Noradrenaline",
            "none but warfarin",
            "No other medicines than warfarin",
            "Non-insulin-dependent diabetes",
            "Noonan syndrome",
            "Nothing by mouth after stroke",
            "sugar-free lozenges",
            "Vitamin D",
            "Asthma",
            "Zero-cal sweetener",
            "Medication overuse headache",
            "Home oxygen"
        )]
        text: &str,
    ) {
        assert!(!names_nothing(text), "{text}");
    }
}
