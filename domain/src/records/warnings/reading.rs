//! What one text names, word by word: substances, classes, the form, and what no table knows.

use std::ops::Range;

use super::allergens::Allergen;
use super::classes::Class;
use super::forms::{Form, form_of, is_common};
use super::ignorable::{is_about_an_allergy, is_bound, is_metal, joins, says_nothing};
use super::names::{Meaning, Name, bent, name_at};
use super::sentences::shown;
use super::spelling::{nearest, slips, sound};
use super::substances::Substance;
use super::words::{self, Word};

/// The shortest word that can show a literal match.
const SHORTEST_LITERAL: usize = 4;

/// What a text is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    Medicine,
    Allergy,
}

/// A word that was taken for a name of the tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Guess {
    pub(super) typed: String,
    /// Where it stands in the text.
    pub(super) place: Range<usize>,
    /// What it may have meant: one name, seldom two or three.
    pub(super) names: Vec<&'static str>,
}

/// One text, read.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) substances: Vec<&'static Substance>,
    /// Classes named as such ("a statin").
    pub(super) classes: Vec<Class>,
    /// Of allergies: what is no medicine.
    pub(super) allergens: Vec<&'static Allergen>,
    pub(super) form: Form,
    /// The words that name no medicine.
    pub(super) left: Vec<String>,
    /// Pieces of the text that may name something, and that no table knows.
    pub(super) unread: Vec<String>,
    pub(super) guesses: Vec<Guess>,
    /// The names that were found, or guessed.
    pub(super) names: Vec<&'static Name>,
}

/// What was made of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    Name,
    Number,
    Nothing,
    /// Half of a salt.
    Bound,
    Unknown,
}

impl Reading {
    pub(super) fn of(text: &str, about: About) -> Self {
        let words = words::read(text);
        let plain: Vec<String> = words.iter().map(|word| word.plain.clone()).collect();
        let mut reading = Self {
            substances: Vec::new(),
            classes: Vec::new(),
            allergens: Vec::new(),
            form: form_of(&plain),
            left: Vec::new(),
            unread: Vec::new(),
            guesses: Vec::new(),
            names: Vec::new(),
        };
        let mut found = reading.read(text, &words, about);
        let parts = parts(&words);
        salts_that_stand_alone(&words, &parts, &mut found);
        reading.unread = unread(text, &words, &parts, &found);
        if !reading.is_known() && reading.unread.is_empty() && !text.trim().is_empty() {
            reading.unread.push(shown(text));
        }
        reading
    }

    /// An allergy, as it was written and as the tables called it when it was entered.
    pub(super) fn of_allergy(text: &str, coded: &[String]) -> Self {
        let mut reading = Self::of(text, About::Allergy);
        for name in coded.iter().flat_map(|name| Self::of(name, About::Allergy).names) {
            reading.add(name);
        }
        reading
    }

    fn read(&mut self, text: &str, words: &[Word], about: About) -> Vec<Found> {
        let mut found = Vec::with_capacity(words.len());
        let mut rest = words;
        while let Some(word) = rest.first() {
            let (what, taken) = self.read_word(text, word, rest, about);
            if what != Found::Name {
                self.left.extend(rest.iter().take(taken).map(|word| word.plain.clone()));
            }
            found.extend(std::iter::repeat_n(what, taken));
            rest = rest.get(taken..).unwrap_or_default();
        }
        found
    }

    fn read_word(&mut self, text: &str, word: &Word, rest: &[Word], about: About) -> (Found, usize) {
        if let Some((name, taken)) = name_at(rest) {
            return match (&name.meaning, about) {
                (Meaning::Allergen(_), About::Medicine) => (Found::Unknown, taken),
                (meaning, _) => {
                    self.add(name);
                    if matches!(meaning, Meaning::Allergen(_)) {
                        self.left.extend(name.words.iter().cloned());
                    }
                    (Found::Name, taken)
                }
            };
        }
        let plain = word.plain.as_str();
        // "Plus" at the end is another medicine.
        if plain.chars().all(char::is_numeric) {
            return (Found::Number, 1);
        }
        if says_nothing(plain)
            || (joins(plain) && (rest.len() > 1 || plain != "plus"))
            || (about == About::Allergy && is_about_an_allergy(plain))
        {
            return (Found::Nothing, 1);
        }
        if is_bound(plain) {
            return (Found::Bound, 1);
        }
        let Some(near) = nearest(rest, about == About::Allergy) else { return (Found::Unknown, 1) };
        for name in &near.names {
            self.add(name);
        }
        let end = rest.get(near.taken.saturating_sub(1)).map_or(word.place.end, |last| last.place.end);
        let place = word.place.start..end;
        self.guesses.push(Guess {
            typed: text.get(place.clone()).unwrap_or_default().to_owned(),
            place,
            names: near.names.iter().map(|name| name.text).collect(),
        });
        (Found::Name, near.taken)
    }

