//! Warnings that come from a recorded allergy: one per entry, for its strongest reason.

use super::classes::Class;
use super::cross_reactions::CROSSINGS;
use super::reading::Reading;
use super::sentences::{capitalised, joined, shown};
use super::{KnownAllergy, Severity, Warning};

/// The general source for an allergy to the medicine itself.
const GENERAL: &str = "NICE CG183, drug allergy";

/// What makes an allergy matter for this medicine.
#[derive(Debug)]
struct Reason {
    severity: Severity,
    sentence: String,
    source: &'static str,
}

/// At most one warning per recorded allergy. `entries` are the allergies, read.
pub(super) fn allergy_warnings(
    medicine_words: &[String],
    medicine: &Reading,
    allergies: &[KnownAllergy<'_>],
    entries: &[Reading],
) -> Vec<Warning> {
    let warning = |(allergy, entry): (&KnownAllergy<'_>, &Reading)| {
        let reason = same_substance(medicine, entry)
            .or_else(|| strongest_class_reason(medicine, entry))
            .or_else(|| same_word(medicine_words, entry))
            .or_else(|| nearly_same_word(medicine, entry))?;
        Some(Warning {
            severity: reason.severity,
            text: format!("Recorded allergy: {}. {}", quoted(allergy, entry), reason.sentence),
            source: reason.source,
        })
    };
    allergies.iter().zip(entries).filter_map(warning).collect()
}

/// "Penicillin (rash)", "Pencillin (rash), read as penicillin".
fn quoted(allergy: &KnownAllergy<'_>, entry: &Reading) -> String {
    let substance = capitalised(&shown(allergy.substance));
    let reaction = match allergy.reaction.map(shown) {
        Some(reaction) if !reaction.is_empty() => format!(" ({reaction})"),
        _ => String::new(),
    };
    let names: Vec<&str> = entry.guesses.iter().flat_map(|guess| guess.names.iter().copied()).collect();
    let guessed = if names.is_empty() { String::new() } else { format!(", read as {}", joined(&names)) };
    format!("{substance}{reaction}{guessed}")
}

/// The medicine holds the very substance.
fn same_substance(medicine: &Reading, entry: &Reading) -> Option<Reason> {
    let shared: Vec<&str> = medicine
        .substances
        .iter()
        .filter(|substance| entry.substances.contains(substance))
        .map(|substance| substance.name)
        .collect();
    (!shared.is_empty()).then(|| Reason {
        severity: Severity::Danger,
        sentence: format!("This medicine contains {}.", joined(&shared)),
        source: GENERAL,
    })
}

/// The medicine is of the same class, or of one with a known cross-reaction.
fn strongest_class_reason(medicine: &Reading, entry: &Reading) -> Option<Reason> {
    let same = entry_classes(entry).into_iter().filter_map(|class| {
        let row = class.row()?;
        let found = medicine.members(class);
        let sentence = match found.as_slice() {
            [] => return None,
            [name] if *name == row.name => "This medicine is of the same class.".to_owned(),
            names => format!("This medicine is one of the {}: {}.", row.name, joined(names)),
        };
        // A record that names the class itself means all of it; a marker is no family.
        let severity =
            if entry.classes.contains(&class) && !row.is_marker() { Some(Severity::Danger) } else { row.allergy };
        Some(Reason { severity: severity?, sentence, source: row.source })
    });
    let crossed = CROSSINGS.iter().filter_map(|crossing| {
        let classes = entry_classes(entry);
        let found = crossing.medicine.found_in(medicine);
        let concerns = crossing.allergy.iter().any(|class| classes.contains(class));
        (concerns && !found.is_empty()).then(|| Reason {
            severity: crossing.severity,
            sentence: format!("{} {}.", capitalised(&joined(&found)), crossing.why),
            source: crossing.source,
        })
    });
    // `min_by_key` keeps the first of equals: the same class before a crossing.
    same.chain(crossed).min_by_key(|reason| reason.severity)
}

/// The classes that the entry names, and those of the substances that it names.
fn entry_classes(entry: &Reading) -> Vec<Class> {
    let mut classes = entry.classes.clone();
    for substance in &entry.substances {
        for class in substance.classes {
            if !classes.contains(class) {
                classes.push(*class);
            }
        }
    }
    classes
}

/// A word of the entry that no table knows stands in the medicine's text.
fn same_word(medicine_words: &[String], entry: &Reading) -> Option<Reason> {
    let word = entry.shared_word(medicine_words)?;
    Some(Reason {
        severity: Severity::Danger,
        sentence: format!("This medicine is written with the same word, \u{201c}{word}\u{201d}."),
        source: GENERAL,
    })
}

/// A word that no table knows stands in the medicine's text too, but for a letter or two.
fn nearly_same_word(medicine: &Reading, entry: &Reading) -> Option<Reason> {
    let (word, theirs) = entry.nearly_shared_word(medicine)?;
    Some(Reason {
        severity: Severity::Danger,
        sentence: format!(
            "This medicine is written with almost the same word, \u{201c}{theirs}\u{201d} for \u{201c}{word}\u{201d}."
        ),
        source: GENERAL,
    })
}
