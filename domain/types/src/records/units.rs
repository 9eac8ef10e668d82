//! Units, compared as far as their spelling is safe.
//!
//! Spaces never matter, and case does not where no other unit is meant by it: "mmol/L", "mmol/l" and "MMOL / L" are one.
//! It does matter for "mU" and "MU", "mg" and "Mg", "g/L" and "G/L" (10⁹ a litre in some laboratories).

/// What is equal for units that are surely the same.
#[must_use]
pub fn unit_key(unit: &str) -> String {
    let plain: String = unit.chars().filter(|c| !c.is_whitespace()).map(plain).collect();
    // Laboratories that print in capitals alone mean nothing by them.
    let is_capitals = !plain.contains(|c: char| c.is_lowercase());
    let plain = plain.replace("**", "^");
    let parts: Vec<String> = plain.split('/').map(|part| part_key(part, is_capitals)).collect();
    let key = parts.join("/");
    match key.as_str() {
        "G/dl" => "g/dl".to_owned(),
        "percent" => "%".to_owned(),
        _ => key,
    }
}

fn plain(c: char) -> char {
    match c {
        'µ' | 'μ' => 'u',
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴' => '4',
        '⁵' => '5',
        '⁶' => '6',
        '⁷' => '7',
        '⁸' => '8',
        '⁹' => '9',
        '×' => 'x',
        other => other,
    }
}

/// One side of a slash.
fn part_key(part: &str, is_capitals: bool) -> String {
    if let Some(power) = power_of_ten(part) {
        return format!("10^{power}");
    }
    let lower = part.to_lowercase();
    match lower.as_str() {
        "mcg" => return "ug".to_owned(),
        "sec" => return "s".to_owned(),
        // The prefix is a thousandth or a million times the unit.
        "mu" | "miu" | "mg" | "pg" if !is_prefix_clear(part, &lower, is_capitals) => {
            return format!("{}{}", &part[..1], &lower[1..]);
        }
        "g" | "t" => return part.to_owned(),
        _ => {}
    }
    lower
}

/// Whether the first letter means what its small form means.
fn is_prefix_clear(part: &str, lower: &str, is_capitals: bool) -> bool {
    part.starts_with(['m', 'p']) || (is_capitals && matches!(lower, "mg" | "pg"))
}

/// The nine of "10^9", "x10*9", "10E9" and "10⁹".
fn power_of_ten(part: &str) -> Option<&str> {
    let rest = part.strip_prefix(['x', 'X']).unwrap_or(part).strip_prefix("10")?;
    let digits = rest.strip_prefix(['^', '*', 'e', 'E']).unwrap_or(rest);
    matches!(digits, "3" | "6" | "9" | "12").then_some(digits)
}

/// The words of which units are made.
const WORDS: [&str; 52] = [
    "%", "g", "G", "mg", "ug", "ng", "pg", "fg", "kg", "mol", "mmol", "umol", "nmol", "pmol", "l", "dl", "ml", "ul",
    "fl", "u", "iu", "mu", "miu", "uiu", "kiu", "ku", "MU", "MIU", "eq", "meq", "osmol", "mosmol", "mosm", "kpa",
    "mmhg", "s", "min", "h", "mm", "cm", "m2", "1.73m2", "cells", "copies", "kat", "ukat", "nkat", "ratio", "bpm",
    "10^3", "10^9", "10^12",
];

/// Whether a text is surely a unit.
#[must_use]
pub fn is_unit(text: &str) -> bool {
    let key = unit_key(text);
    !key.is_empty() && key.split('/').all(|part| WORDS.contains(&part) || part == "10^6")
}

/// What a unit measures, as far as a value in one unit can take the place of a value in the other: a concentration, an
/// amount a day and a share of the same substance are three things. Prefixes do not matter here ("g/L", "g/dL"), mass and
/// amount of substance do ("mg/dL", "mmol/L"): nothing here knows how one becomes the other. What is not understood is a
/// thing of its own.
#[must_use]
pub fn quantity_key(unit: &str) -> String {
    let key = unit_key(unit);
    // A ratio has no unit, whether it is written or not.
    if matches!(key.as_str(), "ratio" | "inr") {
        return String::new();
    }
    let parts: Vec<&str> = key.split('/').map(|part| dimension(part).unwrap_or(part)).collect();
    parts.join("/")
}

