//! What is written into the record, as it is typed. Each form is checked as a whole before any field is complained about.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Addition, Allergy, Cancellation, Condition, Content, Immunisation, Medication, NoKnownAllergies, Prescription,
    RecordType, Report, Severity,
    checks::{Checks, LONGEST_REMARK, LONGEST_TEXT},
};
use crate::problem::Problem;

/// A note as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoteForm {
    pub subjective: String,
    pub objective: String,
    pub assessment: String,
    pub plan: String,
}

impl NoteForm {
    /// As far as it is written.
    ///
    /// # Errors
    /// A sentence for each part that is too long.
    pub fn parse(&self) -> Result<Report, Problem> {
        let (checks, report) = self.read();
        checks.done(report)
    }

    /// When it is to be signed: then it says what it is and what is to be done. Headings of a template under which nothing
    /// was written are left out.
    ///
    /// # Errors
    /// A sentence for each part that is missing or too long.
    pub fn parse_whole(&self) -> Result<Report, Problem> {
        let part = |text: &str| super::templates::without_empty_headings(text);
        let filled = Self {
            subjective: part(&self.subjective),
            objective: part(&self.objective),
            assessment: part(&self.assessment),
            plan: part(&self.plan),
        };
        let (mut checks, report) = filled.read();
        if report.assessment.is_empty() {
            checks.complain("assessment", "Enter an assessment. It is required to sign.");
        }
        if report.plan.is_empty() {
            checks.complain("plan", "Enter a plan. It is required to sign.");
        }
        checks.done(report)
    }

    fn read(&self) -> (Checks, Report) {
        let mut checks = Checks::default();
        let report = Report {
            subjective: checks.text("subjective", &self.subjective, LONGEST_TEXT),
            objective: checks.text("objective", &self.objective, LONGEST_TEXT),
            assessment: checks.text("assessment", &self.assessment, LONGEST_TEXT),
            plan: checks.text("plan", &self.plan, LONGEST_TEXT),
            time: None,
            carried: None,
        };
        (checks, report)
    }
}

impl From<&Report> for NoteForm {
    fn from(report: &Report) -> Self {
        let Report { subjective, objective, assessment, plan, .. } = report.clone();
        Self { subjective, objective, assessment, plan }
    }
}

/// What is added to a signed report.
///
/// # Errors
/// When there is nothing, or too much.
pub fn parse_addition(text: &str) -> Result<Addition, Problem> {
    let mut checks = Checks::default();
    let text = checks.told("text", text, LONGEST_TEXT, "Enter what you want to add.");
    checks.done(Addition { text })
}

/// What results mean, for the patient.
///
/// # Errors
/// When it is too long.
pub fn parse_comment(text: &str) -> Result<String, Problem> {
    let mut checks = Checks::default();
    let text = checks.text("for_patient", text, LONGEST_REMARK);
    checks.done(text)
}

/// What a patient asks a doctor about a result.
///
/// # Errors
/// When there is nothing, or too much.
pub fn parse_question(text: &str) -> Result<String, Problem> {
    let mut checks = Checks::default();
    let text = checks.told("text", text, LONGEST_REMARK, "Write your question.");
    checks.done(text)
}

/// What is said about a document that is added.
///
/// # Errors
/// When it is too long.
pub fn parse_document_note(note: &str) -> Result<String, Problem> {
    let mut checks = Checks::default();
    let note = checks.text("note", note, LONGEST_REMARK);
    checks.done(note)
}

/// Why a prescription is ended.
///
/// # Errors
/// When no reason is given, or one that is too long.
pub fn parse_cancellation(reason: &str) -> Result<Cancellation, Problem> {
    let mut checks = Checks::default();
    let reason =
        checks.told("reason", reason, LONGEST_REMARK, "Enter the reason for cancelling. The patient will read it.");
    checks.done(Cancellation { reason, ended_with: Vec::new() })
}

/// Why a prescription is signed although a warning says that it is dangerous.
///
/// # Errors
/// When no reason is given, or one that is too long.
pub fn parse_signed_because(reason: &str) -> Result<String, Problem> {
    let mut checks = Checks::default();
    let sentence = "Enter the reason for prescribing anyway. Later readers rely on it.";
    let reason = checks.told("because", reason, LONGEST_REMARK, sentence);
    checks.done(reason)
}

/// A prescription as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PrescriptionForm {
    pub medication_name: String,
    pub dosage: String,
    pub frequency: String,
    pub duration: String,
    pub instructions: String,
}

impl PrescriptionForm {
    /// # Errors
    /// A sentence for each field that is missing or too long.
    pub fn parse(&self) -> Result<Prescription, Problem> {
        let mut checks = Checks::default();
        let prescription = Prescription {
            medication_name: checks.needed("medication_name", &self.medication_name, "Enter the medicine."),
            dosage: checks.needed("dosage", &self.dosage, "Enter the dose, such as 5 mg."),
            frequency: checks.needed("frequency", &self.frequency, "Enter how often, such as once a day."),
            duration: checks.needed("duration", &self.duration, "Enter for how long, such as 28 days."),
            instructions: checks.text("instructions", &self.instructions, LONGEST_REMARK),
            warned: Vec::new(),
            signed_because: String::new(),
            not_compared: Vec::new(),
        };
        checks.done(prescription)
    }
}

