//! What makes two results values of the same test: the test's name, with everything in it that tells tests apart.

use std::fmt::Write;

use domain_types::records::quantity_key;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A test's name as it stands in an address: "ldl-cholesterol". Signs that tell tests apart become words: "Neutrophils %"
/// is another test than "Neutrophils".
pub(crate) fn slug(test: &str) -> String {
    let mut slug = String::new();
    let sign = |slug: &mut String, word: &str| {
        if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        slug.push_str(word);
        slug.push('-');
    };
    let letters: Vec<char> = test.nfkc().flat_map(char::to_lowercase).collect();
    for (at, &c) in letters.iter().enumerate() {
        let next = letters.get(at + 1);
        match c {
            '%' => sign(&mut slug, "percent"),
            '‰' => sign(&mut slug, "permille"),
            '#' => sign(&mut slug, "number"),
            '+' => sign(&mut slug, "plus"),
            '<' => sign(&mut slug, "below"),
            '>' => sign(&mut slug, "above"),
            '\u{2212}' => sign(&mut slug, "minus"),
            // "CD27-" is not "CD27"; "CA 19-9" has a hyphen. A dash with a space before it separates two words.
            '-' if at > 0
                && letters[at - 1].is_alphanumeric()
                && next.is_none_or(|next| matches!(next, ')' | ']' | ',' | '/')) =>
            {
                sign(&mut slug, "minus");
            }
            _ if c.is_alphanumeric() => slug.push(c),
            _ if is_combining_mark(c) => {}
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    let slug = slug.trim_end_matches('-').to_owned();
    if slug.is_empty() { in_numbers(test) } else { slug }
}

/// For a name without a letter: something that an address can hold, and no two names share.
fn in_numbers(test: &str) -> String {
    let mut name = "test".to_owned();
    for c in test.trim().chars() {
        // Writing to a String cannot fail.
        let _ = write!(name, "-{:x}", u32::from(c));
    }
    name
}

/// Words of a test's name that do not make it another test.
const FILLERS: [&str; 26] = [
    "serum",
    "plasma",
    "blood",
    "whole",
    "venous",
    "arterial",
    "capillary",
    "level",
    "concentration",
    "fasting",
    "random",
    "adjusted",
    "corrected",
    "total",
    "cardiac",
    "high",
    "sensitivity",
    "sensitive",
    "hs",
    "poc",
    "s",
    "p",
    "b",
    "fs",
    "count",
    "absolute",
];

/// A test's name without the words that do not make it another test: "potassium" for "Serum potassium".
pub(super) fn plain_name(test: &str) -> String {
    let slug = slug(test);
    let plain: Vec<&str> = slug.split('-').filter(|word| !FILLERS.contains(word)).collect();
    if plain.is_empty() { slug } else { plain.join("-") }
}

/// What makes a newer value take the place of an older one: the same test, and the same quantity. "Neutrophils" in percent
/// say nothing about their number, and potassium in the urine of a day nothing about potassium in blood.
pub(super) fn same_test(slug: &str, unit: &str) -> (String, String) {
    (slug.to_owned(), quantity_key(unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("LDL cholesterol", "ldl-cholesterol")]
    #[case(" Vitamin D (25-OH) ", "vitamin-d-25-oh")]
    #[case("Neutrophils %", "neutrophils-percent")]
    #[case("Lymphocytes (%)", "lymphocytes-percent")]
    #[case("% Eosinophils", "percent-eosinophils")]
    #[case("HbA1c %", "hba1c-percent")]
    #[case("NEUT#", "neut-number")]
    #[case("K+", "k-plus")]
    #[case("CD19+CD27-", "cd19-plus-cd27-minus")]
    #[case("CA 19-9", "ca-19-9")]
    #[case("T₄", "t4")]
    #[case("???", "test-3f-3f-3f")]
    fn a_test_has_one_name_in_addresses(#[case] test: &str, #[case] expected: &str) {
        assert_eq!(slug(test), expected);
    }

    #[rstest]
    #[case("Neutrophils", "Neutrophils %")]
    #[case("Lymphocytes", "Lymphocytes (%)")]
    #[case("HbA1c", "HbA1c %")]
    #[case("T4", "Free T4")]
    #[case("PSA", "PSA free")]
    #[case("PSA total", "PSA free")]
    #[case("Bilirubin, total", "Bilirubin, direct")]
    #[case("NEUT#", "NEUT%")]
    #[case("CD19+CD27+", "CD19+CD27-")]
    #[case("Potassium", "Potassium, urine")]
    #[case("??", "???")]
    fn other_tests_have_other_names(#[case] one: &str, #[case] other: &str) {
        assert_ne!(slug(one), slug(other));
    }

    #[test]
    fn composed_and_decomposed_letters_are_the_same_name() {
        assert_eq!(slug("Hämoglobin"), slug("Ha\u{308}moglobin"));
    }

    #[test]
    fn only_the_same_quantity_takes_the_place_of_a_value() {
        assert_eq!(same_test("haemoglobin", "g/dL"), same_test("haemoglobin", "g/L"));
        assert_ne!(same_test("neutrophils", "%"), same_test("neutrophils", "10^9/L"));
        assert_ne!(same_test("potassium", "mmol/24h"), same_test("potassium", "mmol/L"));
        assert_ne!(same_test("glucose", "mg/dL"), same_test("glucose", "mmol/L"));
    }
}
