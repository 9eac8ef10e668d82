//! Which test of the table of limits a name means, however a laboratory or a person writes it.
//!
//! Rather a question too many than a potassium of 6.9 that nobody looks at because of a letter; but what is measured in
//! urine, or of something else with the same word in its name, is another test.

use domain_types::records::is_unit;
use strsim::osa_distance;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{
    critical_limits::{LIMITS, Limits},
    test_names::{plain_name, slug},
};

/// How surely a name means a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Surely {
    Yes,
    /// It is almost written, as this name.
    Almost(&'static str),
    /// The name begins with this one, and more follows that nobody understands.
    WithMore(&'static str),
}

/// What a name means.
pub(super) struct Meant {
    pub limits: &'static Limits,
    pub surely: Surely,
    /// The unit, where it stands in the name: "Potassium (mmol/L)".
    pub unit: String,
}

/// Words around a name that leave the test what it is, beside those of [`plain_name`].
const AROUND: &str = "\
    repeat repeated rpt retest recheck rechecked again second sample specimen new lab poct gas abg vbg bedside \
    istat urgent stat pre post dialysis haemolysed hemolysed result value test ser plas am pm fp fb cp ab vb wb";

/// Words that make another test of it, with limits of its own or with none.
const ANOTHER: &str = "\
    urine urinary urin u du csf liquor fluid pleural ascites ascitic peritoneal synovial sweat saliva stool \
    faecal fecal faeces feces gastric vitreous dialysate drain amniotic semen hair free ionised ionized ratio \
    index score clearance excretion fraction percent permille mean average corpuscular a1c a2 glycated \
    glycosylated electrophoresis dehydrogenase kinase phosphatase antibody antibodies receptor channel \
    valproate reticulocyte distribution width volume aggregation red rbc band bands immature 24h day daily gap";

/// Whether a word stands in a list of words.
fn is_of(list: &str, word: &str) -> bool {
    list.split(' ').any(|one| one == word)
}

/// What is so called and is not creatinine.
const CREATINE: [&str; 4] = ["creatine", "creatin", "kreatin", "créatine"];

/// The test that a name means.
pub(super) fn meant(test: &str) -> Option<Meant> {
    let (name, unit) = without_unit(test);
    let (slug, plain) = (slug(&name), plain_name(&name));
    let found = |limits, surely| Some(Meant { limits, surely, unit: unit.clone() });
    if let Some((limits, _)) = exactly(&slug).or_else(|| exactly(&plain)) {
        return found(limits, Surely::Yes);
    }
    let words: Vec<&str> = slug.split('-').collect();
    if words.iter().any(|word| is_of(ANOTHER, word)) || CREATINE.contains(&plain.as_str()) {
        return None;
    }
    let core = core(&plain)?;
    if let Some((limits, name)) = exactly(&core.join("-")) {
        // "K 2 h" is potassium; "CA 125" is no calcium.
        let has_number =
            plain.split('-').any(|word| word.chars().all(|c| c.is_ascii_digit()) && !is_time(&plain, word));
        if !has_number || is_long(name) {
            return found(limits, Surely::Yes);
        }
        return None;
    }
    if let Some((limits, name)) = almost(&core.join("-")) {
        return found(limits, Surely::Almost(name));
    }
    let begins = |count: usize| {
        let name = core[..count].join("-");
        exactly(&name).or_else(|| almost(&name)).filter(|(_, name)| is_long(name))
    };
    let (limits, name) = (1..core.len()).rev().find_map(begins)?;
    found(limits, Surely::WithMore(name))
}

/// Whether a name is that of creatine, which is easily written for creatinine.
pub(super) fn may_be_creatinine(test: &str) -> Option<&'static Limits> {
    let (name, _) = without_unit(test);
    let is_creatine = CREATINE.contains(&plain_name(&name).as_str());
    exactly("creatinine").filter(|_| is_creatine).map(|(limits, _)| limits)
}