/// What one side of a slash measures.
fn dimension(part: &str) -> Option<&'static str> {
    Some(match part {
        "kg" | "g" | "mg" | "ug" | "ng" | "pg" | "fg" => "g",
        // A milliequivalent of an ion is a millimole, or half of one.
        "mol" | "mmol" | "umol" | "nmol" | "pmol" | "eq" | "meq" => "mol",
        "l" | "dl" | "ml" | "ul" | "fl" => "l",
        "u" | "mu" | "MU" | "ku" | "iu" | "miu" | "MIU" | "uiu" | "kiu" => "u",
        "kat" | "ukat" | "nkat" => "kat",
        "osmol" | "mosmol" | "mosm" => "osmol",
        "10^3" | "10^6" | "10^9" | "10^12" | "G" | "T" | "cells" => "cells",
        "h" | "hr" | "1h" => "h",
        "24h" | "24hr" | "d" | "day" => "d",
        _ => return None,
    })
}

/// What an amount in a volume measures, and as which power of ten of its plain unit it is written: "µmol/L" is of mol in l
/// with -6. `None` for anything else, and for what is not understood.
#[must_use]
pub fn unit_scale(unit: &str) -> Option<(&'static str, i32)> {
    let key = unit_key(unit);
    let (amount, volume) = key.split_once('/')?;
    let litres = match volume {
        "l" => 0,
        "dl" => -1,
        "ml" | "cm3" | "cc" => -3,
        "ul" | "mm3" | "cmm" => -6,
        "nl" => -9,
        _ => return None,
    };
    // "10^9 cells"
    let amount = amount.strip_suffix("cells").map_or_else(|| amount.to_owned(), unit_key);
    let (of, power) = match amount.as_str() {
        "kg" => ("g", 3),
        "g" => ("g", 0),
        "mg" => ("g", -3),
        "ug" => ("g", -6),
        "ng" => ("g", -9),
        "pg" => ("g", -12),
        "mol" => ("mol", 0),
        "mmol" => ("mol", -3),
        "umol" => ("mol", -6),
        "nmol" => ("mol", -9),
        "pmol" => ("mol", -12),
        "eq" => ("eq", 0),
        "meq" => ("eq", -3),
        "" => ("cells", 0),
        "k" | "10^3" | "thou" => ("cells", 3),
        "10^6" | "mill" => ("cells", 6),
        "G" | "10^9" => ("cells", 9),
        "10^12" => ("cells", 12),
        _ => return None,
    };
    Some((of, power - litres))
}

