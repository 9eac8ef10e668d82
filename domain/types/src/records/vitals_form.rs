//! Vital signs, as they are typed.

use serde::{Deserialize, Serialize};

use super::{Bound, NotANumber, Vitals, checks::Checks, read_amount, unit_key};
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

/// Between which numbers a reading is taken for one, both included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VitalsLimits {
    pub heart_rate: (u16, u16),
    pub systolic_bp: (u16, u16),
    pub diastolic_bp: (u16, u16),
    /// Kilograms.
    pub weight: (f64, f64),
    /// Degrees Celsius.
    pub temperature: (f64, f64),
    pub oxygen_saturation: (u16, u16),
}

/// What a body can have, for people and programs alike. Whoever is in danger has a value far from what is usual: that is no
/// reason to refuse it.
pub const VITALS_LIMITS: VitalsLimits = VitalsLimits {
    heart_rate: (10, 350),
    systolic_bp: (30, 350),
    diastolic_bp: (10, 250),
    weight: (0.3, 700.0),
    temperature: (14.0, 47.0),
    oxygen_saturation: (10, 100),
};

impl VitalsForm {
    /// # Errors
    /// A sentence for each reading that cannot be, or when there is none.
    pub fn parse(&self) -> Result<Vitals, Problem> {
        let limits = VITALS_LIMITS;
        let mut checks = Checks::default();
        let whole = |checks: &mut Checks, field: Field, text: &str, (low, high): (u16, u16)| {
            let range = (f64::from(low), f64::from(high));
            scaled(checks, field, text, range, 1.0).and_then(|value| u16::try_from(value).ok())
        };
        let pulse = Field { name: "heart_rate", called: "The pulse", unit: "bpm", is: "a whole number" };
        let upper = Field { name: "systolic_bp", called: "The upper value", unit: "mmHg", ..pulse };
        let lower = Field { name: "diastolic_bp", called: "The lower value", ..upper };
        let oxygen = Field { name: "oxygen_saturation", called: "The oxygen saturation", unit: "%", ..pulse };
        let weight = Field { name: "weight", called: "The weight", unit: "kg", is: "a number" };
        let warmth = Field { name: "temperature", called: "The temperature", unit: "°C", ..weight };
        let vitals = Vitals {
            heart_rate: whole(&mut checks, pulse, &self.heart_rate, limits.heart_rate),
            systolic_bp: whole(&mut checks, upper, &self.systolic_bp, limits.systolic_bp),
            diastolic_bp: whole(&mut checks, lower, &self.diastolic_bp, limits.diastolic_bp),
            weight_grams: scaled(&mut checks, weight, &self.weight, limits.weight, 1_000.0),
            temperature_tenths: scaled(&mut checks, warmth, &self.temperature, limits.temperature, 10.0)
                .and_then(|tenths| u16::try_from(tenths).ok()),
            oxygen_saturation: whole(&mut checks, oxygen, &self.oxygen_saturation, limits.oxygen_saturation),
        };
        if let (Some(high), Some(low)) = (vitals.systolic_bp, vitals.diastolic_bp)
            && low >= high
        {
            checks.complain("diastolic_bp", "The upper value must be higher than the lower value.");
        }
        let problem = checks.done(());
        if problem.is_ok() && vitals == Vitals::default() {
            return Err(Problem::field("vitals", "Enter at least one value."));
        }
        problem.map(|()| vitals)
    }
}

/// A field and how it is spoken of.
#[derive(Clone, Copy)]
struct Field {
    name: &'static str,
    /// What its sentence begins with.
    called: &'static str,
    /// May stand behind the number.
    unit: &'static str,
    is: &'static str,
}

