//! Which passwords are good enough.
//!
//! Twelve to 128 characters of any kind, no rules about their mixture, spaces as typed, Unicode composed the same way
//! whatever the keyboard (NFKC). Refused is what a guesser finds early (zxcvbn below 3 of 4, and famous phrases) and what
//! holds the names of its owner.

use domain_types::{
    FieldErrors,
    auth::{Password, PasswordAdvice, Strength},
    text::at_most,
};
use unicode_normalization::UnicodeNormalization;
use zxcvbn::{
    Score,
    feedback::{Feedback, Warning},
    zxcvbn,
};

use crate::{
    access::Actor,
    auth::{famous_phrases, passwords::normalised},
    error::Result,
    services::Services,
};

/// How much of a password is judged. The work grows with the square of the length and more, and what is good within so
/// many characters does not become worse by those that follow.
const JUDGED_CHARS: usize = 40;
/// How much is looked at of each thing that is known of its owner.
const KNOWN_CHARS: usize = 254;
/// Shorter names stand in many words: they are looked for as words of their own.
const TELLING: usize = 4;
/// Shorter ones say nothing.
const SHORTEST: usize = 3;
/// The clinic's name as everybody knows it.
const CLINIC: &str = "SecureMed";
const ADVICE: &str = "Three or four unrelated words are easy to remember.";

/// What is known of somebody who chooses a password: how it is called, and what it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Known(Vec<(&'static str, String)>);

impl Known {
    /// Of the user name, the e-mail address, the first and the last name, in this order.
    pub(super) fn of(parts: &[&str]) -> Self {
        let called = ["your user name", "your e-mail address", "your first name", "your surname"];
        let mut words = vec![("the clinic’s name", CLINIC.to_owned())];
        // A name is called one before the user name that is made of it.
        for (called, part) in called.into_iter().zip(parts).rev() {
            let part: String = part.trim().chars().take(KNOWN_CHARS).nfkc().collect();
            words.extend(part.split_whitespace().map(|word| (called, word.to_owned())));
            words.extend(part.rsplit_once('@').map(|(local, _)| (called, local.to_owned())));
        }
        words.retain(|(_, word)| word.chars().count() >= SHORTEST);
        Self(words)
    }

    /// What of it stands in a password: how it is called, and how it is written.
    fn within(&self, password: &str) -> Option<(&'static str, &str)> {
        let lower = password.to_lowercase();
        let holds = |word: &str| match word.to_lowercase() {
            short if short.chars().count() < TELLING => {
                lower.split(|letter: char| !letter.is_alphanumeric()).any(|part| part == short)
            }
            word => lower.contains(&word),
        };
        self.0.iter().find(|(_, word)| holds(word)).map(|(called, word)| (*called, word.as_str()))
    }
}

/// The new password, or the sentences for its fields.
///
/// # Errors
/// `Busy` when too many are judged already.
pub(super) async fn accept(
    services: &Services,
    field: &'static str,
    password: String,
    confirm: Option<String>,
    known: Known,
) -> Result<Result<Password, FieldErrors>> {
    let mut wrong = FieldErrors::new();
    let password = normalised(password);
    if confirm.is_some_and(|confirm| normalised(confirm) != password) {
        wrong.insert(format!("{field}_confirm"), vec!["The passwords do not match.".into()]);
    }
    let judged = password.clone();
    let advice = services.passwords().judge(move || judge(&judged, &known)).await?;
    match Password::parse(password) {
        Some(password) if advice.strength > Strength::Weak && wrong.is_empty() => return Ok(Ok(password)),
        Some(_) if advice.strength > Strength::Weak => {}
        _ => {
            wrong.insert(field.to_owned(), vec![advice.sentence]);
        }
    }
    Ok(Err(wrong))
}

/// How good a password is, while it is typed. Public; nothing is kept.
///
/// # Errors
/// `Busy` when too many are judged already.
pub async fn password_advice(
    services: &Services,
    _actor: &Actor,
    password: String,
    known: &[&str],
) -> Result<PasswordAdvice> {
    let (known, password) = (Known::of(known), normalised(password));
    services.passwords().judge(move || judge(&password, &known)).await
}

fn judge(password: &str, known: &Known) -> PasswordAdvice {
    let weak = |sentence: String| PasswordAdvice { strength: Strength::Weak, sentence };
    if password.chars().count() < Password::MIN_CHARS {
        return weak(format!("Use at least {} characters. {ADVICE}", Password::MIN_CHARS));
    }
    if let Err(too_long) = at_most(Password::MAX_CHARS, password) {
        return weak(too_long);
    }
    if let Some((called, word)) = known.within(password) {
        return weak(format!("It contains {called}, “{word}”. Choose words that have nothing to do with you."));
    }
    if let Some(phrase) = famous_phrases::within(password) {
        return weak(format!("“{phrase}” is a well-known phrase. Choose words of your own."));
    }
    let inputs: Vec<&str> = known.0.iter().map(|(_, word)| word.as_str()).collect();
    let judged: String = password.chars().take(JUDGED_CHARS).collect();
    let entropy = zxcvbn(&judged, &inputs);
    match entropy.score() {
        Score::Four => PasswordAdvice { strength: Strength::VeryGood, sentence: "Very strong.".into() },
        Score::Three => PasswordAdvice { strength: Strength::Good, sentence: "Strong enough.".into() },
        _ => weak(why(entropy.feedback())),
    }
}