/// Something for one of the lists, or a vaccination, as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListForm {
    /// `problem`, `allergy`, `no_known_allergies`, `medication` or `immunisation`
    pub kind: String,
    /// The problem, the substance, the medicine or the vaccine.
    pub name: String,
    /// What was chosen of the names that `meant_for` may have meant; that name itself to keep it.
    pub meant: String,
    /// The name about which the question was asked.
    pub meant_for: String,
    /// What is to become of the allergies in `twice_of`, which say the same otherwise: a [`Twice`], or nothing when nobody
    /// was asked.
    pub twice: String,
    /// Their references, with spaces between them.
    pub twice_of: String,
    pub since: String,
    pub reaction: String,
    pub severity: String,
    pub dosage: String,
    pub frequency: String,
    pub dose: String,
    pub batch: String,
    pub site: String,
    pub note: String,
}

impl ListForm {
    /// `today` is in the clinic's zone: nothing has begun after it.
    ///
    /// # Errors
    /// A sentence for each field that is missing or cannot be meant.
    pub fn parse(&self, today: Date) -> Result<Content, Problem> {
        let mut checks = Checks::default();
        let content = match RecordType::parse(&self.kind) {
            Some(RecordType::Problem) => Content::Problem(Condition {
                name: checks.needed("name", &self.name, "Enter the problem."),
                since: checks.since("since", &self.since, today),
                note: checks.text("note", &self.note, LONGEST_REMARK),
            }),
            Some(RecordType::Allergy) => Content::Allergy(Allergy {
                substance: checks.needed("name", &self.name, "Enter what the patient is allergic to."),
                reaction: checks.line("reaction", &self.reaction),
                severity: Severity::parse(&self.severity).unwrap_or(Severity::Unknown),
                coded: Vec::new(),
            }),
            Some(RecordType::NoKnownAllergies) => {
                let all =
                    NoKnownAllergies { note: checks.text("note", &self.note, LONGEST_REMARK), ..Default::default() };
                let of_medicines = NoKnownAllergies { only_medicines: true, ..all.clone() };
                Content::NoKnownAllergies(if self.name == of_medicines.title() { of_medicines } else { all })
            }
            Some(RecordType::Medication) => Content::Medication(Medication {
                name: checks.needed("name", &self.name, "Enter the medicine."),
                dosage: checks.line("dosage", &self.dosage),
                frequency: checks.line("frequency", &self.frequency),
                note: checks.text("note", &self.note, LONGEST_REMARK),
            }),
            Some(RecordType::Immunisation) => Content::Immunisation(Immunisation {
                vaccine: checks.needed("name", &self.name, "Enter the vaccine."),
                dose: checks.line("dose", &self.dose),
                batch: checks.line("batch", &self.batch),
                site: checks.line("site", &self.site),
            }),
            _ => return Err(Problem::field("kind", "Choose a type.")),
        };
        checks.done(content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TODAY: Date = jiff::civil::date(2026, 11, 30);

    fn fields(problem: &Problem) -> Vec<&str> {
        problem.fields.keys().map(String::as_str).collect()
    }

    #[test]
    fn a_prescription_complains_about_every_field_at_once() {
        let problem = PrescriptionForm::default().parse().unwrap_err();
        assert_eq!(fields(&problem), ["dosage", "duration", "frequency", "medication_name"]);
    }

    #[test]
    fn a_draft_may_be_half_written_and_a_signed_note_may_not() {
        let note = NoteForm { subjective: "Cough".into(), ..NoteForm::default() };
        assert!(note.parse().is_ok());
        assert_eq!(fields(&note.parse_whole().unwrap_err()), ["assessment", "plan"]);
        let long = NoteForm { plan: "x".repeat(LONGEST_TEXT + 1), ..NoteForm::default() };
        assert_eq!(fields(&long.parse().unwrap_err()), ["plan"]);
    }

    #[test]
    fn an_emergency_takes_more_than_a_word() {}

    #[test]
    fn a_document_may_go_without_a_note_but_not_with_a_novel() {
        assert_eq!(parse_document_note("  ").as_deref(), Ok(""));
        assert_eq!(parse_document_note(" From the\r\nhospital ").as_deref(), Ok("From the\nhospital"));
        assert_eq!(fields(&parse_document_note(&"x".repeat(LONGEST_REMARK + 1)).unwrap_err()), ["note"]);
    }

    #[test]
    fn a_line_is_one_line() {
        let form = PrescriptionForm { medication_name: "Amlodipine\nor another".into(), ..PrescriptionForm::default() };
        assert!(form.parse().unwrap_err().for_field("medication_name").is_some());
    }

    proptest! {
        #[test]
        fn nothing_typed_panics(text in ".*", other in ".*") {
            let _ = ListForm { kind: "allergy".into(), name: text.clone(), reaction: other.clone(), ..ListForm::default() }.parse(TODAY);
            let _ = NoteForm { plan: text.clone(), assessment: other, ..NoteForm::default() }.parse_whole();
            let _ = parse_addition(&text);
            let _ = parse_document_note(&text);
            let _ = parse_cancellation(&text);
            let _ = parse_signed_because(&text);
        }
    }

    #[test]
    fn since_when_is_said_in_words_but_a_day_has_to_be_one() {
        let since = |since: &str| {
            let form =
                ListForm { kind: "problem".into(), name: "Asthma".into(), since: since.into(), ..ListForm::default() };
            form.parse(TODAY).map_err(|problem| problem.for_field("since").unwrap().to_owned())
        };
        for said in ["", "2019", "spring 2024", "2024-02-29", "12-03-2019"] {
            assert!(since(said).is_ok(), "{said}");
        }
        assert!(since("2027-02-29").unwrap_err().starts_with("There is no such day"));
    }
}
