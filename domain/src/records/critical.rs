//! Whether somebody must act at once on a laboratory value.

use domain_types::records::{Amount, Critical, Flag, LabValue, decimal, unit_key};
use strsim::osa_distance;

use super::{
    critical_limits::{LIMITS, Limits},
    test_names::{plain_name, slug},
};

/// Units without which these are reported: nothing else is meant.
const NEEDS_NO_UNIT: [&str; 4] = ["potassium", "sodium", "inr", "ph"];

/// The limit that a value lies beyond, by the table.
pub(super) fn critical(value: &LabValue) -> Option<Critical> {
    let (limits, meant) = limits_of(&value.test)?;
    let says = |limit: String| {
        let limit = meant.map_or_else(|| limit.clone(), |name| format!("{limit}, if {name} is meant"));
        Some(Critical { limit, source: limits.source.to_owned() })
    };
    if limits.is_above_range {
        let is_above = value.flag == Flag::High && value.by_range() == Some(Flag::High);
        return is_above.then(|| says("above the range of the test".to_owned())).flatten();
    }
    let factor = factor_of(limits, value)?;
    let amount = Amount::of(&value.value)?;
    let number = amount.number * factor;
    let shown =
        |limit: f64| if limits.unit.is_empty() { limit.to_string() } else { format!("{limit} {}", limits.unit) };
    // A limit of the method counts when all that it can mean is beyond.
    match (limits.low, limits.high) {
        (Some(low), _) if !amount.bound.is_lower() && number <= low => says(format!("{} or less", shown(low))),
        (_, Some(high)) if !amount.bound.is_upper() && number >= high => says(format!("{} or more", shown(high))),
        _ => None,
    }
}

/// Names from this length on are recognised with one letter wrong, missing, too many or swapped.
const SHORTEST_WITH_A_SLIP: usize = 6;

/// The limits of a test, and its name when that was only almost written: rather a mark too many than a potassium of 6.9
/// that nobody looks at because of a letter.
fn limits_of(test: &str) -> Option<(&'static Limits, Option<&'static str>)> {
    let (slug, plain) = (slug(test), plain_name(test));
    let of = |name: &str| LIMITS.iter().find(|limits| limits.names.contains(&name));
    if let Some(limits) = of(&slug).or_else(|| of(&plain)) {
        return Some((limits, None));
    }
    let mut near = LIMITS.iter().flat_map(|limits| limits.names.iter().map(move |name| (limits, *name)));
    let is_near = |name: &str| name.len() >= SHORTEST_WITH_A_SLIP && osa_distance(name, &plain) == 1;
    near.find(|(_, name)| is_near(name)).map(|(limits, name)| (limits, Some(name)))
}

