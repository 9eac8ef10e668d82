//! Password hashing: argon2id on blocking threads, two at a time, behind a bounded queue. Judging how good a new one is
//! has a queue of its own.
//!
//! One password can reach us as different bytes: keyboards differ in how they send an accent, and fonts in the width of
//! a letter. It is normalised (NFKC, as NIST SP 800-63B asks) before it is measured, judged or hashed.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use domain_types::auth::Password;
use entity::user;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroize;

use crate::{
    auth::repo::users,
    error::{Error, Result},
    services::Services,
};

/// Hashes at once: each takes 64 MiB and a core.
const AT_ONCE: usize = 2;
/// Hashes that may wait; the next one is told to come back.
const QUEUE: usize = 64;

/// Judgements at once, and those that may wait: whoever types is asked again with the next letter.
const JUDGED_AT_ONCE: usize = 2;
const JUDGED_QUEUE: usize = 32;

/// A password as it is measured and hashed, from what was typed. `None` when it is empty or too long.
pub(crate) fn typed(text: String) -> Option<Password> {
    Password::parse(normalised(text))
}

/// The same characters however they were typed.
pub(super) fn normalised(mut text: String) -> String {
    // Longer than any password however it is composed.
    if text.is_ascii() || text.len() > 32 * Password::MAX_CHARS {
        return text;
    }
    let plain = text.nfkc().collect();
    text.zeroize();
    plain
}

/// How hard a hash is to compute.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PasswordCost {
    /// 64 MiB, three passes: what people's passwords get.
    #[default]
    Production,
    /// As little as argon2 allows, for tests of everything but the cost.
    Cheap,
}

impl PasswordCost {
    fn params(self) -> Result<Params> {
        let (memory_kib, passes) = match self {
            Self::Production => (64 * 1024, 3),
            Self::Cheap => (8, 1),
        };
        Params::new(memory_kib, passes, 1, None).map_err(|_| Error::internal("argon2 refuses its parameters"))
    }
}

/// The hasher of an installation.
pub struct Passwords {
    argon2: Argon2<'static>,
    hashing: Queue,
    judging: Queue,
    /// Verified in place of a hash that does not exist, so that an unknown name takes as long as a wrong password.
    decoy: String,
    computed: AtomicU64,
}

impl Passwords {
    pub(crate) fn new(cost: PasswordCost) -> Result<Self> {
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, cost.params()?);
        let decoy = hash_now(&argon2, crate::secrets::random_token().as_bytes())?;
        Ok(Self {
            argon2,
            hashing: Queue::new(AT_ONCE, QUEUE),
            judging: Queue::new(JUDGED_AT_ONCE, JUDGED_QUEUE),
            decoy,
            computed: AtomicU64::new(0),
        })
    }

    /// The PHC string to store.
    ///
    /// # Errors
    /// `Busy` when too many wait already.
    pub async fn hash(&self, password: Password) -> Result<String> {
        self.run(move |argon2| hash_now(argon2, password.expose())).await
    }

    /// Whether the password is the one; computes one hash in any case, whether there is a stored one or not.
    ///
    /// # Errors
    /// `Busy` when too many wait already.
    pub async fn verify(&self, password: Password, stored: Option<String>) -> Result<bool> {
        let exists = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.decoy.clone());
        let fits = self
            .run(move |argon2| {
                let stored =
                    PasswordHash::new(&stored).map_err(|_| Error::internal("a stored password hash cannot be read"))?;
                Ok(argon2.verify_password(password.expose(), &stored).is_ok())
            })
            .await?;
        Ok(fits && exists)
    }

    /// After a sign-in: hashes the password anew when the stored hash was cheaper than those of today. When it cannot be
    /// done now, the next sign-in does it.
    pub(super) async fn renew_if_weak(&self, services: &Services, owner: &user::Model, password: Password) {
        if let Err(error) = self.renew(services, owner, password).await {
            tracing::debug!(%error, "a password hash could not be renewed");
        }
    }

    async fn renew(&self, services: &Services, owner: &user::Model, password: Password) -> Result<()> {
        let Some(stored) = owner.password_hash.as_deref().filter(|stored| self.is_weak(stored)) else { return Ok(()) };
        let hash = self.hash(password).await?;
        let tx = services.db().begin().await?;
        // Not when it was changed meanwhile.
        users::replace_hash(&tx, owner.id, stored, hash).await?;
        tx.commit().await
    }

    fn is_weak(&self, stored: &str) -> bool {
        let Ok(hash) = PasswordHash::new(stored) else { return false };
        let Ok(params) = Params::try_from(&hash) else { return false };
        let now = self.argon2.params();
        params.m_cost() < now.m_cost() || params.t_cost() < now.t_cost()
    }

    /// How many hashes were computed since start; tests count on it.
    #[must_use]
    pub fn computed(&self) -> u64 {
        self.computed.load(Ordering::Relaxed)
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Argon2<'static>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let turn = self.hashing.turn().await?;
        self.computed.fetch_add(1, Ordering::Relaxed);
        let argon2 = self.argon2.clone();
        // The turn travels with the work: somebody who hangs up does not make room before the hash is done.
        let work = move || {
            let _held = turn;
            work(&argon2)
        };
        tokio::task::spawn_blocking(work).await.map_err(Error::caused("a password hash was interrupted"))?
    }

    /// Judges a password by the way, few at a time.
    ///
    /// # Errors
    /// `Busy` when too many wait already.
    pub(super) async fn judge<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let turn = self.judging.turn().await?;
        let work = move || {
            let _held = turn;
            work()
        };
        tokio::task::spawn_blocking(work).await.map_err(Error::caused("a password could not be judged"))
    }
}

/// Few at once, and not many who wait.
struct Queue {
    running: Arc<Semaphore>,
    places: Arc<Semaphore>,
}

impl Queue {
    fn new(at_once: usize, waiting: usize) -> Self {
        Self { running: Arc::new(Semaphore::new(at_once)), places: Arc::new(Semaphore::new(at_once + waiting)) }
    }

    /// A place and a turn, held until both are dropped.
    async fn turn(&self) -> Result<(OwnedSemaphorePermit, OwnedSemaphorePermit)> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| Error::Busy { retry_after: 3 })?;
        let turn =
            Arc::clone(&self.running).acquire_owned().await.map_err(|_| Error::internal("the hasher is closed"))?;
        Ok((place, turn))
    }
}

fn hash_now(argon2: &Argon2<'_>, password: &[u8]) -> Result<String> {
    argon2
        .hash_password(password)
        .map(|hash| hash.to_string())
        .map_err(|_| Error::internal("a password could not be hashed"))
}

#[cfg(test)]
mod tests;
