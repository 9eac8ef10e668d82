//! Rows of registrations that wait for their address to be confirmed.

use domain_types::auth::{Email, LoginName, Username};
use entity::registration;
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};

use crate::{db::Tx, error::Result, time::to_db};

fn waiting(now: Timestamp) -> Expr {
    registration::Column::ExpiresAt.gt(to_db(now))
}

/// The newest one for an address.
pub(in crate::auth) async fn newest(
    db: &impl ConnectionTrait,
    email: &Email,
    now: Timestamp,
) -> Result<Option<registration::Model>> {
    let mine = registration::Column::Email.eq(email.as_str()).and(waiting(now));
    Ok(registration::Entity::find().filter(mine).order_by_desc(registration::Column::Id).one(db).await?)
}

/// The registration, locked until the transaction ends: what is mailed about it takes turns.
pub(in crate::auth) async fn lock(tx: &Tx, id: i64) -> Result<Option<registration::Model>> {
    Ok(registration::Entity::find_by_id(id).lock_exclusive().one(&**tx).await?)
}

/// All for an address, locked until the transaction ends; always in this order, so that nobody waits for each other.
pub(in crate::auth) async fn lock_for(tx: &Tx, email: &str) -> Result<Vec<registration::Model>> {
    let theirs = registration::Entity::find().filter(registration::Column::Email.eq(email));
    Ok(theirs.order_by_asc(registration::Column::Id).lock_exclusive().all(&**tx).await?)
}

/// The newest one that somebody could mean with what they typed to sign in.
pub(in crate::auth) async fn find_by_login(
    db: &impl ConnectionTrait,
    name: &LoginName,
    now: Timestamp,
) -> Result<Option<registration::Model>> {
    let column = if name.as_str().contains('@') { registration::Column::Email } else { registration::Column::Username };
    let mine = column.eq(name.as_str()).and(waiting(now));
    Ok(registration::Entity::find().filter(mine).order_by_desc(registration::Column::Id).one(db).await?)
}

pub(in crate::auth) async fn find_by_link(
    db: &impl ConnectionTrait,
    link_hash: &str,
    now: Timestamp,
) -> Result<Option<registration::Model>> {
    let mine = registration::Column::LinkHash.eq(link_hash).and(waiting(now));
    Ok(registration::Entity::find().filter(mine).one(db).await?)
}

/// Who waits under this user name, expired ones apart.
pub(in crate::auth) async fn find_by_username(
    db: &impl ConnectionTrait,
    name: &Username,
    now: Timestamp,
) -> Result<Option<registration::Model>> {
    let mine = registration::Column::Username.eq(name.as_str()).and(waiting(now));
    Ok(registration::Entity::find().filter(mine).one(db).await?)
}

pub(in crate::auth) async fn insert(tx: &Tx, row: registration::ActiveModel) -> Result<registration::Model> {
    Ok(row.insert(&**tx).await?)
}

pub(in crate::auth) async fn update(tx: &Tx, row: registration::ActiveModel) -> Result<registration::Model> {
    Ok(row.update(&**tx).await?)
}

/// Takes one of the tries of the mailed digits. `false` when none is left or they are too old.
pub(in crate::auth) async fn take_try(tx: &Tx, id: i64, now: Timestamp) -> Result<bool> {
    let left = registration::Column::Id
        .eq(id)
        .and(registration::Column::CodeTriesLeft.gt(0))
        .and(registration::Column::CodeExpiresAt.gt(to_db(now)));
    let taken = registration::Entity::update_many()
        .col_expr(registration::Column::CodeTriesLeft, Expr::col(registration::Column::CodeTriesLeft).sub(1))
        .filter(left)
        .exec(&**tx)
        .await?;
    Ok(taken.rows_affected == 1)
}

/// All registrations for an address go once one of them is an account. Gives how many there were.
pub(in crate::auth) async fn remove_for(tx: &Tx, email: &str) -> Result<u64> {
    let theirs = registration::Column::Email.eq(email);
    Ok(registration::Entity::delete_many().filter(theirs).exec(&**tx).await?.rows_affected)
}

pub(in crate::auth) async fn forget(tx: &Tx, now: Timestamp) -> Result<u64> {
    let expired = registration::Column::ExpiresAt.lte(to_db(now));
    Ok(registration::Entity::delete_many().filter(expired).exec(&**tx).await?.rows_affected)
}
