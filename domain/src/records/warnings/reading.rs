//! What one text names: substances, classes, the form, and the words left over.

use super::classes::Class;
use super::forms::{Form, form_of, is_common};
use super::names::{Meaning, bent, name_at, words};
use super::substances::Substance;

/// The shortest word that can show a literal match.
const SHORTEST_LITERAL: usize = 4;

/// One text, read.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) substances: Vec<&'static Substance>,
    /// Classes named as such ("a statin").
    pub(super) classes: Vec<Class>,
    pub(super) form: Form,
    /// The words that no table knows.
    pub(super) left: Vec<String>,
}

impl Reading {
    pub(super) fn of(text: &str) -> Self {
        let words = words(text);
        let form = form_of(&words);
        let mut reading = Reading { substances: Vec::new(), classes: Vec::new(), form, left: Vec::new() };
        let mut rest = words.as_slice();
        while let Some((first, others)) = rest.split_first() {
            rest = match name_at(rest) {
                Some((meaning, taken)) => {
                    reading.add(meaning);
                    rest.get(taken..).unwrap_or_default()
                }
                None => {
                    reading.left.push(first.clone());
                    others
                }
            };
        }
        reading
    }

    fn add(&mut self, meaning: &Meaning) {
        match meaning {
            Meaning::Substances(found) => {
                for substance in found {
                    if !self.substances.contains(substance) {
                        self.substances.push(substance);
                    }
                }
            }
            Meaning::Classes(found) => {
                for class in *found {
                    if !self.classes.contains(class) {
                        self.classes.push(*class);
                    }
                }
            }
        }
    }

    /// Whether the tables know anything in this text.
    pub(super) fn is_known(&self) -> bool {
        !self.substances.is_empty() || !self.classes.is_empty()
    }

    /// The classes of a substance in this form: a steroid cream is no steroid by mouth.
    pub(super) fn classes_of(&self, substance: &Substance) -> Vec<Class> {
        let mut classes: Vec<Class> = substance.classes.to_vec();
        if classes.iter().any(|class| class.is_steroid()) {
            let here = match self.form {
                Form::Unsaid => return classes,
                Form::Whole => Some(Class::SteroidByMouth),
                Form::Skin => Some(Class::SteroidOnSkin),
                Form::Lungs => Some(Class::SteroidInhaled),
                Form::Nose | Form::EyeOrEar => None,
            };
            classes.retain(|class| !class.is_steroid());
            classes.extend(here);
        }
        classes
    }

    /// Names for a sentence: the substances of a class, or the class if only that is named.
    pub(super) fn members(&self, class: Class) -> Vec<&'static str> {
        let mut members: Vec<&'static str> = self
            .substances
            .iter()
            .filter(|substance| self.classes_of(substance).contains(&class))
            .map(|substance| substance.name)
            .collect();
        if self.classes.contains(&class) {
            members.push(class.name());
        }
        members
    }

    /// A word that no table knows and that both texts hold.
    pub(super) fn shared_word(&self, other: &[String]) -> Option<&str> {
        self.left
            .iter()
            .filter(|word| word.chars().count() >= SHORTEST_LITERAL)
            .filter(|word| !word.chars().all(char::is_numeric) && !is_common(word))
            .find(|word| other.iter().any(|theirs| bent(word).any(|mine| bent(theirs).any(|form| form == mine))))
            .map(String::as_str)
    }
}
