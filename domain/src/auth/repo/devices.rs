//! Rows of browsers that people signed in with before.

use entity::known_device;
use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set,
    sea_query::{Expr, ExprTrait},
};

use crate::{db::Tx, error::Result, time::to_db};

/// The person's own row among those of the tokens that a browser brought.
pub(in crate::auth) async fn find(
    db: &impl ConnectionTrait,
    user: i64,
    token_hashes: &[String],
    since: Timestamp,
) -> Result<Option<known_device::Model>> {
    let mine = known_device::Column::UserId
        .eq(user)
        .and(known_device::Column::TokenHash.is_in(token_hashes))
        .and(known_device::Column::LastSeenAt.gte(to_db(since)));
    Ok(known_device::Entity::find().filter(mine).one(db).await?)
}

/// From now on the person is known to use this browser. The token is new, and theirs alone.
pub(in crate::auth) async fn insert(tx: &Tx, user: i64, token_hash: String, now: Timestamp) -> Result<()> {
    let row = known_device::ActiveModel {
        user_id: Set(user),
        token_hash: Set(token_hash),
        created_at: Set(to_db(now)),
        last_seen_at: Set(to_db(now)),
        ..Default::default()
    };
    known_device::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

pub(in crate::auth) async fn note_seen(tx: &Tx, id: i64, now: Timestamp) -> Result<()> {
    known_device::Entity::update_many()
        .col_expr(known_device::Column::LastSeenAt, Expr::value(to_db(now)))
        .filter(known_device::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Whoever changes the password trusts no browser but the one in their hands.
pub(in crate::auth) async fn forget_all(tx: &Tx, user: i64) -> Result<()> {
    known_device::Entity::delete_many().filter(known_device::Column::UserId.eq(user)).exec(tx).await?;
    Ok(())
}

pub(in crate::auth) async fn forget(tx: &Tx, before: Timestamp) -> Result<u64> {
    let old = known_device::Column::LastSeenAt.lt(to_db(before));
    Ok(known_device::Entity::delete_many().filter(old).exec(tx).await?.rows_affected)
}
