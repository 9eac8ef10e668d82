//! What people say of themselves, field by field: what they are called, when they were born, how they are reached.
//!
//! Every rule gives the value as it is kept, or one sentence for its field. Registering and changing one's profile ask
//! the same rules.

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

use crate::appointments::parse_date;

/// What somebody says of their gender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Gender {
    Female,
    Male,
    Other,
    /// Asked, and kept to themselves.
    Undisclosed,
}

impl Gender {
    pub const ALL: [Self; 4] = [Self::Female, Self::Male, Self::Other, Self::Undisclosed];

    /// The form on the wire and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
            Self::Other => "other",
            Self::Undisclosed => "undisclosed",
        }
    }

    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|gender| gender.as_str() == text)
    }

    /// The words on screens.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Female => "Female",
            Self::Male => "Male",
            Self::Other => "Other",
            Self::Undisclosed => "Prefer not to say",
        }
    }
}

/// The gender that somebody chose; nothing when they chose none.
///
/// # Errors
/// A sentence for the field.
pub fn chosen_gender(text: &str) -> Result<Option<Gender>, &'static str> {
    match text.trim() {
        "" => Ok(None),
        word => Gender::parse(word).map(Some).ok_or("Choose an option from the list, or leave it empty."),
    }
}

/// A first name.
///
/// # Errors
/// A sentence for the field.
pub fn first_name(text: &str) -> Result<String, &'static str> {
    own_name(text, "Enter your first name.")
}

/// A last name.
///
/// # Errors
/// A sentence for the field.
pub fn last_name(text: &str) -> Result<String, &'static str> {
    own_name(text, "Enter your last name.")
}

/// A first or last name, as its owner writes it.
fn own_name(text: &str, missing: &'static str) -> Result<String, &'static str> {
    const MAX: usize = 80;
    let name = plain_name(text)?.ok_or(missing)?;
    if name.chars().count() <= MAX { Ok(name) } else { Err("Please keep it to 80 characters.") }
}

/// What somebody else is called; nothing when the field is empty.
///
/// # Errors
/// A sentence for the field.
pub fn contact_name(text: &str) -> Result<Option<String>, &'static str> {
    const MAX: usize = 100;
    let name = plain_name(text)?;
    if name.iter().all(|name| name.chars().count() <= MAX) {
        Ok(name)
    } else {
        Err("Please keep it to 100 characters.")
    }
}

/// Names stand in lists, mails and headings: no addresses, no markup, nothing that turns the writing around.
fn plain_name(text: &str) -> Result<Option<String>, &'static str> {
    let is_odd = |letter: char| is_unseen(letter) || "<>/\\:@#{}[]|^~`=+*\"".contains(letter);
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.contains(is_odd) {
        true => Err("This contains a character that a name cannot have."),
        false => Ok(Some(name).filter(|name| !name.is_empty())),
    }
}

/// Characters that nobody sees and that make text look like another.
fn is_unseen(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A telephone number as its owner writes it; nothing when the field is empty.
///
/// # Errors
/// A sentence for the field.
pub fn phone_number(text: &str) -> Result<Option<String>, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let is_plain = text.chars().all(|letter| letter.is_ascii_digit() || " +-()/.".contains(letter));
    if is_plain && (5..=20).contains(&digits) && text.len() <= 40 {
        Ok(Some(text.to_owned()))
    } else {
        Err("Enter a phone number, such as +353 20 910 0100.")
    }
}

/// Where somebody lives, line by line as they write it, empty lines apart; nothing when the field is empty.
///
/// # Errors
/// A sentence for the field.
pub fn postal_address(text: &str) -> Result<Option<String>, &'static str> {
    const MAX: usize = 300;
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let address = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    if address.contains(|letter| letter != '\n' && is_unseen(letter)) {
        return Err("This contains a character that an address cannot have.");
    }
    match address.chars().count() {
        0 => Ok(None),
        1..=MAX => Ok(Some(address)),
        _ => Err("Please keep it to 300 characters."),
    }
}

