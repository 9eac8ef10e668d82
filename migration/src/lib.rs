//! The schema, step by step, on SQLite and on PostgreSQL.
//!
//! `Migrator::up(db, None)` brings a database to the newest schema, `Migrator::down` takes it back. Each step is one
//! file and runs in one transaction on both engines, so that a step that fails leaves nothing behind. The rules for
//! writing a step are in `README.md`; the tests compare the schema with the crate `entity` and try every constraint.

// `MigrationTrait` is written without them, and async_trait asks for the very same signature.
#![allow(elided_lifetimes_in_paths)]

mod constraints;
mod table_parts;

mod m20261122_000001_people;
mod m20261122_000002_doctors_and_hours;
mod m20261122_000003_appointments;
mod m20261122_000004_sessions;
mod m20261122_000005_records_and_audit;
mod m20261122_000006_outbox_and_settings;
mod m20261122_000007_idempotency_and_kept_forms;
mod m20261125_000008_accounts;
mod m20261125_000009_sessions_that_end;
mod m20261125_000010_sealed_records;
mod m20261129_000011_charts;
mod m20261129_000012_ways_to_entries;
mod m20261130_000014_notices;
mod m20261130_000018_folded_names;
mod m20261130_000020_recent_charts;
mod m20261130_000021_session_epochs;
mod m20261130_000026_telephones;
mod m20261130_000027_reference_version;

pub use sea_orm_migration::prelude::*;

/// Every step, oldest first.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_people::Migration),
            Box::new(m20261122_000002_doctors_and_hours::Migration),
            Box::new(m20261122_000003_appointments::Migration),
            Box::new(m20261122_000004_sessions::Migration),
            Box::new(m20261122_000005_records_and_audit::Migration),
            Box::new(m20261122_000006_outbox_and_settings::Migration),
            Box::new(m20261122_000007_idempotency_and_kept_forms::Migration),
            Box::new(m20261125_000008_accounts::Migration),
            Box::new(m20261125_000009_sessions_that_end::Migration),
            Box::new(m20261125_000010_sealed_records::Migration),
            Box::new(m20261129_000011_charts::Migration),
            Box::new(m20261129_000012_ways_to_entries::Migration),
            Box::new(m20261130_000014_notices::Migration),
            Box::new(m20261130_000018_folded_names::Migration),
            Box::new(m20261130_000020_recent_charts::Migration),
            Box::new(m20261130_000021_session_epochs::Migration),
            Box::new(m20261130_000026_telephones::Migration),
            Box::new(m20261130_000027_reference_version::Migration),
        ]
    }
}