fn exactly(name: &str) -> Option<(&'static Limits, &'static str)> {
    every_name().find(|(_, known)| *known == name)
}

fn every_name() -> impl Iterator<Item = (&'static Limits, &'static str)> {
    LIMITS.iter().flat_map(|limits| limits.names.iter().map(move |name| (limits, *name)))
}

/// Short names are part of too many others.
fn is_long(name: &str) -> bool {
    name.chars().count() > 4
}

/// The name that this one almost is: the same in sound, or with a letter wrong, missing, too many or swapped; with two in
/// long names.
fn almost(name: &str) -> Option<(&'static Limits, &'static str)> {
    let sound = in_sound(name);
    let slips = |known: &str| match known.chars().count() {
        ..=5 => 0,
        6..=8 => 1,
        _ => 2,
    };
    let near = every_name().filter(|(_, known)| is_long(known)).filter_map(|(limits, known)| {
        let known_sound = in_sound(known);
        let distance = osa_distance(&known_sound, &sound);
        // Short names have no slips, in sound or not.
        (known.chars().count() > 5 && distance <= slips(&known_sound)).then_some((distance, limits, known))
    });
    near.min_by_key(|(distance, ..)| *distance).map(|(_, limits, known)| (limits, known))
}

/// A name by its sound: "neutrofils" for "neutrophils", "hemoglobin" for "hämoglobin" and "haemoglobin".
fn in_sound(name: &str) -> String {
    let umlauts: String = name.nfc().map(|c| if matches!(c, 'ä' | 'ö') { 'e' } else { c }).collect();
    let plain: String = umlauts.nfd().filter(|c| !is_combining_mark(*c) && *c != '-').collect();
    let plain = plain.replace("ph", "f").replace("ae", "e").replace("oe", "e").replace('k', "c").replace('y', "i");
    let mut sound = String::new();
    for c in plain.chars() {
        if !sound.ends_with(c) {
            sound.push(c);
        }
    }
    sound
}

/// The words of a name without those around it, times and numbers. `None` for what is gathered over a day.
fn core(plain: &str) -> Option<Vec<&str>> {
    let words: Vec<&str> = plain.split('-').collect();
    if words.windows(2).any(|pair| pair[0] == "24" && is_hour(pair[1])) {
        return None;
    }
    let is_kept = |word: &&str| {
        let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_time_or_number = digits.len() < word.len() && (digits.is_empty() || is_hour(digits));
        !is_of(AROUND, word) && !is_time_or_number
    };
    let is_unit_of_time = |at: usize| at > 0 && is_hour(words[at]) && is_number(words[at - 1]);
    let kept = words.iter().enumerate().filter(|(at, word)| is_kept(word) && !is_unit_of_time(*at));
    let kept: Vec<&str> = kept.map(|(_, word)| *word).collect();
    (!kept.is_empty()).then_some(kept)
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_digit())
}

fn is_hour(word: &str) -> bool {
    matches!(word, "h" | "hr" | "hrs" | "hour" | "hours" | "min" | "mins" | "minute" | "minutes" | "std")
}

/// Whether a number in a name is followed by hours or minutes.
fn is_time(plain: &str, number: &str) -> bool {
    let words: Vec<&str> = plain.split('-').collect();
    words.windows(2).any(|pair| pair[0] == number && is_hour(pair[1]))
}

