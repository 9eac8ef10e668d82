//! What is offered to whoever enters an allergy or a medicine, and how an allergy was understood.

use domain_types::records::Understood;

use super::class_names::CAPITALS;
use super::names::{Meaning, NAMES, Name};
use super::reading::{About, Guess, Reading};
use super::sentences::capitalised;

/// How an allergy is understood when a medicine is compared with it. `coded` is what the tables called it when it was
/// entered.
pub fn read_allergy(text: &str, coded: &[String]) -> Understood {
    let reading = Reading::of_allergy(text, coded);
    let mut read_as: Vec<String> = Vec::new();
    for name in reading.names.iter().map(|name| as_written(canonical(name))) {
        if !read_as.contains(&name) {
            read_as.push(name);
        }
    }
    Understood { read_as, not_compared: reading.uncompared(), is_guessed: !reading.guesses.is_empty() }
}

/// Of the names for a thing the one that the tables put first.
fn canonical(name: &'static Name) -> &'static str {
    NAMES.iter().find(|other| other.meaning == name.meaning).map_or(name.text, |first| first.text)
}

/// What may have been meant by a text in which a word is almost a name of the tables: the whole text with that name, one
/// for each. Empty when every word is known, or none is near to anything.
pub fn suggestions(text: &str, is_allergy: bool) -> Vec<String> {
    let about = if is_allergy { About::Allergy } else { About::Medicine };
    let guesses = Reading::of(text, about).guesses;
    let most = guesses.iter().map(|guess| guess.names.len()).max().unwrap_or_default();
    let mut all: Vec<String> = Vec::new();
    for choice in 0..most {
        let suggestion = with_names(text, &guesses, choice);
        if !all.contains(&suggestion) {
            all.push(suggestion);
        }
    }
    all
}

/// The text with a name in the place of each word that was almost one.
fn with_names(text: &str, guesses: &[Guess], choice: usize) -> String {
    let mut corrected = String::with_capacity(text.len());
    let mut end = 0;
    for guess in guesses {
        corrected.push_str(text.get(end..guess.place.start).unwrap_or_default());
        let name = guess.names.get(choice).or(guess.names.first()).copied().unwrap_or_default();
        let is_capital = guess.typed.chars().next().is_some_and(char::is_uppercase);
        corrected.push_str(&if is_capital { as_title(name) } else { name.to_owned() });
        end = guess.place.end;
    }
    corrected.push_str(text.get(end..).unwrap_or_default());
    capitalised(corrected.trim())
}

/// What an allergy can be chosen from: one name for each thing that the tables know, in the order of the alphabet.
pub fn choices() -> Vec<String> {
    let mut seen: Vec<&Meaning> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for name in NAMES.iter() {
        if !seen.contains(&&name.meaning) {
            seen.push(&name.meaning);
            names.push(as_title(name.text));
        }
    }
    names.sort();
    names
}

/// "Penicillin", "NSAID".
fn as_title(name: &str) -> String {
    capitalised(&as_written(name))
}

/// "penicillin", "NSAID".
fn as_written(name: &str) -> String {
    if CAPITALS.split(' ').any(|listed| listed == name) { name.to_uppercase() } else { name.to_owned() }
}
