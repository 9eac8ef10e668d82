//! Rows that count wrong guesses.

use entity::guess_counter::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Set,
    sea_query::{CaseStatement, Condition, Expr, ExprTrait, OnConflict},
};

use crate::{
    db::Tx,
    error::{Error, Result},
    time::{date_to_db, to_db},
};

/// At what is guessed: the scope of a counter and the hash of its subject.
pub(in crate::auth) type Subject<'a> = (&'a str, &'a str);

/// The counters of these subjects, in their order, made where there is none, and locked until the transaction ends.
pub(in crate::auth) async fn lock(tx: &Tx, subjects: &[Subject<'_>], now: Timestamp) -> Result<Vec<Model>> {
    let today = date_to_db(now.to_zoned(jiff::tz::TimeZone::UTC).date())?;
    let fresh = subjects.iter().map(|(scope, subject)| ActiveModel {
        scope: Set((*scope).to_owned()),
        subject_hash: Set((*subject).to_owned()),
        failures: Set(0),
        last_failure_at: Set(to_db(now)),
        day: Set(today),
        day_count: Set(0),
        ..Default::default()
    });
    // What changes nothing still locks the row and gives it back.
    let known = OnConflict::columns([Column::Scope, Column::SubjectHash]).update_column(Column::Scope).to_owned();
    let rows = Entity::insert_many(fresh).on_conflict(known).exec_with_returning(tx).await?;
    let of = |(scope, subject): &Subject<'_>| {
        let row = rows.iter().find(|row| row.scope == *scope && row.subject_hash == *subject).cloned();
        row.ok_or_else(|| Error::internal("a counter of guesses vanished"))
    };
    subjects.iter().map(of).collect()
}

/// Stores counters that are locked.
pub(in crate::auth) async fn store(tx: &Tx, rows: Vec<Model>) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let counted = [Column::Failures, Column::LastFailureAt, Column::BlockedUntil, Column::Day, Column::DayCount];
    let known = OnConflict::columns([Column::Scope, Column::SubjectHash]).update_columns(counted).to_owned();
    Entity::insert_many(rows.into_iter().map(Model::into_active_model))
        .on_conflict(known)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// One try less at these, which was counted in advance. Those that are `cleared` have no failure in a row left; the day's
/// count keeps all tries but this one.
pub(in crate::auth) async fn take_back(tx: &Tx, subjects: &[Subject<'_>], cleared: &[&str]) -> Result<()> {
    if subjects.is_empty() {
        return Ok(());
    }
    let mine = subjects.iter().fold(Condition::any(), |any, (scope, subject)| {
        any.add(Column::Scope.eq(*scope).and(Column::SubjectHash.eq(*subject)))
    });
    let is_cleared = || Column::Scope.is_in(cleared.iter().copied());
    let failures = CaseStatement::new().case(is_cleared(), 0).finally(Expr::col(Column::Failures).sub(1));
    Entity::update_many()
        .col_expr(Column::Failures, failures.into())
        .col_expr(Column::BlockedUntil, Expr::value(None::<time::OffsetDateTime>))
        .col_expr(Column::DayCount, Expr::col(Column::DayCount).sub(1))
        .filter(mine)
        .filter(is_cleared().or(Column::Failures.gt(0)))
        .exec(tx)
        .await?;
    Ok(())
}

pub(in crate::auth) async fn forget(tx: &Tx, before: Timestamp) -> Result<u64> {
    let old = Column::LastFailureAt.lt(to_db(before));
    Ok(Entity::delete_many().filter(old).exec(tx).await?.rows_affected)
}