/// Whether a unit tells a share, a ratio, or an amount in a time or in a field of the microscope: another test than one of
/// how much there is in a volume.
#[must_use]
pub fn is_no_concentration(unit: &str) -> bool {
    let key = unit_key(unit);
    let per = key.rsplit_once('/').map_or("", |(_, per)| per);
    key.starts_with('%')
        || matches!(key.as_str(), "ratio" | "l/l" | "fraction" | "permille" | "‰")
        || matches!(dimension(per), Some("h" | "d" | "g" | "mol" | "cells"))
        || matches!(per, "min" | "s" | "1.73m2" | "hpf" | "lpf" | "field" | "100wbc" | "osmol" | "mosm")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(&["mmol/L", "mmol/l", "mmol / L", "MMOL/L", "Mmol/l", " mmol/L\u{a0}"])]
    #[case(&["µmol/L", "μmol/L", "umol/l", "UMOL/L"])]
    #[case(&["µg/L", "mcg/L", "ug/l"])]
    #[case(&["mg/dL", "mg/dl", "MG/DL", "mg / dL"])]
    #[case(&["g/dL", "g/dl", "G/DL"])]
    #[case(&["10^9/L", "x10^9/L", "× 10⁹/l", "10*9/L", "10E9/L", "10**9/L"])]
    #[case(&["mU/L", "mu/l"])]
    #[case(&["mIU/L", "miu/l"])]
    #[case(&["U/L", "u/l"])]
    #[case(&["%", " % ", "percent"])]
    #[case(&["mEq/L", "meq/l", "MEQ/L"])]
    #[case(&["mL/min/1.73m²", "ml/min/1.73 m2"])]
    fn spellings_of_one_unit_are_one(#[case] spellings: &[&str]) {
        for spelling in spellings {
            assert_eq!(unit_key(spelling), unit_key(spellings[0]), "{spelling}");
            assert!(is_unit(spelling), "{spelling}");
        }
    }

    #[rstest]
    #[case("mg/L", "Mg/L")]
    #[case("mU/L", "MU/L")]
    #[case("mIU/L", "MIU/L")]
    #[case("g/L", "G/L")]
    #[case("mmol/L", "mmol/dL")]
    #[case("mmol/L", "µmol/L")]
    #[case("mmol/L", "mg/dL")]
    #[case("10^9/L", "10^12/L")]
    #[case("10^9/L", "%")]
    #[case("mmol/L", "")]
    fn other_units_stay_apart(#[case] one: &str, #[case] other: &str) {
        assert_ne!(unit_key(one), unit_key(other));
    }

    #[rstest]
    #[case("g/L", "g/dL")]
    #[case("mmol/L", "µmol/l")]
    #[case("mEq/L", "mmol/L")]
    #[case("10^9/L", "10^3/µL")]
    #[case("U/L", "IU/L")]
    #[case("mg/24h", "g/day")]
    #[case("mm/h", "mm/hr")]
    #[case("ratio", "")]
    fn values_of_one_quantity_can_take_each_others_place(#[case] one: &str, #[case] other: &str) {
        assert_eq!(quantity_key(one), quantity_key(other));
    }

    #[rstest]
    #[case("mmol/L", "mmol/24h")]
    #[case("mg/dL", "g/24h")]
    #[case("mg/dL", "mmol/L")]
    #[case("mmol/mol", "%")]
    #[case("10^9/L", "%")]
    #[case("mg/L", "mg/mmol")]
    #[case("mmol/L", "")]
    #[case("zorks", "borks")]
    fn values_of_other_quantities_cannot(#[case] one: &str, #[case] other: &str) {
        assert_ne!(quantity_key(one), quantity_key(other));
    }

    #[rstest]
    #[case("µmol/L", Some(("mol", -6)))]
    #[case("mmol/dL", Some(("mol", -2)))]
    #[case("mg/dL", Some(("g", -2)))]
    #[case("x10^9/L", Some(("cells", 9)))]
    #[case("10⁹ cells/L", Some(("cells", 9)))]
    #[case("/µL", Some(("cells", 6)))]
    #[case("cells/mm³", Some(("cells", 6)))]
    #[case("G/L", Some(("cells", 9)))]
    #[case("mmol/24h", None)]
    #[case("mmoI/L", None)]
    #[case("%", None)]
    fn an_amount_in_a_volume_has_a_power_of_ten(#[case] unit: &str, #[case] expected: Option<(&str, i32)>) {
        assert_eq!(unit_scale(unit), expected);
    }

    #[rstest]
    #[case("%", true)]
    #[case("mmol/24h", true)]
    #[case("mg/mmol", true)]
    #[case("mL/min/1.73m²", true)]
    #[case("/HPF", true)]
    #[case("mmol/L", false)]
    #[case("mmoI/L", false)]
    #[case("mmol", false)]
    #[case("", false)]
    fn a_share_and_an_amount_in_a_time_are_no_concentrations(#[case] unit: &str, #[case] expected: bool) {
        assert_eq!(is_no_concentration(unit), expected);
    }

    #[rstest]
    #[case("in the morning")]
    #[case("and 3")]
    #[case("")]
    #[case("-10")]
    #[case("/8")]
    fn words_are_no_units(#[case] text: &str) {
        assert!(!is_unit(text));
    }
}
