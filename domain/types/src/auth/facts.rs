//! What people say of themselves, field by field: what they are called, when they were born, how they are reached.
//!
//! Every rule gives the value as it is kept, or one sentence for its field. Registering and changing one's profile ask
//! the same rules.

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

use super::unseen::{is_unseen, turns, without_unseen};
use crate::{
    appointments::{NO_SUCH_DAY, parse_date},
    text::at_most,
};

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
pub fn chosen_gender(text: &str) -> Result<Option<Gender>, String> {
    match text.trim() {
        "" => Ok(None),
        word => {
            Gender::parse(word).map(Some).ok_or_else(|| "Choose an option from the list, or leave it empty.".into())
        }
    }
}

/// A first name.
///
/// # Errors
/// A sentence for the field.
pub fn first_name(text: &str) -> Result<String, String> {
    own_name(text, "Enter your first name.")
}

/// A last name.
///
/// # Errors
/// A sentence for the field.
pub fn last_name(text: &str) -> Result<String, String> {
    own_name(text, "Enter your last name.")
}

/// A first or last name, as its owner writes it.
fn own_name(text: &str, missing: &str) -> Result<String, String> {
    const MAX: usize = 80;
    let name = plain_name(text, "")?.ok_or(missing)?;
    at_most(MAX, &name).map(|()| name)
}

/// What somebody else is called; nothing when the field is empty.
///
/// # Errors
/// A sentence for the field.
pub fn contact_name(text: &str) -> Result<Option<String>, String> {
    const MAX: usize = 100;
    // "My mum: Áine", "sister / flat 2": how somebody is related stands beside the name.
    let name = plain_name(text, ":/")?;
    at_most(MAX, name.as_deref().unwrap_or_default()).map(|()| name)
}

/// Names stand in lists, mails and headings: no addresses, no markup, nothing that turns the writing around. What nobody
/// sees is left out.
fn plain_name(text: &str, also: &str) -> Result<Option<String>, String> {
    let is_odd = |letter: char| "<>/\\:@#{}[]|^~`=+*\"".contains(letter) && !also.contains(letter);
    let name = without_unseen(text.trim()).split_whitespace().collect::<Vec<_>>().join(" ");
    if text.trim().contains(turns) {
        return Err("There is a hidden character in this name. Type it again.".into());
    }
    if text.trim().contains(is_odd) {
        return Err("A name cannot have signs such as < > @ # = + * or quotation marks.".into());
    }
    match name.chars().any(char::is_alphabetic) {
        true => Ok(Some(name)),
        false if name.is_empty() => Ok(None),
        false => Err("Enter a name with at least one letter.".into()),
    }
}

/// Signs of a telephone number as it is typed, with all that stands between its digits and with an extension.
const LONGEST_PHONE: usize = 60;

/// A telephone number as its owner writes it; nothing when the field is empty. Digits, spaces and hyphens of any script
/// are written plainly, an extension as `ext 12`.
///
/// # Errors
/// A sentence for the field.
pub fn phone_number(text: &str) -> Result<Option<String>, String> {
    const SENTENCE: &str = "Enter a phone number, such as +353 20 910 0100 or 020 910 0100 ext 12.";
    let plain: String = text.chars().filter(|letter| !is_unseen(*letter)).map(plain_digit).collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ").to_ascii_lowercase();
    if plain.is_empty() {
        return Ok(None);
    }
    // What no number has is told before how long it may be.
    if plain.contains(|letter: char| !(letter.is_alphanumeric() || " -()/.+#;,:=".contains(letter))) {
        return Err(SENTENCE.into());
    }
    at_most(LONGEST_PHONE, &plain)?;
    let cut = plain.find(|letter: char| letter.is_alphabetic() || "#;,".contains(letter)).unwrap_or(plain.len());
    let (number, rest) = (plain[..cut].trim_end(), &plain[cut..]);
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let is_plain = number.char_indices().all(|(place, letter)| match letter {
        '+' => number[..place].chars().all(|before| before == '('),
        _ => letter.is_ascii_digit() || " -()/.".contains(letter),
    });
    let extension = match rest {
        "" => Some(None),
        rest => extension(rest).map(Some),
    };
    match extension {
        Some(extension) if is_plain && (5..=20).contains(&digits) => {
            Ok(Some(extension.map_or_else(|| number.to_owned(), |digits| format!("{number} ext {digits}"))))
        }
        _ => Err(SENTENCE.into()),
    }
}

