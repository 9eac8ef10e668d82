//! Rows of tokens that let their holder take one step.

use entity::one_time_token;
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set,
    sea_query::{Expr, ExprTrait},
};

use crate::{db::Tx, error::Result, time::to_db};

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::auth) enum Purpose {
    SignInCode,
    SignInEnrolment,
    ResetPassword,
}

impl Purpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::SignInCode => "sign_in_code",
            Self::SignInEnrolment => "sign_in_enrolment",
            Self::ResetPassword => "reset_password",
        }
    }
}

/// A new token.
pub(in crate::auth) struct NewToken {
    pub purpose: Purpose,
    pub user: i64,
    pub hash: String,
    pub tries: i32,
    pub expires: Timestamp,
}

pub(in crate::auth) async fn insert(tx: &Tx, new: NewToken, now: Timestamp) -> Result<()> {
    one_time_token::ActiveModel {
        purpose: Set(new.purpose.as_str().to_owned()),
        user_id: Set(new.user),
        token_hash: Set(new.hash),
        tries_left: Set(new.tries),
        created_at: Set(to_db(now)),
        expires_at: Set(to_db(new.expires)),
        ..Default::default()
    }
    .insert(tx)
    .await?;
    Ok(())
}

fn usable(purpose: Purpose, hash: &str, now: Timestamp) -> Expr {
    one_time_token::Column::TokenHash
        .eq(hash)
        .and(one_time_token::Column::Purpose.eq(purpose.as_str()))
        .and(one_time_token::Column::UsedAt.is_null())
        .and(one_time_token::Column::ExpiresAt.gt(to_db(now)))
}

/// The token as long as it works; looking uses nothing up.
pub(in crate::auth) async fn find(
    db: &impl ConnectionTrait,
    purpose: Purpose,
    hash: &str,
    now: Timestamp,
) -> Result<Option<one_time_token::Model>> {
    Ok(one_time_token::Entity::find().filter(usable(purpose, hash, now)).one(db).await?)
}

/// Takes one of the tries. `false` when none is left.
pub(in crate::auth) async fn take_try(tx: &Tx, purpose: Purpose, hash: &str, now: Timestamp) -> Result<bool> {
    let left = one_time_token::Column::TriesLeft.gt(0);
    let taken = one_time_token::Entity::update_many()
        .col_expr(one_time_token::Column::TriesLeft, Expr::col(one_time_token::Column::TriesLeft).sub(1))
        .filter(usable(purpose, hash, now).and(left))
        .exec(tx)
        .await?;
    Ok(taken.rows_affected == 1)
}

/// Uses the token up. `false` when somebody did before.
pub(in crate::auth) async fn use_up(tx: &Tx, purpose: Purpose, hash: &str, now: Timestamp) -> Result<bool> {
    let used = one_time_token::Entity::update_many()
        .col_expr(one_time_token::Column::UsedAt, Expr::value(to_db(now)))
        .filter(usable(purpose, hash, now))
        .exec(tx)
        .await?;
    Ok(used.rows_affected == 1)
}

/// The tokens of a person for one purpose stop working.
pub(in crate::auth) async fn withdraw(tx: &Tx, purpose: Purpose, user: i64) -> Result<()> {
    let theirs = one_time_token::Column::UserId.eq(user).and(one_time_token::Column::Purpose.eq(purpose.as_str()));
    one_time_token::Entity::delete_many().filter(theirs).exec(tx).await?;
    Ok(())
}

pub(in crate::auth) async fn forget(tx: &Tx, now: Timestamp) -> Result<u64> {
    let expired = one_time_token::Column::ExpiresAt.lte(to_db(now));
    Ok(one_time_token::Entity::delete_many().filter(expired).exec(tx).await?.rows_affected)
}
