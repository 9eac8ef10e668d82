//! The tables agree with each other and with themselves.

use std::collections::HashSet;

use super::class_names::CLASS_NAMES;
use super::classes::{CLASSES, Class};
use super::combinations::COMBINATIONS;
use super::cross_reactions::CROSSINGS;
use super::duplicates::DANGEROUS_TWICE;
use super::interactions;
use super::names::{Meaning, all_names};
use super::reading::{About, Reading};
use super::substances;
use super::target::Target;
use super::words::plain;

/// Whether a rule can ever concern a substance.
fn is_in_the_tables(target: Target) -> bool {
    match target {
        Target::One(name) => substances::find(name).is_some(),
        Target::Any(class) => substances::all().any(|substance| substance.classes.contains(&class)),
    }
}

#[test]
fn no_name_means_two_things() {
    let mut seen = HashSet::new();
    for (name, _) in all_names() {
        assert!(seen.insert(plain(name)), "listed twice: {name}");
    }
}

#[test]
fn every_name_is_read_as_what_it_stands_for() {
    for (name, meaning) in all_names() {
        let reading = Reading::of(name, About::Allergy);
        assert!(reading.unread.is_empty() && reading.guesses.is_empty(), "not read whole: {name}: {reading:?}");
        match meaning {
            Meaning::Substances(parts) => {
                assert_eq!(reading.substances, parts, "{name}");
                assert!(reading.classes.is_empty(), "{name}");
            }
            Meaning::Classes(classes) => {
                assert_eq!(reading.classes, classes, "{name}");
                assert!(reading.substances.is_empty(), "{name}");
            }
            Meaning::Allergen(allergen) => assert_eq!(reading.allergens, [allergen], "{name}"),
        }
    }
}

#[test]
fn every_class_has_one_row_with_a_name_and_a_source() {
    let mut seen = HashSet::new();
    for row in CLASSES {
        assert!(seen.insert(row.class), "listed twice: {:?}", row.class);
        assert!(!row.name.is_empty() && !row.source.is_empty());
        assert!(is_in_the_tables(Target::Any(row.class)), "nobody is a {:?}", row.class);
    }
    let used = substances::all()
        .flat_map(|substance| substance.classes)
        .chain(CLASS_NAMES.iter().flat_map(|(_, classes)| *classes));
    for class in used {
        assert!(seen.contains(class), "no row: {class:?}");
    }
}

#[test]
fn every_part_of_a_combination_is_a_substance() {
    for (names, parts) in COMBINATIONS {
        assert!(parts.len() > 1, "{names}");
        for part in *parts {
            assert!(substances::find(part).is_some(), "{names}: {part}");
        }
    }
}

#[test]
fn every_interaction_is_about_something_in_the_tables() {
    for rule in interactions::all() {
        assert!(is_in_the_tables(rule.one), "{:?}", rule.one);
        assert!(is_in_the_tables(rule.other), "{:?}", rule.other);
        assert!(rule.why.ends_with('.') && !rule.source.is_empty(), "{rule:?}");
    }
}

#[test]
fn no_pair_of_interactions_is_listed_twice() {
    let mut seen: Vec<(Target, Target)> = Vec::new();
    for rule in interactions::all() {
        let (one, other) = (rule.one, rule.other);
        assert!(!seen.contains(&(one, other)), "twice: {one:?} {other:?}");
        assert!(!seen.contains(&(other, one)), "twice: {one:?} {other:?}");
        seen.push((one, other));
    }
    assert!((50..=80).contains(&seen.len()), "{} rules", seen.len());
}

#[test]
fn every_cross_reaction_is_about_something_in_the_tables() {
    let mut seen: Vec<(Class, Target)> = Vec::new();
    for crossing in CROSSINGS {
        assert!(is_in_the_tables(crossing.medicine), "{:?}", crossing.medicine);
        assert!(!crossing.source.is_empty() && !crossing.why.ends_with('.'));
        for class in crossing.allergy {
            assert!(is_in_the_tables(Target::Any(*class)), "{class:?}");
            let pair = (*class, crossing.medicine);
            assert!(!seen.contains(&pair), "twice: {pair:?}");
            seen.push(pair);
        }
    }
}

#[test]
fn what_is_dangerous_twice_is_in_the_tables() {
    for name in DANGEROUS_TWICE {
        assert!(substances::find(name).is_some(), "{name}");
    }
}
