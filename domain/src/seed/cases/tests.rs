use super::*;
use crate::seed::essentials::SPECIALTIES;
use domain_types::{
    appointments::Reason,
    records::{PrescriptionForm, decimal},
};

#[test]
fn there_are_at_least_forty_cases_and_each_is_told_once() {
    let cases: Vec<_> = SPECIALTIES.iter().flat_map(|specialty| of(specialty.code)).collect();
    assert!(cases.len() >= 40, "{}", cases.len());
    for text in [|case: &Case| case.reason, |case: &Case| case.diagnosis, |case: &Case| case.notes] {
        let mut texts: Vec<_> = cases.iter().map(|case| text(case)).collect();
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), cases.len());
    }
}

#[test]
fn every_age_finds_a_case_with_every_doctor_who_sees_that_age() {
    for specialty in &SPECIALTIES {
        let ages = if specialty.code == "pediatrics" { 0..GROWN_UP } else { GROWN_UP..110 };
        for age in ages {
            assert!(of(specialty.code).iter().any(|case| case.fits(age)), "{} at {age}", specialty.code);
        }
    }
}

#[test]
fn every_reason_could_have_been_typed_into_the_booking_form() {
    for case in SPECIALTIES.iter().flat_map(|specialty| of(specialty.code)) {
        for reason in [case.reason, case.again].iter().chain(&ONCE_MORE) {
            assert!(Reason::parse(reason).is_ok(), "{reason}");
        }
    }
}

fn all() -> impl Iterator<Item = &'static Case> {
    SPECIALTIES.iter().flat_map(|specialty| of(specialty.code))
}

fn papers(kind: RecordType) -> impl Iterator<Item = &'static Paper> {
    all().flat_map(|case| case.papers).filter(move |paper| paper.kind == kind)
}

/// The numbers of a text that stand alone.
fn numbers(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.split_whitespace().map(|word| word.trim_end_matches([',', '.', ':'])).filter(|word| decimal(word).is_some())
}

#[test]
fn lab_reports_have_values_and_prescriptions_a_medicine_and_nothing_else_does() {
    for paper in all().flat_map(|case| case.papers) {
        let values = if paper.kind == RecordType::LabReport { 2..=8 } else { 0..=0 };
        assert!(values.contains(&paper.values.len()), "{}", paper.title);
        assert_eq!(paper.medicine.is_some(), paper.kind == RecordType::Prescription, "{}", paper.title);
    }
}

#[test]
fn every_medicine_could_have_been_typed_into_the_form_and_is_the_one_of_the_title() {
    for paper in papers(RecordType::Prescription) {
        let Some(Medicine { name, dosage, frequency, duration, instructions }) = &paper.medicine else { continue };
        let form = PrescriptionForm {
            medication_name: (*name).into(),
            dosage: (*dosage).into(),
            frequency: (*frequency).into(),
            duration: (*duration).into(),
            instructions: (*instructions).into(),
        };
        let parsed = form.parse().unwrap();
        assert!(parsed.title().starts_with(paper.title), "{} for {}", parsed.title(), paper.title);
    }
}

#[test]
fn values_lie_where_the_title_says() {
    for paper in papers(RecordType::LabReport) {
        let says = |words: &[&str]| words.iter().any(|word| paper.title.contains(word));
        let out: Vec<&Value> = paper.values.iter().filter(|value| value.flag().is_out_of_range()).collect();
        let claimed = match () {
            () if says(&["above"]) => Flag::High,
            () if says(&["below"]) => Flag::Low,
            () if says(&["normal", "in range", "on target", "harmless"]) => {
                let odd: Vec<_> = out.iter().map(|value| value.test).collect();
                assert!(odd.is_empty(), "{}: {odd:?}", paper.title);
                continue;
            }
            // A finding that the title names.
            () => {
                let named = |value: &&Value| [value.test, value.value].iter().any(|words| is_named(paper, words));
                assert!(out.len() == 1 && out.iter().all(named), "{}", paper.title);
                continue;
            }
        };
        // What the title names is out of range, and nothing is out at the other end.
        assert!(out.iter().any(|value| is_named(paper, value.test.split(' ').next().unwrap())), "{}", paper.title);
        assert!(out.iter().all(|value| value.flag() == claimed), "{}", paper.title);
    }
}

/// Whether the title speaks of what these words say, the last of "Skin prick, grass pollen".
fn is_named(paper: &Paper, words: &str) -> bool {
    words.rsplit(", ").next().is_some_and(|last| paper.title.contains(last))
}

#[test]
fn values_are_numbers_with_a_unit_and_a_range_or_findings_in_words() {
    for value in all().flat_map(|case| case.papers.iter().flat_map(|paper| paper.values).chain(case.review_values)) {
        let Value { test, code, value: said, unit, low, high, .. } = value;
        let flag = flag_of(said, *low, *high);
        assert_ne!(flag, Some(Flag::Unknown), "{test} has no range");
        assert_eq!(flag.is_some(), !unit.is_empty(), "{test}: {said} {unit}");
        for end in [low, high].into_iter().flatten() {
            assert!(decimal(end).is_some(), "{test}: {end}");
        }
        if let (Some(low), Some(high)) = (low.and_then(decimal), high.and_then(decimal)) {
            assert!(low < high, "{test}");
        }
        assert!(code.is_empty() || is_loinc(code), "{test}: {code}");
    }
}

/// Whether the digit after the hyphen is the right one: LOINC ends in a check digit (modulus 10, Luhn).
fn is_loinc(code: &str) -> bool {
    let Some((number, check)) = code.split_once('-') else { return false };
    let digits = number.bytes().rev().map(|byte| u32::from(byte.wrapping_sub(b'0')));
    let sum: u32 = digits
        .enumerate()
        .map(|(place, digit)| if place % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit })
        .sum();
    check.parse() == Ok((10 - sum % 10) % 10)
}

#[test]
fn the_texts_and_the_values_tell_the_same_numbers() {
    let holds = |values: &[Value], text: &'static str| {
        for number in numbers(text) {
            assert!(values.iter().any(|value| value.value == number), "{number} of {text}");
        }
    };
    papers(RecordType::LabReport).for_each(|paper| holds(paper.values, paper.notes));
    all().filter(|case| !case.review_values.is_empty()).for_each(|case| holds(case.review_values, case.review));
}

#[test]
fn what_is_measured_again_continues_a_line_and_is_in_range_by_then() {
    let mut lines = 0;
    for case in all() {
        for again in case.review_values {
            let first = case.papers.iter().flat_map(|paper| paper.values).find(|value| value.test == again.test);
            let first = first.unwrap_or_else(|| panic!("{} was not measured before", again.test));
            assert_eq!((first.unit, first.code), (again.unit, again.code), "{}", again.test);
            assert_eq!((first.low, first.high), (again.low, again.high), "{}", again.test);
            assert_eq!(again.flag(), Flag::Normal, "{}", again.test);
            lines += 1;
        }
    }
    assert!(lines >= 5, "{lines}");
}

#[test]
fn a_test_has_one_unit_and_one_code_in_all_cases() {
    let values: Vec<_> = all().flat_map(|case| case.papers).flat_map(|paper| paper.values).collect();
    for one in &values {
        for other in values.iter().filter(|other| other.test == one.test) {
            assert_eq!((one.unit, one.code), (other.unit, other.code), "{}", one.test);
        }
    }
}
