//! What an entry says: the part that is sealed under its patient's key.

use serde::{Deserialize, Serialize};

use super::{
    Report, Vitals,
    kind::{RecordType, words},
    readings::OXYGEN,
};
use crate::RecordId;

/// The content of an entry, by kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Content {
    Report(Report),
    /// What was added to a signed report.
    Addition(Addition),
    Prescription(Prescription),
    Vitals(Vitals),
    Immunisation(Immunisation),
    Document(Document),
    Problem(Condition),
    Allergy(Allergy),
    NoKnownAllergies(NoKnownAllergies),
    Medication(Medication),
    Cancellation(Cancellation),
}

impl Content {
    /// Whether an entry of this kind can say this.
    #[must_use]
    pub fn fits(&self, kind: RecordType) -> bool {
        match self {
            Self::Report(_) | Self::Addition(_) => kind.is_report(),
            Self::Prescription(_) => kind == RecordType::Prescription,
            Self::Vitals(_) => kind == RecordType::Vitals,
            Self::Immunisation(_) => kind == RecordType::Immunisation,
            Self::Document(_) => kind == RecordType::Document,
            Self::Problem(_) => kind == RecordType::Problem,
            Self::Allergy(_) => kind == RecordType::Allergy,
            Self::NoKnownAllergies(_) => kind == RecordType::NoKnownAllergies,
            Self::Medication(_) => kind == RecordType::Medication,
            Self::Cancellation(_) => kind == RecordType::Cancellation,
        }
    }

    /// A few words for a list.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Self::Report(report) => report.title().to_owned(),
            Self::Addition(addition) => first_line(&addition.text).to_owned(),
            Self::Prescription(rx) => rx.title(),
            Self::Immunisation(immunisation) => immunisation.vaccine.clone(),
            Self::Document(document) => document.name.clone(),
            Self::Problem(condition) => condition.name.clone(),
            Self::Allergy(allergy) => allergy.substance.clone(),
            Self::NoKnownAllergies(asked) => asked.title().to_owned(),
            Self::Medication(medication) => join([&medication.name, &medication.dosage], " "),
            // The kind says it.
            Self::Vitals(_) | Self::Cancellation(_) => String::new(),
        }
    }

    /// Everything it says, term by term; what it leaves open is left out. What it is comes first: that is what people
    /// look for. `kind` is that of the entry.
    #[must_use]
    pub fn facts(&self, kind: RecordType) -> Vec<(String, String)> {
        let (size, warned, not_compared);
        let facts: Vec<(&'static str, &str)> = match self {
            Self::Report(report) => return report.facts(kind),
            Self::Addition(addition) => vec![("Added", &addition.text)],
            Self::Prescription(rx) => {
                (warned, not_compared) = (rx.warned.join("\n"), rx.not_compared.join("\n"));
                vec![
                    ("Medicine", &rx.medication_name),
                    ("Dose", &rx.dosage),
                    ("How often", &rx.frequency),
                    ("For how long", &rx.duration),
                    ("Instructions", &rx.instructions),
                    ("Warnings shown when it was signed", &warned),
                    ("Reason for prescribing anyway", &rx.signed_because),
                    ("Not checked when it was signed", &not_compared),
                ]
            }
            Self::Vitals(vitals) => {
                return vitals.readings().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
            }
            Self::Immunisation(given) => {
                vec![
                    ("Vaccine", &given.vaccine),
                    ("Dose", &given.dose),
                    ("Batch", &given.batch),
                    ("Where", &given.site),
                ]
            }
            Self::Document(document) => {
                size = size_in_words(document.size);
                vec![("File", &document.name), ("Size", &size), ("Note", &document.note)]
            }
            Self::Problem(condition) => {
                vec![("Problem", &condition.name), ("Since", &condition.since), ("Note", &condition.note)]
            }
            Self::Allergy(allergy) => vec![
                ("Allergic to", &allergy.substance),
                ("Reaction", &allergy.reaction),
                ("Severity", allergy.severity.label()),
            ],
            Self::NoKnownAllergies(asked) => vec![("Allergies", asked.title()), ("Note", &asked.note)],
            Self::Medication(medication) => vec![
                ("Medicine", &medication.name),
                ("Dose", &medication.dosage),
                ("How often", &medication.frequency),
                ("Note", &medication.note),
            ],
            Self::Cancellation(cancellation) => vec![("Why", &cancellation.reason)],
        };
        let said = facts.into_iter().filter(|(_, text)| !text.is_empty());
        said.map(|(term, text)| (term.to_owned(), text.to_owned())).collect()
    }

    /// One line more about it.
    #[must_use]
    pub fn summary(&self) -> String {
        match self {
            Self::Report(report) => first_line(&report.plan).to_owned(),
            Self::Addition(_) => String::new(),
            Self::Prescription(rx) => join([&rx.frequency, &rx.duration], ", "),
            Self::Vitals(vitals) => {
                // "97 %" alone could be anything.
                let said = |(name, value)| if name == OXYGEN { format!("oxygen {value}") } else { value };
                vitals.readings().into_iter().map(said).collect::<Vec<_>>().join(" · ")
            }
            Self::Immunisation(immunisation) => immunisation.dose.clone(),
            Self::Document(document) => first_line(&document.note).to_owned(),
            Self::Problem(condition) => join([&condition.since, &condition.note], " · "),
            Self::Allergy(allergy) => join([&allergy.reaction, allergy.severity.label()], ", "),
            Self::NoKnownAllergies(asked) => asked.note.clone(),
            Self::Medication(medication) => join([&medication.frequency, &medication.note], " · "),
            Self::Cancellation(cancellation) => cancellation.reason.clone(),
        }
    }
}

