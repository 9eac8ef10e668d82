//! The schema, tried on SQLite and on PostgreSQL.

// clippy.toml allows these in `#[test]` functions; here whole files are tests.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

/// Makes of `async fn name(db: DatabaseConnection)` the tests `name::on_sqlite` and `name::on_postgres`, each with an
/// empty database of its own.
macro_rules! on_both_engines {
    ($($name:ident),* $(,)?) => {$(
        mod $name {
            #[tokio::test]
            async fn on_sqlite() {
                super::$name(crate::database::empty_sqlite().await).await;
            }

            #[tokio::test]
            async fn on_postgres() {
                super::$name(crate::database::empty_postgres().await).await;
            }
        }
    )*};
}

mod accounts;
mod append_only;
mod charts;
mod clinic;
mod database;
mod double_booking;
mod entities;
mod final_entries;
mod reading_back;
mod records;
mod reference_version;
mod rows;
mod steps;
mod values;
