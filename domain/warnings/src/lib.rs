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
//! - word by word, whatever the case, accents, script forms and invisible signs; strength, form, salt and other words that
//!   say nothing about the substance are passed over ([`ignorable`]), but not where they may name a further one
//!   ([`in_place`]); a final "s", "e" or "es" may be there or not;
//! - by nonproprietary names, synonyms, abbreviations and some brands; a combination counts as all its parts;
//! - each word that no table knows, but for a letter or two or its ending, is read as what it may be meant for, beside
//!   known words too, and that is said; what is near to two is read as both;
//! - an allergy may name a class ("sulfa", "NSAIDs") or something that is no medicine ([`allergens`]); one that no table
//!   knows still warns when a word of it stands in the medicine's text;
//! - every other word is named as not compared: of the medicine, of each allergy, and of what is taken already. Nothing may
//!   be said to speak against a medicine as long as there is one.
//!
//! What is deliberately so:
//!
//! - penicillin allergy and cephalosporins: danger for those with a similar side chain
//!   (cefalexin, cefadroxil, cefradine, cefaclor, cefprozil), caution for the others;
//! - sulfonamide antibiotic allergy says nothing about thiazides or loop diuretics; "sulphur" is read as it;
//! - corticosteroids by mouth, inhaled and on the skin are no duplicates of each other;
//! - an interaction with a cream, eye or ear preparation is a caution at most, except for
//!   nitrates, beta blockers and opioids;
//! - an allergy to what is found among the other ingredients of medicines (egg, soya, gelatine) is never compared.
//!
//! Limits: the table is small and a caller must say so. It knows no doses, other ingredients, kidney function,
//! pregnancy, age or illness; it does not understand "no" or "not allergic to"; it does not compare the parts of one
//! medicine with each other; it does not judge the reaction. Finding nothing does not mean that a medicine is safe. The
//! sources are named by topic and are to be read in their current edition.
//!
//! The tables are the files in `tables/`, a row for each fact; how many of them nobody has reviewed is in [`STANDING`].

mod allergens;
mod allergies;
mod choices;
mod class_names;
mod classes;
mod combinations;
mod cross_reactions;
mod duplicates;
mod forms;
mod ignorable;
mod in_place;
mod interactions;
mod names;
mod reading;
mod sameness;
mod sentences;
mod spelling;
mod standing;
mod substances;
mod target;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_additions;
#[cfg(test)]
mod tests_of_files;
#[cfg(test)]
mod tests_of_reading;
#[cfg(test)]
mod tests_of_tables;
mod words;

use reading::{About, Guess, Reading};
use sentences::joined;

pub use choices::{choices, read_allergy, suggestions};
pub use sameness::understood;
pub use standing::{STANDING, Standing};

/// An allergy as written in the record.
#[derive(Clone, Copy, Debug)]
pub struct KnownAllergy<'a> {
    /// The substance or class in the doctor's words: "Penicillin", "peanuts", "Co-trimoxazole".
    pub substance: &'a str,
    /// What the tables called it when it was entered, when they knew every word.
    pub coded: &'a [String],
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

/// What a comparison found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The most severe first; empty when the table knows nothing against the medicine.
    pub warnings: Vec<Warning>,
    /// A sentence each for what could not be compared, or only by its likely spelling. Empty when the medicine, every
    /// allergy and everything that is taken were compared.
    pub not_compared: Vec<String>,
    /// Whether the table knows anything of the medicine itself.
    pub is_known: bool,
    /// Whether all of the medicine and of the allergies was compared.
    pub are_allergies_compared: bool,
}

/// The sentence to show when everything was compared and nothing was found.
pub const NOTHING_FOUND: &str = "Our small table lists nothing against this medicine here. \
     This does not mean that it is safe, and doses are not checked: please check as usual.";

/// The sentence to show for a medicine that the table does not know.
pub const NOT_IN_TABLE: &str = "This medicine is not in our table, so its class and \
     interactions were not checked. Please check it in the usual sources.";

/// The sentence to show when there is something that was not compared.
pub const INCOMPLETE: &str = "This check is not complete. Please check what was not compared in the usual sources.";

/// Compares a medicine with a patient's allergies and with what they take already.
pub fn compare(medicine: &str, allergies: &[KnownAllergy<'_>], taken: &[&str]) -> Comparison {
    let reading = Reading::of(medicine, About::Medicine);
    let entries: Vec<Reading> =
        allergies.iter().map(|allergy| Reading::of_allergy(allergy.substance, allergy.coded)).collect();
    let taken_readings: Vec<Reading> = taken.iter().map(|text| Reading::of(text, About::Medicine)).collect();
    let mut found = allergies::allergy_warnings(&words::plain(medicine), &reading, allergies, &entries);
    found.extend(interactions::interaction_warnings(&reading, &taken_readings));
    found.extend(duplicates::duplicate_warnings(&reading, taken, &taken_readings));
    found.extend(reading.guesses.iter().map(guessed));
    found.sort_by_key(|warning| warning.severity);
    let mut warnings: Vec<Warning> = Vec::new();
    for warning in found {
        if !warnings.contains(&warning) {
            warnings.push(warning);
        }
    }
    let mut not_compared = Vec::new();
    not_compared.extend(unread("", std::slice::from_ref(&reading)));
    not_compared.extend(unread("allergy to ", &entries));
    not_compared.extend(unread("other medicine ", &taken_readings));
    not_compared.extend(guesses("allergy to ", &entries));
    not_compared.extend(guesses("other medicine ", &taken_readings));
    let are_allergies_compared =
        std::iter::once(&reading).chain(&entries).all(|reading| reading.uncompared().is_empty());
    Comparison { warnings, not_compared, is_known: reading.is_known(), are_allergies_compared }
}

/// A caution that a word of the medicine was taken for another.
fn guessed(guess: &Guess) -> Warning {
    Warning {
        severity: Severity::Caution,
        text: format!(
            "\u{201c}{}\u{201d} is not in our table and was read as {}. If you mean another medicine, it was not compared.",
            sentences::shown(&guess.typed),
            sentences::either(&guess.names),
        ),
        source: "SecureMed’s list of medicines",
    }
}

/// "Not compared: allergy to “Zorblax”, allergy to “egg”."
fn unread(what: &str, readings: &[Reading]) -> Option<String> {
    let named = |piece: String| format!("{what}\u{201c}{piece}\u{201d}");
    let pieces: Vec<String> = readings.iter().flat_map(Reading::uncompared).map(named).collect();
    let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
    (!pieces.is_empty()).then(|| format!("Not compared: {}.", joined(&pieces)))
}

/// "Compared by its likely spelling: allergy to “Pencillin”, read as penicillin."
fn guesses(what: &str, readings: &[Reading]) -> Vec<String> {
    let named = |guess: &Guess| {
        let (typed, names) = (sentences::shown(&guess.typed), sentences::either(&guess.names));
        format!("Compared by its likely spelling: {what}\u{201c}{typed}\u{201d}, read as {names}.")
    };
    let mut sentences: Vec<String> = Vec::new();
    for sentence in readings.iter().flat_map(|reading| &reading.guesses).map(named) {
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    sentences
}

/// Names for the same thing: however it was typed, it is the same text.
pub fn folded(text: &str) -> String {
    let plain = |word: words::Word| {
        if words::begins_with_point(text, &word) { format!("0 {}", word.plain) } else { word.plain }
    };
    let words = words::read(text).into_iter().map(plain).collect::<Vec<_>>().join(" ");
    if words.is_empty() { text.trim().to_lowercase() } else { words }
}
