//! What is measured, as it is typed: vital signs and laboratory reports.

use serde::{Deserialize, Serialize};

use super::{
    Flag, LabValue, Report, Vitals,
    checks::{Checks, LONGEST_REMARK},
    decimal, flag_of,
};
use crate::problem::Problem;

/// Vital signs as they are typed; what was not measured stays empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VitalsForm {
    /// Beats a minute.
    pub heart_rate: String,
    /// mmHg
    pub systolic_bp: String,
    /// mmHg
    pub diastolic_bp: String,
    /// Kilograms.
    pub weight: String,
    /// Degrees Celsius.
    pub temperature: String,
    /// Percent.
    pub oxygen_saturation: String,
}

impl VitalsForm {
    /// # Errors
    /// A sentence for each reading that cannot be, or when there is none.
    pub fn parse(&self) -> Result<Vitals, Problem> {
        let mut checks = Checks::default();
        let vitals = Vitals {
            heart_rate: whole(&mut checks, ("heart_rate", "The pulse"), &self.heart_rate, 30..=250),
            systolic_bp: whole(&mut checks, ("systolic_bp", "The upper value"), &self.systolic_bp, 70..=250),
            diastolic_bp: whole(&mut checks, ("diastolic_bp", "The lower value"), &self.diastolic_bp, 40..=150),
            weight_grams: scaled(
                &mut checks,
                ("weight", "The weight"),
                &self.weight,
                (0.3, 500.0, 1_000.0),
                "0.3 to 500 kg",
            ),
            temperature_tenths: scaled(
                &mut checks,
                ("temperature", "The temperature"),
                &self.temperature,
                (30.0, 45.0, 10.0),
                "30 to 45 °C",
            )
            .and_then(|tenths| u16::try_from(tenths).ok()),
            oxygen_saturation: whole(
                &mut checks,
                ("oxygen_saturation", "The oxygen saturation"),
                &self.oxygen_saturation,
                50..=100,
            ),
        };
        if let (Some(high), Some(low)) = (vitals.systolic_bp, vitals.diastolic_bp)
            && low >= high
        {
            checks.complain("diastolic_bp", "The upper value must be higher than the lower value.");
        }
        let problem = checks.done(());
        if problem.is_ok() && vitals == Vitals::default() {
            return Err(Problem::field("heart_rate", "Enter at least one value."));
        }
        problem.map(|()| vitals)
    }
}

/// A field, and what its sentence begins with.
type Named = (&'static str, &'static str);

fn whole(checks: &mut Checks, (field, name): Named, text: &str, range: std::ops::RangeInclusive<u16>) -> Option<u16> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let value = text.parse().ok().filter(|value| range.contains(value));
    if value.is_none() {
        checks.complain(field, format!("{name} must be a whole number from {} to {}.", range.start(), range.end()));
    }
    value
}

/// A decimal number times `scale`, rounded.
fn scaled(
    checks: &mut Checks,
    (field, name): Named,
    text: &str,
    (low, high, scale): (f64, f64, f64),
    is: &str,
) -> Option<u32> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let value = decimal(text).filter(|value| (low..=high).contains(value));
    if value.is_none() {
        checks.complain(field, format!("{name} must be from {is}."));
    }
    // Within the range it is a small positive number: nothing is cut off.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range was checked")]
    value.map(|value| (value * scale).round() as u32)
}

/// Most results of one report.
pub const MOST_RESULTS: usize = 60;

/// One result as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ResultForm {
    pub test: String,
    pub value: String,
    pub unit: String,
    pub low: String,
    pub high: String,
    /// For a finding in words: whether it is as it should be (`normal`, `abnormal`); a number is compared with its range.
    pub flag: String,
    pub note: String,
}

impl ResultForm {
    fn is_empty(&self) -> bool {
        [&self.test, &self.value, &self.unit, &self.low, &self.high, &self.note]
            .iter()
            .all(|text| text.trim().is_empty())
    }
}

/// A laboratory report as it is typed; rows without a word are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LabForm {
    /// "Lipid profile"
    pub title: String,
    /// `YYYY-MM-DD`, when the sample was taken.
    pub date: String,
    /// What the results mean, for the patient.
    pub comment: String,
    /// By number, whoever asked for it; whoever enters it when empty.
    pub doctor: String,
    pub results: Vec<ResultForm>,
}

/// A laboratory report that can be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabReport {
    pub date: jiff::civil::Date,
    pub report: Report,
    pub results: Vec<LabValue>,
    pub doctor: Option<crate::DoctorId>,
}

impl LabForm {
    /// # Errors
    /// A sentence for each field that is missing or cannot be meant; those of a result are called `results[0].value`.
    pub fn parse(&self) -> Result<LabReport, Problem> {
        let mut checks = Checks::default();
        let title = checks.needed("title", &self.title, "Enter what was tested, such as lipid profile.");
        let comment = checks.text("comment", &self.comment, LONGEST_REMARK);
        let date = crate::appointments::parse_date(&self.date);
        if let Err(sentence) = &date {
            checks.complain("date", sentence.clone());
        }
        let doctor = match self.doctor.trim() {
            "" => None,
            text => text.parse().map(crate::DoctorId).map_err(|_| checks.complain("doctor", "Doctor not found.")).ok(),
        };
        let filled = self.results.iter().enumerate().filter(|(_, row)| !row.is_empty());
        let results: Vec<LabValue> = filled.map(|(place, row)| value(&mut checks, place, row)).collect();
        if results.is_empty() {
            checks.complain("results[0].test", "Enter at least one result.");
        } else if results.len() > MOST_RESULTS {
            checks.complain("results[0].test", format!("A report has at most {MOST_RESULTS} results."));
        }
        let report = Report { assessment: title, plan: comment, ..Report::default() };
        checks.done(())?;
        let date = date.map_err(|sentence| Problem::field("date", sentence))?;
        Ok(LabReport { date, report, results, doctor })
    }
}

