//! What is shown of laboratory results: one, a line of a list, and a test over time.

use serde::{Deserialize, Serialize};

use super::{LabValue, Level, quantity_key};
use crate::ids::{LabResultId, RecordId};

/// One laboratory result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabResultView {
    pub id: LabResultId,
    /// The report that it stands in.
    pub record: RecordId,
    /// `REC-…`
    pub record_reference: String,
    /// `YYYY-MM-DD`
    pub date: String,
    /// "1 December 2026"
    pub date_label: String,
    /// Days since 1 January 1970, for the distance on a line.
    pub day: i64,
    /// RFC 3339, UTC.
    pub processed_at: String,
    /// `HH:MM`, when the report says when the sample was taken.
    pub time: Option<String>,
    pub value: LabValue,
    /// The test in an address: "ldl-cholesterol".
    pub slug: String,
    /// Why somebody must act on it at once, when that is so.
    pub critical: Option<Critical>,
    /// Why it was not compared with critical limits, though its test has some or seems to: "the unit is missing".
    pub why_not_compared: Option<String>,
    /// Whether it is critical and no doctor has acted on it.
    pub is_unacted: bool,
    /// What a later sample said, when this one stays beside it: "4.2 mmol/L, in range (29 November 2026)".
    pub later: Option<String>,
}

impl LabResultView {
    /// "Not compared with critical limits: the unit is missing."
    #[must_use]
    pub fn not_compared(&self) -> Option<String> {
        self.why_not_compared.as_ref().map(|why| format!("Not compared with critical limits: {why}."))
    }

    /// When the sample was taken: "28 November 2026, 08:30".
    #[must_use]
    pub fn sampled(&self) -> String {
        match self.time.as_deref().filter(|time| !time.is_empty()) {
            Some(time) => format!("{}, {time}", self.date_label),
            None => self.date_label.clone(),
        }
    }

    /// Minutes since 1 January 1970, for the distance on a line; without a time of day, the day's first one.
    #[must_use]
    pub fn minute(&self) -> i64 {
        let time = self.time.as_deref().and_then(|time| time.parse::<jiff::civil::Time>().ok());
        self.day * 24 * 60 + time.map_or(0, |time| i64::from(time.hour()) * 60 + i64::from(time.minute()))
    }
}

/// A limit that a value lies beyond.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Critical {
    /// "6.0 mmol/L or more"
    pub limit: String,
    /// Where the limit is written.
    pub source: String,
}

/// A value in one line, for a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueLine {
    pub level: Level,
    /// "LDL cholesterol 4.4 mmol/L, above the range"
    pub words: String,
}

impl ValueLine {
    /// Some results, the most urgent first; those of one level in the order of their report.
    #[must_use]
    pub fn all<'a>(results: impl IntoIterator<Item = &'a LabResultView>) -> Vec<Self> {
        let line = |result: &LabResultView| Self {
            level: result.level(),
            words: format!("{} {}", result.value.test, result.in_words()),
        };
        let mut lines: Vec<Self> = results.into_iter().map(line).collect();
        lines.sort_by_key(|line| line.level.rank());
        lines
    }

    /// Those of some results that are out of their range, the most urgent first.
    #[must_use]
    pub fn out_of_range<'a>(results: impl IntoIterator<Item = &'a LabResultView>) -> Vec<Self> {
        let mut lines = Self::all(results);
        lines.retain(|line| line.level.is_out_of_range());
        lines
    }
}

/// A sentence for each test that stands in one report with several values: "Potassium stands in this report with several
/// values: 6.9 mmol/L, 4.0 mmol/L." One of them may belong to another sample or patient.
#[must_use]
pub fn several_values(results: &[LabResultView]) -> Vec<String> {
    let key = |result: &LabResultView| (result.slug.clone(), quantity_key(&result.value.unit));
    let mut told = Vec::new();
    for (place, result) in results.iter().enumerate() {
        if results[..place].iter().any(|other| key(other) == key(result)) {
            continue;
        }
        let mut values: Vec<String> = Vec::new();
        for same in results[place..].iter().filter(|other| key(other) == key(result)) {
            let shown = same.value.shown();
            if !values.contains(&shown) {
                values.push(shown);
            }
        }
        if values.len() > 1 {
            told.push(format!(
                "{} stands in this report with several values: {}.",
                result.value.test,
                values.join(", ")
            ));
        }
    }
    told
}

/// A result over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trend {
    pub test: String,
    /// What the test is, in plain words, where somebody wrote that down.
    pub explanation: Option<String>,
    /// Never two units on one line: one series for each, the one with the newest value first.
    pub series: Vec<TrendOfUnit>,
    pub patient_name: String,
}

/// A test of a patient's own, with what holds of it now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestInBrief {
    pub latest: LabResultView,
    /// How many results there are of it.
    pub count: usize,
}

/// The results of a test in one unit, the oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrendOfUnit {
    pub unit: String,
    pub results: Vec<LabResultView>,
    /// The one that counts now: of the newest of one time the worst, and no newer one that could not be judged.
    pub holds: LabResultView,
}

impl TrendOfUnit {
    /// The newest result, when it is not the one that counts and is of a later day or report.
    #[must_use]
    pub fn newer(&self) -> Option<&LabResultView> {
        self.results.last().filter(|last| last.id != self.holds.id && last.record != self.holds.record)
    }
}
