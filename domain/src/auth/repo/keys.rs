//! Rows of the keys that sign access tokens.

use entity::signing_key;
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    db::{Engine, Tx},
    error::Result,
    time::to_db,
};

/// Those that are not retired yet, the newest first.
pub(in crate::auth) async fn alive(db: &impl ConnectionTrait, now: Timestamp) -> Result<Vec<signing_key::Model>> {
    let alive = signing_key::Column::RetiredAt.is_null().or(signing_key::Column::RetiredAt.gt(to_db(now)));
    Ok(signing_key::Entity::find()
        .filter(alive)
        .order_by_desc(signing_key::Column::CreatedAt)
        .order_by_desc(signing_key::Column::Id)
        .all(db)
        .await?)
}

/// Whoever makes a key is alone with them until the transaction ends. SQLite has one writer anyway.
pub(in crate::auth) async fn lock_all(tx: &Tx, engine: Engine) -> Result<()> {
    if engine == Engine::Postgres {
        tx.execute_unprepared("LOCK TABLE signing_key IN SHARE ROW EXCLUSIVE MODE").await?;
    }
    Ok(())
}

pub(in crate::auth) async fn insert(
    tx: &Tx,
    kid: String,
    public_key: Vec<u8>,
    sealed_seed: Vec<u8>,
    now: Timestamp,
) -> Result<signing_key::Model> {
    let row = signing_key::ActiveModel {
        kid: Set(kid),
        public_key: Set(public_key),
        sealed_seed: Set(sealed_seed),
        created_at: Set(to_db(now)),
        ..Default::default()
    };
    Ok(row.insert(tx).await?)
}

/// All keys but one stop at `from`, those apart that stop before that.
pub(in crate::auth) async fn retire_others(tx: &Tx, kept: i64, from: Timestamp) -> Result<()> {
    let later = signing_key::Column::RetiredAt.is_null().or(signing_key::Column::RetiredAt.gt(to_db(from)));
    signing_key::Entity::update_many()
        .col_expr(signing_key::Column::RetiredAt, Expr::value(to_db(from)))
        .filter(signing_key::Column::Id.ne(kept).and(later))
        .exec(tx)
        .await?;
    Ok(())
}

pub(in crate::auth) async fn reseal(tx: &Tx, id: i64, sealed: Vec<u8>) -> Result<()> {
    signing_key::ActiveModel { id: Set(id), sealed_seed: Set(sealed), ..Default::default() }.update(tx).await?;
    Ok(())
}

pub(in crate::auth) async fn forget(tx: &Tx, before: Timestamp) -> Result<u64> {
    let retired = signing_key::Column::RetiredAt.lt(to_db(before));
    Ok(signing_key::Entity::delete_many().filter(retired).exec(tx).await?.rows_affected)
}
