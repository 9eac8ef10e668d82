//! Throw-away databases, and questions to them that the two engines want asked differently.

use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, FromQueryResult, Statement,
};

/// An empty database in memory: one connection, because each connection would have a memory of its own.
pub async fn empty_sqlite() -> DatabaseConnection {
    let mut options = ConnectOptions::new("sqlite::memory:");
    options.max_connections(1).min_connections(1).idle_timeout(None).max_lifetime(None).sqlx_logging(false);
    options.map_sqlx_sqlite_opts(|options| options.foreign_keys(true));
    Database::connect(options).await.unwrap()
}

/// An empty schema of its own on the server of TEST_DATABASE_URL.
pub async fn empty_postgres() -> DatabaseConnection {
    let Ok(url) = std::env::var("TEST_DATABASE_URL") else {
        panic!("TEST_DATABASE_URL is not set, so there is no PostgreSQL to test on: run `make test`");
    };
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    let server = Database::connect(options.clone()).await.unwrap();
    let fresh = Statement::from_string(
        DbBackend::Postgres,
        "SELECT 'migration_' || replace(gen_random_uuid()::text, '-', '') AS schema",
    );
    let schema: String = server.query_one_raw(fresh).await.unwrap().unwrap().try_get("", "schema").unwrap();
    server.execute_unprepared(&format!("CREATE SCHEMA {schema}")).await.unwrap();
    server.close().await.unwrap();
    let search_path = format!("{schema},public");
    options.map_sqlx_postgres_opts(move |options| options.options([("search_path", &search_path)]));
    Database::connect(options).await.unwrap()
}

/// The newest schema.
pub async fn migrate(db: &DatabaseConnection) {
    Migrator::up(db, None).await.unwrap();
}

pub fn is_sqlite(db: &DatabaseConnection) -> bool {
    db.get_database_backend() == DbBackend::Sqlite
}

/// The rows that the query written for this engine finds.
pub async fn ask<T: FromQueryResult>(db: &DatabaseConnection, sqlite: &str, postgres: &str) -> Vec<T> {
    let sql = if is_sqlite(db) { sqlite } else { postgres };
    let statement = Statement::from_string(db.get_database_backend(), sql);
    T::find_by_statement(statement).all(db).await.unwrap()
}

/// Asserts that the database refused and named `rule`.
#[track_caller]
pub fn assert_refused<T: std::fmt::Debug>(outcome: Result<T, DbErr>, rule: &str) {
    let error = outcome.expect_err(&format!("{rule} refuses nothing")).to_string();
    assert!(error.contains(rule), "refused, but not by {rule}: {error}");
}