/// A day of birth, `YYYY-MM-DD`, that lies behind us: at `latest` that day. Nothing when the field is empty.
///
/// # Errors
/// A sentence for the field.
pub fn date_of_birth(text: &str, latest: Date) -> Result<Option<Date>, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let born = parse_date(text).map_err(|_| "Enter a date of birth, such as 1986-03-14.")?;
    if (date(1900, 1, 1)..=latest).contains(&born) {
        Ok(Some(born))
    } else {
        Err("Enter a date of birth in the past, and check the year.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_as_their_owners_write_them() {
        assert_eq!(first_name("  Ana  María ").unwrap(), "Ana María");
        assert!(["O’Neill-Smith", "Jr. van der Berg", "王芳"].into_iter().all(|name| last_name(name).is_ok()));
        for odd in ["Bob\u{202E}", "<b>Bob</b>", "a\u{0}b", "see http://x.example", &"x".repeat(81)] {
            assert!(first_name(odd).is_err() && last_name(odd).is_err(), "{odd:?}");
        }
        assert_eq!(first_name(" "), Err("Enter your first name."));
        assert_eq!(last_name(""), Err("Enter your last name."));
    }

    #[test]
    fn a_contact_is_named_with_what_they_are_to_somebody_or_not_at_all() {
        assert_eq!(contact_name(" Chidi Okafor (brother) ").unwrap().as_deref(), Some("Chidi Okafor (brother)"));
        assert_eq!(contact_name("  ").unwrap(), None);
        assert!(contact_name(&"x".repeat(100)).is_ok());
        assert!(contact_name(&"x".repeat(101)).is_err() && contact_name("a\u{7}b").is_err());
    }

    #[test]
    fn telephone_numbers_are_taken_as_their_owners_write_them() {
        assert_eq!(phone_number(" +353 20 910 0100 ").unwrap().as_deref(), Some("+353 20 910 0100"));
        assert_eq!(phone_number("").unwrap(), None);
        assert!(phone_number("call me").is_err() && phone_number("1234").is_err());
    }

    #[test]
    fn an_address_keeps_its_lines_and_nothing_between_them() {
        let kept = postal_address(" Flat 3, \r\n\r\n 7  Heron Quay\nDublin 8 \n").unwrap();
        assert_eq!(kept.as_deref(), Some("Flat 3,\n7 Heron Quay\nDublin 8"));
        assert_eq!(postal_address(" \r\n ").unwrap(), None);
        assert!(postal_address(&"é".repeat(300)).is_ok() && postal_address(&"é".repeat(301)).is_err());
        assert!(postal_address("7 Heron\u{0} Quay").is_err() && postal_address("\u{202E}yauQ").is_err());
    }

    #[test]
    fn a_day_of_birth_is_a_real_day_behind_us_and_not_before_1900() {
        let today = date(2026, 11, 23);
        assert_eq!(date_of_birth(" 1984-02-29 ", today), Ok(Some(date(1984, 2, 29))));
        assert_eq!(date_of_birth("1900-01-01", today), Ok(Some(date(1900, 1, 1))));
        assert_eq!(date_of_birth("2026-11-23", today), Ok(Some(today)));
        assert_eq!(date_of_birth(" ", today), Ok(None));
        for odd in ["1987-02-29", "14.3.1986", "1899-12-31", "2026-11-24", "1986-03-14T09:30"] {
            assert!(date_of_birth(odd, today).is_err(), "{odd}");
        }
    }

    #[test]
    fn a_gender_is_one_of_the_words_or_left_out() {
        for gender in Gender::ALL {
            assert_eq!(chosen_gender(gender.as_str()), Ok(Some(gender)));
            assert_eq!(serde_json::to_string(&gender).unwrap(), format!("\"{}\"", gender.as_str()));
        }
        assert_eq!(chosen_gender(" "), Ok(None));
        assert!(chosen_gender("Female").is_err() && chosen_gender("unknown").is_err());
    }
}
