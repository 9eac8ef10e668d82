//! Rows of mails that somebody asked for.

use entity::mail_request;
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Set,
    sea_query::{ExprTrait, LockBehavior, LockType},
};

use crate::{
    db::{Engine, Tx},
    error::Result,
    time::to_db,
};

pub(in crate::auth) async fn insert(tx: &Tx, row: mail_request::ActiveModel) -> Result<()> {
    row.insert(tx).await?;
    Ok(())
}

/// The oldest that nobody has answered.
pub(in crate::auth) async fn open(db: &impl ConnectionTrait, most: u64) -> Result<Vec<i64>> {
    let rows = mail_request::Entity::find()
        .filter(mail_request::Column::AnsweredAt.is_null())
        .order_by_asc(mail_request::Column::Id)
        .limit(most)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// The request, locked until the transaction ends; nothing when another server answers it.
pub(in crate::auth) async fn lock(tx: &Tx, engine: Engine, id: i64) -> Result<Option<mail_request::Model>> {
    let mut query = mail_request::Entity::find_by_id(id).filter(mail_request::Column::AnsweredAt.is_null());
    if engine == Engine::Postgres {
        query = query.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    Ok(query.one(tx).await?)
}

/// `requester` is the hash by which it counts from now on.
pub(in crate::auth) async fn answered(
    tx: &Tx,
    id: i64,
    requester: String,
    is_mailed: bool,
    now: Timestamp,
) -> Result<()> {
    mail_request::ActiveModel {
        id: Set(id),
        requester_hash: Set(requester),
        answered_at: Set(Some(to_db(now))),
        is_mailed: Set(is_mailed),
        ..Default::default()
    }
    .update(tx)
    .await?;
    Ok(())
}

/// How many of this kind were mailed to the address since then because `requester` asked.
pub(in crate::auth) async fn mailed(
    tx: &Tx,
    (kind, email, requester): (&str, &str, &str),
    since: Timestamp,
) -> Result<u64> {
    let theirs = mail_request::Column::Email
        .eq(email)
        .and(mail_request::Column::Kind.eq(kind))
        .and(mail_request::Column::RequesterHash.eq(requester))
        .and(mail_request::Column::IsMailed.eq(true))
        .and(mail_request::Column::CreatedAt.gt(to_db(since)));
    Ok(mail_request::Entity::find().filter(theirs).count(tx).await?)
}

pub(in crate::auth) async fn forget(tx: &Tx, before: Timestamp) -> Result<u64> {
    let old = mail_request::Column::CreatedAt.lt(to_db(before));
    Ok(mail_request::Entity::delete_many().filter(old).exec(tx).await?.rows_affected)
}