/// What stands for a text in a list.
pub(super) fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

fn join<const N: usize>(parts: [&str; N], between: &str) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}

/// What was added to a report after it was signed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Addition {
    pub text: String,
}

/// A medicine that is prescribed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Prescription {
    /// "Amlodipine"
    pub medication_name: String,
    /// "5 mg"
    pub dosage: String,
    /// "Once a day"
    pub frequency: String,
    /// "28 days"
    pub duration: String,
    pub instructions: String,
    /// The warnings that were shown when it was signed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warned: Vec<String>,
    /// Why it was signed although one of them was a danger.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub signed_because: String,
    /// What was not compared with the record when it was signed, a sentence each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_compared: Vec<String>,
}

impl Prescription {
    #[must_use]
    pub fn title(&self) -> String {
        join([&self.medication_name, &self.dosage], " ")
    }
}

/// "412 kB", "1.2 MB": rounded up, so that no file has no size.
fn size_in_words(bytes: u64) -> String {
    match bytes {
        0 => String::new(),
        1..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => {
            let tenths = bytes.div_ceil(100_000);
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
    }
}

/// A vaccination that was given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Immunisation {
    pub vaccine: String,
    /// "First dose"
    pub dose: String,
    /// The manufacturer's batch.
    pub batch: String,
    /// "Left arm"
    pub site: String,
}

/// A file, described. Its bytes are sealed in chunks elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Document {
    /// "Letter from the hospital.pdf"
    pub name: String,
    /// `application/pdf`
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of the bytes, 64 hexadecimal digits.
    pub digest: String,
    pub note: String,
}

/// An entry of the problem list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Condition {
    pub name: String,
    /// "2019", "spring 2024"
    pub since: String,
    pub note: String,
}

words! {
    /// How bad a reaction was.
    Severity {
        Mild = "mild", "mild";
        Moderate = "moderate", "moderate";
        Severe = "severe", "severe";
        Unknown = "unknown", "severity unknown";
    }
}

words! {
    /// What becomes of an allergy that stands there already when it is entered otherwise.
    Twice {
        /// It no longer holds.
        End = "end", "End the earlier entry";
        /// Both hold.
        Keep = "keep", "Add anyway";
    }
}

/// Something that a patient does not tolerate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allergy {
    /// "Penicillin"
    pub substance: String,
    /// "Rash"
    pub reaction: String,
    pub severity: Severity,
    /// What the table of medicines and allergens calls it, when it knew every word: "penicillin".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub coded: Vec<String>,
}

/// That somebody asked, and that no allergy is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoKnownAllergies {
    /// Whether it was asked about medicines alone.
    pub only_medicines: bool,
    pub note: String,
}

impl NoKnownAllergies {
    #[must_use]
    pub const fn title(&self) -> &'static str {
        if self.only_medicines { "No known drug allergies" } else { "No known allergies" }
    }
}

/// A medicine that somebody takes without a prescription of ours.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Medication {
    pub name: String,
    pub dosage: String,
    pub frequency: String,
    /// "Bought over the counter"
    pub note: String,
}

/// Why a prescription was ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Cancellation {
    pub reason: String,
    /// The others of the same medicine that ended with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ended_with: Vec<RecordId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_as_people_say_them() {
        assert_eq!([0, 1, 412_000, 999_001].map(size_in_words), ["", "1 kB", "412 kB", "1000 kB"]);
        assert_eq!([1_000_000, 1_150_000, 12_000_000].map(size_in_words), ["1.0 MB", "1.2 MB", "12.0 MB"]);
    }

    #[test]
    fn facts_that_say_nothing_are_left_out() {
        let report = Report { assessment: "Migraine".into(), plan: "Sleep".into(), ..Report::default() };
        let facts = Content::Report(report).facts(RecordType::Consultation);
        assert_eq!(facts, [("Assessment", "Migraine"), ("Plan", "Sleep")].map(|(t, s)| (t.into(), s.into())));
        assert!(Content::Document(Document::default()).facts(RecordType::Document).is_empty());
    }

    #[test]
    fn a_laboratory_report_says_what_was_tested_and_what_it_means() {
        let report = Report { assessment: "Lipids".into(), plan: "A little high".into(), ..Report::default() };
        let facts = Content::Report(report).facts(RecordType::LabReport);
        assert_eq!(
            facts,
            [("Test", "Lipids"), ("Doctor’s advice", "A little high")].map(|(t, s)| (t.into(), s.into()))
        );
    }

    #[test]
    fn content_reads_back_and_knows_its_kind() {
        let content = Content::Allergy(Allergy {
            substance: "Penicillin".into(),
            reaction: "Rash".into(),
            severity: Severity::Moderate,
            coded: Vec::new(),
        });
        let text = serde_json::to_string(&content).unwrap();
        assert_eq!(serde_json::from_str::<Content>(&text).unwrap(), content);
        assert!(content.fits(RecordType::Allergy) && !content.fits(RecordType::Problem));
        assert_eq!(content.summary(), "Rash, moderate");
    }
}
