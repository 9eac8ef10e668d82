//! The directory of doctors as somebody searched it, and searches that should not wait for a visit.

use serde::{Deserialize, Serialize};

use crate::{appointments::DoctorRow, page::Page};

/// What a search of the directory found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoctorDirectory {
    pub doctors: Page<DoctorRow>,
    /// Nobody matches every word: these are the doctors who match the most of it.
    pub is_partial: bool,
    /// The search sounds like something that cannot wait.
    pub is_urgent: bool,
}

/// What people write when it cannot wait. All words of a line must be there, in any order; a word with a `*` is the
/// beginning of one.
const URGENT: &[&str] = &[
    "chest pain*",
    "chest hurt*",
    "chest ache*",
    "chest pressure",
    "chest tight*",
    "tight* chest",
    "heart attack*",
    "heart stop*",
    "cardiac arrest",
    "stroke*",
    "face droop*",
    "slurred speech",
    "sudden* weak*",
    "sudden* numb*",
    "cannot breath*",
    "cant breath*",
    "not breath*",
    "stop* breathing",
    "trouble breathing",
    "difficult* breathing",
    "struggling breath*",
    "shortness breath",
    "choking",
    "unconscious",
    "unresponsive",
    "collapsed",
    "passed out",
    "seizure*",
    "heavy bleeding",
    "severe bleeding",
    "bleeding heavily",
    "bleeding badly",
    "bleeding stop*",
    "overdose*",
    "poisoned",
    "poisoning",
    "anaphyla*",
    "suicid*",
    "kill* myself",
    "end* my life",
    "want* die",
    "self harm*",
    "harm* myself",
    "hurt* myself",
];

/// Whether a search sounds like an emergency: then the emergency number comes before every doctor.
#[must_use]
pub fn sounds_urgent(search: &str) -> bool {
    let plain = search.to_lowercase().replace(['\'', '’'], "");
    let words: Vec<&str> =
        plain.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_there = |part: &str| match part.strip_suffix('*') {
        Some(beginning) => words.iter().any(|word| word.starts_with(beginning)),
        None => words.contains(&part),
    };
    URGENT.iter().any(|line| line.split(' ').all(is_there))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::the_heart("chest pain")]
    #[case::in_a_sentence("My father has a PAIN in his chest!")]
    #[case::an_attack("heart attack")]
    #[case::the_brain("Stroke?")]
    #[case::no_air("I can't breathe")]
    #[case::with_another_apostrophe("can’t breathe")]
    #[case::in_two_words("can not breathe")]
    #[case::less_air("shortness of breath")]
    #[case::despair("thoughts of suicide")]
    #[case::in_other_words("i want to die")]
    #[case::somebody_else("found her unconscious")]
    #[case::too_much("overdosed on pills")]
    #[case::blood("bleeding that does not stop")]
    fn what_cannot_wait_is_recognised(#[case] search: &str) {
        assert!(sounds_urgent(search), "{search}");
    }

    #[rstest]
    #[case("")]
    #[case("chest")]
    #[case("back pain")]
    #[case("heart")]
    #[case("heart check")]
    #[case("blood pressure")]
    #[case("panic attack")]
    #[case("Dr. Rivera")]
    #[case("knee hurts when running")]
    #[case("breathing exercises")]
    #[case("bleeding gums")]
    #[case("end of life care")]
    #[case("skin")]
    fn what_a_visit_is_for_is_not_an_emergency(#[case] search: &str) {
        assert!(!sounds_urgent(search), "{search}");
    }
}