/// A number times `scale`, which is whole then: what is finer than can be kept is refused and never rounded.
fn scaled(checks: &mut Checks, field: Field, text: &str, (low, high): (f64, f64), scale: f64) -> Option<u32> {
    if text.trim().is_empty() {
        return None;
    }
    // Nobody means a degree sign by itself.
    let text = text.trim().trim_end_matches("°C").trim_end_matches('°');
    let number = match read_amount(text) {
        Ok(written) if written.amount.bound == Bound::Exactly && written.mark.is_none() => {
            let is_its_unit = written.unit.is_empty() || unit_key(&written.unit) == unit_key(field.unit);
            Some(written.amount.number).filter(|_| is_its_unit)
        }
        Err(NotANumber::Unclear(sentence)) => {
            checks.complain(field.name, sentence);
            return None;
        }
        _ => None,
    };
    let is_fine = |number: &f64| (low..=high).contains(number) && (scale > 1.0 || number.fract() == 0.0);
    let number = number.filter(is_fine);
    if number.is_none() {
        let unit = if field.unit == "bpm" { String::new() } else { format!(" {}", field.unit) };
        checks.complain(field.name, format!("{} must be {} from {low} to {high}{unit}.", field.called, field.is));
    }
    let scaled = number? * scale;
    let whole = scaled.round();
    // A number of a program can end in 0.00000000000004.
    if (scaled - whole).abs() > 1e-6 {
        let places = if scale > 10.0 { "three decimal places" } else { "one decimal place" };
        checks.complain(field.name, format!("{} can have {places}.", field.called));
        return None;
    }
    // Within the range it is a small positive number: nothing is cut off.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range was checked")]
    Some(whole as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("temperature", "37.95", "one decimal place")]
    #[case("temperature", "36.649999", "one decimal place")]
    #[case("weight", "72.3456", "three decimal places")]
    fn what_is_finer_than_can_be_kept_is_refused_and_not_rounded(
        #[case] field: &str,
        #[case] text: &str,
        #[case] said: &str,
    ) {
        let mut form = VitalsForm::default();
        *(if field == "weight" { &mut form.weight } else { &mut form.temperature }) = text.into();
        let problem = form.parse().unwrap_err();
        assert!(problem.for_field(field).unwrap().contains(said), "{problem:?}");
    }

    #[test]
    fn the_noise_of_a_programs_numbers_is_no_finer_digit() {
        let form = VitalsForm { weight: "72.40000000000001".into(), ..VitalsForm::default() };
        assert_eq!(form.parse().unwrap().weight_grams, Some(72_400));
    }

    #[rstest]
    #[case("72,4", "36.6")]
    #[case("72.4 kg", "36,6 °C")]
    #[case(" 72.40 ", "36.6°")]
    fn readings_within_their_limits_are_kept_exactly(#[case] weight: &str, #[case] temperature: &str) {
        let form = VitalsForm { weight: weight.into(), temperature: temperature.into(), ..VitalsForm::default() };
        let vitals = form.parse().unwrap();
        assert_eq!((vitals.weight_grams, vitals.temperature_tenths), (Some(72_400), Some(366)));
    }

    #[test]
    fn readings_that_cannot_be_are_told_each() {
        let form = VitalsForm {
            heart_rate: "9".into(),
            systolic_bp: "351".into(),
            diastolic_bp: "x".into(),
            weight: "-3".into(),
            temperature: "98.6".into(),
            oxygen_saturation: "101".into(),
        };
        let problem = form.parse().unwrap_err();
        let fields: Vec<_> = problem.fields.keys().map(String::as_str).collect();
        assert_eq!(fields, ["diastolic_bp", "heart_rate", "oxygen_saturation", "systolic_bp", "temperature", "weight"]);
        let nothing = VitalsForm::default().parse().unwrap_err();
        assert_eq!(nothing.fields.keys().collect::<Vec<_>>(), ["vitals"], "of no field alone");
        let turned = VitalsForm { systolic_bp: "80".into(), diastolic_bp: "120".into(), ..VitalsForm::default() };
        assert!(turned.parse().unwrap_err().for_field("diastolic_bp").is_some());
    }

    #[rstest]
    #[case("28", "60", "30", "29.5", "45")]
    #[case("255", "300", "155", "45.5", "11")]
    #[case("10", "30", "10", "14", "10")]
    #[case("350", "350", "250", "47", "100")]
    fn a_value_of_somebody_in_danger_is_taken(
        #[case] pulse: &str,
        #[case] upper: &str,
        #[case] lower: &str,
        #[case] warmth: &str,
        #[case] oxygen: &str,
    ) {
        let form = VitalsForm {
            heart_rate: pulse.into(),
            systolic_bp: upper.into(),
            diastolic_bp: lower.into(),
            temperature: warmth.into(),
            oxygen_saturation: oxygen.into(),
            ..VitalsForm::default()
        };
        assert!(form.parse().is_ok(), "{form:?}");
    }

    #[rstest]
    #[case("1,200", Some("Write 1200 or 1.2."))]
    #[case("120.5", None)]
    #[case("<120", None)]
    #[case("120 H", None)]
    #[case("120 kg", None)]
    fn a_reading_that_is_not_clear_is_refused(#[case] text: &str, #[case] said: Option<&str>) {
        let form = VitalsForm { systolic_bp: text.into(), ..VitalsForm::default() };
        let problem = form.parse().unwrap_err();
        let sentence = problem.for_field("systolic_bp").unwrap();
        assert!(said.is_none_or(|said| sentence.contains(said)), "{sentence}");
    }

    proptest! {
        #[test]
        fn nothing_typed_panics(text in ".*", other in ".*") {
            let _ = VitalsForm { weight: text, heart_rate: other, ..VitalsForm::default() }.parse();
        }
    }
}
