//! Records that are open in an emergency. How one is opened is told in [`crate::records`]; whom it lets in lies below all
//! features, because visits ask too.

use domain_types::records::Finding;
use entity::emergency_access::{Column, Entity};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};

use super::Person;
use crate::time::to_db;

/// The numbers of the patients whose records somebody has open in an emergency now.
pub(crate) fn opened_in_emergency(person: &Person, now: Timestamp) -> SelectStatement {
    let mut query = Query::select();
    query
        .column(("e", Column::PatientId))
        .from_as(Entity, "e")
        .and_where(open_to(person, now, |column| Expr::col(("e", column))));
    query
}

/// Whether a row lets somebody in now: it is theirs, its time is not over, and nobody found it unjustified.
pub(crate) fn open_to(person: &Person, now: Timestamp, column: impl Fn(Column) -> Expr) -> Expr {
    let was_unjustified = column(Column::Finding).eq(Finding::Unjustified.as_str());
    column(Column::UserId)
        .eq(person.user().0)
        .and(column(Column::ExpiresAt).gt(to_db(now)))
        .and(column(Column::Finding).is_null().or(was_unjustified.not()))
}
