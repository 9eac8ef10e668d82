//! The names that the tables know, found in the words of a text.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::allergens::{ALLERGENS, Allergen};
use super::class_names::CLASS_NAMES;
use super::classes::Class;
use super::combinations::COMBINATIONS;
use super::ignorable::is_unit;
use super::in_place::is_number;
use super::substances::{self, Substance};
use super::words::{Word, plain};

/// The shortest word that is left when a plural or a French ending is taken off.
const SHORTEST_STEM: usize = 3;

/// What a name stands for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning {
    Substances(Vec<&'static Substance>),
    Classes(&'static [Class]),
    /// What people are allergic to beside medicines.
    Allergen(&'static Allergen),
}

/// One name of the tables, as words.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// As the tables write it.
    pub(super) text: &'static str,
    pub(super) words: Vec<String>,
    pub(super) meaning: Meaning,
}

/// Every name of every table.
pub(super) static NAMES: LazyLock<Vec<Name>> = LazyLock::new(|| {
    let name = |(text, meaning)| Name { text, words: plain(text), meaning };
    all_names().into_iter().map(name).collect()
});

/// The places of all names in [`NAMES`] by their first word, with how many words have to stand in the text.
static INDEX: LazyLock<HashMap<&'static str, Vec<(usize, usize)>>> = LazyLock::new(|| {
    let mut index: HashMap<&'static str, Vec<(usize, usize)>> = HashMap::new();
    let names: &'static Vec<Name> = &NAMES;
    for (place, name) in names.iter().enumerate() {
        if let Some((first, others)) = name.words.split_first() {
            let of_first = index.entry(first).or_default();
            of_first.push((place, name.words.len()));
            // "Clavulanic" is clavulanic acid.
            if others == ["acid"] {
                of_first.push((place, 1));
            }
        }
    }
    index
});

/// Every name of every table with its meaning.
pub(super) fn all_names() -> Vec<(&'static str, Meaning)> {
    let mut names = Vec::new();
    for substance in substances::all() {
        for name in std::iter::once(substance.name).chain(listed(substance.also)) {
            names.push((name, Meaning::Substances(vec![substance])));
        }
    }
    for (list, parts) in COMBINATIONS {
        let parts: Vec<_> = parts.iter().filter_map(|part| substances::find(part)).collect();
        names.extend(listed(list).map(|name| (name, Meaning::Substances(parts.clone()))));
    }
    for (list, classes) in CLASS_NAMES {
        names.extend(listed(list).map(|name| (name, Meaning::Classes(classes))));
    }
    for allergen in ALLERGENS {
        let all = std::iter::once(allergen.name).chain(listed(allergen.also));
        names.extend(all.map(|name| (name, Meaning::Allergen(allergen))));
    }
    names
}

/// The parts of a list written with commas.
fn listed(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split(',').map(str::trim).filter(|name| !name.is_empty())
}

/// The longest name that starts these words, and how many of them it takes.
pub(super) fn name_at(words: &[Word]) -> Option<(&'static Name, usize)> {
    let first = words.first()?;
    let fits = |(place, needed): &(usize, usize)| {
        let name = NAMES.get(*place)?;
        let mut pairs = name.words.iter().zip(words).take(*needed);
        let is_there = *needed <= words.len()
            && !is_amount(name, words.get(*needed))
            && pairs.all(|(name, word)| bent(&word.plain).any(|form| form == name));
        is_there.then_some((name, *needed))
    };
    let index: &'static HashMap<&'static str, Vec<(usize, usize)>> = &INDEX;
    let found = bent(&first.plain).filter_map(|form| index.get(form)).flatten().filter_map(fits);
    // Of equals the first counts: the word as it was written.
    found.reduce(|best, other| if other.1 > best.1 { other } else { best })
}

/// Whether the number at the end of a name is the beginning of an amount: "Tylenol 3 g", "Tylenol 3.5".
fn is_amount(name: &Name, next: Option<&Word>) -> bool {
    let ends_with_number = name.words.len() > 1 && name.words.last().is_some_and(|word| is_number(word));
    ends_with_number && next.is_some_and(|next| (is_number(&next.plain) && !next.spaced) || is_unit(&next.plain))
}

/// A word as written, then without a final "s", "e" or "es": "statins", "ibuprofène".
pub(super) fn bent(word: &str) -> impl Iterator<Item = &str> {
    let shorter = ["s", "e", "es"]
        .into_iter()
        .filter_map(|ending| word.strip_suffix(ending))
        .filter(|stem| stem.len() >= SHORTEST_STEM);
    std::iter::once(word).chain(shorter)
}
