//! Phrases that everybody knows. They are long and of unrelated words or verses, and guessers try them first.

/// In lower case, with spaces for people who read this list.
const PHRASES: [&str; 20] = [
    "correct horse battery staple",
    "tr0ub4dor and 3",
    "diceware passphrase",
    "cleft cam synod lacy",
    "the quick brown fox",
    "jumps over the lazy dog",
    "lorem ipsum dolor",
    "to be or not to be",
    "may the force be with you",
    "once upon a time",
    "it was the best of times",
    "it was a dark and stormy night",
    "all your base are belong to us",
    "all that glitters is not gold",
    "twinkle twinkle little star",
    "mary had a little lamb",
    "row row row your boat",
    "happy birthday to you",
    "an apple a day keeps",
    "in the beginning was the word",
];

/// The famous phrase that a password holds, whatever stands between its words.
pub(super) fn within(password: &str) -> Option<&'static str> {
    let bare = |text: &str| text.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
    let password = bare(password);
    PHRASES.into_iter().find(|phrase| password.contains(&bare(phrase)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_famous_phrase_is_known_however_it_is_spaced() {
        for typed in ["correct horse battery staple", "CorrectHorse-BatteryStaple1", "2be: to be or NOT to be!"] {
            assert!(within(typed).is_some(), "{typed}");
        }
        assert_eq!(within("correct harbour battery lamp"), None);
    }
}
