//! Lists that are gone through from row to row.

use domain_types::page::{Cursor, PageRequest};
use jiff::civil::Date;
use sea_orm::{
    ConnectionTrait, Value,
    sea_query::{Condition, Expr, ExprTrait, SelectStatement},
};

use crate::{
    db,
    error::{Error, Result},
    time::date_to_db,
};

/// The length of a list, unless it is gone through from row to row.
///
/// # Errors
/// When the database is away.
pub(crate) async fn count(
    db: &impl ConnectionTrait,
    query: &SelectStatement,
    id: (&'static str, &'static str),
    page: PageRequest,
) -> Result<u64> {
    if page.is_by_cursor() { Ok(0) } else { db::count(db, query, id).await }
}

/// What comes after a row in a list whose first column descends, and then its id.
pub(crate) fn descending(first: impl Fn() -> Expr, at: impl Into<Value>, id: impl Fn() -> Expr, row: i64) -> Condition {
    let at = at.into();
    let same = Condition::all().add(first().eq(Expr::val(at.clone()))).add(id().lt(row));
    Condition::any().add(first().lt(Expr::val(at))).add(same)
}

/// What stands after a place in a list that ascends by a text, and then by an id. The bound on the text alone lets the
/// engines begin there in an index.
pub(crate) fn after(text: &dyn Fn() -> Expr, at: &str, id: &dyn Fn() -> Expr, row: i64) -> Condition {
    let beyond = Condition::any().add(text().gt(at)).add(id().gt(row));
    Condition::all().add(text().gte(at)).add(beyond)
}

/// What stands before it.
pub(crate) fn before(text: &dyn Fn() -> Expr, at: &str, id: &dyn Fn() -> Expr, row: i64) -> Condition {
    let beyond = Condition::any().add(text().lt(at)).add(id().lt(row));
    Condition::all().add(text().lte(at)).add(beyond)
}

/// A day as a cursor holds it: 20261201.
pub(crate) fn number_of(day: time::Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(u8::from(day.month())) * 100 + i64::from(day.day())
}

/// The day that a cursor holds.
///
/// # Errors
/// `Invalid` when it holds none: it was made up, or is of another list.
pub(crate) fn day_of(cursor: Cursor) -> Result<time::Date> {
    let part = |divisor: i64, modulus: i64| cursor.at / divisor % modulus;
    let day = i16::try_from(cursor.at / 10_000)
        .ok()
        .zip(i8::try_from(part(100, 100)).ok().zip(i8::try_from(part(1, 100)).ok()))
        .and_then(|(year, (month, day))| Date::new(year, month, day).ok());
    date_to_db(day.ok_or_else(unknown)?)
}

/// What is told of a cursor that no list gave.
pub(crate) fn unknown() -> Error {
    Error::field("cursor", "This cursor is not one that a list gave.")
}
