//! Names that are almost in the tables: what was mistyped or cut short must not pass for something that nobody knows.

use std::sync::LazyLock;

use strsim::osa_distance;

use super::names::{Meaning, NAMES, Name, bent};
use super::words::Word;

/// Shorter words are near to too many others.
const SHORTEST: usize = 5;
/// From here on two letters may be wrong, below it one.
const LONG: usize = 8;
/// Words of which one has more letters than the other by more than these are far apart, whatever they are.
const MOST_LONGER: usize = 4;
/// A word that is near to more than these is near to none.
const MOST: usize = 3;

/// What a mistyped word may have meant.
#[derive(Debug)]
pub(super) struct Near {
    /// One for each meaning, the likeliest first.
    pub(super) names: Vec<&'static Name>,
    /// How many words it takes.
    pub(super) taken: usize,
}

/// How the words of each name in [`NAMES`] sound.
static SOUNDS: LazyLock<Vec<Vec<String>>> =
    LazyLock::new(|| NAMES.iter().map(|name| name.words.iter().map(|word| sound(word)).collect()).collect());

/// The names that the words at the beginning were probably meant for. Allergens that are no medicines count where
/// `for_allergies`.
pub(super) fn nearest(words: &[Word], for_allergies: bool) -> Option<Near> {
    let typed: Vec<(&str, String)> =
        words.iter().take(4).map(|word| (word.plain.as_str(), sound(&word.plain))).collect();
    let wrong = |(name, sounds): (&'static Name, &Vec<String>)| {
        let is_wanted = for_allergies || !matches!(name.meaning, Meaning::Allergen(_));
        if !is_wanted || name.words.len() > typed.len() {
            return None;
        }
        if let ([whole], Some((first, _))) = (name.words.as_slice(), typed.first())
            && first.chars().count() >= SHORTEST
            && whole.starts_with(first)
        {
            return Some((1, name));
        }
        let pairs = name.words.iter().zip(sounds).zip(&typed);
        let slips = pairs.map(|((word, sound), (typed, heard))| slips(word, sound, typed, heard));
        Some((slips.sum::<Option<usize>>()?, name))
    };
    let found: Vec<(usize, &'static Name)> = NAMES.iter().zip(SOUNDS.iter()).filter_map(wrong).collect();
    let fewest = found.iter().map(|(slips, _)| *slips).min()?;
    let longest = found.iter().filter(|(slips, _)| *slips == fewest).map(|(_, name)| name.words.len()).max()?;
    let mut names: Vec<&'static Name> = Vec::new();
    for (slips, name) in found {
        let is_new = names.iter().all(|known| known.meaning != name.meaning);
        if slips == fewest && name.words.len() == longest && is_new {
            names.push(name);
        }
    }
    (names.len() <= MOST).then_some(Near { names, taken: longest })
}

/// How many letters differ between a word of a name and what was typed; nothing when it is another word.
pub(super) fn slips(word: &str, word_sound: &str, typed: &str, typed_sound: &str) -> Option<usize> {
    if bent(typed).any(|form| form == word) {
        return Some(0);
    }
    let (of_word, of_typed) = (word.chars().count(), typed.chars().count());
    let length = of_word.min(of_typed);
    if length < SHORTEST
        || of_word.abs_diff(of_typed) > MOST_LONGER
        || !typed.chars().chain(word.chars()).all(char::is_alphabetic)
    {
        return None;
    }
    let written = bent(typed).map(|form| osa_distance(word, form)).min()?;
    let heard = bent(typed_sound).map(|form| osa_distance(word_sound, form)).min()?;
    // "Morfin", "morfina": the ending is that of another language.
    let heard = if without_ending(word_sound) == without_ending(typed_sound) { 0 } else { heard };
    // What only sounds alike counts as one slip; short words sound like too many others.
    let heard = if length < LONG && heard > 0 { usize::MAX } else { heard };
    let slips = written.min(heard).max(1);
    let begins_alike = word_sound.chars().next() == typed_sound.chars().next();
    let most = if length < LONG || !begins_alike { 1 } else { 2 };
    (slips <= most).then_some(slips)
}

/// A sound without the vowel at its end.
fn without_ending(sound: &str) -> &str {
    let stem = sound.strip_suffix(['a', 'e', 'o']).unwrap_or(sound);
    if stem.len() < SHORTEST { sound } else { stem }
}

/// A word as it sounds, so that what is written otherwise in another language or by ear is near: "amoksisilin".
pub(super) fn sound(word: &str) -> String {
    let spelled = word.replace("ph", "f").replace("th", "t").replace("ae", "e").replace("oe", "e").replace("ks", "x");
    let mut sound = String::with_capacity(spelled.len());
    let mut letters = spelled.chars().peekable();
    while let Some(letter) = letters.next() {
        let heard = match letter {
            'y' => 'i',
            'c' if letters.peek().is_some_and(|next| matches!(next, 'e' | 'i' | 'y')) => 's',
            'c' | 'q' => 'k',
            'z' => 's',
            other => other,
        };
        if !sound.ends_with(heard) {
            sound.push(heard);
        }
    }
    sound
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::words::read;
    use super::*;

    fn meant(typed: &str) -> Vec<&'static str> {
        nearest(&read(typed), true).map(|near| near.names.iter().map(|name| name.text).collect()).unwrap_or_default()
    }

    #[rstest]
    #[case("Amoxicilin", "amoxicillin")]
    #[case("amoxicilina", "amoxicillin")]
    #[case("Amoksisilin", "amoxicillin")]
    #[case("ibuprofin", "ibuprofen")]
    #[case("Ibuprofeno", "ibuprofen")]
    #[case("Morfin", "morphine")]
    #[case("morfina", "morphine")]
    #[case("Morfine", "morphine")]
    #[case("Morphin", "morphine")]
    #[case("kodein", "codeine")]
    #[case("Kodeina", "codeine")]
    #[case("codeina", "codeine")]
    #[case("Metadon", "methadone")]
    #[case("Petidin", "pethidine")]
    #[case("Oksikodon", "oxycodone")]
    #[case("Tramadolo", "tramadol")]
    #[case("Warfarina", "warfarin")]
    #[case("Digoksin", "digoxin")]
    #[case("Diklofenak", "diclofenac")]
    #[case("Parasetamol", "paracetamol")]
    #[case("aspirina", "aspirin")]
    #[case("klaritromicin", "clarithromycin")]
    #[case("Wafarin", "warfarin")]
    #[case("Pencillin", "penicillin")]
    #[case("penicilina", "penicillin")]
    #[case("Pennicilin", "penicillin")]
    #[case("azitromicina", "azithromycin")]
    #[case("clavulanc acid", "clavulanic acid")]
    #[case("clavulinic acid", "clavulanic acid")]
    #[case("co-amoxyclav", "co-amoxiclav")]
    #[case("augmentine forte", "augmentin")]
    #[case("Augmention", "augmentin")]
    #[case("Cotrimoxazol", "cotrimoxazole")]
    #[case("asprin", "aspirin")]
    #[case("sulfonomide", "sulfonamide")]
    #[case("strawbery", "strawberry")]
    fn a_slip_of_the_finger_is_near_to_what_was_meant(#[case] typed: &str, #[case] name: &str) {
        assert!(meant(typed).contains(&name) || name_is_exact(typed), "{typed}: {:?}", meant(typed));
    }

    fn name_is_exact(typed: &str) -> bool {
        super::super::names::name_at(&read(typed)).is_some()
    }

    #[test]
    fn what_is_near_to_two_is_read_as_both() {
        assert_eq!(meant("Amoxi"), ["amoxicillin", "amoxiclav"]);
    }

    #[test]
    fn words_around_a_medicine_and_other_medicines_are_nobodys_names() {
        let around = "tablets capsules drops cream ointment spray solution syrup injection morning evening modified \
                      release sachet powder lotion patch inhaler unguentum herbal water nystatin chlorhexidine iodine \
                      cocaine heroin quinine chlorpropamide foobaric zorblax";
        for word in around.split_whitespace() {
            assert_eq!(meant(word), Vec::<&str>::new(), "{word}");
        }
    }
}
