//! Whether two texts name the same medicine in the same strength, brand or not, in whatever unit.

use std::collections::BTreeSet;

use super::ignorable::{is_bound, is_in, is_maker, is_unit};
use super::in_place::is_number;
use super::names::bent;
use super::reading::{About, Reading};
use super::words::{self, Word, begins_with_point};

// Words that tell no two medicines apart, salts that do, and brands that are another form or must not be exchanged.
include!(concat!(env!("OUT_DIR"), "/sameness.rs"));

/// What a text says of a medicine: the same for two that name the same in the same strength and form. Nothing for a text
/// that was not wholly understood.
pub fn understood(text: &str) -> Option<String> {
    let reading = Reading::of(text, About::Medicine);
    let is_whole = reading.uncompared().is_empty() && reading.guesses.is_empty() && reading.classes.is_empty();
    if !is_whole || reading.substances.is_empty() {
        return None;
    }
    let amounts = amounts(text);
    // Two brands without a strength, or of which only the tablets are counted, can hold different ones.
    if amounts.iter().all(|amount| amount.ends_with(' ')) {
        return None;
    }
    let mut parts: Vec<String> = reading.substances.iter().map(|substance| substance.name.to_owned()).collect();
    // "Amlodipine/valsartan 5/160" is "valsartan/amlodipine 160/5".
    let strength = if amounts.len() == parts.len() {
        parts = parts.iter().zip(&amounts).map(|(part, amount)| format!("{part} {amount}")).collect();
        String::new()
    } else {
        amounts.join(" ")
    };
    parts.sort();
    let brands = reading.names.iter().map(|name| name.text).filter(|name| KEPT_APART.contains(name));
    let brands: BTreeSet<&str> = brands.collect();
    let form: BTreeSet<&str> =
        reading.left.iter().map(String::as_str).filter(|word| tells_apart(word)).map(singular).collect();
    Some(format!("{parts:?} {strength} {form:?} {brands:?}"))
}

fn tells_apart(word: &str) -> bool {
    let is_salt_alike = is_bound(word) && !is_in(TELLING_SALTS, word);
    !(is_number(word) || is_unit(word) || is_salt_alike || is_maker(word) || is_in(PLAIN, word))
}

fn singular(word: &str) -> &str {
    bent(word).last().unwrap_or(word)
}

/// The amounts of a text in its order, each in one unit of its kind: "0.02 g" is "20 mg".
fn amounts(text: &str) -> Vec<String> {
    let words = words::read(text);
    let mut found: Vec<Amount> = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if !is_number(&word.plain) {
            at += 1;
            continue;
        }
        let (number, next) = number(text, &words, at);
        let unit = words.get(next).filter(|unit| is_unit(&unit.plain)).map(|unit| singular(&unit.plain).to_owned());
        let end = words.get(next - 1).map_or(0, |last| last.place.end);
        let sign = text.get(end..).and_then(|rest| rest.trim_start().chars().next());
        let unit = unit.or_else(|| (sign == Some('%')).then(|| "%".to_owned()));
        found.push(Amount { number, unit, is_first_of_two: sign == Some('/') });
        at = next;
    }
    // "80/12.5 mg": the unit behind the last is that of all.
    let mut unit: Option<String> = None;
    for amount in found.iter_mut().rev() {
        if amount.unit.is_none() && amount.is_first_of_two {
            amount.unit.clone_from(&unit);
        }
        unit.clone_from(&amount.unit);
    }
    found.iter().map(Amount::in_one_unit).collect()
}

/// A number of a text, and the place of the word behind it.
fn number(text: &str, words: &[Word], at: usize) -> (String, usize) {
    let is_below_one = words.get(at).is_some_and(|first| begins_with_point(text, first));
    let mut number = if is_below_one { "0.".to_owned() } else { String::new() };
    let (mut place, mut end, mut has_point) = (at, None, is_below_one);
    while let Some(word) = words.get(place).filter(|word| is_number(&word.plain)) {
        match end.and_then(|end| text.get(end..word.place.start)) {
            None => {}
            Some(",") if !has_point && number != "0" && word.plain.len() == 3 => {}
            Some("." | ",") if !has_point => {
                has_point = true;
                number.push('.');
            }
            Some(_) => break,
        }
        number.push_str(&word.plain);
        end = Some(word.place.end);
        place += 1;
    }
    (number, place)
}

#[derive(Debug)]
struct Amount {
    number: String,
    unit: Option<String>,
    is_first_of_two: bool,
}

