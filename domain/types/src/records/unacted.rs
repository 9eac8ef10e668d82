//! Critical values on which no doctor has acted: they stay in view, whatever was measured later.

use serde::{Deserialize, Serialize};

use super::{LabResultView, LatestReading};
use crate::ids::RecordId;

/// An entry with critical values on which no doctor has acted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unacted {
    pub record: RecordId,
    /// `REC-…`
    pub record_reference: String,
    /// `YYYY-MM-DD`
    pub date: String,
    /// "28 November 2026, 08:30"
    pub when: String,
    /// Whether they are vital signs, and no results of a laboratory.
    pub are_readings: bool,
    /// "Potassium 6.9 mmol/L, critical: far above the range"
    pub words: Vec<String>,
    /// "Potassium later: 4.2 mmol/L, in range (29 November 2026)."
    pub later: Vec<String>,
}

impl Unacted {
    /// Of some results and readings those on which no doctor has acted, entry by entry, the newest first.
    #[must_use]
    pub fn all(results: &[LabResultView], readings: &[LatestReading]) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        let mut add = |one: Self| match all.iter_mut().find(|entry| entry.record == one.record) {
            Some(entry) => {
                entry.words.extend(one.words);
                entry.later.extend(one.later);
            }
            None => all.push(one),
        };
        let later = |name: &str, said: &Option<String>| {
            said.iter().map(|said| format!("{name} later: {said}.")).collect::<Vec<_>>()
        };
        for result in results.iter().filter(|result| result.is_unacted) {
            add(Self {
                record: result.record,
                record_reference: result.record_reference.clone(),
                date: result.date.clone(),
                when: result.sampled(),
                are_readings: false,
                words: vec![format!("{} {}", result.value.test, result.in_words())],
                later: later(&result.value.test, &result.later),
            });
        }
        for reading in readings.iter().filter(|reading| reading.is_unacted) {
            add(Self {
                record: reading.record,
                record_reference: reading.record_reference.clone(),
                date: reading.date.clone(),
                when: reading.date_label.clone(),
                are_readings: true,
                words: vec![format!("{} {}, critical", reading.name, reading.value)],
                later: later(&reading.name, &reading.later),
            });
        }
        all.sort_by(|one, other| (&other.date, other.record.0).cmp(&(&one.date, one.record.0)));
        all
    }
}
