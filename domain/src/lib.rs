//! The rules of SecureMed.
//!
//! Two thin front doors call these functions: the pages through server functions, external programs through REST.
//! Nothing else touches the database, and nothing here knows HTTP. Every public function takes [`Services`] (what it
//! works with) and an [`access::Actor`] (who is asking), and reads as *load → policy → rule → write → audit → mail*.
//!
//! | module | what it answers for |
//! |---|---|
//! | [`access`] | who is asking, proof that a policy said yes, the audit trail |
//! | [`auth`] | signing in and out, tokens, sessions |
//! | [`appointments`] | doctors, free times, booking, the life of a visit |
//! | [`records`] | the medical record |
//! | [`admin`] | users and counts for administrators |
//! | [`mail`] | the outbox and its delivery |
//!
//! Features call each other downwards only: `auth ← appointments ← records ← admin`; the modules below all of them are
//! [`access`], `addresses`, [`clock`], [`db`], [`error`], `keyset`, [`mail`], `moment`, `patient_keys`, `patterns`, `people`,
//! `reference`, [`secrets`], [`settings`] and [`time`]. What knows neither database nor people is in crates of its own, below all of
//! them: `domain-types`, [`paper`] (documents as PDF), `document-intake` ([`records::upload`]), `medicine-warnings`.

pub mod access;
mod addresses;
pub mod admin;
pub mod appointments;
pub mod auth;
pub mod clock;
pub mod db;
pub mod error;
pub mod forms;
pub mod health;
pub mod idempotency;
pub mod key_check;
mod keyset;
pub mod mail;
mod moment;
pub mod network;
mod patient_keys;
mod patterns;
mod people;
pub mod records;
mod reference;
pub mod secrets;
#[cfg(feature = "seed")]
pub mod seed;
pub mod services;
pub mod settings;
#[cfg(feature = "testing")]
pub mod testing;
pub mod time;

pub use domain_types as types;
pub use error::{Error, Result};
pub use paper;
pub use services::{Options, Services, ServicesConfig};
