//! What an entry says: the part that is sealed under its patient's key.

use serde::{Deserialize, Serialize};

use super::kind::{RecordType, words};

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
            Self::Medication(medication) => join([&medication.name, &medication.dosage], " "),
            // The kind says it.
            Self::Vitals(_) | Self::Cancellation(_) => String::new(),
        }
    }

    /// Everything it says, term by term; what it leaves open is left out. What it is comes first: that is what people
    /// look for.
    #[must_use]
    pub fn facts(&self) -> Vec<(String, String)> {
        let (size, warned);
        let facts: Vec<(&'static str, &str)> = match self {
            Self::Report(report) => return report.facts(),
            Self::Addition(addition) => vec![("Added", &addition.text)],
            Self::Prescription(rx) => {
                warned = rx.warned.join("\n");
                vec![
                    ("Medicine", &rx.medication_name),
                    ("Dose", &rx.dosage),
                    ("How often", &rx.frequency),
                    ("For how long", &rx.duration),
                    ("Instructions", &rx.instructions),
                    ("Warnings that were weighed when it was signed", &warned),
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
                ("How bad", allergy.severity.label()),
            ],
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
                vitals.readings().into_iter().map(|(_, value)| value).collect::<Vec<_>>().join(" · ")
            }
            Self::Immunisation(immunisation) => immunisation.dose.clone(),
            Self::Document(document) => first_line(&document.note).to_owned(),
            Self::Problem(condition) => join([&condition.since, &condition.note], " · "),
            Self::Allergy(allergy) => join([&allergy.reaction, allergy.severity.label()], ", "),
            Self::Medication(medication) => join([&medication.frequency, &medication.note], " · "),
            Self::Cancellation(cancellation) => cancellation.reason.clone(),
        }
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

fn join<const N: usize>(parts: [&str; N], between: &str) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}

/// A note in four parts (SOAP: subjective, objective, assessment, plan; Weed 1968), and every other report, which says
/// the same four things. On the wire they are `symptoms`, `notes`, `diagnosis` and `treatment`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// What the patient says.
    pub subjective: String,
    /// What was found.
    pub objective: String,
    /// What it is.
    pub assessment: String,
    /// What is to be done.
    pub plan: String,
    /// The earlier note of which parts were carried over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carried: Option<Carried>,
}

words! {
    /// A part of a note.
    Part {
        Assessment = "assessment", "Assessment";
        Subjective = "subjective", "Background";
        Objective = "objective", "What was found";
        Plan = "plan", "What happens next";
    }
}

/// What a note took over from an earlier one and left as it was: readers should know that nobody wrote it anew.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// `REC-…` of the earlier note.
    pub from: String,
    /// Its day, `YYYY-MM-DD`.
    pub date: String,
    /// The parts that say the same as the earlier note, word for word.
    pub parts: Vec<Part>,
}

impl Carried {
    /// "carried over unchanged from 3 May 2026"
    #[must_use]
    pub fn words(&self) -> String {
        let day = self.date.parse::<jiff::civil::Date>();
        let day = day.map_or_else(|_| self.date.clone(), |day| day.strftime("%-d %B %Y").to_string());
        format!("carried over unchanged from {day}")
    }
}

impl Report {
    #[must_use]
    pub fn part(&self, part: Part) -> &str {
        match part {
            Part::Assessment => &self.assessment,
            Part::Subjective => &self.subjective,
            Part::Objective => &self.objective,
            Part::Plan => &self.plan,
        }
    }

    /// The parts that say word for word what an earlier report said.
    #[must_use]
    pub fn unchanged_since(&self, earlier: &Self) -> Vec<Part> {
        let same = |part: &Part| !self.part(*part).trim().is_empty() && self.part(*part) == earlier.part(*part);
        Part::ALL.iter().copied().filter(same).collect()
    }

    fn facts(&self) -> Vec<(String, String)> {
        let term = |part: Part| match &self.carried {
            Some(carried) if carried.parts.contains(&part) => format!("{}, {}", part.label(), carried.words()),
            _ => part.label().to_owned(),
        };
        let said = Part::ALL.iter().filter(|part| !self.part(**part).is_empty());
        said.map(|part| (term(*part), self.part(*part).to_owned())).collect()
    }

    #[must_use]
    pub fn title(&self) -> &str {
        first_line(&self.assessment)
    }
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
}

impl Prescription {
    #[must_use]
    pub fn title(&self) -> String {
        join([&self.medication_name, &self.dosage], " ")
    }
}

