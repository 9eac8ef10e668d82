//! A record that is opened in an emergency: by whom and why, and what a review finds.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{LONGEST_REMARK, LookView, PatientRef, checks::Checks, kind::words};
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

/// What a reviewer decides about an access, for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmergencyReview {
    pub finding: Finding,
    /// Why. Empty when it was justified and there is nothing to say.
    pub remark: String,
}

impl EmergencyReview {
    /// # Errors
    /// A sentence for each field that is missing or cannot be meant: a finding against somebody says why.
    pub fn parse(finding: &str, remark: &str) -> Result<Self, Problem> {
        let mut checks = Checks::default();
        let remark = checks.text("remark", remark, LONGEST_REMARK);
        let finding = Finding::parse(finding).unwrap_or_else(|| {
            checks.complain("finding", "Choose whether the access was justified.");
            Finding::Justified
        });
        if finding == Finding::Unjustified && remark.chars().count() < SHORTEST_REASON {
            checks.complain("remark", "Enter why the access was not justified, in a sentence.");
        }
        checks.done(Self { finding, remark })
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

/// An access in an emergency with what was opened because of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmergencyDetail {
    pub access: EmergencyView,
    /// The latest first.
    pub opened: Vec<LookView>,
    /// Whether there was more than is listed.
    pub has_more: bool,
}

/// What a reviewer found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewView {
    pub finding: Finding,
    /// Why; nothing when they did not say, or when the record was erased.
    pub remark: Option<String>,
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
    fn a_review_finds_one_of_two_things_and_says_why_when_it_is_against_somebody() {
        let justified = EmergencyReview { finding: Finding::Justified, remark: String::new() };
        assert_eq!(EmergencyReview::parse("justified", " "), Ok(justified));
        assert!(EmergencyReview::parse("", "").unwrap_err().for_field("finding").is_some());
        for too_little in ["", "  ", "curious"] {
            let refused = EmergencyReview::parse("unjustified", too_little).unwrap_err();
            assert!(refused.for_field("remark").is_some(), "{too_little}");
        }
        let review = EmergencyReview::parse("unjustified", " The patient was awake and said no. ").unwrap();
        assert_eq!(review.remark, "The patient was awake and said no.");
        let long = "é".repeat(LONGEST_REMARK + 1);
        assert!(EmergencyReview::parse("justified", &long).unwrap_err().for_field("remark").is_some());
    }
}
