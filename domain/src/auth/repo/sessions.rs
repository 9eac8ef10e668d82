//! Rows of sessions and their refresh tokens.

use entity::{doctor, patient, refresh_token, session, user};
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, RelationTrait, Set,
    sea_query::{Expr, ExprTrait},
};

use crate::{db::Tx, error::Result, time::to_db};

/// A session with its person.
pub(in crate::auth) struct FoundSession {
    pub session: session::Model,
    pub user: user::Model,
    pub patient_id: Option<i64>,
    pub doctor_id: Option<i64>,
}

/// One query: it runs for every request of somebody who is signed in.
pub(in crate::auth) async fn find_session(db: &impl ConnectionTrait, id: i64) -> Result<Option<FoundSession>> {
    let mut query = session::Entity::find_by_id(id)
        .find_also_related(user::Entity)
        .join(JoinType::LeftJoin, user::Relation::Patient.def())
        .join(JoinType::LeftJoin, user::Relation::Doctor.def());
    QuerySelect::query(&mut query)
        .expr_as(Expr::col((patient::Entity, patient::Column::Id)), "patient_id")
        .expr_as(Expr::col((doctor::Entity, doctor::Column::Id)), "doctor_id");
    let Some(row) = db.query_one(QuerySelect::query(&mut query)).await? else { return Ok(None) };
    Ok(Some(FoundSession {
        session: session::Model::from_query_result(&row, "A_")?,
        user: user::Model::from_query_result(&row, "B_")?,
        patient_id: row.try_get("", "patient_id")?,
        doctor_id: row.try_get("", "doctor_id")?,
    }))
}

pub(in crate::auth) async fn insert(tx: &Tx, row: session::ActiveModel) -> Result<i64> {
    Ok(row.insert(tx).await?.id)
}

pub(in crate::auth) async fn touch(tx: &Tx, id: i64, now: Timestamp, expires: Timestamp) -> Result<()> {
    session::Entity::update_many()
        .col_expr(session::Column::LastUsedAt, Expr::value(to_db(now)))
        .col_expr(session::Column::ExpiresAt, Expr::value(to_db(expires)))
        .filter(session::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Notes a use without making it last longer.
pub(in crate::auth) async fn note_use(tx: &Tx, id: i64, now: Timestamp) -> Result<()> {
    session::Entity::update_many()
        .col_expr(session::Column::LastUsedAt, Expr::value(to_db(now)))
        .filter(session::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

pub(in crate::auth) async fn note_proof(tx: &Tx, id: i64, now: Timestamp) -> Result<()> {
    session::Entity::update_many()
        .col_expr(session::Column::VerifiedAt, Expr::value(to_db(now)))
        .filter(session::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

pub(in crate::auth) async fn revoke(tx: &Tx, id: i64, now: Timestamp, why: &str) -> Result<u64> {
    revoke_where(tx, session::Column::Id.eq(id), now, why).await
}

/// Ends the person's sessions, all but one of them.
pub(in crate::auth) async fn revoke_all(
    tx: &Tx,
    user: i64,
    but: Option<i64>,
    now: Timestamp,
    why: &str,
) -> Result<u64> {
    let mut whose = session::Column::UserId.eq(user);
    if let Some(kept) = but {
        whose = whose.and(session::Column::Id.ne(kept));
    }
    revoke_where(tx, whose, now, why).await
}

async fn revoke_where(tx: &Tx, whose: Expr, now: Timestamp, why: &str) -> Result<u64> {
    let ended = session::Entity::update_many()
        .col_expr(session::Column::RevokedAt, Expr::value(to_db(now)))
        .col_expr(session::Column::RevokedWhy, Expr::value(why))
        .filter(whose.and(session::Column::RevokedAt.is_null()))
        .exec(tx)
        .await?;
    Ok(ended.rows_affected)
}

/// Sessions that are not over by `now`, the last used first. Those that rested too long are still among them.
pub(in crate::auth) async fn alive(
    db: &impl ConnectionTrait,
    user: i64,
    now: Timestamp,
) -> Result<Vec<session::Model>> {
    let mine = session::Column::UserId
        .eq(user)
        .and(session::Column::RevokedAt.is_null())
        .and(session::Column::ExpiresAt.gt(to_db(now)));
    Ok(session::Entity::find()
        .filter(mine)
        .order_by_desc(session::Column::LastUsedAt)
        .order_by_desc(session::Column::Id)
        .all(db)
        .await?)
}

/// Whether the person used SecureMed from this address since then.
pub(in crate::auth) async fn knows_address(
    db: &impl ConnectionTrait,
    user: i64,
    address: &str,
    since: Timestamp,
) -> Result<bool> {
    let from_there = session::Column::UserId
        .eq(user)
        .and(session::Column::Address.eq(address))
        .and(session::Column::LastUsedAt.gte(to_db(since)));
    Ok(session::Entity::find().filter(from_there).one(db).await?.is_some())
}

/// From where somebody was signed in since then.
pub(in crate::auth) async fn addresses(db: &impl ConnectionTrait, user: i64, since: Timestamp) -> Result<Vec<String>> {
    let theirs = session::Column::UserId.eq(user).and(session::Column::LastUsedAt.gte(to_db(since)));
    let query = session::Entity::find().select_only().column(session::Column::Address).distinct().filter(theirs);
    Ok(query.limit(1_000).into_tuple().all(db).await?)
}

/// Forgets sessions that were over before then, with their refresh tokens.
pub(in crate::auth) async fn forget(tx: &Tx, before: Timestamp) -> Result<u64> {
    let over = session::Column::ExpiresAt.lt(to_db(before)).or(session::Column::RevokedAt.lt(to_db(before)));
    let ids = || session::Entity::find().select_only().column(session::Column::Id).filter(over.clone()).into_query();
    refresh_token::Entity::delete_many().filter(refresh_token::Column::SessionId.in_subquery(ids())).exec(tx).await?;
    Ok(session::Entity::delete_many().filter(over).exec(tx).await?.rows_affected)
}

pub(in crate::auth) async fn insert_refresh_token(
    tx: &Tx,
    session: i64,
    hash: &str,
    now: Timestamp,
    expires: Timestamp,
) -> Result<()> {
    let row = refresh_token::ActiveModel {
        session_id: Set(session),
        token_hash: Set(hash.to_owned()),
        created_at: Set(to_db(now)),
        expires_at: Set(to_db(expires)),
        ..Default::default()
    };
    row.insert(tx).await?;
    Ok(())
}

pub(in crate::auth) async fn find_refresh_token(
    db: &impl ConnectionTrait,
    hash: &str,
) -> Result<Option<refresh_token::Model>> {
    Ok(refresh_token::Entity::find().filter(refresh_token::Column::TokenHash.eq(hash)).one(db).await?)
}

/// The token, locked until the transaction ends, so that parallel refreshes take turns.
pub(in crate::auth) async fn lock_refresh_token(tx: &Tx, hash: &str) -> Result<Option<refresh_token::Model>> {
    let mine = refresh_token::Column::TokenHash.eq(hash);
    Ok(refresh_token::Entity::find().filter(mine).lock_exclusive().one(tx).await?)
}

pub(in crate::auth) async fn use_refresh_token(tx: &Tx, id: i64, now: Timestamp) -> Result<()> {
    refresh_token::ActiveModel { id: Set(id), used_at: Set(Some(to_db(now))), ..Default::default() }.update(tx).await?;
    Ok(())
}