/// What was measured at one time. Limits are those of the REST contract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Vitals {
    /// Beats a minute, 30–250.
    pub heart_rate: Option<u16>,
    /// mmHg, 70–250.
    pub systolic_bp: Option<u16>,
    /// mmHg, 40–150.
    pub diastolic_bp: Option<u16>,
    /// Grams, 300 g to 500 kg.
    pub weight_grams: Option<u32>,
    /// Tenths of a degree Celsius, 30.0–45.0.
    pub temperature_tenths: Option<u16>,
    /// Percent, 50–100.
    pub oxygen_saturation: Option<u16>,
}

impl Vitals {
    /// What each reading is called and what it says, those that were taken.
    #[must_use]
    pub fn readings(&self) -> Vec<(&'static str, String)> {
        let pressure = match (self.systolic_bp, self.diastolic_bp) {
            (Some(high), Some(low)) => Some(format!("{high}/{low} mmHg")),
            (Some(high), None) => Some(format!("{high} mmHg systolic")),
            (None, Some(low)) => Some(format!("{low} mmHg diastolic")),
            (None, None) => None,
        };
        [
            ("Blood pressure", pressure),
            ("Pulse", self.heart_rate.map(|rate| format!("{rate} a minute"))),
            ("Weight", self.weight_grams.map(|grams| format!("{} kg", kilograms(grams)))),
            ("Temperature", self.temperature_tenths.map(|tenths| format!("{}.{} °C", tenths / 10, tenths % 10))),
            ("Oxygen", self.oxygen_saturation.map(|percent| format!("{percent} %"))),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
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

/// "72.4", "72": kilograms of grams, without zeros that say nothing.
#[must_use]
pub fn kilograms(grams: u32) -> String {
    let text = format!("{}.{:03}", grams / 1_000, grams % 1_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
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

/// Something that a patient does not tolerate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allergy {
    /// "Penicillin"
    pub substance: String,
    /// "Rash"
    pub reaction: String,
    pub severity: Severity,
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_that_were_not_taken_are_not_shown() {
        let vitals =
            Vitals { systolic_bp: Some(131), diastolic_bp: Some(82), weight_grams: Some(72_400), ..Vitals::default() };
        assert_eq!(Content::Vitals(vitals).summary(), "131/82 mmHg · 72.4 kg");
        assert_eq!((kilograms(70_000), kilograms(3_250)), ("70".into(), "3.25".into()));
    }

    #[test]
    fn sizes_read_as_people_say_them() {
        assert_eq!([0, 1, 412_000, 999_001].map(size_in_words), ["", "1 kB", "412 kB", "1000 kB"]);
        assert_eq!([1_000_000, 1_150_000, 12_000_000].map(size_in_words), ["1.0 MB", "1.2 MB", "12.0 MB"]);
    }

    #[test]
    fn facts_that_say_nothing_are_left_out() {
        let report = Report { assessment: "Migraine".into(), plan: "Sleep".into(), ..Report::default() };
        let facts = Content::Report(report).facts();
        assert_eq!(
            facts,
            [("Assessment", "Migraine"), ("What happens next", "Sleep")].map(|(t, s)| (t.into(), s.into()))
        );
        assert!(Content::Document(Document::default()).facts().is_empty());
    }

    #[test]
    fn what_was_carried_over_and_left_as_it_was_says_so() {
        let earlier = Report { subjective: "Since May".into(), plan: "Sleep".into(), ..Report::default() };
        let mut note = Report { plan: "Sleep more".into(), ..earlier.clone() };
        assert_eq!(note.unchanged_since(&earlier), [Part::Subjective]);
        let parts = note.unchanged_since(&earlier);
        note.carried = Some(Carried { from: "REC-1".into(), date: "2026-05-03".into(), parts });
        let terms: Vec<String> = Content::Report(note).facts().into_iter().map(|(term, _)| term).collect();
        assert_eq!(terms, ["Background, carried over unchanged from 3 May 2026", "What happens next"]);
    }

    #[test]
    fn content_reads_back_and_knows_its_kind() {
        let content = Content::Allergy(Allergy {
            substance: "Penicillin".into(),
            reaction: "Rash".into(),
            severity: Severity::Moderate,
        });
        let text = serde_json::to_string(&content).unwrap();
        assert_eq!(serde_json::from_str::<Content>(&text).unwrap(), content);
        assert!(content.fits(RecordType::Allergy) && !content.fits(RecordType::Problem));
        assert_eq!(content.summary(), "Rash, moderate");
    }
}
