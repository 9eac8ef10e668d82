//! What people ask of the record. Each form is checked as a whole before any field is complained about.

use serde::{Deserialize, Serialize};

use super::{
    Allergy, Condition, Cursor, Flag, Immunisation, LabValue, Medication, Prescription, RecordType, Report, Severity,
    TimelineGroup, Vitals, decimal, flag_of,
};
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

/// Longest text of a part of a note.
pub const LONGEST_TEXT: usize = 20_000;
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

    fn number(&mut self, field: &str, text: &str, low: f64, high: f64, unit: &str) -> Option<f64> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let number = decimal(text).filter(|number| (low..=high).contains(number));
        if number.is_none() {
            self.complain(field, format!("A number from {low} to {high}{unit}."));
        }
        number
    }

    fn done<T>(self, value: T) -> Result<T, Problem> {
        Problem::fields(self.0).map_or(Ok(value), Err)
    }
}

/// A note as it is typed. Every part may be empty while it is a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoteForm {
    pub subjective: String,
    pub objective: String,
    pub assessment: String,
    pub plan: String,
}

impl NoteForm {
    /// # Errors
    /// A sentence for each part that is too long or cannot be stored. `names` are the names of the fields.
    pub fn parse(&self, names: [&str; 4]) -> Result<Report, Problem> {
        let mut checks = Checks::default();
        let [subjective, objective, assessment, plan] = names;
        let report = Report {
            subjective: checks.text(subjective, &self.subjective, LONGEST_TEXT),
            objective: checks.text(objective, &self.objective, LONGEST_TEXT),
            assessment: checks.text(assessment, &self.assessment, LONGEST_TEXT),
            plan: checks.text(plan, &self.plan, LONGEST_TEXT),
            carried: None,
        };
        checks.done(report)
    }
}

/// Names of the parts of a note on the pages.
pub const SOAP: [&str; 4] = ["subjective", "objective", "assessment", "plan"];
/// Names of the same parts in the REST contract.
pub const CONTRACT_PARTS: [&str; 4] = ["symptoms", "notes", "diagnosis", "treatment"];

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

/// Vital signs as they are typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VitalsForm {
    pub heart_rate: String,
    pub systolic_bp: String,
    pub diastolic_bp: String,
    /// Kilograms.
    pub weight: String,
    /// Degrees Celsius.
    pub temperature: String,
    /// Percent.
    pub oxygen_saturation: String,
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "every number was brought into its limits")]
impl VitalsForm {
    /// # Errors
    /// A sentence for each reading that nobody can have, and when there is none at all.
    pub fn parse(&self) -> Result<Vitals, Problem> {
        let mut checks = Checks::default();
        let mut whole = |field: &str, text: &str, low: u16, high: u16, unit: &str| {
            checks.number(field, text, f64::from(low), f64::from(high), unit).map(|number| number.round() as u16)
        };
        let (heart_rate, systolic_bp, diastolic_bp, oxygen_saturation) = (
            whole("heart_rate", &self.heart_rate, 30, 250, " beats a minute"),
            whole("systolic_bp", &self.systolic_bp, 70, 250, " mmHg"),
            whole("diastolic_bp", &self.diastolic_bp, 40, 150, " mmHg"),
            whole("oxygen_saturation", &self.oxygen_saturation, 50, 100, " percent"),
        );
        let weight = checks.number("weight", &self.weight, 0.3, 500.0, " kg");
        let temperature = checks.number("temperature", &self.temperature, 30.0, 45.0, " °C");
        if let (Some(high), Some(low)) = (systolic_bp, diastolic_bp)
            && low >= high
        {
            checks.complain("diastolic_bp", "The lower pressure is below the upper one.");
        }
        let vitals = Vitals {
            heart_rate,
            systolic_bp,
            diastolic_bp,
            weight_grams: weight.map(|kilograms| (kilograms * 1_000.0).round() as u32),
            temperature_tenths: temperature.map(|degrees| (degrees * 10.0).round() as u16),
            oxygen_saturation,
        };
        if checks.0.is_empty() && vitals.readings().is_empty() {
            checks.complain("heart_rate", "Type at least one reading.");
        }
        checks.done(vitals)
    }
}

