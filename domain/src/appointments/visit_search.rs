//! What staff search the list of visits for.

use domain_types::ReferenceKind;
use entity::user;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use super::search::{contains, pattern};

/// More words than a name has are not looked for.
const MOST_WORDS: usize = 8;

/// Visits (as `a`, with their patient `p` and the patient's user `pu`) that a search means: each word is a part of the
/// patient's name or the reference of the patient or of the visit, which may be without its prefix when it is whole.
pub(super) fn matching(search: &str) -> Condition {
    search.split_whitespace().take(MOST_WORDS).fold(Condition::all(), |all, word| all.add(word_matches(word)))
}

fn word_matches(word: &str) -> Condition {
    let word = word.trim_matches([',', '.', ';', '(', ')']);
    let upper = word.to_uppercase();
    let references = [(ReferenceKind::Appointment, "a"), (ReferenceKind::Patient, "p")];
    for (kind, table) in references {
        if upper.starts_with(&format!("{kind}-")) {
            // Nobody's name: a reference, perhaps not typed to its end.
            return Condition::all().add(Expr::col((table, "reference")).like(pattern("", &upper, "%")));
        }
    }
    let name = Expr::col(("pu", user::Column::SearchKey)).like(contains(&word.to_lowercase()));
    let is_whole = upper.len() == 8 && upper.bytes().all(|byte| byte.is_ascii_alphanumeric());
    references.into_iter().filter(|_| is_whole).fold(Condition::any().add(name), |any, (kind, table)| {
        any.add(Expr::col((table, "reference")).eq(format!("{kind}-{upper}")))
    })
}
