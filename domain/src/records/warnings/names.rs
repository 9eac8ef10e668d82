//! From free text to words, and from words to the names that the tables know.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::class_names::CLASS_NAMES;
use super::classes::Class;
use super::combinations::COMBINATIONS;
use super::substances::{self, Substance};

/// The shortest word that is left when a plural or a French ending is taken off.
const SHORTEST_STEM: usize = 3;

/// What a name stands for.
#[derive(Clone, Debug)]
pub(super) enum Meaning {
    Substances(Vec<&'static Substance>),
    Classes(&'static [Class]),
}

/// One name of the tables, as folded words.
#[derive(Clone, Debug)]
struct Name {
    words: Vec<String>,
    meaning: Meaning,
}

/// All names by their first word, the longest name first.
static INDEX: LazyLock<HashMap<String, Vec<Name>>> = LazyLock::new(|| {
    let mut index: HashMap<String, Vec<Name>> = HashMap::new();
    for (text, meaning) in all_names() {
        let words = words(text);
        if let Some(first) = words.first().cloned() {
            index.entry(first).or_default().push(Name { words, meaning });
        }
    }
    for names in index.values_mut() {
        names.sort_by_key(|name| std::cmp::Reverse(name.words.len()));
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
    names
}

/// The parts of a list written with commas.
fn listed(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split(',').map(str::trim).filter(|name| !name.is_empty())
}

/// The name that starts these words, and how many of them it takes.
pub(super) fn name_at(words: &[String]) -> Option<(&'static Meaning, usize)> {
    let first = words.first()?;
    let index: &'static HashMap<String, Vec<Name>> = &INDEX;
    bent(first)
        .filter_map(|form| index.get(form))
        .flatten()
        .filter(|name| {
            name.words.len() <= words.len()
                && name.words.iter().zip(words).all(|(name, word)| bent(word).any(|form| form == name))
        })
        .max_by_key(|name| name.words.len())
        .map(|name| (&name.meaning, name.words.len()))
}

/// A word as written, then without a final "s", "e" or "es": "statins", "ibuprofène".
pub(super) fn bent(word: &str) -> impl Iterator<Item = &str> {
    let shorter = ["s", "e", "es"]
        .into_iter()
        .filter_map(|ending| word.strip_suffix(ending))
        .filter(|stem| stem.len() >= SHORTEST_STEM);
    std::iter::once(word).chain(shorter)
}

/// The words of a text: lower case, without accents, cut where letters meet digits.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut was_digit = false;
    for letter in text.chars().flat_map(char::to_lowercase) {
        // Combining accents, and the apostrophes of "St John's", belong to the word.
        if matches!(letter, '\u{300}'..='\u{36f}' | '\'' | '\u{2019}') {
            continue;
        }
        let starts_anew = !letter.is_alphanumeric() || letter.is_numeric() != was_digit;
        if starts_anew && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if letter.is_alphanumeric() {
            was_digit = letter.is_numeric();
            push_plain(&mut word, letter);
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Adds a lower-case letter without its accent.
fn push_plain(word: &mut String, letter: char) {
    let plain = match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì'..='ï' | 'ī' | 'į' | 'ı' => 'i',
        'ł' | 'ľ' | 'ĺ' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ŕ' | 'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ť' | 'ţ' | 'ț' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'æ' => return word.push_str("ae"),
        'œ' => return word.push_str("oe"),
        'ß' => return word.push_str("ss"),
        other => other,
    };
    word.push(plain);
}
