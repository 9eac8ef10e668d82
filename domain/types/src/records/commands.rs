//! What people ask of the record. Each form is checked as a whole before any field is complained about.

use serde::{Deserialize, Serialize};

use super::{Allergy, Condition, Cursor, Immunisation, Medication, Prescription, RecordType, Severity, TimelineGroup};
use crate::{
    page::PageRequest,
    problem::{FieldErrors, Problem},
};

/// Which entries a program wants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordFilter {
    pub kind: Option<RecordType>,
    pub page: PageRequest,
}

/// From where to where a timeline is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TimelineQuery {
    pub group: Option<TimelineGroup>,
    pub older_than: Option<Cursor>,
    pub newer_than: Option<Cursor>,
}

impl TimelineQuery {
    /// What stands in the address; whatever cannot be meant is no page.
    ///
    /// # Errors
    /// `NOT_FOUND`.
    pub fn parse(group: Option<&str>, older: Option<&str>, newer: Option<&str>) -> Result<Self, Problem> {
        let nowhere = || Problem::new(crate::ProblemCode::NotFound, "There is no such part of the record.");
        let read = |text: Option<&str>| text.map(|text| Cursor::parse(text).ok_or_else(nowhere)).transpose();
        let group = group.map(|text| TimelineGroup::parse(text).ok_or_else(nowhere)).transpose()?;
        Ok(Self { group, older_than: read(older)?, newer_than: read(newer)? })
    }
}

/// Longest line.
pub const LONGEST_LINE: usize = 200;

/// Collects what is wrong with a form.
#[derive(Debug, Default)]
struct Checks(FieldErrors);

impl Checks {
    fn complain(&mut self, field: &str, sentence: impl Into<String>) {
        self.0.entry(field.to_owned()).or_default().push(sentence.into());
    }

    fn text(&mut self, field: &str, text: &str, most: usize) -> String {
        let text = text.trim().replace("\r\n", "\n");
        if text.chars().count() > most {
            self.complain(field, format!("Please keep it to {most} characters."));
        } else if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            self.complain(field, "There is a character in it that cannot be stored.");
        }
        text
    }

    fn line(&mut self, field: &str, text: &str) -> String {
        self.text(field, text, LONGEST_LINE)
    }

    fn needed(&mut self, field: &str, text: &str, sentence: &str) -> String {
        let text = self.line(field, text);
        if text.is_empty() {
            self.complain(field, sentence);
        }
        text
    }

    fn done<T>(self, value: T) -> Result<T, Problem> {
        Problem::fields(self.0).map_or(Ok(value), Err)
    }
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
            medication_name: checks.needed("medication_name", &self.medication_name, "Which medicine?"),
            dosage: checks.needed("dosage", &self.dosage, "How much at a time, such as 5 mg?"),
            frequency: checks.needed("frequency", &self.frequency, "How often, such as once a day?"),
            duration: checks.needed("duration", &self.duration, "For how long, such as 28 days?"),
            instructions: checks.text("instructions", &self.instructions, 2_000),
            warned: Vec::new(),
        };
        checks.done(prescription)
    }
}

/// Something for one of the lists, or a vaccination, as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListForm {
    /// `problem`, `allergy`, `medication` or `immunisation`
    pub kind: String,
    /// The problem, the substance, the medicine or the vaccine.
    pub name: String,
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
    /// # Errors
    /// A sentence for each field that is missing or cannot be meant.
    pub fn parse(&self) -> Result<super::Content, Problem> {
        use super::Content;
        let mut checks = Checks::default();
        let content = match RecordType::parse(&self.kind) {
            Some(RecordType::Problem) => Content::Problem(Condition {
                name: checks.needed("name", &self.name, "Which problem?"),
                since: checks.line("since", &self.since),
                note: checks.text("note", &self.note, 2_000),
            }),
            Some(RecordType::Allergy) => Content::Allergy(Allergy {
                substance: checks.needed("name", &self.name, "Against what?"),
                reaction: checks.line("reaction", &self.reaction),
                severity: Severity::parse(&self.severity).unwrap_or(Severity::Unknown),
            }),
            Some(RecordType::Medication) => Content::Medication(Medication {
                name: checks.needed("name", &self.name, "Which medicine?"),
                dosage: checks.line("dosage", &self.dosage),
                frequency: checks.line("frequency", &self.frequency),
                note: checks.text("note", &self.note, 2_000),
            }),
            Some(RecordType::Immunisation) => Content::Immunisation(Immunisation {
                vaccine: checks.needed("name", &self.name, "Which vaccine?"),
                dose: checks.line("dose", &self.dose),
                batch: checks.line("batch", &self.batch),
                site: checks.line("site", &self.site),
            }),
            _ => return Err(Problem::field("kind", "Choose what it is.")),
        };
        checks.done(content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_prescription_complains_about_every_field_at_once() {
        let problem = PrescriptionForm::default().parse().unwrap_err();
        let fields: Vec<_> = problem.fields.keys().map(String::as_str).collect();
        assert_eq!(fields, ["dosage", "duration", "frequency", "medication_name"]);
    }

    #[test]
    fn what_cannot_be_meant_is_no_part_of_the_record() {
        assert!(TimelineQuery::parse(Some("labs"), Some("2026-12-01.17"), None).is_ok());
        assert!(TimelineQuery::parse(Some("secrets"), None, None).is_err());
        assert!(TimelineQuery::parse(None, None, Some("yesterday")).is_err());
    }

    proptest! {
        #[test]
        fn nothing_typed_panics(text in ".*", other in ".*") {
            let _ = ListForm { kind: "allergy".into(), name: text.clone(), reaction: other.clone(), ..ListForm::default() }.parse();
            let _ = TimelineQuery::parse(Some(&text), Some(&text), Some(&other));
        }
    }
}
