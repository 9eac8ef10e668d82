//! Rows that count wrong guesses.

use entity::guess_counter;
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Set,
    sea_query::{Expr, ExprTrait, OnConflict},
};

use crate::{
    db::Tx,
    error::{Error, Result},
    time::{date_to_db, to_db},
};

/// The counter, made when there is none, and locked until the transaction ends.
pub(in crate::auth) async fn lock(tx: &Tx, scope: &str, subject: &str, now: Timestamp) -> Result<guess_counter::Model> {
    let today = date_to_db(now.to_zoned(jiff::tz::TimeZone::UTC).date())?;
    let fresh = guess_counter::ActiveModel {
        scope: Set(scope.to_owned()),
        subject_hash: Set(subject.to_owned()),
        failures: Set(0),
        last_failure_at: Set(to_db(now)),
        day: Set(today),
        day_count: Set(0),
        ..Default::default()
    };
    guess_counter::Entity::insert(fresh)
        .on_conflict(
            OnConflict::columns([guess_counter::Column::Scope, guess_counter::Column::SubjectHash])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(tx)
        .await?;
    let mine = guess_counter::Column::Scope.eq(scope).and(guess_counter::Column::SubjectHash.eq(subject));
    guess_counter::Entity::find()
        .filter(mine)
        .lock_exclusive()
        .one(tx)
        .await?
        .ok_or_else(|| Error::internal("a counter of guesses vanished"))
}

pub(in crate::auth) async fn update(tx: &Tx, row: guess_counter::ActiveModel) -> Result<()> {
    row.update(tx).await?;
    Ok(())
}

/// No failure in a row is left; the day's count keeps all tries but the one that was right.
pub(in crate::auth) async fn clear(tx: &Tx, scope: &str, subject: &str) -> Result<()> {
    let mine = guess_counter::Column::Scope.eq(scope).and(guess_counter::Column::SubjectHash.eq(subject));
    guess_counter::Entity::update_many()
        .col_expr(guess_counter::Column::Failures, Expr::value(0))
        .col_expr(guess_counter::Column::BlockedUntil, Expr::value(None::<time::OffsetDateTime>))
        .col_expr(guess_counter::Column::DayCount, Expr::col(guess_counter::Column::DayCount).sub(1))
        .filter(mine)
        .exec(tx)
        .await?;
    Ok(())
}

/// Takes one try back that was counted in advance.
pub(in crate::auth) async fn take_back(tx: &Tx, scope: &str, subject: &str) -> Result<()> {
    let mine = guess_counter::Column::Scope
        .eq(scope)
        .and(guess_counter::Column::SubjectHash.eq(subject))
        .and(guess_counter::Column::Failures.gt(0));
    guess_counter::Entity::update_many()
        .col_expr(guess_counter::Column::Failures, Expr::col(guess_counter::Column::Failures).sub(1))
        .col_expr(guess_counter::Column::BlockedUntil, Expr::value(None::<time::OffsetDateTime>))
        .col_expr(guess_counter::Column::DayCount, Expr::col(guess_counter::Column::DayCount).sub(1))
        .filter(mine)
        .exec(tx)
        .await?;
    Ok(())
}

pub(in crate::auth) async fn forget(tx: &Tx, before: Timestamp) -> Result<u64> {
    let old = guess_counter::Column::LastFailureAt.lt(to_db(before));
    Ok(guess_counter::Entity::delete_many().filter(old).exec(tx).await?.rows_affected)
}
