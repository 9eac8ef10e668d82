//! Telephone numbers as they are looked for: by their digits, whatever stands between them.

use sea_orm::sea_query::{Expr, ExprTrait};

/// Shorter numbers are read as something else.
const FEWEST_DIGITS: usize = 7;

/// The digits of a number, with the country's when they were typed.
pub(super) fn digits(text: &str) -> Option<String> {
    let is_number = text.chars().all(|letter| letter.is_ascii_digit() || "+-()/. ".contains(letter));
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (is_number && digits.len() >= FEWEST_DIGITS).then(|| match digits.strip_prefix("00") {
        Some(international) => international.to_owned(),
        None => digits,
    })
}

/// Whether a patient's number has these digits. An index (`patient_by_phone`) holds the same expression.
pub(super) fn is_of_patient(digits: &str) -> Expr {
    let marks = [" ", "-", "(", ")", "/", ".", "+"];
    let bare = marks.iter().fold("phone".to_owned(), |text, mark| format!("replace({text}, '{mark}', '')"));
    Expr::cust(bare).eq(digits.to_owned())
}
