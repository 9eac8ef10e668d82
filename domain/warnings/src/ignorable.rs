//! Words that say nothing about which substances a medicine holds: numbers, units, forms, ways of taking, makers, salts.
//! They are passed over, and never named as something that was not compared. A word that may stand for a further
//! substance ("plus", "forte", "extra", "max", "cold", a single letter) is not among them, and what says nothing in some
//! places only is judged where it stands, by [`super::in_place`].

use super::{in_place::is_number, names::bent};

// The lists; what each is for is told in tables/README.md.
include!(concat!(env!("OUT_DIR"), "/ignorable.rs"));

/// Whether a word is one of these, in the singular or the plural.
pub(super) fn is_in(list: &str, word: &str) -> bool {
    bent(word).any(|form| list.split_ascii_whitespace().any(|listed| listed == form))
}

/// Whether the word is a form, a way of taking or a maker, wherever it stands.
pub(super) fn is_always_harmless(word: &str) -> bool {
    is_in(ANYWHERE, word) || is_maker(word)
}

pub(super) fn is_maker(word: &str) -> bool {
    is_in(MAKERS, word)
}

pub(super) fn is_unit(word: &str) -> bool {
    is_in(UNITS, word)
}

pub(super) fn is_time(word: &str) -> bool {
    is_in(TIMES, word)
}

/// Whether the word can be a number, a unit, a form, a way of taking or a maker.
pub(super) fn may_say_nothing(word: &str) -> bool {
    is_number(word) || [ANYWHERE, MAKERS, UNITS, TIMES, SOMEWHERE].iter().any(|list| is_in(list, word))
}

/// Whether the word is half of a salt.
pub(super) fn is_bound(word: &str) -> bool {
    is_metal(word) || is_in(BOUND, word)
}

pub(super) fn is_metal(word: &str) -> bool {
    is_in(METALS, word)
}

/// Whether the word makes a substance of its own with the metal before it.
pub(super) fn is_mineral(word: &str) -> bool {
    is_in(MINERALS, word)
}

/// Whether the word stands around the name of an allergy.
pub(super) fn is_about_an_allergy(word: &str) -> bool {
    is_in(ABOUT_ALLERGIES, word)
}

/// Whether the word, which is a form or a way of taking, may name something when it stands by itself.
pub(super) fn is_doubtful_alone(word: &str) -> bool {
    is_in(DOUBTFUL_ALONE, word)
}

pub(super) fn is_beside_an_allergen(word: &str) -> bool {
    is_in(BESIDE_ALLERGENS, word)
}

/// Words that join the parts of a combination. "Plus" is judged where it stands.
pub(super) fn joins(word: &str) -> bool {
    matches!(word, "and" | "with" | "und" | "mit" | "et" | "avec" | "con" | "without")
}
