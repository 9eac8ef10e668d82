//! A migrated database for each test.

#![allow(clippy::expect_used, reason = "a test harness may stop a test")]

use std::{
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
};

use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectOptions, ConnectionTrait, Database};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use super::Engine;
use crate::db::{DatabaseTarget, Db};

/// A database of one's own with the newest schema: a file in a temporary folder, or a schema on the server that
/// `TEST_DATABASE_URL` names.
pub(super) async fn fresh(engine: Engine) -> (Db, DatabaseTarget, Option<TempDir>) {
    match engine {
        Engine::Sqlite => {
            let home = folder();
            let file = home.path().join("securemed.sqlite");
            std::fs::write(&file, migrated_file().await).expect("there is room for a database");
            let target = DatabaseTarget::Sqlite(file);
            (open(&target).await, target, Some(home))
        }
        Engine::Postgres => {
            let target = fresh_schema().await;
            (migrated(&target).await, target, None)
        }
    }
}

/// The bytes of a migrated SQLite file, made once a process: the migrations would take longer than most tests.
async fn migrated_file() -> &'static [u8] {
    static FILE: OnceCell<Vec<u8>> = OnceCell::const_new();
    let made = async || {
        let home = folder();
        let file = home.path().join("securemed.sqlite");
        let db = migrated(&DatabaseTarget::Sqlite(file.clone())).await;
        db.close().await.expect("the test database closes");
        read(&file)
    };
    FILE.get_or_init(made).await
}

/// The last connection that closes leaves the whole database in one file.
fn read(file: &Path) -> Vec<u8> {
    assert!(!file.with_extension("sqlite-wal").exists(), "everything stands in the file");
    std::fs::read(file).expect("the database can be read")
}

async fn migrated(target: &DatabaseTarget) -> Db {
    let db = open(target).await;
    Migrator::up(db.for_migrations(), None).await.expect("the migrations run");
    db
}

async fn open(target: &DatabaseTarget) -> Db {
    Db::connect(target).await.expect("the test database opens")
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("there is room for a folder")
}

async fn fresh_schema() -> DatabaseTarget {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let url = std::env::var("TEST_DATABASE_URL")
        .expect("TEST_DATABASE_URL names no server: run `make test`, or `scripts/with-postgres cargo test`");
    let number = COUNTER.fetch_add(1, Ordering::Relaxed);
    let schema = format!("test_{}_{number}_{}", std::process::id(), crate::secrets::random_bits());
    let mut options = ConnectOptions::new(&url);
    options.sqlx_logging(false).max_connections(1);
    let server = Database::connect(options).await.expect("the test server answers");
    server.execute_unprepared(&format!("CREATE SCHEMA {schema}")).await.expect("the test server takes a schema");
    server.close().await.expect("the test server lets go");
    DatabaseTarget::Postgres { url, schema: Some(schema) }
}
