//! What one text names, word by word: substances, classes, the form, and what no table knows.

use std::ops::Range;

use super::allergens::Allergen;
use super::classes::Class;
use super::forms::{Form, form_of, is_common};
use super::ignorable::{
    is_about_an_allergy, is_beside_an_allergen, is_bound, is_doubtful_alone, is_metal, joins, may_say_nothing,
};
use super::in_place::{InPlace, is_number};
use super::names::{Meaning, Name, bent, name_at};
use super::sentences::shown;
use super::spelling::{nearest, slips, sound};
use super::substances::Substance;
use super::words::{self, Word};

/// The shortest word that can show a literal match.
const SHORTEST_LITERAL: usize = 4;

// Substances that are never given in a strength of one digit ("Aspirin 3" is something else), and those that have no salt
// ("vitamin D calcium" holds both).
include!(concat!(env!("OUT_DIR"), "/reading.rs"));

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
    /// What says nothing beside the name of an allergen.
    Beside,
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
        if about == About::Allergy {
            abbreviations_that_stand_alone(&words, &parts, &mut found);
        }
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
        let mut found: Vec<Found> = Vec::with_capacity(words.len());
        while found.len() < words.len() {
            let last = found.last();
            let is_behind_name = matches!(last, Some(Found::Name | Found::Unknown | Found::Bound));
            let place = InPlace { text, words, at: found.len(), is_behind_name };
            let (what, taken) = self.read_word(place, about);
            let taken = taken.max(1);
            let read = words.iter().skip(found.len()).take(taken);
            if what != Found::Name {
                self.left.extend(read.clone().map(|word| word.plain.clone()));
            }
            found.extend(read.map(|_| what));
        }
        found
    }

    fn read_word(&mut self, place: InPlace<'_>, about: About) -> (Found, usize) {
        let InPlace { text, words, at, .. } = place;
        let rest = words.get(at..).unwrap_or_default();
        let Some(word) = rest.first() else { return (Found::Nothing, 1) };
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
        if let Some(found) = self.passed_over(place, &word.plain, about) {
            return (found, 1);
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

    /// What a word is that stands in no table; nothing where it may name something.
    fn passed_over(&self, place: InPlace<'_>, word: &str, about: About) -> Option<Found> {
        if is_number(word) {
            let is_part = place.is_part_of_a_name(self.is_all_of(LARGE));
            return Some(if is_part { Found::Unknown } else { Found::Number });
        }
        if word == "plus" {
            let is_further = |rest: &[Word]| name_at(rest).is_some_and(|(name, _)| self.says_more(name));
            return Some(if place.joins_a_name(is_further) { Found::Nothing } else { Found::Unknown });
        }
        if about == About::Allergy && is_beside_an_allergen(word) {
            return Some(Found::Beside);
        }
        let is_last = place.at + 1 == place.words.len();
        if place.says_nothing() || (joins(word) && !is_last) || (about == About::Allergy && is_about_an_allergy(word)) {
            return Some(Found::Nothing);
        }
        if is_bound(word) {
            let is_beside_unsalted =
                || self.is_all_of(UNSALTED) || place.rest().and_then(name_at).is_some_and(is_unsalted);
            let is_further = is_metal(word) && (place.makes_a_mineral() || is_beside_unsalted());
            return Some(if is_further { Found::Unknown } else { Found::Bound });
        }
        // What can be a unit or a time, and is none here, is not mistyped.
        may_say_nothing(word).then_some(Found::Unknown)
    }

    /// Whether all that was found so far is among these.
    fn is_all_of(&self, names: &[&str]) -> bool {
        !self.substances.is_empty() && self.substances.iter().all(|substance| names.contains(&substance.name))
    }

    fn says_more(&self, name: &Name) -> bool {
        match &name.meaning {
            Meaning::Substances(found) => found.iter().any(|substance| !self.substances.contains(substance)),
            Meaning::Classes(_) | Meaning::Allergen(_) => true,
        }
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
            .filter(|word| !is_number(word) && !is_common(word))
            .filter(|word| !may_say_nothing(word) && !is_bound(word))
            .filter(|word| !is_about_an_allergy(word) && !is_beside_an_allergen(word))
    }
}

/// Whether a name is of something that has no salt.
fn is_unsalted((name, _): (&Name, usize)) -> bool {
    matches!(&name.meaning, Meaning::Substances(found) if found.iter().all(|one| UNSALTED.contains(&one.name)))
}

/// To which part of a combination each word belongs.
fn parts(words: &[Word]) -> Vec<usize> {
    let (mut part, mut joined) = (0, false);
    let number = |word: &Word| {
        if word.begins || joined {
            part += 1;
        }
        joined = joins(&word.plain) || word.plain == "plus";
        part
    };
    words.iter().map(number).collect()
}

/// A metal that is a part by itself ("ramipril / potassium citrate") is no salt of what it stands beside, and "penicillin,
/// fruit" names two things.
fn salts_that_stand_alone(words: &[Word], parts: &[usize], found: &mut [Found]) {
    let last = parts.last().copied().unwrap_or_default();
    for part in 0..=last {
        let own: Vec<usize> = (0..words.len()).filter(|place| parts.get(*place) == Some(&part)).collect();
        let is = |place: &usize, what: Found| found.get(*place) == Some(&what);
        if own.iter().any(|place| is(place, Found::Name) || is(place, Found::Unknown)) {
            continue;
        }
        for place in own.iter().filter(|place| is(place, Found::Beside)).copied().collect::<Vec<_>>() {
            if let Some(what) = found.get_mut(place) {
                *what = Found::Unknown;
            }
        }
        let is = |place: &usize, what: Found| found.get(*place) == Some(&what);
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

/// Among several allergies a word that stands by itself may be short for one: “codeine and pen”. In brackets it is a
/// remark about the one before it.
fn abbreviations_that_stand_alone(words: &[Word], parts: &[usize], found: &mut [Found]) {
    for (at, word) in words.iter().enumerate() {
        let part = parts.get(at);
        let is_alone = parts.iter().filter(|other| Some(*other) == part).count() == 1;
        let Some(what) = found.get_mut(at).filter(|what| **what == Found::Nothing) else { continue };
        if is_alone && !word.bracketed && is_doubtful_alone(&word.plain) {
            *what = Found::Unknown;
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
