//! Laboratory reports, as they are typed.

use serde::{Deserialize, Serialize};

use super::{
    LabValue, Mark, NotANumber, Report,
    checks::{Checks, LONGEST_REMARK},
    decimal, judged, read_amount, unit_key,
};
use crate::problem::Problem;

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
    /// What the laboratory says, a [`Mark`]; without it a number is compared with its range alone.
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
    /// `HH:MM`, when it is known.
    pub time: String,
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
        let time = time_of_day(&mut checks, &self.time);
        let report = Report { assessment: title, plan: comment, time, ..Report::default() };
        checks.done(())?;
        let date = date.map_err(|sentence| Problem::field("date", sentence))?;
        Ok(LabReport { date, report, results, doctor })
    }
}

/// When the sample was taken; a browser may add seconds, which nobody needs.
fn time_of_day(checks: &mut Checks, text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let time = text.parse::<jiff::civil::Time>().ok().filter(|_| text.contains(':'));
    if time.is_none() {
        checks.complain("time", "Enter the time of day as hours and minutes, such as 08:30.");
    }
    time.map(|time| time.strftime("%H:%M").to_string())
}

fn value(checks: &mut Checks, place: usize, row: &ResultForm) -> LabValue {
    let field = |name: &str| format!("results[{place}].{name}");
    let test = checks.needed(&field("test"), &row.test, "Enter the test.");
    let typed = checks.needed(&field("value"), &row.value, "Enter the result.");
    let unit = checks.line(&field("unit"), &row.unit);
    let (value, written, beside) = match read_amount(&typed) {
        Ok(written) => (written.plain, written.mark, written.unit),
        Err(NotANumber::Words) => (typed, None, String::new()),
        Err(NotANumber::Unclear(sentence)) => {
            checks.complain(&field("value"), sentence);
            (typed, None, String::new())
        }
    };
    let unit = match (unit.is_empty(), beside.is_empty()) {
        (true, _) => beside,
        (false, false) if unit_key(&unit) != unit_key(&beside) => {
            let sentence = format!("The result is in {beside}, and the unit says {unit}. Keep one of them.");
            checks.complain(&field("value"), sentence);
            unit
        }
        _ => unit,
    };
    let low = range_end(checks, &field("low"), &row.low);
    let high = range_end(checks, &field("high"), &row.high);
    if let (Some(low), Some(high)) = (low.as_deref().and_then(decimal), high.as_deref().and_then(decimal))
        && low > high
    {
        checks.complain(&field("high"), "The upper limit must be above the lower limit.");
    }
    let mark = mark(checks, &field("flag"), &row.flag, written);
    let flag = judged(&value, low.as_deref(), high.as_deref(), mark);
    let note = checks.text(&field("note"), &row.note, LONGEST_REMARK);
    LabValue { test, code: String::new(), value, unit, low, high, flag, mark, note }
}

/// An end of a range with a point in it, however it was typed.
fn range_end(checks: &mut Checks, field: &str, text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let sentence = match read_amount(text) {
        Ok(written) if decimal(&written.plain).is_some() && written.mark.is_none() && written.unit.is_empty() => {
            return Some(written.plain);
        }
        Err(NotANumber::Unclear(sentence)) => sentence,
        _ => "Enter a number, or leave this empty.".to_owned(),
    };
    checks.complain(field, sentence);
    None
}

/// What the laboratory says: as it was chosen, or as it stands behind the number.
fn mark(checks: &mut Checks, field: &str, chosen: &str, written: Option<Mark>) -> Option<Mark> {
    let chosen = chosen.trim();
    if chosen.is_empty() {
        return written;
    }
    let Some(mark) = Mark::parse(chosen) else {
        checks.complain(field, "Choose one of the list.");
        return None;
    };
    if let Some(written) = written
        && written != mark
        // A choice without a side, beside a sign that has one, is the same said less exactly.
        && !(written.flag().is_out_of_range() && mark == Mark::Abnormal)
    {
        let sentence = format!(
            "The mark behind the result says “{}”, and here it says “{}”. Keep one of them.",
            written.label(),
            mark.label()
        );
        checks.complain(field, sentence);
    }
    Some(if mark == Mark::Abnormal { written.unwrap_or(mark) } else { mark })
}

#[cfg(test)]
mod tests {
    use super::{super::Flag, *};
    use proptest::prelude::*;
    use rstest::rstest;

    fn row(test: &str, value: &str, high: &str) -> ResultForm {
        ResultForm { test: test.into(), value: value.into(), high: high.into(), ..ResultForm::default() }
    }

    fn report(results: Vec<ResultForm>) -> LabForm {
        LabForm { title: "Lipids".into(), date: "2026-11-20".into(), results, ..LabForm::default() }
    }

    fn only(result: ResultForm) -> LabValue {
        report(vec![result]).parse().unwrap().results.remove(0)
    }

    #[test]
    fn numbers_are_flagged_by_their_range_and_words_by_whoever_wrote_them() {
        let form = report(vec![
            row("LDL cholesterol", "4.4", "3.0"),
            ResultForm::default(),
            ResultForm { flag: "abnormal".into(), ..row("Urine culture", "E. coli", "") },
        ]);
        let flags: Vec<Flag> = form.parse().unwrap().results.iter().map(|value| value.flag).collect();
        assert_eq!(flags, [Flag::High, Flag::Abnormal]);
    }

