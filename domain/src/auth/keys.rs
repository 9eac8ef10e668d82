//! The keys that sign access tokens: made here, stored sealed, changed by age and by command.
//!
//! The newest key signs. Those before it verify until the last token that they signed has expired, so that a change is
//! noticed by nobody. Every server of an installation reads the same store, at most a second late.

use std::sync::{Arc, PoisonError, RwLock};

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ed25519_dalek::SigningKey as Ed25519;
use entity::signing_key;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{DecodingKey, EncodingKey};
use serde::Serialize;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{
    access::{Act, Actor, AuditEvent, record},
    auth::{repo::keys, tokens::ACCESS_LIFETIME},
    error::{Error, Result},
    secrets::{MasterKeys, Sealer, random_bytes},
    services::Services,
    time::from_db,
};

/// How long a key that no longer signs still verifies: the life of the last token, and the seconds by which servers
/// learn of a change and by which their clocks differ.
const AFTERLIFE: SignedDuration = SignedDuration::from_secs(ACCESS_LIFETIME.as_secs() + 60);
/// How long a retired key stays in the store, for whoever has to explain a token.
const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// What precedes the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410).
const PKCS8_ED25519: [u8; 16] =
    [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/// A key in memory.
pub(super) struct LiveKey {
    id: i64,
    pub kid: String,
    public: Vec<u8>,
    created: Timestamp,
    retired: Option<Timestamp>,
    pub encoding: EncodingKey,
    pub decoding: DecodingKey,
}

impl LiveKey {
    fn of(row: &signing_key::Model, sealer: &Sealer) -> Result<Self> {
        let seed = sealer
            .open(&context(&row.kid), &row.sealed_seed)
            .ok_or_else(|| Error::internal("a signing key was sealed under another SECUREMED_SECRET_KEY"))?;
        let der = Zeroizing::new([PKCS8_ED25519.as_slice(), seed.as_slice()].concat());
        Ok(Self {
            id: row.id,
            kid: row.kid.clone(),
            public: row.public_key.clone(),
            created: from_db(row.created_at),
            retired: row.retired_at.map(from_db),
            encoding: EncodingKey::from_ed_der(&der),
            decoding: DecodingKey::from_ed_components(&BASE64URL_NOPAD.encode(&row.public_key))
                .map_err(Error::caused("a signing key could not be read"))?,
        })
    }
}

/// What was read from the store, and when.
#[derive(Clone, Default)]
struct Ring {
    read_at: Option<Timestamp>,
    /// Whether it was read once more within that second, for an id that it did not have.
    was_asked_again: bool,
    keys: Vec<Arc<LiveKey>>,
}

/// The store of keys, with a copy in memory.
pub(crate) struct TokenKeys {
    pub(super) issuer: String,
    sealer: Sealer,
    ring: RwLock<Ring>,
}

impl TokenKeys {
    pub(crate) fn new(masters: &MasterKeys, issuer: &str) -> Result<Self> {
        let sealer = Sealer::new(masters, "securemed token keys v1")?;
        Ok(Self { issuer: issuer.to_owned(), sealer, ring: RwLock::default() })
    }

    /// The key that signs now; the first one is made here.
    pub(super) async fn signing(&self, services: &Services) -> Result<Arc<LiveKey>> {
        let newest = |keys: Vec<Arc<LiveKey>>| keys.into_iter().find(|key| key.retired.is_none());
        if let Some(key) = newest(self.fresh(services).await?) {
            return Ok(key);
        }
        make(services, &Actor::system("first signing key"), Others::Suffice).await?;
        newest(self.read(services).await?).ok_or_else(|| Error::internal("there is no key to sign with"))
    }

    /// The key with this id, unless it is retired.
    pub(super) async fn verifying(&self, services: &Services, kid: &str) -> Result<Option<Arc<LiveKey>>> {
        let with_id = |keys: Vec<Arc<LiveKey>>| keys.into_iter().find(|key| key.kid == kid);
        if let Some(key) = with_id(self.fresh(services).await?) {
            return Ok(Some(key));
        }
        // Another server may have made it within this second; invented ids do not reach the database more than once in it.
        if std::mem::replace(&mut self.ring.write().unwrap_or_else(PoisonError::into_inner).was_asked_again, true) {
            return Ok(None);
        }
        let found = with_id(self.read(services).await?);
        self.ring.write().unwrap_or_else(PoisonError::into_inner).was_asked_again = true;
        Ok(found)
    }

    /// The keys of the copy when it is of this second, otherwise of the store.
    async fn fresh(&self, services: &Services) -> Result<Vec<Arc<LiveKey>>> {
        let ring = self.ring.read().unwrap_or_else(PoisonError::into_inner).clone();
        if ring.read_at == Some(services.now()) { Ok(ring.keys) } else { self.read(services).await }
    }

    async fn read(&self, services: &Services) -> Result<Vec<Arc<LiveKey>>> {
        let now = services.now();
        let rows = keys::alive(services.db().read(), now).await?;
        let known = self.ring.read().unwrap_or_else(PoisonError::into_inner).clone().keys;
        let key = |row: &signing_key::Model| {
            let same = known.iter().find(|key| key.kid == row.kid && key.retired == row.retired_at.map(from_db));
            same.map_or_else(|| LiveKey::of(row, &self.sealer).map(Arc::new), |key| Ok(Arc::clone(key)))
        };
        let keys = rows.iter().map(key).collect::<Result<Vec<_>>>()?;
        let ring = Ring { read_at: Some(now), was_asked_again: false, keys: keys.clone() };
        *self.ring.write().unwrap_or_else(PoisonError::into_inner) = ring;
        Ok(keys)
    }
}

fn context(kid: &str) -> String {
    format!("signing_key.sealed_seed {kid}")
}

/// What becomes of the keys that are there when another one is made.
#[derive(Clone, Copy)]
enum Others {
    /// When one of them signs, no other is made.
    Suffice,
    EndAt(Timestamp),
}

/// Makes a key that signs from now on.
async fn make(services: &Services, actor: &Actor, others: Others) -> Result<String> {
    let seed = Zeroizing::new(random_bytes::<32>());
    let public = Ed25519::from_bytes(&seed).verifying_key().to_bytes();
    let kid = HEXLOWER.encode(&Sha256::digest(public)[..8]);
    let sealed = services.tokens().sealer.seal(&context(&kid), seed.as_slice())?;
    let now = services.now();
    let tx = services.db().begin().await?;
    keys::lock_all(&tx, services.db().engine()).await?;
    if matches!(others, Others::Suffice)
        && let Some(newest) = keys::alive(&tx, now).await?.into_iter().find(|key| key.retired_at.is_none())
    {
        return Ok(newest.kid);
    }
    let row = keys::insert(&tx, kid.clone(), public.to_vec(), sealed, now).await?;
    if let Others::EndAt(end) = others {
        keys::retire_others(&tx, row.id, end).await?;
    }
    let event = AuditEvent { act: Act::MakeSigningKey, ids: &[row.id], patient: None };
    record(services, &tx, actor, event).await?;
    tx.commit().await?;
    Ok(kid)
}

/// Makes a new signing key and gives its id. The earlier ones verify until their last token has expired; with
/// `revoke_others` they are dead at once, and everybody's next request renews their access token.
///
/// # Errors
/// When the database is away.
pub async fn rotate_keys(services: &Services, actor: &Actor, revoke_others: bool) -> Result<String> {
    let now = services.now();
    let kid = make(services, actor, Others::EndAt(if revoke_others { now } else { now + AFTERLIFE })).await?;
    services.tokens().read(services).await?;
    Ok(kid)
}

/// Makes a new signing key when the present one is older than the setting allows. `true` when it did.
///
/// # Errors
/// When the database is away.
pub async fn rotate_aged_keys(services: &Services) -> Result<bool> {
    let days = services.settings().await?.identity.signing_key_days;
    let newest = services.tokens().signing(services).await?;
    let age = services.now().duration_since(newest.created);
    if age < SignedDuration::from_hours(24) * i32::try_from(days).unwrap_or(i32::MAX).max(1) {
        return Ok(false);
    }
    rotate_keys(services, &Actor::system("signing key by age"), false).await?;
    Ok(true)
}

/// Seals all keys anew that were sealed under an earlier master key. Gives how many.
pub(super) async fn reseal(services: &Services) -> Result<u64> {
    let sealer = &services.tokens().sealer;
    let tx = services.db().begin().await?;
    let mut resealed = 0;
    for row in keys::alive(&tx, services.now()).await? {
        if sealer.is_outdated(&row.sealed_seed) {
            let seed = sealer
                .open(&context(&row.kid), &row.sealed_seed)
                .ok_or_else(|| Error::internal("a signing key was sealed under a key that nobody has"))?;
            keys::reseal(&tx, row.id, sealer.seal(&context(&row.kid), &seed)?).await?;
            resealed += 1;
        }
    }
    tx.commit().await?;
    Ok(resealed)
}

pub(super) async fn forget_retired(services: &Services) -> Result<u64> {
    let tx = services.db().begin().await?;
    let gone = keys::forget(&tx, services.now() - KEPT).await?;
    tx.commit().await?;
    Ok(gone)
}

/// A public key as others read it (RFC 8037).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublicKey {
    pub kty: &'static str,
    pub crv: &'static str,
    #[serde(rename = "use")]
    pub purpose: &'static str,
    pub alg: &'static str,
    pub kid: String,
    pub x: String,
}

/// The public keys that verify our access tokens now (RFC 7517). Public.
///
/// # Errors
/// When the database is away.
pub async fn public_keys(services: &Services, _actor: &Actor) -> Result<Vec<PublicKey>> {
    services.tokens().signing(services).await?;
    let keys = services.tokens().fresh(services).await?;
    let view = |key: &Arc<LiveKey>| PublicKey {
        kty: "OKP",
        crv: "Ed25519",
        purpose: "sig",
        alg: "EdDSA",
        kid: key.kid.clone(),
        x: BASE64URL_NOPAD.encode(&key.public),
    };
    let mut keys: Vec<_> = keys.iter().collect();
    keys.sort_by_key(|key| std::cmp::Reverse(key.id));
    Ok(keys.into_iter().map(view).collect())
}