    fn add(&mut self, name: &'static Name) {
        fn add_new<T: Copy + PartialEq>(all: &mut Vec<T>, new: &[T]) {
            for one in new {
                if !all.contains(one) {
                    all.push(*one);
                }
            }
        }
        self.names.push(name);
        match &name.meaning {
            Meaning::Substances(found) => add_new(&mut self.substances, found),
            Meaning::Classes(found) => add_new(&mut self.classes, found),
            Meaning::Allergen(found) => add_new(&mut self.allergens, &[*found]),
        }
    }

    /// Whether the tables know anything in this text.
    pub(super) fn is_known(&self) -> bool {
        !self.substances.is_empty() || !self.classes.is_empty() || !self.allergens.is_empty()
    }

    /// What of the text cannot be compared with medicines: what no table knows, and what medicines hold beside their
    /// substance.
    pub(super) fn uncompared(&self) -> Vec<String> {
        let ingredients = self.allergens.iter().filter(|allergen| allergen.is_ingredient);
        let ingredients = ingredients.map(|allergen| format!("{} (as an ingredient)", allergen.name));
        self.unread.iter().cloned().chain(ingredients).collect()
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

    /// A word that names no medicine of the tables and that both texts hold.
    pub(super) fn shared_word(&self, other: &[String]) -> Option<&str> {
        let is_shared =
            |word: &str| other.iter().any(|theirs| bent(word).any(|mine| bent(theirs).any(|form| form == mine)));
        self.literal_words().find(|word| is_shared(word))
    }

    /// The same, but for a letter or two.
    pub(super) fn nearly_shared_word<'a>(&'a self, other: &'a Self) -> Option<(&'a str, &'a str)> {
        self.literal_words().find_map(|word| {
            let near = |theirs: &&str| slips(word, &sound(word), theirs, &sound(theirs)).is_some();
            other.literal_words().find(near).map(|theirs| (word, theirs))
        })
    }

    fn literal_words(&self) -> impl Iterator<Item = &str> {
        self.left
            .iter()
            .map(String::as_str)
            .filter(|word| word.chars().count() >= SHORTEST_LITERAL)
            .filter(|word| !word.chars().all(char::is_numeric) && !is_common(word))
            .filter(|word| !says_nothing(word) && !is_bound(word) && !is_about_an_allergy(word))
    }
}

/// To which part of a combination each word belongs.
fn parts(words: &[Word]) -> Vec<usize> {
    let (mut part, mut joined) = (0, false);
    let number = |word: &Word| {
        if word.begins || joined {
            part += 1;
        }
        joined = joins(&word.plain);
        part
    };
    words.iter().map(number).collect()
}

/// A metal that is a part by itself ("ramipril / potassium citrate") is no salt of what it stands beside.
fn salts_that_stand_alone(words: &[Word], parts: &[usize], found: &mut [Found]) {
    let last = parts.last().copied().unwrap_or_default();
    for part in 0..=last {
        let own: Vec<usize> = (0..words.len()).filter(|place| parts.get(*place) == Some(&part)).collect();
        let is = |place: &usize, what: Found| found.get(*place) == Some(&what);
        if own.iter().any(|place| is(place, Found::Name) || is(place, Found::Unknown)) {
            continue;
        }
        let bound: Vec<usize> = own.into_iter().filter(|place| is(place, Found::Bound)).collect();
        let at = |place: &usize| words.get(*place);
        let has_metal = bound.iter().filter_map(at).any(|word| is_metal(&word.plain));
        // "Amoxicillin (sodium)" is one all the same.
        let is_remark = bound.len() == 1 && bound.iter().filter_map(at).all(|word| word.bracketed);
        if has_metal && !is_remark {
            for place in bound {
                if let Some(what) = found.get_mut(place) {
                    *what = Found::Unknown;
                }
            }
        }
    }
}

/// The pieces of the text that no table knows, as they were written.
fn unread(text: &str, words: &[Word], parts: &[usize], found: &[Found]) -> Vec<String> {
    let mut pieces: Vec<(usize, Range<usize>)> = Vec::new();
    let mut is_going_on = false;
    for ((word, part), what) in words.iter().zip(parts).zip(found) {
        let of_last = pieces.last_mut().filter(|(last, _)| is_going_on && last == part);
        match (what, of_last) {
            (Found::Unknown, None) => {
                pieces.push((*part, word.place.clone()));
                is_going_on = true;
            }
            // "Foobaric acid", "B12".
            (Found::Unknown | Found::Bound, Some((_, place))) => place.end = word.place.end,
            (Found::Number, Some((_, place))) if place.end == word.place.start => place.end = word.place.end,
            // "Omega-3 fish oil" goes on behind its number.
            (Found::Number, Some(_)) => {}
            _ => is_going_on = false,
        }
    }
    let mut named: Vec<String> = Vec::new();
    for (_, place) in pieces {
        let piece = shown(text.get(place).unwrap_or_default());
        if !named.contains(&piece) {
            named.push(piece);
        }
    }
    named
}
