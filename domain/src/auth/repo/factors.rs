//! Rows of second factors and recovery codes.

use entity::{factor, recovery_code};
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Set,
    sea_query::{Expr, ExprTrait},
};

use crate::{db::Tx, error::Result, time::to_db};

/// The only kind so far; a passkey will be another.
const APP: &str = "totp";

pub(in crate::auth) async fn confirmed(db: &impl ConnectionTrait, user: i64) -> Result<Option<factor::Model>> {
    let mine = factor::Column::UserId.eq(user).and(factor::Column::ConfirmedAt.is_not_null());
    Ok(factor::Entity::find().filter(mine).one(db).await?)
}

pub(in crate::auth) async fn pending(db: &impl ConnectionTrait, user: i64) -> Result<Option<factor::Model>> {
    let mine = factor::Column::UserId.eq(user).and(factor::Column::ConfirmedAt.is_null());
    Ok(factor::Entity::find().filter(mine).one(db).await?)
}

/// Puts a new factor in the place of one that was never confirmed.
pub(in crate::auth) async fn replace_pending(tx: &Tx, user: i64, sealed: Vec<u8>, now: Timestamp) -> Result<()> {
    let unconfirmed = factor::Column::UserId.eq(user).and(factor::Column::ConfirmedAt.is_null());
    factor::Entity::delete_many().filter(unconfirmed).exec(tx).await?;
    factor::ActiveModel {
        user_id: Set(user),
        kind: Set(APP.to_owned()),
        sealed_secret: Set(sealed),
        created_at: Set(to_db(now)),
        ..Default::default()
    }
    .insert(tx)
    .await?;
    Ok(())
}

/// Takes away the factor that was in use.
pub(in crate::auth) async fn remove_confirmed(tx: &Tx, user: i64) -> Result<u64> {
    let mine = factor::Column::UserId.eq(user).and(factor::Column::ConfirmedAt.is_not_null());
    Ok(factor::Entity::delete_many().filter(mine).exec(tx).await?.rows_affected)
}

/// Takes the pending factor into use. `false` when another request did.
pub(in crate::auth) async fn confirm(tx: &Tx, id: i64, step: i64, now: Timestamp) -> Result<bool> {
    let confirmed = factor::Entity::update_many()
        .col_expr(factor::Column::ConfirmedAt, Expr::value(to_db(now)))
        .col_expr(factor::Column::LastStep, Expr::value(step))
        .filter(factor::Column::Id.eq(id).and(factor::Column::ConfirmedAt.is_null()))
        .exec(tx)
        .await?;
    Ok(confirmed.rows_affected == 1)
}

/// Takes a time step. `false` when it, or a later one, was taken before: a code works once.
pub(in crate::auth) async fn take_step(tx: &Tx, id: i64, step: i64, now: Timestamp) -> Result<bool> {
    let newer = factor::Column::LastStep.is_null().or(factor::Column::LastStep.lt(step));
    let taken = factor::Entity::update_many()
        .col_expr(factor::Column::LastStep, Expr::value(step))
        .col_expr(factor::Column::LastUsedAt, Expr::value(to_db(now)))
        .filter(factor::Column::Id.eq(id).and(newer))
        .exec(tx)
        .await?;
    Ok(taken.rows_affected == 1)
}

/// Everything that is sealed, for sealing it anew.
pub(in crate::auth) async fn all_after(db: &impl ConnectionTrait, id: i64) -> Result<Vec<factor::Model>> {
    let next = factor::Entity::find().filter(factor::Column::Id.gt(id)).order_by_asc(factor::Column::Id);
    Ok(sea_orm::QuerySelect::limit(next, 500).all(db).await?)
}

pub(in crate::auth) async fn reseal(tx: &Tx, id: i64, sealed: Vec<u8>) -> Result<()> {
    factor::ActiveModel { id: Set(id), sealed_secret: Set(sealed), ..Default::default() }.update(tx).await?;
    Ok(())
}

/// Puts new codes in the place of all earlier ones.
pub(in crate::auth) async fn replace_codes(tx: &Tx, user: i64, hashes: Vec<String>, now: Timestamp) -> Result<()> {
    remove_codes(tx, user).await?;
    let rows = hashes.into_iter().map(|hash| recovery_code::ActiveModel {
        user_id: Set(user),
        code_hash: Set(hash),
        created_at: Set(to_db(now)),
        ..Default::default()
    });
    recovery_code::Entity::insert_many(rows).exec(tx).await?;
    Ok(())
}

pub(in crate::auth) async fn remove_codes(tx: &Tx, user: i64) -> Result<()> {
    recovery_code::Entity::delete_many().filter(recovery_code::Column::UserId.eq(user)).exec(tx).await?;
    Ok(())
}

/// Uses up a recovery code. `false` when there is none like it, or it was used.
pub(in crate::auth) async fn use_code(tx: &Tx, user: i64, hash: &str, now: Timestamp) -> Result<bool> {
    let unused = recovery_code::Column::UserId
        .eq(user)
        .and(recovery_code::Column::CodeHash.eq(hash))
        .and(recovery_code::Column::UsedAt.is_null());
    let used = recovery_code::Entity::update_many()
        .col_expr(recovery_code::Column::UsedAt, Expr::value(to_db(now)))
        .filter(unused)
        .exec(tx)
        .await?;
    Ok(used.rows_affected == 1)
}

pub(in crate::auth) async fn codes_left(db: &impl ConnectionTrait, user: i64) -> Result<u64> {
    let unused = recovery_code::Column::UserId.eq(user).and(recovery_code::Column::UsedAt.is_null());
    Ok(recovery_code::Entity::find().filter(unused).count(db).await?)
}