    #[rstest]
    #[case("4.4", "", "abnormal", Flag::Abnormal, Some(Mark::Abnormal))]
    #[case("4.4", "", "high", Flag::High, Some(Mark::High))]
    #[case("4.4", "", "normal", Flag::Normal, Some(Mark::Normal))]
    #[case("4.4 H", "", "", Flag::High, Some(Mark::High))]
    #[case("4.4 H", "", "abnormal", Flag::High, Some(Mark::High))]
    #[case("4.4 H", "5", "", Flag::High, Some(Mark::High))]
    #[case("4.4", "3", "normal", Flag::High, Some(Mark::Normal))]
    #[case("<5", "3", "low", Flag::Low, Some(Mark::Low))]
    #[case("4.4", "", "", Flag::Unknown, None)]
    fn every_pair_of_range_and_mark_is_kept(
        #[case] value: &str,
        #[case] high: &str,
        #[case] chosen: &str,
        #[case] flag: Flag,
        #[case] mark: Option<Mark>,
    ) {
        let kept = only(ResultForm { flag: chosen.into(), ..row("Ferritin", value, high) });
        assert_eq!((kept.flag, kept.mark), (flag, mark));
        assert_eq!(kept.value, value.trim_end_matches(" H"));
    }

    #[test]
    fn marks_that_contradict_each_other_or_are_none_are_refused() {
        for (value, chosen) in [("4.4 H", "low"), ("4.4 H", "normal"), ("4.4", "unknown"), ("4.4", "great")] {
            let form = report(vec![ResultForm { flag: chosen.into(), ..row("Ferritin", value, "") }]);
            assert!(form.parse().unwrap_err().for_field("results[0].flag").is_some(), "{value} {chosen}");
        }
    }

    #[test]
    fn a_unit_beside_the_number_goes_where_units_are() {
        assert_eq!(only(row("Potassium", "4.1 mmol/L", "5.1")).shown(), "4.1 mmol/L");
        let said_twice = ResultForm { unit: "mmol/l".into(), ..row("Potassium", "4.1 mmol/L", "") };
        assert_eq!(only(said_twice).shown(), "4.1 mmol/l");
        let other = ResultForm { unit: "mg/dL".into(), ..row("Glucose", "5.1 mmol/L", "") };
        assert!(report(vec![other]).parse().unwrap_err().for_field("results[0].value").is_some());
    }

    #[test]
    fn a_number_that_can_be_read_in_two_ways_is_refused_with_both_in_results_and_ranges() {
        let unclear = ResultForm { low: "1,000".into(), ..row("Ferritin", "1,200", "2,500") };
        let problem = report(vec![unclear]).parse().unwrap_err();
        let said = |name: &str| problem.for_field(&format!("results[0].{name}")).unwrap_or_default();
        assert!(said("value").contains("Write 1200 or 1.2."), "{}", said("value"));
        assert!(said("low").contains("Write 1000 or 1."), "{}", said("low"));
        assert!(said("high").contains("Write 2500 or 2.5."), "{}", said("high"));
        let clear = ResultForm { low: "0,5".into(), ..row("TSH", "1,20", "4.500") };
        let value = only(clear);
        assert_eq!(
            (value.value.as_str(), value.low.as_deref(), value.high.as_deref()),
            ("1.20", Some("0.5"), Some("4.500"))
        );
    }

    #[test]
    fn a_report_names_the_row_that_is_wrong() {
        let turned = ResultForm { low: "5".into(), ..row("LDL", "4.4", "3") };
        let results = vec![row("LDL", "4.4", "three"), row("", "1", ""), turned];
        let form = LabForm { results, time: "quarter past".into(), ..LabForm::default() };
        let problem = form.parse().unwrap_err();
        for field in ["title", "date", "time", "results[0].high", "results[1].test", "results[2].high"] {
            assert!(problem.for_field(field).is_some(), "{field}");
        }
    }

    #[rstest]
    #[case("08:30", Some("08:30"))]
    #[case(" 23:59:59 ", Some("23:59"))]
    #[case("", None)]
    fn a_report_can_say_when_the_sample_was_taken(#[case] typed: &str, #[case] kept: Option<&str>) {
        let form = LabForm { time: typed.into(), ..report(vec![row("LDL", "4.4", "")]) };
        assert_eq!(form.parse().unwrap().report.time.as_deref(), kept);
    }

    #[rstest]
    #[case("24:00")]
    #[case("8.30")]
    #[case("0830")]
    fn a_time_that_does_not_exist_is_refused(#[case] typed: &str) {
        let form = LabForm { time: typed.into(), ..report(vec![row("LDL", "4.4", "")]) };
        assert!(form.parse().unwrap_err().for_field("time").is_some());
    }

    proptest! {
        #[test]
        fn nothing_typed_panics(text in ".*", other in ".*") {
            let form = LabForm { time: text.clone(), ..report(vec![row(&text, &other, &text)]) };
            let _ = LabForm { date: other, ..form }.parse();
        }
    }
}
