//! Records that are open in an emergency. How one is opened is told in [`crate::records`]; whom it lets in lies below all
//! features, because visits ask too.

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
        .and_where(Expr::col(("e", Column::UserId)).eq(person.user().0))
        .and_where(Expr::col(("e", Column::ExpiresAt)).gt(to_db(now)));
    query
}