fn why(feedback: Option<&Feedback>) -> String {
    let reason = feedback.and_then(Feedback::warning).map_or("This is easy to guess.", reason);
    format!("{reason} Three or four unrelated words are better.")
}

const fn reason(warning: Warning) -> &'static str {
    match warning {
        Warning::StraightRowsOfKeysAreEasyToGuess => "Rows of keys are easy to guess.",
        Warning::ShortKeyboardPatternsAreEasyToGuess => "Short patterns of keys are easy to guess.",
        Warning::RepeatsLikeAaaAreEasyToGuess => "Repeats like “aaa” are easy to guess.",
        Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => "Repeats like “abcabc” are easy to guess.",
        Warning::ThisIsATop10Password | Warning::ThisIsATop100Password | Warning::ThisIsACommonPassword => {
            "Many people use this password."
        }
        Warning::ThisIsSimilarToACommonlyUsedPassword => "This is close to a password that many people use.",
        Warning::SequencesLikeAbcAreEasyToGuess => "Sequences like “abc” or “6543” are easy to guess.",
        Warning::RecentYearsAreEasyToGuess => "Recent years are easy to guess.",
        Warning::AWordByItselfIsEasyToGuess => "A single word is easy to guess.",
        Warning::DatesAreOftenEasyToGuess => "Dates are easy to guess.",
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess | Warning::CommonNamesAndSurnamesAreEasyToGuess => {
            "Names are easy to guess."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn known() -> Known {
        Known::of(&["maya.okafor", "maya.o@example.org", "Li Mae", "Okafor Ger"])
    }

    #[rstest]
    #[case("short", Strength::Weak)]
    #[case("elevenchars", Strength::Weak)]
    #[case("password1234", Strength::Weak)]
    #[case("aaaaaaaaaaaaaaaa", Strength::Weak)]
    #[case("qwertyuiopasdfgh", Strength::Weak)]
    #[case("correct OKAFOR battery staple", Strength::Weak)]
    #[case("my maya.o harbour lamp", Strength::Weak)]
    #[case("SecureMed harbour lamp", Strength::Weak)]
    #[case("violet ger harbour lamp", Strength::Weak)]
    #[case("correct horse battery staple", Strength::Weak)]
    #[case("violet finger lamp maestro", Strength::VeryGood)]
    #[case("violet harbour lamp seven", Strength::VeryGood)]
    #[case("  пароль у моря 虎  ", Strength::VeryGood)]
    fn only_what_is_hard_to_guess_is_taken(#[case] password: &str, #[case] strength: Strength) {
        let advice = judge(password, &known());
        assert_eq!(advice.strength, strength, "{}", advice.sentence);
    }

    #[rstest]
    #[case("harbour lamp okafor", "It contains your surname, “Okafor”. Choose words that have nothing to do with you.")]
    #[case("ger-harbour-lamp-seven", "It contains your surname, “Ger”. Choose words that have nothing to do with you.")]
    #[case(
        "maya.o harbour lamp",
        "It contains your e-mail address, “maya.o”. Choose words that have nothing to do with you."
    )]
    #[case(
        "securemed lamp seven",
        "It contains the clinic’s name, “SecureMed”. Choose words that have nothing to do with you."
    )]
    #[case("aaaaaaaaaaaaaaaa", "Repeats like “aaa” are easy to guess. Three or four unrelated words are better.")]
    #[case("", "Use at least 12 characters. Three or four unrelated words are easy to remember.")]
    fn a_refusal_says_once_what_is_wrong(#[case] password: &str, #[case] sentence: &str) {
        assert_eq!(judge(password, &known()).sentence, sentence);
    }

    #[test]
    fn no_mixture_is_asked_for_and_128_characters_are_the_most() {
        assert!(judge("violetharbourlampseven", &known()).strength > Strength::Weak);
        let long: String = "violet harbour lamp seven ".chars().cycle().take(128).collect();
        assert_ne!(judge(&long, &known()).sentence, judge(&format!("{long}x"), &known()).sentence);
        assert_eq!(judge(&format!("{long}x"), &known()).sentence, "You wrote 129 characters; please keep it to 128.");
    }

    #[test]
    fn what_costs_the_judge_most_is_judged_in_no_time() {
        // Every piece of it is a word, a date, a repetition or a way over the keyboard.
        for dear in ["p4ssw0rd1!", "qwerty12.12.2012", "aAbBaAbB", "1q2w3e4r", "\u{fdfa}"] {
            let text: String = dear.chars().cycle().take(128).collect();
            let begin = std::time::Instant::now();
            for _ in 0..3 {
                judge(&text, &known());
            }
            assert!(begin.elapsed().as_secs() < 3, "{dear}: {:?}", begin.elapsed());
        }
    }
}