/// A name without the unit that stands in it, and that unit.
fn without_unit(test: &str) -> (String, String) {
    let is_edge = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ',' | ';' | ':');
    let parts: Vec<&str> = test.split(is_edge).filter(|part| !part.is_empty()).collect();
    // "mmol / L" is three parts of one unit.
    for count in [3, 1].into_iter().filter(|count| *count < parts.len()) {
        let (name, unit) = parts.split_at(parts.len() - count);
        let unit = unit.concat();
        if unit.contains('/') && is_unit(&unit) {
            return (name.join(" "), unit);
        }
    }
    (test.to_owned(), String::new())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn read(test: &str) -> Option<(&'static str, bool, String)> {
        meant(test).map(|meant| (meant.limits.names[0], meant.surely == Surely::Yes, meant.unit))
    }

    #[rstest]
    #[case("S-Kalium", "potassium")]
    #[case("Калий", "potassium")]
    #[case("Pot.", "potassium")]
    #[case("Potassium, repeat", "potassium")]
    #[case("Potassium 2 h", "potassium")]
    #[case("K 2 h", "potassium")]
    #[case("Repeat K+", "potassium")]
    #[case("Potassium (haemolysed)", "potassium")]
    #[case("P-Natrium", "sodium")]
    #[case("fP-Glukose", "glucose")]
    #[case("Glucose 120min", "glucose")]
    #[case("B-Hämoglobin", "haemoglobin")]
    #[case("Kreatinin", "creatinine")]
    #[case("Thrombozyten", "platelets")]
    #[case("HCO3-", "bicarbonate")]
    #[case("Albumin-adjusted calcium", "calcium")]
    fn a_name_of_elsewhere_or_with_words_around_it_is_surely_its_test(#[case] test: &str, #[case] name: &str) {
        assert_eq!(read(test), Some((name, true, String::new())), "{test}");
    }

    #[rstest]
    #[case("Potasium", "potassium")]
    #[case("Pottasium", "potassium")]
    #[case("Potassiam", "potassium")]
    #[case("S-Pottasium, repeat", "potassium")]
    #[case("Neutrofils", "neutrophils")]
    #[case("Natruim", "sodium")]
    #[case("Creatinene", "creatinine")]
    #[case("Heamoglobin", "haemoglobin")]
    #[case("Platlets", "platelets")]
    #[case("Trombocytes", "platelets")]
    #[case("Potassium nocturnal", "potassium")]
    #[case("Glucose tolerance 2 h", "glucose")]
    fn a_name_that_is_almost_one_or_has_more_words_may_mean_it(#[case] test: &str, #[case] name: &str) {
        assert_eq!(read(test), Some((name, false, String::new())), "{test}");
    }

    #[rstest]
    #[case("Potassium mmol/L", "mmol/L")]
    #[case("Potassium (mmol/L)", "mmol/L")]
    #[case("Potassium [mmol / L]", "mmol/L")]
    #[case("Potassium", "")]
    fn a_unit_in_the_name_is_read_as_one(#[case] test: &str, #[case] unit: &str) {
        assert_eq!(read(test), Some(("potassium", true, unit.to_owned())));
    }

    #[rstest]
    #[case("Potassium, urine")]
    #[case("U-Kalium")]
    #[case("Potassium 24 h")]
    #[case("CA 19-9")]
    #[case("CA 125")]
    #[case("Ionised calcium")]
    #[case("Calcium score")]
    #[case("Cadmium")]
    #[case("Neutrophils %")]
    #[case("Immature neutrophils")]
    #[case("Neutrophils, band")]
    #[case("Eosinophils")]
    #[case("Lymphocytes")]
    #[case("Erythrocytes")]
    #[case("Red cell count")]
    #[case("Mean cell haemoglobin concentration")]
    #[case("HbA1c")]
    #[case("Haemoglobin A1c")]
    #[case("Myoglobin")]
    #[case("Haptoglobin")]
    #[case("Lactate dehydrogenase")]
    #[case("Alkaline phosphatase")]
    #[case("Creatine")]
    #[case("Creatine kinase")]
    #[case("Creatinine clearance")]
    #[case("Albumin/creatinine ratio")]
    #[case("Carnitine")]
    #[case("Sodium valproate")]
    #[case("Manganese")]
    #[case("Thallium")]
    #[case("Glucagon")]
    #[case("Fructose")]
    #[case("Urate")]
    #[case("Ferritin")]
    #[case("LDL cholesterol")]
    #[case("T4")]
    fn another_test_is_no_slip_of_one_with_limits(#[case] test: &str) {
        assert_eq!(read(test), None, "{test}");
    }
}
