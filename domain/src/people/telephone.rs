//! Telephone numbers as they are looked for: by their digits, whatever stands between them, with the country's code or
//! without, whichever of the two is stored. An extension says nothing here.
//!
//! Each number is stored beside itself in one form ([`stored`]), and an index holds that. Which country a number without
//! a code is of is not guessed from the clinic's: whoever looks for it with any code finds it.

use domain_types::auth::phone_number;
use sea_orm::sea_query::{Expr, ExprTrait};

use entity::patient;

/// Fewest digits behind a country's code that was not written as one.
const FEWEST_BEHIND_CODE: usize = 7;

/// Country codes of one and of two digits; those of three fill up the tens that are not among them (ITU-T E.164, list of
/// assigned country codes, 2016).
const SHORT_CODES: [u16; 44] = [
    1, 7, 20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 60,
    61, 62, 63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94,
];
/// Of two digits too.
const LATE_CODES: [u16; 2] = [95, 98];
/// The tens of the codes of three digits: 353 is one of 35.
const TENS: [u16; 24] =
    [21, 22, 23, 24, 25, 26, 28, 29, 35, 37, 38, 42, 50, 59, 67, 68, 69, 80, 85, 87, 88, 96, 97, 99];

/// How a number begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begins {
    /// With "+", "00" or a zero in brackets behind the code: with its country's code.
    WithCountry,
    /// With the zero that is dialled within a country.
    WithZero,
    /// With any other digit: with or without a code that nothing marks.
    Otherwise,
}

/// A number that somebody typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    begins: Begins,
    /// Without what stands before a country's code and without zeros at the beginning.
    digits: String,
}

impl Number {
    /// Reads what a profile takes as a number, and nothing else.
    pub(super) fn read(text: &str) -> Option<Self> {
        let plain = phone_number(text).ok().flatten()?;
        let number = plain.split(" ext ").next().unwrap_or_default();
        let all: String = number.chars().filter(char::is_ascii_digit).collect();
        let has_zero_inside = number.find("(0)").is_some_and(|at| number[..at].contains(|l: char| l.is_ascii_digit()));
        let begins = if number.contains('+') || all.starts_with("00") || has_zero_inside {
            Begins::WithCountry
        } else if all.starts_with('0') {
            Begins::WithZero
        } else {
            Begins::Otherwise
        };
        Some(Self { begins, digits: all.trim_start_matches('0').to_owned() })
    }

    /// The country's code and what follows it, without the zero that is dialled within the country only.
    fn with_country(&self) -> (&str, &str) {
        let code = codes().find_map(|code| self.digits.starts_with(&code).then_some(code.len()));
        let (code, national) = self.digits.split_at(code.unwrap_or_default());
        (code, national.trim_start_matches('0'))
    }

    /// As it is stored: "353875554567", or "0875554567" when no country is named.
    fn stored(&self) -> String {
        match self.begins {
            Begins::WithCountry => {
                let (code, national) = self.with_country();
                format!("{code}{national}")
            }
            Begins::WithZero | Begins::Otherwise => format!("0{}", self.digits),
        }
    }

    /// As what the same number may be stored. Each is looked up in the index.
    fn may_be_stored_as(&self) -> Vec<String> {
        let (code, national) = self.with_country();
        // A code that nothing marks is kept with the zero behind it.
        let unmarked = |code: &str, national: &str| [format!("0{code}{national}"), format!("0{code}0{national}")];
        let marked = [format!("{code}{national}"), format!("0{national}"), self.stored()];
        let in_its_country = marked.into_iter().chain(unmarked(code, national));
        if self.begins == Begins::WithCountry {
            return in_its_country.collect();
        }
        let digits = &self.digits;
        let in_any_country = codes().flat_map(|code| {
            let with_code = format!("{code}{digits}");
            [with_code].into_iter().chain(unmarked(&code, digits))
        });
        let has_code = self.begins == Begins::Otherwise && national.len() >= FEWEST_BEHIND_CODE;
        let read_with_code = in_its_country.filter(|_| has_code);
        [self.stored()].into_iter().chain(in_any_country).chain(read_with_code).collect()
    }
}

