//! What each event is in plain words, as its patient reads them after the name of whoever did it.

use domain_types::audit::{Act, for_staff};

/// What is said of an act of another version of SecureMed.
const UNKNOWN: &str = "did something with your record";
/// What is said of an act that was refused.
const REFUSED: &str = "asked for something in your record and was refused";

/// The words of an event, for the patient.
pub(super) fn of(act: Option<Act>, is_allowed: bool) -> &'static str {
    if is_allowed { act.map_or(UNKNOWN, Act::words) } else { REFUSED }
}

/// The same for those who work at the clinic.
pub(super) fn for_the_clinic(words: &str) -> String {
    for_staff(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_act_that_nobody_foresaw_is_told_all_the_same() {
        assert_eq!(of(None, true), "did something with your record");
        assert_eq!(of(Some(Act::ReadEntry), true), "read an entry in your record");
        assert_eq!(of(Some(Act::ReadEntry), false), "asked for something in your record and was refused");
        assert_eq!(for_the_clinic(REFUSED), "asked for something in the patient’s record and was refused");
    }
}
