//! A migrated database for each test.

#![allow(clippy::expect_used, reason = "a test harness may stop a test")]

use std::path::Path;

use migration::{Migrator, MigratorTrait};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use super::{Engine, postgres};
use crate::db::{DatabaseTarget, Db};

/// Where a test's database lives. It goes when this is dropped.
pub(super) enum Home {
    Folder(#[allow(dead_code, reason = "kept to be dropped")] TempDir),
    Server(#[allow(dead_code, reason = "kept to be dropped")] postgres::Lent),
}

/// A database of one's own with the newest schema: a file in a temporary folder, or a database of the server that
/// `TEST_DATABASE_URL` names.
pub(super) async fn fresh(engine: Engine) -> (Db, DatabaseTarget, Home) {
    match engine {
        Engine::Sqlite => {
            let home = folder();
            let file = home.path().join("securemed.sqlite");
            std::fs::write(&file, migrated_file().await).expect("there is room for a database");
            let target = DatabaseTarget::Sqlite(file);
            (open(&target).await, target, Home::Folder(home))
        }
        Engine::Postgres => {
            let (target, lent) = postgres::lend().await;
            (open(&target).await, target, Home::Server(lent))
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
