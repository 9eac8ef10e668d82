//! What the rules work with, wired once at start.

use std::{fmt, sync::Arc};

use jiff::Timestamp;

use crate::{
    auth::{PasswordCost, Passwords, TokenKeys},
    clock::Clock,
    db::Db,
    error::Result,
    mail::Mailer,
    secrets::{MasterKey, Sealer},
};

/// What an installation chose.
#[derive(Clone, Debug)]
pub struct Options {
    /// How people reach it, without a trailing slash: `https://clinic.example`.
    pub public_url: String,
    /// Whether this is the demo clinic: the demo mailbox is open.
    pub demo: bool,
    pub password_cost: PasswordCost,
}

impl Default for Options {
    fn default() -> Self {
        Self { public_url: "http://127.0.0.1:3000".into(), demo: false, password_cost: PasswordCost::default() }
    }
}

/// Everything [`Services::new`] needs.
pub struct ServicesConfig {
    pub db: Db,
    pub clock: Arc<dyn Clock>,
    pub mailer: Mailer,
    pub master_key: MasterKey,
    pub options: Options,
}

/// Handed to every domain function; cheap to clone.
#[derive(Clone)]
pub struct Services(Arc<Inner>);

struct Inner {
    db: Db,
    clock: Arc<dyn Clock>,
    mailer: Mailer,
    passwords: Passwords,
    tokens: TokenKeys,
    form_sealer: Sealer,
    options: Options,
}

impl fmt::Debug for Services {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Services(…)")
    }
}

impl Services {
    /// # Errors
    /// When a key cannot be derived.
    pub fn new(config: ServicesConfig) -> Result<Self> {
        let ServicesConfig { db, clock, mailer, master_key, options } = config;
        Ok(Self(Arc::new(Inner {
            passwords: Passwords::new(options.password_cost)?,
            tokens: TokenKeys::derive(&master_key, &options.public_url)?,
            form_sealer: Sealer::new(&master_key, "securemed kept forms v1")?,
            db,
            clock,
            mailer,
            options,
        })))
    }

    #[must_use]
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        self.0.clock.as_ref()
    }

    #[must_use]
    pub fn passwords(&self) -> &Passwords {
        &self.0.passwords
    }

    #[must_use]
    pub fn options(&self) -> &Options {
        &self.0.options
    }

    pub(crate) fn tokens(&self) -> &TokenKeys {
        &self.0.tokens
    }

    pub(crate) fn form_sealer(&self) -> &Sealer {
        &self.0.form_sealer
    }

    #[must_use]
    pub fn mailer(&self) -> &Mailer {
        &self.0.mailer
    }
}
