//! Telephone numbers as they are looked for: by their digits, whatever stands between them, with the country's code or
//! without.

use sea_orm::sea_query::{Expr, ExprTrait};

/// Shorter numbers are read as something else.
const FEWEST_DIGITS: usize = 7;

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
/// Italy, whose numbers keep their zero behind the code.
const KEEPS_ZERO: &str = "39";

/// The digits of a number, with the country's when they were typed.
pub(super) fn digits(text: &str) -> Option<String> {
    let is_number = text.chars().all(|letter| letter.is_ascii_digit() || "+-()/. ".contains(letter));
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (is_number && digits.len() >= FEWEST_DIGITS).then(|| match digits.strip_prefix("00") {
        Some(international) => international.to_owned(),
        None => digits,
    })
}

/// As what a number may be stored: as it was typed, or with the code of any country before it. Each is looked up in the
/// index; whoever reads "020 918 5608" on a letter finds "+353 20 918 5608".
fn stored_as(digits: &str) -> Vec<String> {
    let national = digits.strip_prefix('0').unwrap_or(digits);
    let long = TENS.iter().flat_map(|tens| (0..10).map(move |last| tens * 10 + last));
    let codes = SHORT_CODES.into_iter().chain(LATE_CODES).chain(long);
    let with_code = codes.map(|code| format!("{code}{national}"));
    [digits.to_owned(), format!("{KEEPS_ZERO}{digits}")].into_iter().chain(with_code).collect()
}

/// Whether a patient's number has these digits. An index (`patient_by_phone`) holds the same expression.
pub(super) fn is_of_patient(digits: &str) -> Expr {
    let marks = [" ", "-", "(", ")", "/", ".", "+"];
    let bare = marks.iter().fold("phone".to_owned(), |text, mark| format!("replace({text}, '{mark}', '')"));
    Expr::cust(bare).is_in(stored_as(digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_without_its_country_is_looked_for_with_every_one() {
        for typed in ["0209185608", "209185608"] {
            let stored = stored_as(typed);
            for country in ["353209185608", "44209185608", "1209185608", typed] {
                assert!(stored.iter().any(|one| one == country), "{typed}: {country}");
            }
        }
        assert!(stored_as("0612345678").contains(&"390612345678".to_owned()), "Italy keeps its zero");
    }

    #[test]
    fn no_code_is_the_beginning_of_another() {
        let codes: Vec<String> = stored_as("").into_iter().skip(2).collect();
        for code in &codes {
            assert_eq!(codes.iter().filter(|other| other.starts_with(code.as_str())).count(), 1, "{code}");
        }
        assert_eq!(codes.len(), 286);
    }
}
