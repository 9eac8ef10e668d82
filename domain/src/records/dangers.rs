//! Vital signs of adults at which somebody must act at once.
//!
//! Gathered on 30 November 2026 from published sources, named beside each row; **the clinic should go through this table**
//! before it relies on it, the advice with it. Children have other limits, and some illnesses too: whoever has lived with a
//! low saturation for years is told all the same, rather than the other way round.

use domain_types::records::{Content, Danger, Level, RecordView, ValueLine, Vitals};

/// Royal College of Physicians. National Early Warning Score (NEWS) 2, December 2017: readings that score three by themselves.
const NEWS2: &str = "Royal College of Physicians, NEWS2 (2017)";
/// National Institute for Health and Care Excellence, NG136: severe hypertension.
const NICE: &str = "NICE NG136, severe hypertension (2019)";
/// Bouchama A, Knochel JP. Heat stroke. N Engl J Med 2002;346:1978–1988: above 40 °C.
const HEAT: &str = "Bouchama and Knochel, N Engl J Med 2002;346:1978";

/// A reading beyond its limit.
struct Beyond {
    /// As it is called: "Blood pressure".
    name: &'static str,
    /// Where the limit is written.
    source: &'static str,
    /// What the person who was measured can do.
    advice: &'static str,
}

const SIT: &str = "Sit quietly for five minutes, then measure again. Call the emergency number if you feel faint.";
const REST: &str = "Sit quietly for five minutes, then measure again. Call the emergency number if you have chest pain, are \
                    short of breath, feel faint, or have a severe headache or trouble seeing or speaking.";
const LIE_DOWN: &str =
    "Lie down, and measure again after five minutes. Call the emergency number if you feel faint or are bleeding.";
const GET_WARM: &str = "Get warm, then measure again. Call the emergency number if you are drowsy or confused.";
const COOL_DOWN: &str = "Drink something cool, take off warm clothes, and measure again. Call the emergency number if you \
                         are drowsy or confused, or have a stiff neck or a rash that stays when you press it.";
const BREATHE: &str = "Warm your hand, put the sensor on another finger without nail polish, and measure again now. If it \
                       is still 91% or lower, call the emergency number, unless your doctor has told you that this is \
                       usual for you.";

/// The readings of one time that somebody must act on at once.
fn beyond_limits(vitals: &Vitals) -> Vec<Beyond> {
    let is = |value: Option<u16>, is_danger: fn(u16) -> bool| value.is_some_and(is_danger);
    let is_high_pressure = is(vitals.systolic_bp, |high| high >= 180) || is(vitals.diastolic_bp, |low| low >= 120);
    let rows = [
        ("Blood pressure", NICE, REST, is_high_pressure),
        ("Blood pressure", NEWS2, LIE_DOWN, is(vitals.systolic_bp, |high| high <= 90)),
        ("Pulse", NEWS2, SIT, is(vitals.heart_rate, |rate| rate <= 40 || rate >= 131)),
        ("Temperature", NEWS2, GET_WARM, is(vitals.temperature_tenths, |tenths| tenths <= 350)),
        ("Temperature", HEAT, COOL_DOWN, is(vitals.temperature_tenths, |tenths| tenths > 400)),
        ("Oxygen", NEWS2, BREATHE, is(vitals.oxygen_saturation, |percent| percent <= 91)),
    ];
    let beyond =
        |(name, source, advice, is_danger): (_, _, _, bool)| is_danger.then_some(Beyond { name, source, advice });
    rows.into_iter().filter_map(beyond).collect()
}

/// Whether somebody must act on one of these readings at once.
pub(super) fn are_dangerous(vitals: &Vitals) -> bool {
    !beyond_limits(vitals).is_empty()
}

/// Whether a reading, by its name, is one that somebody must act on at once.
pub(super) fn is_danger(vitals: &Vitals, name: &str) -> bool {
    beyond_limits(vitals).iter().any(|one| one.name == name)
}

/// The dangerous readings of an entry. Nothing for entries of other kinds.
pub(super) fn dangers(record: &RecordView) -> Vec<Danger> {
    let Some(Content::Vitals(vitals)) = &record.content else { return Vec::new() };
    let beyond = beyond_limits(vitals);
    let danger = |(name, value): (&str, String)| {
        let Beyond { source, advice, .. } = beyond.iter().find(|one| one.name == name)?;
        let (source, advice) = ((*source).to_owned(), (*advice).to_owned());
        Some(Danger { words: format!("{name} {value}"), source, advice })
    };
    vitals.readings().into_iter().filter_map(danger).collect()
}

/// The dangerous readings of an entry in words: "Blood pressure 240/140 mmHg".
#[must_use]
pub fn dangerous_readings(record: &RecordView) -> Vec<String> {
    dangers(record).into_iter().map(|danger| danger.words).collect()
}

/// The same as lines of a list.
pub(super) fn lines(record: &RecordView) -> Vec<ValueLine> {
    let line = |words: String| ValueLine { level: Level::Critical, words: format!("{words}, critical") };
    dangerous_readings(record).into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn pressure(high: u16, low: u16) -> Vitals {
        Vitals { systolic_bp: Some(high), diastolic_bp: Some(low), ..Vitals::default() }
    }

    #[rstest]
    #[case(pressure(240, 140), &["Blood pressure"])]
    #[case(pressure(180, 90), &["Blood pressure"])]
    #[case(pressure(150, 120), &["Blood pressure"])]
    #[case(pressure(85, 50), &["Blood pressure"])]
    #[case(pressure(179, 119), &[])]
    #[case(pressure(120, 80), &[])]
    #[case(Vitals { oxygen_saturation: Some(72), ..Vitals::default() }, &["Oxygen"])]
    #[case(Vitals { oxygen_saturation: Some(92), ..Vitals::default() }, &[])]
    #[case(Vitals { heart_rate: Some(38), ..Vitals::default() }, &["Pulse"])]
    #[case(Vitals { heart_rate: Some(131), ..Vitals::default() }, &["Pulse"])]
    #[case(Vitals { heart_rate: Some(64), ..Vitals::default() }, &[])]
    #[case(Vitals { temperature_tenths: Some(349), ..Vitals::default() }, &["Temperature"])]
    #[case(Vitals { temperature_tenths: Some(405), ..Vitals::default() }, &["Temperature"])]
    #[case(Vitals { temperature_tenths: Some(395), ..Vitals::default() }, &[])]
    #[case(Vitals { weight_grams: Some(300_000), ..Vitals::default() }, &[])]
    fn a_reading_beyond_its_limit_is_a_danger(#[case] vitals: Vitals, #[case] expected: &[&str]) {
        let names: Vec<&str> = beyond_limits(&vitals).into_iter().map(|one| one.name).collect();
        assert_eq!(names, expected);
        assert!(names.iter().all(|name| vitals.readings().iter().any(|(reading, _)| reading == name)));
    }

    #[test]
    fn every_limit_has_its_source_and_oxygen_its_own_advice() {
        let worst = Vitals {
            heart_rate: Some(20),
            temperature_tenths: Some(450),
            oxygen_saturation: Some(50),
            ..pressure(240, 140)
        };
        assert!(beyond_limits(&worst).iter().all(|one| one.source.len() > 8));
        let oxygen = beyond_limits(&Vitals { oxygen_saturation: Some(72), ..Vitals::default() });
        assert!(oxygen[0].advice.contains("another finger") && oxygen[0].advice.contains("call the emergency number"));
    }
}
