//! What the rules work with, wired once at start.

use std::{fmt, sync::Arc, time::Duration};

use jiff::Timestamp;

use crate::{
    access::GroupCommit,
    auth::{PasswordCost, Passwords, TokenKeys},
    clock::Clock,
    db::Db,
    error::Result,
    mail::Mailer,
    moment::Moment,
    paper::FontFile,
    reference::{Held, Reference},
    secrets::{KeyedHash, MasterKeys, Sealer},
    settings::Settings,
};

/// What an installation chose.
#[derive(Clone, Debug)]
pub struct Options {
    /// How people reach it, without a trailing slash: `https://clinic.example`.
    pub public_url: String,
    /// Whether this is the demo clinic: the demo mailbox is open.
    pub demo: bool,
    pub password_cost: PasswordCost,
    /// Whether staff need a second factor as long as no administrator has decided it.
    pub staff_second_factor: bool,
    /// Draws on paper what the built-in fonts lack.
    pub font: Option<FontFile>,
    /// How long settings, kinds of visit and working hours are used before the database is asked whether they changed.
    pub reference_lasts: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            public_url: "http://127.0.0.1:3000".into(),
            demo: false,
            password_cost: PasswordCost::default(),
            staff_second_factor: true,
            font: None,
            reference_lasts: Duration::from_secs(1),
        }
    }
}

/// Everything [`Services::new`] needs.
pub struct ServicesConfig {
    pub db: Db,
    pub clock: Arc<dyn Clock>,
    pub mailer: Mailer,
    pub master_keys: MasterKeys,
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
    seals: Seals,
    reference: Held,
    group_commit: GroupCommit,
    options: Options,
}

/// The keys that are derived from the master key, each for one use.
pub(crate) struct Seals {
    /// A known word.
    pub check: Sealer,
    /// What somebody typed.
    pub forms: Sealer,
    /// Secrets of authenticator apps.
    pub factors: Sealer,
    /// Links and codes in messages that were not sent yet.
    pub mail: Sealer,
    /// The keys of patients.
    pub patients: Sealer,
    /// Where a page of a list of people begins.
    pub places: Sealer,
    /// Six digits that were mailed.
    pub codes: KeyedHash,
    /// At what, and from where, somebody guessed.
    pub guesses: KeyedHash,
    /// Which refresh token follows another.
    pub successors: KeyedHash,
    /// What came with an idempotency key.
    pub requests: KeyedHash,
    /// For whom a form was drawn.
    pub people: KeyedHash,
}

impl Seals {
    fn derive(masters: &MasterKeys) -> Result<Self> {
        Ok(Self {
            check: Sealer::new(masters, "securemed key check v1")?,
            forms: Sealer::new(masters, "securemed kept forms v1")?,
            factors: Sealer::new(masters, "securemed second factors v1")?,
            mail: Sealer::new(masters, "securemed mail words v1")?,
            patients: Sealer::new(masters, "securemed patient keys v1")?,
            places: Sealer::new(masters, "securemed places in lists v1")?,
            codes: KeyedHash::new(masters, "securemed mailed codes v1")?,
            guesses: KeyedHash::new(masters, "securemed guesses v1")?,
            successors: KeyedHash::new(masters, "securemed refresh successors v1")?,
            requests: KeyedHash::new(masters, "securemed repeated requests v1")?,
            people: KeyedHash::new(masters, "securemed people of forms v1")?,
        })
    }
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
        let ServicesConfig { db, clock, mailer, master_keys, options } = config;
        Ok(Self(Arc::new(Inner {
            passwords: Passwords::new(options.password_cost)?,
            tokens: TokenKeys::new(&master_keys, &options.public_url)?,
            seals: Seals::derive(&master_keys)?,
            reference: Held::new(options.reference_lasts),
            group_commit: GroupCommit::default(),
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

    pub(crate) fn seals(&self) -> &Seals {
        &self.0.seals
    }

    /// Settings, fields of medicine, kinds of visit and working hours, a second old at most.
    ///
    /// # Errors
    /// When they cannot be read or understood.
    pub(crate) async fn reference(&self) -> Result<Arc<Reference>> {
        self.0.reference.get(self.db()).await
    }

    /// The clinic as it stands now, for an act that begins.
    ///
    /// # Errors
    /// As for [`Self::reference`].
    pub(crate) async fn moment(&self) -> Result<Moment> {
        Ok(Moment::new(self.now(), self.reference().await?))
    }

    /// The settings among them.
    ///
    /// # Errors
    /// As for all of it.
    pub(crate) async fn settings(&self) -> Result<Arc<Settings>> {
        Ok(Arc::clone(&self.reference().await?.settings))
    }

    pub(crate) fn group_commit(&self) -> &GroupCommit {
        &self.0.group_commit
    }

    /// Whether doctors and administrators may not be without a second factor.
    pub(crate) fn staff_need_second_factor(&self, settings: &Settings) -> bool {
        settings.identity.staff_second_factor.unwrap_or(self.0.options.staff_second_factor)
    }

    #[must_use]
    pub fn mailer(&self) -> &Mailer {
        &self.0.mailer
    }
}
