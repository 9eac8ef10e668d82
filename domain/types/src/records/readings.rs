//! Vital signs: what was measured at one time.

use serde::{Deserialize, Serialize};

use super::{Content, RecordView};
use crate::ids::RecordId;

/// What a blood pressure is called, whole or half.
const PRESSURE: &str = "Blood pressure";

/// What the oxygen saturation is called.
pub(super) const OXYGEN: &str = "Oxygen";

/// What was measured at one time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Vitals {
    /// Beats a minute.
    pub heart_rate: Option<u16>,
    /// mmHg
    pub systolic_bp: Option<u16>,
    /// mmHg
    pub diastolic_bp: Option<u16>,
    /// Grams.
    pub weight_grams: Option<u32>,
    /// Tenths of a degree Celsius.
    pub temperature_tenths: Option<u16>,
    /// Percent.
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
            (PRESSURE, pressure),
            ("Pulse", self.heart_rate.map(|rate| format!("{rate} per minute"))),
            ("Weight", self.weight_grams.map(|grams| format!("{} kg", kilograms(grams)))),
            ("Temperature", self.temperature_tenths.map(|tenths| format!("{}.{} °C", tenths / 10, tenths % 10))),
            (OXYGEN, self.oxygen_saturation.map(|percent| format!("{percent} %"))),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }
}

/// A reading as it was taken last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LatestReading {
    /// "Blood pressure"
    pub name: String,
    /// "131/82 mmHg"
    pub value: String,
    /// The entry that it stands in.
    pub record: RecordId,
    /// `REC-…`
    pub record_reference: String,
    /// `YYYY-MM-DD`
    pub date: String,
    /// "1 December 2026"
    pub date_label: String,
    /// Who measured it.
    pub by: String,
    /// Whether somebody must act on it at once, by a table of limits.
    pub is_critical: bool,
    /// Whether it is critical and no doctor has acted on it.
    pub is_unacted: bool,
    /// What was measured later, when this one stays beside it: "120/80 mmHg (30 November 2026)".
    pub later: Option<String>,
}

impl LatestReading {
    /// A reading of an entry by its name, as it is said.
    #[must_use]
    pub fn of(record: &RecordView, name: &str, value: String, is_critical: bool) -> Self {
        Self {
            name: name.to_owned(),
            value,
            record: record.id,
            record_reference: record.reference.clone(),
            date: record.date.clone(),
            date_label: record.date_label.clone(),
            by: record.doctor_name.clone(),
            is_critical,
            is_unacted: is_critical && record.is_unacted,
            later: None,
        }
    }
}

/// Of each reading the last one: who measured only a pulse today leaves the weight of last week. A blood pressure of which
/// only one value was written down stands beside the last whole one: that one says what the other value was, and halves of
/// two measurements are no pair. `records` are the latest measurements, the newest first; `is_critical` judges a reading by
/// its name.
#[must_use]
pub fn latest_readings(records: &[RecordView], is_critical: impl Fn(&Vitals, &str) -> bool) -> Vec<LatestReading> {
    let mut latest: Vec<LatestReading> = Vec::new();
    let (mut has_upper, mut has_lower) = (false, false);
    let mut has_pair = false;
    for record in records {
        let Some(Content::Vitals(vitals)) = &record.content else { continue };
        let (upper, lower) = (vitals.systolic_bp.is_some(), vitals.diastolic_bp.is_some());
        let is_seen_pressure = has_pair || ((has_upper || !upper) && (has_lower || !lower) && !(upper && lower));
        (has_upper, has_lower, has_pair) = (has_upper || upper, has_lower || lower, has_pair || (upper && lower));
        for (name, value) in vitals.readings() {
            let is_seen = match name {
                PRESSURE => is_seen_pressure,
                _ => latest.iter().any(|reading| reading.name == name),
            };
            if is_seen {
                continue;
            }
            latest.push(LatestReading::of(record, name, value, is_critical(vitals, name)));
        }
    }
    latest
}

/// "72.4", "72": kilograms of grams, without zeros that say nothing.
#[must_use]
pub fn kilograms(grams: u32) -> String {
    let text = format!("{}.{:03}", grams / 1_000, grams % 1_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
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
}
