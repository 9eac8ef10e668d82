//! Rows of the record. Queries only; the rules are elsewhere.

use domain_types::{
    RecordId,
    page::Cursor,
    records::{RecordStatus, RecordType},
};
use entity::{lab_result, medical_record};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, Iterable, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Condition, Expr, ExprTrait, Order, Query, SelectStatement},
};

use crate::{db::Tx, error::Result, keyset};

pub(super) use medical_record::Column as R;

/// An entry as it is stored.
pub(super) type Row = medical_record::Model;

/// All entries, as `r`. The names around those that are found are read afterwards, by [`super::names`]: a database that
/// plans seven joins for every stretch of a record spends ten times as long on the plan as on the stretch.
pub(super) fn records() -> SelectStatement {
    let mut query = Query::select();
    query.from_as(medical_record::Entity, "r").columns(R::iter().map(|column| ("r", column)));
    query
}

/// A column of the entry.
pub(super) fn col(column: medical_record::Column) -> Expr {
    Expr::col(("r", column))
}

/// The entry with this number.
pub(super) fn is(id: RecordId) -> Expr {
    col(R::Id).eq(id.0)
}

/// Locks an entry until the transaction ends.
pub(super) async fn lock(tx: &Tx, id: i64) -> Result<()> {
    medical_record::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    Ok(())
}

/// Keeps only what was signed, released or entered for good.
pub(super) fn final_only(query: &mut SelectStatement) {
    query.and_where(col(R::Status).eq(RecordStatus::Final.as_str()));
}

pub(super) fn is_signed(row: &Row) -> bool {
    row.status == RecordStatus::Final.as_str()
}

/// Keeps only entries of these kinds.
pub(super) fn of_kinds(query: &mut SelectStatement, kinds: &[RecordType]) {
    query.and_where(col(R::RecordType).is_in(kinds.iter().map(|kind| kind.as_str())));
}

/// Leaves out what stands elsewhere: additions stand with what they complete.
pub(super) fn without_addenda(query: &mut SelectStatement) {
    let reports = RecordType::REPORTS.map(RecordType::as_str);
    query.and_where(col(R::AboutId).is_null().or(col(R::RecordType).is_not_in(reports)));
}

/// The newest day first.
pub(super) fn newest_first(query: &mut SelectStatement) {
    query.order_by(("r", R::RecordDate), Order::Desc).order_by(("r", R::Id), Order::Desc);
}

/// What [`newest_first`] puts after a row.
pub(super) fn after(cursor: Cursor) -> Result<Condition> {
    Ok(keyset::descending(|| col(R::RecordDate), keyset::day_of(cursor)?, || col(R::Id), cursor.id))
}

/// The place of a row in a list that is [`newest_first`].
pub(super) fn place_of(row: &Row) -> Cursor {
    Cursor { at: keyset::number_of(row.record_date), id: row.id, part: 0 }
}

/// The results of some reports, report by report in their order.
pub(super) async fn results_of(db: &impl ConnectionTrait, reports: &[i64]) -> Result<Vec<lab_result::Model>> {
    if reports.is_empty() {
        return Ok(Vec::new());
    }
    Ok(lab_result::Entity::find()
        .filter(lab_result::Column::RecordId.is_in(reports.iter().copied()))
        .order_by_asc(lab_result::Column::RecordId)
        .order_by_asc(lab_result::Column::Position)
        .all(db)
        .await?)
}
