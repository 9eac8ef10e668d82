//! Which passwords are good enough.
//!
//! Twelve to 128 characters of any kind, no rules about their mixture, spaces as typed, Unicode composed the same way
//! whatever the keyboard (NFKC). Refused is what a guesser finds early (zxcvbn below 3 of 4) and what holds the names of
//! its owner.

use domain_types::{
    FieldErrors,
    auth::{Password, PasswordAdvice, Strength},
};
use unicode_normalization::UnicodeNormalization;
use zxcvbn::{Score, feedback::Feedback, zxcvbn};

use crate::{access::Actor, auth::passwords::normalised, error::Result, services::Services};

/// How much of a password is judged. The work grows with the square of the length and more, and what is good within so
/// many characters does not become worse by those that follow.
const JUDGED_CHARS: usize = 40;
/// How much is looked at of each thing that is known of its owner.
const KNOWN_CHARS: usize = 254;
/// Shorter parts of a name stand in many words.
const TELLING: usize = 3;

/// What is known of somebody who chooses a password.
#[derive(Clone, Debug, Default)]
pub(super) struct Known(Vec<String>);

impl Known {
    pub(super) fn of(parts: &[&str]) -> Self {
        let mut words = vec!["securemed".to_owned()];
        for part in parts {
            let part: String = part.trim().chars().take(KNOWN_CHARS).flat_map(char::to_lowercase).nfkc().collect();
            words.extend(part.split_once('@').map(|(local, _)| local.to_owned()));
            words.push(part);
        }
        words.retain(|word| word.chars().count() >= TELLING);
        Self(words)
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
    let length = password.chars().count();
    if length < Password::MIN_CHARS {
        return weak(format!(
            "Please use at least {} characters. Three or four unrelated words are easy to remember.",
            Password::MIN_CHARS
        ));
    }
    if length > Password::MAX_CHARS {
        return weak(format!("Please keep it to {} characters.", Password::MAX_CHARS));
    }
    let lower = password.to_lowercase();
    if known.0.iter().any(|word| lower.contains(word.as_str())) {
        return weak("Do not use your name, your user name, your e-mail address or our name.".into());
    }
    let inputs: Vec<&str> = known.0.iter().map(String::as_str).collect();
    let judged: String = password.chars().take(JUDGED_CHARS).collect();
    let entropy = zxcvbn(&judged, &inputs);
    match entropy.score() {
        Score::Four => PasswordAdvice { strength: Strength::VeryGood, sentence: "Very strong.".into() },
        Score::Three => PasswordAdvice { strength: Strength::Good, sentence: "Strong enough.".into() },
        _ => weak(why(entropy.feedback())),
    }
}

fn why(feedback: Option<&Feedback>) -> String {
    let hint = feedback.and_then(Feedback::warning).map(|warning| format!(" {warning}")).unwrap_or_default();
    format!("This is easy to guess.{hint} Three or four unrelated words are better.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn known() -> Known {
        Known::of(&["maya.okafor", "Maya", "Okafor", "maya.o@example.org", "Li"])
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
    #[case("violet harbour lamp seven", Strength::VeryGood)]
    #[case("  пароль у моря 虎  ", Strength::VeryGood)]
    fn only_what_is_hard_to_guess_is_taken(#[case] password: &str, #[case] strength: Strength) {
        let advice = judge(password, &known());
        assert_eq!(advice.strength, strength, "{}", advice.sentence);
    }

    #[test]
    fn no_mixture_is_asked_for_and_128_characters_are_the_most() {
        assert!(judge("violetharbourlampseven", &known()).strength > Strength::Weak);
        let long: String = "violet harbour lamp seven ".chars().cycle().take(128).collect();
        assert_ne!(judge(&long, &known()).sentence, judge(&format!("{long}x"), &known()).sentence);
        assert_eq!(judge(&format!("{long}x"), &known()).sentence, "Please keep it to 128 characters.");
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