impl Amount {
    fn in_one_unit(&self) -> String {
        let unit = self.unit.as_deref().unwrap_or_default();
        let (factor, unit) = match unit {
            "kg" => (1e9, "ug"),
            "g" | "gr" | "gram" | "gramm" | "gramme" => (1e6, "ug"),
            "mg" | "milligram" | "milligramm" | "milligramme" => (1e3, "ug"),
            "mcg" | "ug" | "microgram" | "microgramm" | "microgramme" => (1.0, "ug"),
            "ng" | "nanogram" => (1e-3, "ug"),
            "l" | "liter" | "litre" | "litr" => (1e3, "ml"),
            "dl" => (100.0, "ml"),
            "cl" => (10.0, "ml"),
            "milliliter" | "millilitre" | "millilitr" => (1.0, "ml"),
            "iu" | "ui" | "ie" | "u" => (1.0, "unit"),
            other => (1.0, other),
        };
        match self.number.parse::<f64>() {
            Ok(number) => format!("{:.4} {unit}", number * factor),
            Err(_) => format!("{} {unit}", self.number),
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Lipitor 20 mg")]
    #[case("Atorvastatin 0.02 g")]
    #[case("Atorvastatin 0,02 g")]
    #[case("ATORVASTATIN 20MG tablets")]
    #[case("atorvastatin calcium 20 mg film-coated tablet, Teva")]
    #[case("Atorvastatin 20000 micrograms")]
    #[case("Atorvastatin 20,000 \u{b5}g")]
    fn a_brand_and_another_unit_are_the_same_medicine(#[case] other: &str) {
        assert_eq!(understood(other), understood("Atorvastatin 20mg"), "{other}");
        assert!(understood(other).is_some());
    }

    #[rstest]
    #[case("Micardis Plus 80/12.5 mg", "telmisartan 80 mg + hydrochlorothiazide 12.5 mg", true)]
    #[case("Exforge 5/160 mg", "valsartan/amlodipine 160/5 mg", true)]
    #[case("amlodipine/valsartan 5/160 mg", "amlodipine/valsartan 160/5 mg", false)]
    #[case("Augmentin 875 mg/125 mg", "co-amoxiclav 875/125 mg", true)]
    #[case("Amlodipine 5 mg", "Amlodipine 10 mg", false)]
    #[case("Amlodipine 5 mg", "Amlodipine", false)]
    #[case("Amlodipine 5 mg", "Amlodipine/valsartan 5 mg", false)]
    #[case("Amoxicillin 250 mg capsules", "Amoxicillin 250 mg/5 ml suspension", false)]
    #[case("Nifedipine 30 mg", "Nifedipine LA 30 mg", false)]
    #[case("Nifedipine 30 mg", "Adalat 30 mg", false)]
    #[case("Morphine 10 mg", "MST Continus 10 mg", false)]
    #[case("Hydrocortisone 1% cream", "Hydrocortisone 1% ointment", false)]
    #[case("Metoprolol succinate 50 mg", "Metoprolol tartrate 50 mg", false)]
    #[case("Amlodipine besilate 5 mg", "Norvasc 5 mg", true)]
    #[case("Prednisone 5 mg", "Prednisolone 5 mg", false)]
    #[case("Warfarin 1.5 mg", "Warfarin 15 mg", false)]
    #[case("Warfarin .5 mg", "Warfarin 5 mg", false)]
    #[case("Warfarin .5 mg", "Warfarin 0.5 mg", true)]
    #[case("Ferrous sulfate 200 mg", "Ferrous gluconate 200 mg", false)]
    #[case("Diclofenac potassium 50 mg", "Diclofenac sodium 50 mg", false)]
    #[case("Cefuroxime axetil 250 mg", "Cefuroxime 250 mg", false)]
    fn another_strength_or_form_is_another(#[case] one: &str, #[case] other: &str, #[case] same: bool) {
        assert_eq!(understood(one) == understood(other), same, "{:?} {:?}", understood(one), understood(other));
    }

    #[rstest]
    #[case("Zorblax 5 mg")]
    #[case("Telmisartan H 80 mg")]
    #[case("Amlodipin 5 mg")]
    #[case("a statin")]
    #[case("Panadeine 2 tablets")]
    #[case("Lipitor")]
    #[case("")]
    fn what_was_not_wholly_understood_has_no_other_name(#[case] text: &str) {
        assert_eq!(understood(text), None);
    }
}