/// The digits of "ext. 12", "x12", ";ext=12".
fn extension(text: &str) -> Option<&str> {
    let text = text.trim_start_matches([';', ',', ' ']);
    let digits = ["extension", "extn", "ext", "x", "#"].into_iter().find_map(|word| text.strip_prefix(word))?;
    let digits = digits.trim_start_matches(['.', ':', '=', ' ']);
    ((1..=6).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

/// A digit, space, hyphen, plus sign or bracket of any script or width as ASCII has it.
fn plain_digit(letter: char) -> char {
    // The first of the ten digits of Arabic, Persian, Devanagari, Bengali and Thai, in the order of their values.
    const ZEROS: [u32; 5] = [0x660, 0x6F0, 0x966, 0x9E6, 0xE50];
    let code = u32::from(letter);
    let digit = ZEROS.into_iter().find(|zero| (*zero..zero + 10).contains(&code)).map(|zero| code - zero);
    match letter {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' | '\u{2043}' | '\u{30FC}' => '-',
        // The full-width forms of ASCII stand in its order.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(code - 0xFEE0).unwrap_or(letter),
        _ => digit.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(letter),
    }
}

/// Where somebody lives, line by line as they write it, empty lines apart; nothing when the field is empty.
///
/// # Errors
/// A sentence for the field.
pub fn postal_address(text: &str) -> Result<Option<String>, String> {
    const MAX: usize = 300;
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let address = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    if address.contains(|letter| letter != '\n' && turns(letter)) {
        return Err("This contains a character that an address cannot have.".into());
    }
    let address = address.lines().map(without_unseen).collect::<Vec<_>>().join("\n");
    at_most(MAX, &address).map(|()| Some(address).filter(|address| !address.is_empty()))
}

/// A day of birth, `YYYY-MM-DD`, that lies behind us: at `latest` that day. Nothing when the field is empty.
///
/// # Errors
/// A sentence for the field.
pub fn date_of_birth(text: &str, latest: Date) -> Result<Option<Date>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let born = parse_date(text).map_err(|sentence| match sentence == NO_SUCH_DAY {
        true => NO_SUCH_DAY.to_owned(),
        false => "Enter a date of birth, such as 1986-03-14.".to_owned(),
    })?;
    match born {
        born if born > latest => Err("The date of birth cannot be in the future.".into()),
        born if born < date(1900, 1, 1) => Err("Enter a date of birth in 1900 or later.".into()),
        born => Ok(Some(born)),
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
        for nobody in ["---", "123", "'", "!?", "🙂"] {
            assert_eq!(first_name(nobody).unwrap_err(), "Enter a name with at least one letter.", "{nobody:?}");
        }
        assert_eq!(first_name("\u{200b}Ma\u{200b}ya\u{feff}").unwrap(), "Maya");
        assert_eq!(first_name("علی\u{200c}رضا").unwrap(), "علی\u{200c}رضا");
        assert_eq!(first_name("\u{200b}\u{3164}").unwrap_err(), "Enter your first name.");
        for turned in ["\u{2066}Maya", "Ma\u{202d}ya", "Ma\u{85}ya", "Ma\u{1b}ya"] {
            assert!(first_name(turned).is_err(), "{turned:?}");
        }
        assert_eq!(first_name(" ").unwrap_err(), "Enter your first name.");
        assert_eq!(last_name("").unwrap_err(), "Enter your last name.");
    }

    #[test]
    fn a_contact_is_named_with_what_they_are_to_somebody_or_not_at_all() {
        assert_eq!(contact_name(" Chidi Okafor (brother) ").unwrap().as_deref(), Some("Chidi Okafor (brother)"));
        for related in ["My mum: Áine", "sister – Mary / flat 2"] {
            assert_eq!(contact_name(related).unwrap().as_deref(), Some(related));
        }
        assert!(contact_name("<b>Mary</b>").is_err() && first_name("Mary/Anne").is_err());
        assert_eq!(contact_name("  ").unwrap(), None);
        assert!(contact_name(&"x".repeat(100)).is_ok());
        assert!(contact_name(&"x".repeat(101)).is_err() && contact_name("a\u{7}b").is_err());
    }

    #[test]
    fn telephone_numbers_are_taken_as_their_owners_write_them() {
        assert_eq!(phone_number(" +353 20 910 0100 ").unwrap().as_deref(), Some("+353 20 910 0100"));
        assert_eq!(phone_number("").unwrap(), None);
        for (typed, kept) in [
            ("+353\u{a0}20\u{202f}910\u{2009}0100", "+353 20 910 0100"),
            ("020\u{2011}910\u{2013}0100", "020-910-0100"),
            ("\u{202a}+353 20 910 0100\u{202c}\u{200e}", "+353 20 910 0100"),
            ("(+353) 20/910.0100", "(+353) 20/910.0100"),
            ("＋３５３（２０）９１００１００", "+353(20)9100100"),
            ("٠٢٠ ٩١٠ ٠١٠٠", "020 910 0100"),
            ("020 910 0100 ext 12", "020 910 0100 ext 12"),
            ("020 910 0100 Ext. 12", "020 910 0100 ext 12"),
            ("020 910 0100 x12", "020 910 0100 ext 12"),
            ("020 910 0100, extension 12", "020 910 0100 ext 12"),
            ("020 910 0100;ext=12", "020 910 0100 ext 12"),
        ] {
            assert_eq!(phone_number(typed).unwrap().as_deref(), Some(kept), "{typed:?}");
        }
        assert_eq!(phone_number("\u{200e}\u{a0}").unwrap(), None);
        let odd = [
            "call me",
            "1234",
            "020 910 0100 ext",
            "020 910 0100 ext 1234567",
            "020 910 0100 or 020 910 0101",
            "020+910 0100",
            "123456789012345678901",
            "020 910 0100 <b>",
            "ext 12",
        ];
        for odd in odd {
            assert!(phone_number(odd).is_err(), "{odd:?}");
        }
    }

    #[test]
    fn a_number_with_all_that_stands_in_it_is_kept_whole_and_a_longer_one_is_told_so() {
        let typed = "+353 (0) 87 - 123 - 4567, extension: 12345";
        assert_eq!(phone_number(typed).unwrap().as_deref(), Some("+353 (0) 87 - 123 - 4567 ext 12345"));
        let long = format!("+353 {}1234567", "( - ) ".repeat(10));
        let told = phone_number(&long).unwrap_err();
        assert_eq!(told, format!("You wrote {} characters; please keep it to 60.", long.len()));
    }

    #[test]
    fn what_people_say_of_themselves_is_never_cut() {
        let long = "x".repeat(301);
        let told = |most: usize| format!("You wrote 301 characters; please keep it to {most}.");
        assert_eq!([first_name(&long), last_name(&long)].map(Result::unwrap_err), [told(80), told(80)]);
        assert_eq!([contact_name(&long), postal_address(&long)].map(Result::unwrap_err), [told(100), told(300)]);
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
        for (odd, word) in [
            ("2027-02-29", "no such day"),
            ("1987-02-29", "no such day"),
            ("1986-13-01", "no such day"),
            ("1986-00-10", "no such day"),
            ("14.3.1986", "such as"),
            ("1986-03-14T09:30", "such as"),
            ("1899-12-31", "1900 or later"),
            ("1800-01-01", "1900 or later"),
            ("2026-11-24", "future"),
            ("9999-12-31", "future"),
        ] {
            let sentence = date_of_birth(odd, today).unwrap_err();
            assert!(sentence.contains(word), "{odd}: {sentence}");
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
