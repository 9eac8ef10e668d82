//! Names that are almost in the tables: what was mistyped or cut short must not pass for a medicine that nobody knows.

use std::sync::LazyLock;

use strsim::osa_distance;

use super::names::{Meaning, all_names, words};

/// Shorter words are near to too many others.
const SHORTEST: usize = 5;
/// From here on two letters may be wrong, below it one.
const LONG: usize = 8;

/// The names of substances that are one word: as they are read, and as the tables write them.
static NAMES: LazyLock<Vec<(String, &'static str)>> = LazyLock::new(|| {
    let one_word = |(name, meaning): (&'static str, Meaning)| match (meaning, words(name).as_slice()) {
        (Meaning::Substances(_), [word]) if word.len() >= SHORTEST => Some((word.clone(), name)),
        _ => None,
    };
    all_names().into_iter().filter_map(one_word).collect()
});

/// A text in which a word was taken for a name of the tables.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Respelled {
    pub typed: String,
    pub name: &'static str,
    /// The words of the text, with the name in the place of what was typed.
    pub text: String,
}

/// The text as it may have been meant, when one of its words is nearly a name or the beginning of one.
pub(super) fn respelled(text: &str) -> Option<Respelled> {
    let mut words = words(text);
    let (place, name) = words.iter().enumerate().find_map(|(place, word)| Some((place, nearest(word)?)))?;
    let typed = std::mem::replace(words.get_mut(place)?, name.to_owned());
    Some(Respelled { typed, name, text: words.join(" ") })
}

fn nearest(word: &str) -> Option<&'static str> {
    if word.len() < SHORTEST || !word.chars().all(char::is_alphabetic) {
        return None;
    }
    let most = if word.len() < LONG { 1 } else { 2 };
    let wrong = |name: &str| if name.starts_with(word) { 0 } else { osa_distance(name, word) };
    let found = NAMES.iter().map(|(read, name)| (wrong(read), *name)).min_by_key(|(wrong, _)| *wrong)?;
    (found.0 <= most).then_some(found.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Amoxicilin 500 mg", "amoxicillin 500 mg")]
    #[case("Amoxi", "amoxicillin")]
    #[case("ibuprofin tablets", "ibuprofen tablets")]
    #[case("Wafarin", "warfarin")]
    fn a_slip_of_the_finger_is_read_as_what_was_meant(#[case] typed: &str, #[case] read: &str) {
        assert_eq!(respelled(typed).map(|found| found.text.to_lowercase()).as_deref(), Some(read));
    }

    #[test]
    fn words_around_a_medicine_are_nobodys_names() {
        let around = "tablets capsules drops cream ointment spray daily solution syrup injection morning evening modified \
                      release sachet powder lotion patch inhaler unguentum herbal water";
        for word in around.split_whitespace() {
            assert_eq!(nearest(word), None, "{word}");
        }
    }
}
