//! Values beside the limits of their tests, and what is said of those that could not be compared.

use domain_types::records::judged;
use rstest::rstest;

use super::{super::critical_limits::LIMITS, super::test_names::slug, *};

fn critical(value: &LabValue) -> Option<Critical> {
    compared(value).critical
}

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
#[case("Pottasium", "7.2", "mmol/L", true)]
#[case("Neutrofils", "0.3", "10^9/L", true)]
#[case("Potassium, repeat", "6.9", "mmol/L", true)]
#[case("Potassium 2 h", "6.9", "mmol/L", true)]
#[case("Kalium", "6.9", "mmol/L", true)]
#[case("S-Kalium", "6.9", "mmol/L", true)]
#[case("Potassium mmol/L", "6.9", "", true)]
#[case("Creatinine (µmol/L)", "420", "", true)]
#[case("Potassium", "6.9 (haemolysed)", "mmol/L", true)]
#[case("Potassium", "6.9 mmol/L, repeat", "", true)]
#[case("Potassium", "6·9", "mmol/L", true)]
#[case("Potassium", "６.９", "mmol/L", true)]
#[case("Potassium", "6900", "µmol/L", true)]
#[case("Potassium", "6000", "µmol/L", true)]
#[case("Potassium", "5999", "µmol/L", false)]
#[case("Potassium", "2500", "umol/l", true)]
#[case("Glucose", "0.45", "g/L", true)]
#[case("Glucose", "0.9", "g/L", false)]
#[case("Creatinine", "0.42", "mmol/L", true)]
#[case("Haemoglobin", "6500", "mg/dL", true)]
#[case("Platelets", "12000", "cells/mm³", true)]
#[case("Potassium nocturnal", "6.9", "mmol/L", true)]
#[case("Lactate", "40", "", true)]
#[case("Neutrophils", "0.3", "", true)]
fn a_value_beyond_its_limit_is_critical(
    #[case] test: &str,
    #[case] number: &str,
    #[case] unit: &str,
    #[case] expected: bool,
) {
    for range in [None, Some(("3.5", "5.1"))] {
        assert_eq!(critical(&value(test, number, unit, range)).is_some(), expected, "{range:?}");
    }
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
        assert!(limits.source.len() > 8 && limits.names.iter().all(|name| *name == slug(name)), "{:?}", limits.names);
        assert!(limits.units.iter().all(|(unit, _)| *unit == unit_key(unit)), "{:?}", limits.names);
        assert!(limits.is_above_range || limits.low.or(limits.high).is_some());
    }
    let said = critical(&value("Potassium", "6.9", "mmol/L", None)).unwrap();
    assert_eq!(said.limit, "6 mmol/L or more");
    let said = critical(&value("Potasium", "6.9", "mmol/L", None)).unwrap();
    assert_eq!(said.limit, "6 mmol/L or more, if potassium is meant");
}

#[rstest]
#[case("Neutrophils", "4.2", "", "the unit is missing")]
#[case("Haemoglobin", "13.5", "", "the unit is missing")]
#[case("Potassium", "6.9", "mmoI/L", "the unit “mmoI/L” is not known")]
#[case("Potassium", "6.9", "mmol", "the unit “mmol” is not known")]
#[case("Potassium", "270", "mg/L", "the limits are in mmol/L, and the result is in mg/L")]
#[case("Potassium", "haemolysed", "mmol/L", "“haemolysed” is not one number")]
#[case("Potassium", "5-10", "mmol/L", "“5-10” is not one number")]
#[case("Potassium", "4.1 (repeat 6.9)", "mmol/L", "“4.1 (repeat 6.9)” is not one number")]
#[case("Glucose", "HI", "mmol/L", "“HI” is not one number")]
#[case("Potassium", ">5", "mmol/L", "“>5” may lie beyond them")]
#[case("Troponin", "80", "ng/L", "the laboratory gave no range")]
#[case("Potasium", "4.1", "mmol/L", "“Potasium” is not a known name. Correct it if potassium is meant")]
#[case("Glucose mg/dL", "5.1", "mmol/L", "the name says mg/dL, and the unit mmol/L")]
#[case("Creatine", "900", "µmol/L", "“Creatine” is not creatinine. Correct the name if creatinine is meant")]
fn a_value_that_was_not_compared_says_why(
    #[case] test: &str,
    #[case] number: &str,
    #[case] unit: &str,
    #[case] why: &str,
) {
    let compared = compared(&value(test, number, unit, None));
    assert_eq!((compared.critical, compared.why_not.as_deref()), (None, Some(why)));
}

#[rstest]
#[case("Potassium", "4.1", "mmol/L")]
#[case("Potassium", "4.1", "")]
#[case("Potassium", "4.1 (repeat)", "mmol/L")]
#[case("Potassium", "<7.0", "mmol/24h")]
#[case("Creatinine", "0.9", "")]
#[case("CRP", "<5", "mg/L")]
#[case("CRP", "3", "")]
#[case("Neutrophils", "55", "%")]
#[case("Neutrophils %", "55", "%")]
#[case("Leukocytes", "5", "/HPF")]
#[case("Glucose", "Negative", "")]
#[case("Glucose", "+++", "")]
#[case("Haemoglobin A1c", "48", "mmol/mol")]
#[case("Mean cell haemoglobin concentration", "330", "g/L")]
#[case("Lactate dehydrogenase", "220", "U/L")]
#[case("Calcium, ionised", "1.2", "mmol/L")]
#[case("Sodium valproate", "60", "mg/L")]
#[case("Glucose tolerance test", "7.2", "mmol/L")]
#[case("Creatine kinase", "900", "U/L")]
#[case("Urine potassium", "60", "mmol/L")]
#[case("CA 125", "35", "kU/L")]
#[case("Ferritin", "250", "µg/L")]
#[case("LDL cholesterol", "4.4", "")]
fn an_ordinary_result_says_nothing(#[case] test: &str, #[case] number: &str, #[case] unit: &str) {
    assert_eq!(compared(&value(test, number, unit, None)), Compared::default());
}

#[test]
fn what_the_laboratory_calls_critical_needs_no_limits() {
    let marked = LabValue { mark: Some(Mark::Critical), ..value("Neutrophils", "4.2", "", None) };
    assert_eq!(compared(&marked), Compared::default());
}