/// One line of a laboratory report as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LabForm {
    pub test: String,
    pub code: String,
    pub value: String,
    pub unit: String,
    pub low: String,
    pub high: String,
    /// For a finding in words that is not as expected.
    pub abnormal: bool,
    pub note: String,
}

impl LabForm {
    /// # Errors
    /// A sentence for each field that is missing or cannot be meant.
    pub fn parse(&self) -> Result<LabValue, Problem> {
        let mut checks = Checks::default();
        let test = checks.needed("test", &self.test, "Which test?");
        let value = checks.needed("value", &self.value, "What was found?");
        let unit = checks.line("unit", &self.unit);
        let mut end = |field: &str, text: &str| {
            let text = text.trim();
            if !text.is_empty() && decimal(text).is_none() {
                checks.complain(field, "A number, such as 3.5.");
            }
            (!text.is_empty()).then(|| text.replace(',', "."))
        };
        let (low, high) = (end("low", &self.low), end("high", &self.high));
        if let (Some(from), Some(to)) = (low.as_deref().and_then(decimal), high.as_deref().and_then(decimal))
            && from > to
        {
            checks.complain("high", "The range ends where it begins, or later.");
        }
        let number = decimal(&value).is_some();
        if number && unit.is_empty() && (low.is_some() || high.is_some()) {
            checks.complain("unit", "In which unit? Without one, numbers cannot be compared.");
        }
        let in_words = if self.abnormal { Flag::Abnormal } else { Flag::Unknown };
        let flag = flag_of(&value, low.as_deref(), high.as_deref()).unwrap_or(in_words);
        let value = LabValue {
            test,
            code: checks.line("code", &self.code),
            value: if number { value.replace(',', ".") } else { value },
            unit,
            low,
            high,
            flag,
            note: checks.text("note", &self.note, 2_000),
        };
        checks.done(value)
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
    use rstest::rstest;

    #[rstest]
    #[case("29", false)]
    #[case("30", true)]
    #[case("250", true)]
    #[case("251", false)]
    #[case("fast", false)]
    #[case("NaN", false)]
    fn a_pulse_has_limits(#[case] typed: &str, #[case] fine: bool) {
        assert_eq!(VitalsForm { heart_rate: typed.into(), ..VitalsForm::default() }.parse().is_ok(), fine);
    }

    #[test]
    fn readings_are_kept_as_they_were_measured() {
        let form = VitalsForm {
            systolic_bp: "131".into(),
            diastolic_bp: "82".into(),
            weight: "72,4".into(),
            temperature: "36.7".into(),
            ..VitalsForm::default()
        };
        let vitals = form.parse().unwrap();
        assert_eq!((vitals.weight_grams, vitals.temperature_tenths), (Some(72_400), Some(367)));
        assert!(
            VitalsForm { systolic_bp: "80".into(), diastolic_bp: "90".into(), ..VitalsForm::default() }
                .parse()
                .is_err()
        );
        assert!(VitalsForm::default().parse().is_err());
    }

    #[test]
    fn a_prescription_complains_about_every_field_at_once() {
        let problem = PrescriptionForm::default().parse().unwrap_err();
        let fields: Vec<_> = problem.fields.keys().map(String::as_str).collect();
        assert_eq!(fields, ["dosage", "duration", "frequency", "medication_name"]);
    }

    #[test]
    fn a_result_knows_where_it_lies() {
        let form = LabForm {
            test: "LDL".into(),
            value: "4,4".into(),
            unit: "mmol/L".into(),
            high: "3.0".into(),
            ..LabForm::default()
        };
        let value = form.parse().unwrap();
        assert_eq!((value.value.as_str(), value.flag), ("4.4", Flag::High));
        let words = LabForm { test: "Culture".into(), value: "E. coli".into(), abnormal: true, ..LabForm::default() };
        assert_eq!(words.parse().unwrap().flag, Flag::Abnormal);
        assert!(LabForm { unit: String::new(), ..form }.parse().is_err(), "a number with a range needs a unit");
    }

    proptest! {
        #[test]
        fn nothing_typed_panics(text in ".*", other in ".*") {
            let _ = VitalsForm { weight: text.clone(), temperature: other.clone(), ..VitalsForm::default() }.parse();
            let _ = LabForm { test: "x".into(), value: text.clone(), low: other.clone(), ..LabForm::default() }.parse();
            let _ = TimelineQuery::parse(None, Some(&text), Some(&other));
        }
    }
}
