//! Names as they are heard in a Dublin waiting room: mostly Irish, many from elsewhere, first and last ones that go
//! together. Combined by chance; nobody in particular is meant.

use std::collections::HashMap;

use domain_types::auth::Gender;

use super::{backgrounds::BACKGROUNDS, dice::Dice};

/// A name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub first: &'static str,
    pub last: &'static str,
    /// Whose first name it is.
    pub gender: Gender,
    /// Spoken besides English.
    pub language: Option<&'static str>,
}

impl Name {
    pub(super) fn draw(dice: &mut Dice) -> Self {
        let mut left = dice.below(100) as u32;
        let background = BACKGROUNDS
            .iter()
            .find(|background| {
                let found = left < background.share;
                left = left.saturating_sub(background.share);
                found
            })
            .unwrap_or(&BACKGROUNDS[0]);
        let place = dice.below(background.women.len() + background.men.len());
        let (first, gender) = match background.women.get(place) {
            Some(first) => (*first, Gender::Female),
            None => (background.men[place - background.women.len()], Gender::Male),
        };
        Self { first, last: dice.pick(background.last), gender, language: background.language }
    }
}

/// Hands out user names, each only once: `mary.byrne`, then `mary.byrne2`.
#[derive(Debug, Default)]
pub(super) struct Usernames(HashMap<String, u32>);

impl Usernames {
    pub(super) fn take(&mut self, wanted: &str) -> String {
        let count = self.0.entry(wanted.to_owned()).or_default();
        *count += 1;
        if *count == 1 { wanted.to_owned() } else { format!("{wanted}{count}") }
    }
}

/// A name in the letters that e-mail addresses are made of: `Ó Sé` becomes `ose`.
pub(super) fn plain(name: &str) -> String {
    name.chars()
        .flat_map(char::to_lowercase)
        .filter_map(|letter| match letter {
            'a'..='z' => Some(letter),
            'á' | 'à' | 'â' | 'ã' | 'ä' | 'ą' | 'ă' => Some('a'),
            'é' | 'è' | 'ê' | 'ë' | 'ę' => Some('e'),
            'í' | 'î' | 'ï' => Some('i'),
            'ó' | 'ô' | 'õ' | 'ö' => Some('o'),
            'ú' | 'ü' => Some('u'),
            'ç' | 'ć' => Some('c'),
            'ł' => Some('l'),
            'ñ' | 'ń' => Some('n'),
            'ś' | 'ș' => Some('s'),
            'ț' => Some('t'),
            'ż' | 'ź' => Some('z'),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::backgrounds::Background;

    #[test]
    fn the_shares_make_a_hundred() {
        assert_eq!(BACKGROUNDS.iter().map(|background| background.share).sum::<u32>(), 100);
    }

    #[test]
    fn every_name_has_a_spelling_for_addresses() {
        let all = |of: &'static Background| of.women.iter().chain(of.men).chain(of.last);
        for name in BACKGROUNDS.iter().flat_map(all) {
            let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
            assert_eq!(plain(name).len(), letters, "{name}");
        }
    }

    #[test]
    fn no_first_name_is_a_womans_and_a_mans() {
        for background in &BACKGROUNDS {
            assert!(!background.women.is_empty() && !background.men.is_empty());
            assert!(background.women.iter().all(|name| !background.men.contains(name)));
        }
    }

    #[test]
    fn user_names_are_handed_out_once() {
        let mut usernames = Usernames::default();
        assert_eq!(usernames.take("mary.byrne"), "mary.byrne");
        assert_eq!(usernames.take("mary.byrne"), "mary.byrne2");
        assert_eq!(usernames.take("mary.burke"), "mary.burke");
    }
}