/// How much one of the reported unit is in the unit of the limits. Without a unit the one in which the reported range lies
/// between the limits is meant.
fn factor_of(limits: &Limits, value: &LabValue) -> Option<f64> {
    let unit = unit_key(&value.unit);
    if !unit.is_empty() || limits.units.iter().any(|(known, _)| known.is_empty()) {
        return limits.units.iter().find(|(known, _)| *known == unit).map(|(_, factor)| *factor);
    }
    if limits.names.iter().any(|name| NEEDS_NO_UNIT.contains(name)) {
        return Some(1.0);
    }
    let ends: Vec<f64> = [&value.low, &value.high].into_iter().flatten().filter_map(|end| decimal(end)).collect();
    let fits = |factor: f64| {
        let is_between = |end: &f64| {
            let end = end * factor;
            limits.low.is_none_or(|low| end > low) && limits.high.is_none_or(|high| end < high)
        };
        !ends.is_empty() && ends.iter().all(is_between)
    };
    let mut fitting = limits.units.iter().map(|(_, factor)| *factor).filter(|factor| fits(*factor));
    let first = fitting.next()?;
    // Two units in which it could be meant: nobody guesses.
    fitting.all(|other| (other - first).abs() < f64::EPSILON).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain_types::records::judged;
    use rstest::rstest;

    fn value(test: &str, number: &str, unit: &str, range: Option<(&str, &str)>) -> LabValue {
        let (low, high) = range.map_or((None, None), |(low, high)| (Some(low.to_owned()), Some(high.to_owned())));
        LabValue {
            test: test.into(),
            code: String::new(),
            value: number.into(),
            unit: unit.into(),
            flag: judged(number, low.as_deref(), high.as_deref(), None),
            low,
            high,
            mark: None,
            note: String::new(),
        }
    }

    #[rstest]
    #[case("Potassium", "6.9", "mmol/L", true)]
    #[case("Serum potassium", "6.9", "", true)]
    #[case("K+", "2.4", "mEq/L", true)]
    #[case("Potassium", "5.4", "mmol/L", false)]
    #[case("Potassium", "2.6", "mmol/L", false)]
    #[case("Potassium", ">7", "mmol/L", true)]
    #[case("Potassium", ">5", "mmol/L", false)]
    #[case("Potassium", "<2.0", "mmol / l", true)]
    #[case("Potassium, urine", "60", "mmol/L", false)]
    #[case("Sodium", "118", "mmol/L", true)]
    #[case("Sodium", "140.0000001", "mmol/L", false)]
    #[case("Glucose", "2.9", "mmol/L", true)]
    #[case("Fasting glucose", "45", "mg/dL", true)]
    #[case("Glucose", "90", "mg/dL", false)]
    #[case("Glucose", "600", "MG/DL", true)]
    #[case("Haemoglobin", "65", "g/L", true)]
    #[case("Hb", "6.5", "g/dL", true)]
    #[case("Hemoglobin", "13.5", "g/dl", false)]
    #[case("Platelets", "12", "10^9/L", true)]
    #[case("Platelets", "210", "10^9/L", false)]
    #[case("Neutrophils", "0.3", "x10^9/L", true)]
    #[case("Neutrophils", "0.3", "%", false)]
    #[case("Neutrophils %", "0.3", "%", false)]
    #[case("White cell count", "60", "10^9/L", true)]
    #[case("INR", "7.1", "", true)]
    #[case("INR", "2.5", "", false)]
    #[case("Creatinine", "420", "µmol/L", true)]
    #[case("Creatinine", "0.9", "mg/dL", false)]
    #[case("Creatinine", "5", "mg/dL", true)]
    #[case("Lactate", "4.0", "mmol/L", true)]
    #[case("Calcium (adjusted)", "3.6", "mmol/L", true)]
    #[case("Calcium", "9.4", "mg/dL", false)]
    #[case("pH", "7.1", "", true)]
    #[case("pH", "7.40", "", false)]
    #[case("Potassium", "haemolysed", "mmol/L", false)]
    #[case("Potasium", "6.9", "mmol/L", true)]
    #[case("Serum potassiun", "6.9", "mmol/L", true)]
    #[case("Postassium", "6.9", "mmol/L", true)]
    #[case("Potasium", "4.1", "mmol/L", false)]
    #[case("Potasium, urine", "60", "mmol/L", false)]
    #[case("Creatine", "900", "µmol/L", false)]
    #[case("Ferritin", "9000", "µg/L", false)]
    fn a_value_beyond_its_limit_is_critical(
        #[case] test: &str,
        #[case] number: &str,
        #[case] unit: &str,
        #[case] expected: bool,
    ) {
        assert_eq!(critical(&value(test, number, unit, None)).is_some(), expected);
    }

    #[rstest]
    #[case("Troponin T (high sensitivity)", "224", ("0", "14"), true)]
    #[case("Troponin I", "0.64", ("0", "0.04"), true)]
    #[case("Troponin", "8", ("0", "14"), false)]
    fn a_troponin_above_its_range_is_critical(
        #[case] test: &str,
        #[case] number: &str,
        #[case] range: (&str, &str),
        #[case] expected: bool,
    ) {
        assert_eq!(critical(&value(test, number, "ng/L", Some(range))).is_some(), expected);
    }

    #[rstest]
    #[case("Glucose", "30", ("3.9", "5.6"), true)]
    #[case("Glucose", "90", ("70", "100"), false)]
    #[case("Glucose", "40", ("70", "100"), true)]
    #[case("Haemoglobin", "6.1", ("12", "16"), true)]
    #[case("Haemoglobin", "61", ("120", "160"), true)]
    #[case("Haemoglobin", "135", ("120", "160"), false)]
    fn without_a_unit_the_range_says_which_is_meant(
        #[case] test: &str,
        #[case] number: &str,
        #[case] range: (&str, &str),
        #[case] expected: bool,
    ) {
        assert_eq!(critical(&value(test, number, "", Some(range))).is_some(), expected);
    }

    #[test]
    fn every_limit_has_its_source_and_its_names_are_of_one_test() {
        let mut names: Vec<&str> = LIMITS.iter().flat_map(|limits| limits.names).copied().collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
        for limits in &LIMITS {
            assert!(
                limits.source.len() > 8 && limits.names.iter().all(|name| *name == slug(name)),
                "{:?}",
                limits.names
            );
            assert!(limits.units.iter().all(|(unit, _)| *unit == unit_key(unit)), "{:?}", limits.names);
            assert!(limits.is_above_range || limits.low.or(limits.high).is_some());
        }
        let said = critical(&value("Potassium", "6.9", "mmol/L", None)).unwrap();
        assert_eq!(said.limit, "6 mmol/L or more");
        let said = critical(&value("Potasium", "6.9", "mmol/L", None)).unwrap();
        assert_eq!(said.limit, "6 mmol/L or more, if potassium is meant");
    }
}
