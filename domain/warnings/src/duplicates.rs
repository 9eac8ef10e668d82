//! Warnings that the same substance, or another of its class, is already being taken.

use super::classes::{CLASSES, Class};
use super::reading::Reading;
use super::sentences::{joined, shown};
use super::substances::Substance;
use super::{Severity, Warning};

/// The general source for taking the same substance twice.
const GENERAL: &str = "BNF, guidance on prescribing";

// Substances whose double dose is dangerous; anticoagulants are added by their class.
include!(concat!(env!("OUT_DIR"), "/duplicates.rs"));

/// One warning per medicine with a shared substance, and one per shared class.
pub(super) fn duplicate_warnings(medicine: &Reading, taken: &[&str], taken_readings: &[Reading]) -> Vec<Warning> {
    let mut warnings: Vec<Warning> = taken
        .iter()
        .zip(taken_readings)
        .filter_map(|(text, reading)| same_substance(medicine, text, reading))
        .collect();
    for row in CLASSES {
        let Some(severity) = row.duplicate else {
            continue;
        };
        let (mut mine, mut theirs) = (Vec::new(), Vec::new());
        for reading in taken_readings {
            // What is the same substance has been said already.
            let new = unshared(row.class, medicine, reading);
            let old = unshared(row.class, reading, medicine);
            if !new.is_empty() && !old.is_empty() {
                mine.extend(new);
                theirs.extend(old);
            }
        }
        if !mine.is_empty() {
            warnings.push(Warning {
                severity,
                text: format!(
                    "Already being taken: {}. With {} these are several {}; check that this is meant.",
                    joined(&theirs),
                    joined(&mine),
                    row.name,
                ),
                source: row.source,
            });
        }
    }
    warnings
}

fn same_substance(medicine: &Reading, text: &str, reading: &Reading) -> Option<Warning> {
    let shared: Vec<&'static Substance> =
        medicine.substances.iter().copied().filter(|substance| is_shared(substance, medicine, reading)).collect();
    if shared.is_empty() {
        return None;
    }
    let dangerous = shared.iter().any(|substance| {
        DANGEROUS_TWICE.contains(&substance.name) || substance.classes.contains(&Class::Anticoagulant)
    });
    let names: Vec<&str> = shared.iter().map(|substance| substance.name).collect();
    Some(Warning {
        severity: if dangerous { Severity::Danger } else { Severity::Caution },
        text: format!(
            "Already being taken: {} (in \u{201c}{}\u{201d}). \
             A renewal is no problem; taken together the doses add up.",
            joined(&names),
            shown(text),
        ),
        source: GENERAL,
    })
}

/// Both name the substance, and not as a steroid in two different forms.
fn is_shared(substance: &'static Substance, one: &Reading, other: &Reading) -> bool {
    one.substances.contains(&substance)
        && other.substances.contains(&substance)
        && one.classes_of(substance) == other.classes_of(substance)
}

/// The members of a class in one text, without the substances that both texts name.
fn unshared(class: Class, one: &Reading, other: &Reading) -> Vec<&'static str> {
    let both = |name: &str| {
        one.substances.iter().any(|substance| substance.name == name && other.substances.contains(substance))
    };
    let mut members = one.members(class);
    members.retain(|name| !both(name));
    members
}
