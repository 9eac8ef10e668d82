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

/// Whether a visit is the one whose whole reference was typed: it stands before what else the same code can mean.
pub(super) fn is_named_by(search: &str) -> Option<Expr> {
    let search = PersonSearch::parse(search);
    search.visit().map(|visit| visit.is_in(Expr::col(("a", entity::appointment::Column::Reference))))
}
