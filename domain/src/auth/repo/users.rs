//! Rows of people.

use domain_types::auth::{Email, Username};
use entity::user;
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    db::Tx,
    error::{Error, Result},
    people,
    time::to_db,
};

pub(in crate::auth) async fn load(db: &impl ConnectionTrait, id: i64) -> Result<user::Model> {
    user::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)
}

pub(in crate::auth) async fn note_sign_in(tx: &Tx, id: i64, now: Timestamp) -> Result<()> {
    user::ActiveModel { id: Set(id), last_sign_in_at: Set(Some(to_db(now))), ..Default::default() }.update(tx).await?;
    Ok(())
}

/// The person, locked until the transaction ends: whatever changes how they prove who they are takes turns.
pub(in crate::auth) async fn lock(tx: &Tx, id: i64) -> Result<user::Model> {
    user::Entity::find_by_id(id).lock_exclusive().one(tx).await?.ok_or(Error::NotFound)
}

pub(in crate::auth) async fn find_by_email(db: &impl ConnectionTrait, email: &Email) -> Result<Option<user::Model>> {
    Ok(user::Entity::find().filter(user::Column::Email.eq(email.as_str())).one(db).await?)
}

pub(in crate::auth) async fn is_username_taken(db: &impl ConnectionTrait, name: &Username) -> Result<bool> {
    Ok(user::Entity::find().filter(user::Column::Username.eq(name.as_str())).one(db).await?.is_some())
}

/// Calls a person by other names, under which they are found from then on.
pub(in crate::auth) async fn rename(tx: &Tx, user: user::Model, first: &str, last: &str) -> Result<user::Model> {
    let change = user::ActiveModel {
        id: Set(user.id),
        first_name: Set(first.to_owned()),
        last_name: Set(last.to_owned()),
        sort_key: Set(people::sort_key(first, last)),
        ..Default::default()
    };
    let user = change.update(tx).await?;
    people::store_words(tx, &user).await?;
    Ok(user)
}

pub(in crate::auth) async fn set_password(tx: &Tx, id: i64, hash: String) -> Result<()> {
    user::Entity::update_many()
        .col_expr(user::Column::PasswordHash, Expr::value(hash))
        .filter(user::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Puts another hash in the place of this one, if it is still there.
pub(in crate::auth) async fn replace_hash(tx: &Tx, id: i64, stored: &str, hash: String) -> Result<()> {
    user::Entity::update_many()
        .col_expr(user::Column::PasswordHash, Expr::value(hash))
        .filter(user::Column::Id.eq(id).and(user::Column::PasswordHash.eq(stored)))
        .exec(tx)
        .await?;
    Ok(())
}

pub(in crate::auth) async fn accept_policy(tx: &Tx, id: i64, version: i64, now: Timestamp) -> Result<()> {
    user::ActiveModel {
        id: Set(id),
        accepted_policy_version: Set(Some(version)),
        accepted_policy_at: Set(Some(to_db(now))),
        ..Default::default()
    }
    .update(tx)
    .await?;
    Ok(())
}
