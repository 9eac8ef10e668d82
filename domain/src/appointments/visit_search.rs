//! What staff search the list of visits for.

use entity::user;
use sea_orm::sea_query::{Condition, Expr};

use crate::people::PersonSearch;

/// Visits (as `a`, with the patient's account `pu`) that a search means: those of the patients whom it finds, or the
/// one of a reference.
pub(super) fn matching(search: &str) -> Condition {
    PersonSearch::parse(search).finds(
        || Expr::col(("pu", user::Column::Id)),
        |visit| Condition::all().add(visit.is_in(Expr::col(("a", entity::appointment::Column::Reference)))),
    )
}