fn value(checks: &mut Checks, place: usize, row: &ResultForm) -> LabValue {
    let field = |name: &str| format!("results[{place}].{name}");
    let test = checks.needed(&field("test"), &row.test, "Enter the test.");
    let value = with_point(&checks.needed(&field("value"), &row.value, "Enter the result."));
    let unit = checks.line(&field("unit"), &row.unit);
    let mut bound = |name: &str, text: &str| {
        let text = text.trim();
        if !text.is_empty() && decimal(text).is_none() {
            checks.complain(&field(name), "Enter a number, or leave this empty.");
        }
        (!text.is_empty()).then(|| with_point(text))
    };
    let (low, high) = (bound("low", &row.low), bound("high", &row.high));
    if let (Some(low), Some(high)) = (low.as_deref().and_then(decimal), high.as_deref().and_then(decimal))
        && low > high
    {
        checks.complain(&field("high"), "The upper limit must be above the lower limit.");
    }
    let said = Flag::parse(&row.flag).filter(|flag| matches!(flag, Flag::Normal | Flag::Abnormal));
    let flag = flag_of(&value, low.as_deref(), high.as_deref()).or(said).unwrap_or(Flag::Unknown);
    let note = checks.text(&field("note"), &row.note, LONGEST_REMARK);
    LabValue { test, code: String::new(), value, unit, low, high, flag, note }
}

/// A number with a point in it, however it was typed: two spellings do not stand beside each other on one line.
fn with_point(text: &str) -> String {
    if decimal(text.trim_start_matches(['<', '>'])).is_some() { text.replace(',', ".") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_comma_becomes_a_point_in_numbers_alone() {
        let read = ["0,139", "<0,4", "> 1,5", "1, 2 and 3", "negative"].map(with_point);
        assert_eq!(read, ["0.139", "<0.4", "> 1.5", "1, 2 and 3", "negative"]);
    }

    use proptest::prelude::*;

    #[test]
    fn readings_within_their_limits_are_kept_exactly() {
        let form = VitalsForm { weight: "72,4".into(), temperature: "36.6".into(), ..VitalsForm::default() };
        let vitals = form.parse().unwrap();
        assert_eq!((vitals.weight_grams, vitals.temperature_tenths), (Some(72_400), Some(366)));
    }

    #[test]
    fn readings_that_cannot_be_are_told_each() {
        let form = VitalsForm {
            heart_rate: "29".into(),
            systolic_bp: "251".into(),
            diastolic_bp: "x".into(),
            weight: "-3".into(),
            ..VitalsForm::default()
        };
        let problem = form.parse().unwrap_err();
        let fields: Vec<_> = problem.fields.keys().map(String::as_str).collect();
        assert_eq!(fields, ["diastolic_bp", "heart_rate", "systolic_bp", "weight"]);
        assert!(VitalsForm::default().parse().is_err());
        let turned = VitalsForm { systolic_bp: "80".into(), diastolic_bp: "120".into(), ..VitalsForm::default() };
        assert!(turned.parse().unwrap_err().for_field("diastolic_bp").is_some());
    }

    fn row(test: &str, value: &str, high: &str) -> ResultForm {
        ResultForm { test: test.into(), value: value.into(), high: high.into(), ..ResultForm::default() }
    }

    #[test]
    fn numbers_are_flagged_by_their_range_and_words_by_whoever_wrote_them() {
        let form = LabForm {
            title: "Lipids".into(),
            date: "2026-11-20".into(),
            results: vec![
                row("LDL cholesterol", "4.4", "3.0"),
                ResultForm::default(),
                ResultForm { flag: "abnormal".into(), ..row("Urine culture", "E. coli", "") },
            ],
            ..LabForm::default()
        };
        let flags: Vec<Flag> = form.parse().unwrap().results.iter().map(|value| value.flag).collect();
        assert_eq!(flags, [Flag::High, Flag::Abnormal]);
    }

    #[test]
    fn a_report_names_the_row_that_is_wrong() {
        let form = LabForm { results: vec![row("LDL", "4.4", "three"), row("", "1", "")], ..LabForm::default() };
        let problem = form.parse().unwrap_err();
        for field in ["title", "date", "results[0].high", "results[1].test"] {
            assert!(problem.for_field(field).is_some(), "{field}");
        }
    }

    proptest! {
        #[test]
        fn nothing_typed_panics(text in ".*", other in ".*") {
            let _ = VitalsForm { weight: text.clone(), heart_rate: other.clone(), ..VitalsForm::default() }.parse();
            let _ = LabForm { results: vec![row(&text, &other, &text)], date: other.clone(), ..LabForm::default() }.parse();
        }
    }
}