/// Every code of a country; none is the beginning of another.
fn codes() -> impl Iterator<Item = String> {
    let long = TENS.iter().flat_map(|tens| (0..10).map(move |last| tens * 10 + last));
    SHORT_CODES.into_iter().chain(LATE_CODES).chain(long).map(|code| code.to_string())
}

/// What stands in `patient.phone_digits` beside a number.
pub(crate) fn stored(number: Option<&str>) -> Option<String> {
    Number::read(number?).map(|number| number.stored())
}

/// Whether a patient has this number.
pub(super) fn is_of_patient(number: &Number) -> Expr {
    Expr::col(patient::Column::PhoneDigits).is_in(number.may_be_stored_as())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    /// One number of Ireland, as people write it.
    const IRISH: &[&str] = &[
        "+353 87 555 4567",
        "+353875554567",
        "00353 87 555 4567",
        "00353875554567",
        "+353 (0)87 555 4567",
        "+353 (0) 87 - 555 - 4567, extension: 12345",
        "+353 087 555 4567",
        "00353 (0)87 5554567",
        "353 87 555 4567",
        "353 (0)87 555 4567",
        "353 087 555 4567",
        "(+353) 87/555.4567",
        "＋３５３ ８７ ５５５ ４５６７",
        "087 555 4567",
        "0875554567",
        "087-555-4567",
        "(087) 555 4567",
        "087/5554567",
        "087 555 4567 ext 12",
        "087 555 4567 x12",
        "0875554567;ext=12",
        "87 555 4567",
    ];
    const BRITISH: &[&str] = &[
        "+44 20 7946 0958",
        "0044 20 7946 0958",
        "+44 (0)20 7946 0958",
        "44 20 7946 0958",
        "020 7946 0958",
        "(020) 7946-0958 ext. 3",
        "20 7946 0958",
    ];
    const AMERICAN: &[&str] =
        &["+1 212 555 0100", "001-212-555-0100", "1-212-555-0100", "(212) 555-0100", "212.555.0100 x7"];
    const ITALIAN: &[&str] = &["+39 06 6982 0000", "0039 06 6982 0000", "06 6982 0000", "39 06 6982 0000"];

    fn finds(typed: &str, kept: &str) -> bool {
        let number = Number::read(typed).unwrap_or_else(|| panic!("{typed} is a number"));
        number.may_be_stored_as().contains(&stored(Some(kept)).unwrap())
    }

    #[rstest]
    #[case(IRISH)]
    #[case(BRITISH)]
    #[case(AMERICAN)]
    #[case(ITALIAN)]
    fn however_a_number_is_stored_it_is_found_however_it_is_typed(#[case] written: &[&str]) {
        for kept in written {
            for typed in written {
                assert!(finds(typed, kept), "stored {kept}, typed {typed}");
            }
        }
    }

    #[test]
    fn another_number_is_not_found() {
        let all = [IRISH, BRITISH, AMERICAN, ITALIAN];
        for (place, typed) in all.iter().enumerate() {
            for kept in all.iter().enumerate().filter(|(other, _)| *other != place).flat_map(|(_, kept)| *kept) {
                assert!(!typed.iter().any(|typed| finds(typed, kept)), "{kept} is another");
            }
        }
        for (typed, kept) in [
            ("+44 87 555 4567", "+353 87 555 4567"),
            ("+353 87 555 4568", "087 555 4567"),
            ("555 4567", "+353 87 555 4567"),
            ("555 4567", "087 555 4567"),
        ] {
            assert!(!finds(typed, kept), "stored {kept}, typed {typed}");
        }
    }

    #[test]
    fn a_short_number_of_the_neighbourhood_is_one_too() {
        assert!(finds("555456", "555 456 ext 2") && finds("12345", "12345"));
        assert_eq!(["1234", "Nora", "1990-", ""].map(Number::read), [None, None, None, None]);
        assert_eq!(stored(None), None);
    }

    #[test]
    fn no_code_is_the_beginning_of_another() {
        let codes: Vec<String> = codes().collect();
        for code in &codes {
            assert_eq!(codes.iter().filter(|other| other.starts_with(code.as_str())).count(), 1, "{code}");
        }
        assert_eq!(codes.len(), 286);
    }
}
