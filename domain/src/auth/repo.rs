//! Rows of people and their sessions.

use domain_types::auth::LoginName;
use entity::{doctor, patient, refresh_token, session, user};
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect,
    RelationTrait, Set,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    db::Tx,
    error::{Error, Result},
    time::to_db,
};

pub(super) async fn find_by_login(db: &impl ConnectionTrait, name: &LoginName) -> Result<Option<user::Model>> {
    let column = if name.as_str().contains('@') { user::Column::Email } else { user::Column::Username };
    Ok(user::Entity::find().filter(column.eq(name.as_str())).one(db).await?)
}

pub(super) async fn load(db: &impl ConnectionTrait, id: i64) -> Result<user::Model> {
    user::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)
}

pub(super) async fn note_sign_in(tx: &Tx, id: i64, now: Timestamp) -> Result<()> {
    user::ActiveModel { id: Set(id), last_sign_in_at: Set(Some(to_db(now))), ..Default::default() }
        .update(&**tx)
        .await?;
    Ok(())
}

/// A session with its person.
pub(super) struct FoundSession {
    pub session: session::Model,
    pub user: user::Model,
    pub patient_id: Option<i64>,
    pub doctor_id: Option<i64>,
}

/// One query: it runs for every request of somebody who is signed in.
pub(super) async fn find_session(db: &impl ConnectionTrait, id: i64) -> Result<Option<FoundSession>> {
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

pub(super) struct NewSession {
    pub user: i64,
    pub kind: &'static str,
    pub user_agent: String,
    pub address: String,
    pub now: Timestamp,
    pub expires: Timestamp,
}

pub(super) async fn insert_session(tx: &Tx, new: NewSession) -> Result<i64> {
    let row = session::ActiveModel {
        user_id: Set(new.user),
        kind: Set(new.kind.to_owned()),
        user_agent: Set(new.user_agent),
        address: Set(new.address),
        created_at: Set(to_db(new.now)),
        last_used_at: Set(to_db(new.now)),
        expires_at: Set(to_db(new.expires)),
        ..Default::default()
    };
    Ok(row.insert(&**tx).await?.id)
}

pub(super) async fn touch_session(tx: &Tx, id: i64, now: Timestamp, expires: Timestamp) -> Result<()> {
    session::ActiveModel {
        id: Set(id),
        last_used_at: Set(to_db(now)),
        expires_at: Set(to_db(expires)),
        ..Default::default()
    }
    .update(&**tx)
    .await?;
    Ok(())
}

pub(super) async fn revoke_session(tx: &Tx, id: i64, now: Timestamp, why: &str) -> Result<()> {
    session::Entity::update_many()
        .col_expr(session::Column::RevokedAt, Expr::value(to_db(now)))
        .col_expr(session::Column::RevokedWhy, Expr::value(why))
        .filter(session::Column::Id.eq(id).and(session::Column::RevokedAt.is_null()))
        .exec(&**tx)
        .await?;
    Ok(())
}

pub(super) async fn insert_refresh_token(
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
    row.insert(&**tx).await?;
    Ok(())
}

pub(super) async fn find_refresh_token(db: &impl ConnectionTrait, hash: &str) -> Result<Option<refresh_token::Model>> {
    Ok(refresh_token::Entity::find().filter(refresh_token::Column::TokenHash.eq(hash)).one(db).await?)
}

/// The token, locked until the transaction ends, so that parallel refreshes take turns.
pub(super) async fn lock_refresh_token(tx: &Tx, hash: &str) -> Result<Option<refresh_token::Model>> {
    let mine = refresh_token::Column::TokenHash.eq(hash);
    Ok(refresh_token::Entity::find().filter(mine).lock_exclusive().one(&**tx).await?)
}

pub(super) async fn use_refresh_token(tx: &Tx, id: i64, now: Timestamp) -> Result<()> {
    refresh_token::ActiveModel { id: Set(id), used_at: Set(Some(to_db(now))), ..Default::default() }
        .update(&**tx)
        .await?;
    Ok(())
}
