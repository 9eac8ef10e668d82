//! A record that is opened in an emergency: by whom and why, and what a review finds.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{LONGEST_REMARK, PatientRef, checks::Checks, kind::words};
use crate::{appointments::When, ids::EmergencyId, problem::Problem};

/// Fewest characters of a reason to open a record in an emergency: a word is not one.
const SHORTEST_REASON: usize = 10;

/// Whose record is opened in an emergency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EmergencyPatient {
    Known(PatientRef),
    NameAndBirth { name: String, born: Date },
}

/// Opens a record in an emergency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenEmergency {
    pub patient: EmergencyPatient,
    pub reason: String,
}

impl OpenEmergency {
    /// A reference, or name and day of birth (`YYYY-MM-DD`) when the reference is not known.
    ///
    /// # Errors
    /// A sentence for each field that is missing or cannot be meant.
    pub fn parse(reference: &str, name: &str, born: &str, reason: &str) -> Result<Self, Problem> {
        let mut wrong = crate::FieldErrors::new();
        let patient = if !reference.trim().is_empty() {
            Some(EmergencyPatient::Known(PatientRef::parse(reference)))
        } else if name.trim().is_empty() {
            wrong.insert("patient".into(), vec!["Enter the reference, or the name and date of birth.".into()]);
            None
        } else {
            let born =
                crate::appointments::parse_date(born).map_err(|sentence| wrong.insert("born".into(), vec![sentence]));
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            born.ok().map(|born| EmergencyPatient::NameAndBirth { name, born })
        };
        let reason = parse_emergency_reason(reason).map_err(|problem| wrong.extend(problem.fields));
        match (patient, reason, Problem::fields(wrong)) {
            (Some(patient), Ok(reason), None) => Ok(Self { patient, reason }),
            (_, _, problem) => Err(problem.unwrap_or_else(|| Problem::field("patient", "Enter a patient."))),
        }
    }
}

/// Why a record is opened in an emergency.
///
/// # Errors
/// When it says too little or too much.
fn parse_emergency_reason(reason: &str) -> Result<String, Problem> {
    let mut checks = Checks::default();
    let reason = checks.text("reason", reason, LONGEST_REMARK);
    if reason.chars().count() < SHORTEST_REASON {
        checks.complain("reason", "Enter why you need the record now, in a sentence.");
    }
    checks.done(reason)
}

words! {
    /// What a review finds about an access.
    Finding {
        Justified = "justified", "Justified";
        Unjustified = "unjustified", "Not justified";
    }
}

impl Finding {
    /// The answer of a reviewer.
    ///
    /// # Errors
    /// A sentence for `finding` when it is neither.
    pub fn chosen(text: &str) -> Result<Self, Problem> {
        Self::parse(text).ok_or_else(|| Problem::field("finding", "Choose whether the access was justified."))
    }
}

/// Access in an emergency that was granted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmergencyView {
    pub id: EmergencyId,
    /// `EMG-…`
    pub reference: String,
    pub patient_name: String,
    /// `PT-…`
    pub patient_reference: String,
    /// Who opened it.
    pub by: String,
    pub reason: Option<String>,
    pub granted: When,
    pub expires: When,
    /// Whether the sixty minutes are over.
    pub is_over: bool,
    pub review: Option<ReviewView>,
    /// Whether the reader may review it: nobody reviews their own.
    pub may_review: bool,
}

/// What a reviewer found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewView {
    pub finding: Finding,
    pub by: String,
    pub at: When,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_emergency_names_the_patient_and_says_why() {
        let why = "Unconscious after a fall";
        assert!(OpenEmergency::parse("PT-1", "", "", why).is_ok());
        assert!(OpenEmergency::parse("", "Maya  Okafor", "1984-02-29", why).is_ok());
        let problem = OpenEmergency::parse("", "Maya", "soon", "so").unwrap_err();
        let fields: Vec<_> = problem.fields.keys().map(String::as_str).collect();
        assert_eq!(fields, ["born", "reason"]);
        assert!(OpenEmergency::parse("", "", "", why).unwrap_err().for_field("patient").is_some());
    }

    #[test]
    fn a_reason_is_a_sentence() {
        assert!(parse_emergency_reason("because").is_err());
        assert!(parse_emergency_reason("Unconscious, brought in by ambulance").is_ok());
    }

    #[test]
    fn a_review_finds_one_of_two_things() {
        assert_eq!(Finding::chosen("justified"), Ok(Finding::Justified));
        assert!(Finding::chosen("").unwrap_err().for_field("finding").is_some());
    }
}
