//! Warnings shown to a doctor before a prescription is signed. They inform, and block nothing.
//!
//! What is looked at:
//!
//! - a recorded allergy to the medicine, to its class, or to a class with a known
//!   cross-reaction; one warning per recorded allergy, for its strongest reason;
//! - the same substance, or another of the same class, among the medicines already taken;
//! - a table of well-known dangerous interactions with the medicines already taken; one
//!   warning per rule, and one per pair of substances and kind of harm.
//!
//! How names are read:
//!
//! - by whole words, whatever the case and accents; strength, form and other words are passed
//!   over; a final "s", "e" or "es" may be there or not;
//! - by nonproprietary names, synonyms and some brands; a combination counts as all its parts;
//! - a medicine that no table knows, but for a letter or two or its ending, is read as the one that
//!   it may be meant for, and a caution says so;
//! - an allergy may name a class ("sulfa", "NSAIDs"); one that no table knows still warns when
//!   a word of it stands in the medicine's text.
//!
//! What is deliberately so:
//!
//! - penicillin allergy and cephalosporins: danger for those with a similar side chain
//!   (cefalexin, cefadroxil, cefradine, cefaclor), caution for the others;
//! - sulfonamide antibiotic allergy says nothing about thiazides or loop diuretics;
//! - corticosteroids by mouth, inhaled and on the skin are no duplicates of each other;
//! - an interaction with a cream, eye or ear preparation is a caution at most, except for
//!   nitrates, beta blockers and opioids.
//!
//! Limits: the table is small and a caller must say so. It knows no doses, kidney function,
//! pregnancy, age or illness; it corrects the spelling of no allergy; it does not understand "no" or
//! "not allergic to"; it does not compare the parts of one medicine with each other; it
//! does not judge the reaction. Finding nothing does not mean that a medicine is safe. The
//! sources are named by topic and are to be read in their current edition.

mod allergies;
mod class_names;
mod classes;
mod combinations;
mod cross_reactions;
mod duplicates;
mod forms;
mod interactions;
mod interactions_heart;
mod interactions_other;
mod names;
mod reading;
mod sentences;
mod spelling;
mod substances;
mod substances_body;
mod substances_heart;
mod substances_infection;
mod substances_mind;
mod target;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_tables;

use reading::Reading;

/// An allergy as written in the record.
#[derive(Clone, Copy, Debug)]
pub struct KnownAllergy<'a> {
    /// The substance or class in the doctor's words: "Penicillin", "peanuts", "Co-trimoxazole".
    pub substance: &'a str,
    /// What happened, when it is known.
    pub reaction: Option<&'a str>,
}

/// How much a warning should weigh; the worse sorts first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Usually to be avoided.
    Danger,
    /// Often acceptable with care.
    Caution,
}

/// One thing to know before signing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// How much it weighs.
    pub severity: Severity,
    /// One or two plain sentences for the doctor. They repeat words of the record as written,
    /// shortened: escape them like any other text.
    pub text: String,
    /// A short citation, by topic.
    pub source: &'static str,
}

/// The sentence to show when nothing was found for a medicine that the table knows.
pub const NOTHING_FOUND: &str = "Our small table lists nothing against this medicine here. \
     This does not mean that it is safe: please check as usual.";

/// The sentence to show for a medicine that the table does not know.
pub const NOT_IN_TABLE: &str = "This medicine is not in our table, so its class and \
     interactions were not checked. Please check it in the usual sources.";

/// What the table knows against this medicine for a patient with these allergies who takes
/// these medicines: the most severe first, empty when it knows nothing.
pub fn warnings(medicine: &str, allergies: &[KnownAllergy<'_>], taken: &[&str]) -> Vec<Warning> {
    let meant = if is_known(medicine) { None } else { spelling::respelled(medicine) };
    let medicine = meant.as_ref().map_or(medicine, |meant| &meant.text);
    let words = names::words(medicine);
    let reading = Reading::of(medicine);
    let taken_readings: Vec<Reading> = taken.iter().map(|text| Reading::of(text)).collect();
    let mut found = allergies::allergy_warnings(&words, &reading, allergies);
    found.extend(interactions::interaction_warnings(&reading, &taken_readings));
    found.extend(duplicates::duplicate_warnings(&reading, taken, &taken_readings));
    found.extend(meant.as_ref().map(|meant| Warning {
        severity: Severity::Caution,
        text: format!(
            "\u{201c}{}\u{201d} is not in our table and was read as {}. If you mean another medicine, nothing was checked.",
            meant.typed, meant.name
        ),
        source: "names of our table",
    }));
    found.sort_by_key(|warning| warning.severity);
    let mut unique: Vec<Warning> = Vec::new();
    for warning in found {
        if !unique.contains(&warning) {
            unique.push(warning);
        }
    }
    unique
}

/// Whether the table knows this medicine by its name as written.
pub fn is_known(medicine: &str) -> bool {
    Reading::of(medicine).is_known()
}

/// Whether the table knows this medicine, or one that it was taken for; say [`NOT_IN_TABLE`] otherwise.
pub fn is_read(medicine: &str) -> bool {
    is_known(medicine) || spelling::respelled(medicine).is_some()
}
