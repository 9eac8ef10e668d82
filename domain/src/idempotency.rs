//! A repeated request is one act: the key is the client's, kept for a day with a hash of what it came with.

use data_encoding::HEXLOWER;
use entity::idempotency_key;
use jiff::SignedDuration;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set,
    sea_query::{ExprTrait, OnConflict},
};
use sha2::{Digest, Sha256};

use crate::{
    db::Tx,
    error::{Error, Result},
    services::Services,
    time::to_db,
};

const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// A client's key together with what it was sent for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey {
    key: String,
    route: &'static str,
    request_hash: String,
}

impl IdempotencyKey {
    /// `route` names the act, `body` is what must be the same when the key comes again.
    ///
    /// # Errors
    /// A key has 1 to 200 printable ASCII characters.
    pub fn parse(key: &str, route: &'static str, body: &[u8]) -> Result<Self> {
        if key.is_empty() || key.len() > 200 || !key.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(Error::field("Idempotency-Key", "The key must have 1 to 200 printable characters, no spaces."));
        }
        Ok(Self { key: key.to_owned(), route, request_hash: HEXLOWER.encode(&Sha256::digest(body)) })
    }
}

/// What [`claim`] found.
#[derive(Debug)]
pub(crate) enum Claim {
    /// The first time: do the act, then [`fulfil`] in the same transaction.
    New(i64),
    /// The act was done before and made the object with this id.
    Done(i64),
}

/// Takes the key for this transaction. A parallel repeat waits here until the first one commits or rolls back.
///
/// # Errors
/// `IdempotencyMismatch` when the key came with another body before.
pub(crate) async fn claim(services: &Services, tx: &Tx, user: i64, key: &IdempotencyKey) -> Result<Claim> {
    let now = services.now();
    // Keyed, because what was said when booking could be guessed from a plain hash.
    let request_hash = services.seals().requests.of(&key.request_hash);
    let mine = || {
        idempotency_key::Column::UserId
            .eq(user)
            .and(idempotency_key::Column::Route.eq(key.route))
            .and(idempotency_key::Column::Key.eq(&key.key))
    };
    let expired = idempotency_key::Column::CreatedAt.lte(to_db(now - KEPT));
    idempotency_key::Entity::delete_many().filter(mine().and(expired)).exec(tx).await?;
    let row = idempotency_key::ActiveModel {
        user_id: Set(user),
        route: Set(key.route.to_owned()),
        key: Set(key.key.clone()),
        request_hash: Set(request_hash.clone()),
        created_at: Set(to_db(now)),
        ..Default::default()
    };
    let columns = [idempotency_key::Column::UserId, idempotency_key::Column::Route, idempotency_key::Column::Key];
    let made = idempotency_key::Entity::insert(row)
        .on_conflict(OnConflict::columns(columns).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    let stored = idempotency_key::Entity::find()
        .filter(mine())
        .one(tx)
        .await?
        .ok_or_else(|| Error::internal("an idempotency key vanished"))?;
    if stored.request_hash != request_hash {
        return Err(Error::IdempotencyMismatch);
    }
    match (made, stored.object_id) {
        (1, None) => Ok(Claim::New(stored.id)),
        (_, Some(object)) => Ok(Claim::Done(object)),
        _ => Err(Error::internal("an idempotency key has no outcome")),
    }
}

/// Notes what the act made, so that a repeat finds it.
pub(crate) async fn fulfil(tx: &Tx, claim: i64, object: i64) -> Result<()> {
    idempotency_key::ActiveModel { id: Set(claim), object_id: Set(Some(object)), ..Default::default() }
        .update(tx)
        .await?;
    Ok(())
}

/// Forgets keys older than a day.
///
/// # Errors
/// When the database is away.
pub async fn forget_expired(services: &Services) -> Result<u64> {
    let tx = services.db().begin().await?;
    let expired = idempotency_key::Column::CreatedAt.lte(to_db(services.now() - KEPT));
    let gone = idempotency_key::Entity::delete_many().filter(expired).exec(&tx).await?.rows_affected;
    tx.commit().await?;
    Ok(gone)
}
