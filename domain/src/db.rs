//! The database: one pool to read, one to write, and transactions that wait in a bounded queue.
//!
//! SQLite gets a writer pool of one connection, because its own busy handler is unfair. What only reads has a pool of its
//! own on both engines, whose connections cannot write, so that a reading waits for no writer.

mod bounded;
mod file;

use std::{path::PathBuf, sync::Arc, time::Duration};

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult,
    FromQueryResult, QueryResult, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
    prelude::async_trait::async_trait,
    sea_query::{Expr, Func, SelectStatement},
    sqlx,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use self::{
    bounded::{Bounded, PATIENCE, Watch},
    file::OpenFile,
};
use crate::error::{Error, Result};

/// Writers that may wait at once; the next one is told to come back.
const WRITE_QUEUE: usize = 1_024;
/// Tries of an act that loses races in the database.
const ATTEMPTS: u32 = 5;

/// Where the data lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatabaseTarget {
    /// A file, made when it is missing.
    Sqlite(PathBuf),
    /// A `postgres://` address, optionally with the schema to work in.
    Postgres { url: String, schema: Option<String> },
}

/// Which of the two engines answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// The open database.
#[derive(Clone, Debug)]
pub struct Db {
    reader: Arc<Bounded<DatabaseConnection>>,
    writer: DatabaseConnection,
    /// Its statements take the time that they need.
    migrations: DatabaseConnection,
    queue: Arc<Semaphore>,
    engine: Engine,
    watch: Watch,
    /// Of SQLite.
    file: Option<OpenFile>,
}

impl Db {
    /// Opens the database. The schema is the migrations' business.
    ///
    /// # Errors
    /// When it cannot be reached or opened.
    pub async fn connect(target: &DatabaseTarget) -> Result<Self, DbErr> {
        let (watch, queue) = (Watch::default(), Arc::new(Semaphore::new(WRITE_QUEUE)));
        let reading = |pool| Arc::new(Bounded::new(pool, watch.clone()));
        Ok(match target {
            DatabaseTarget::Sqlite(path) => {
                // The writer first: it makes the file and sets WAL, which the readers need.
                let writer = Database::connect(sqlite(path, false)).await?;
                let reader = reading(Database::connect(sqlite(path, true)).await?);
                let file = Some(OpenFile::at(path));
                Self { reader, migrations: writer.clone(), writer, queue, engine: Engine::Sqlite, watch, file }
            }
            DatabaseTarget::Postgres { url, schema } => {
                let open = |purpose| Database::connect(postgres(url, schema.as_deref(), purpose));
                let (writer, migrations) = (open(For::Writing).await?, open(For::Migrating).await?);
                let reader = reading(open(For::Reading).await?);
                Self { reader, writer, migrations, queue, engine: Engine::Postgres, watch, file: None }
            }
        })
    }

    #[must_use]
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// For reads outside a transaction.
    #[must_use]
    pub(crate) fn read(&self) -> &Bounded<DatabaseConnection> {
        &self.reader
    }

    /// For migrations, which manage their own transactions.
    #[must_use]
    pub const fn for_migrations(&self) -> &DatabaseConnection {
        &self.migrations
    }

    /// Whether what is written now would be there tomorrow.
    ///
    /// # Errors
    /// `Away` when the file was removed or replaced, or a write found no room just now.
    pub(crate) fn can_keep(&self) -> Result<()> {
        self.has_its_file()?;
        if self.watch.misses_room() {
            return Err(Error::Away("there is no room for what is to be written"));
        }
        Ok(())
    }

    fn has_its_file(&self) -> Result<()> {
        match &self.file {
            Some(file) if !file.is_there() => Err(Error::Away("the file of the database was removed or replaced")),
            _ => Ok(()),
        }
    }

    /// Begins a transaction that may write; on SQLite it holds the write lock from here.
    ///
    /// # Errors
    /// `Busy` when too many writers wait already, `Away` when what is written would be lost.
    pub(crate) async fn begin(&self) -> Result<Tx> {
        self.has_its_file()?;
        let place = Arc::clone(&self.queue).try_acquire_owned().map_err(|_| Error::Busy { retry_after: 1 })?;
        let options = TransactionOptions {
            sqlite_transaction_mode: (self.engine == Engine::Sqlite).then_some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        let begun =
            Bounded::<DatabaseTransaction>::in_time(&self.watch, self.writer.begin_with_options(options)).await?;
        Ok(Tx { inner: Bounded::new(begun, self.watch.clone()), place: Some(place) })
    }

    /// Begins a transaction that only reads: all of its statements see the database at one moment, and none waits for a
    /// writer. A write in it fails.
    ///
    /// # Errors
    /// `Away` when the file of the database is gone.
    pub(crate) async fn snapshot(&self) -> Result<Tx> {
        self.has_its_file()?;
        // PostgreSQL's connections for reading are repeatable and read-only by themselves.
        let begun = Bounded::<DatabaseTransaction>::in_time(&self.watch, self.reader.inner.begin()).await?;
        Ok(Tx { inner: Bounded::new(begun, self.watch.clone()), place: None })
    }

    /// How many statements this process has sent, without those that begin and end transactions: what a request costs
    /// is the difference.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.watch.statements()
    }

    /// Tries an act again when the database reports that it lost a race (deadlock, serialization, busy).
    ///
    /// # Errors
    /// The act's own error, or `Contention` when every try lost.
    pub(crate) async fn retrying<T, F, Fut>(&self, act: F) -> Result<T>
    where
        F: Fn() -> Fut + Send,
        Fut: Future<Output = Result<T>> + Send,
    {
        let mut attempt = 1;
        loop {
            match act().await {
                Err(Error::Contention(_)) if attempt < ATTEMPTS => {
                    tokio::time::sleep(Duration::from_millis(u64::from(attempt * attempt) * 5)).await;
                    attempt += 1;
                }
                outcome => return outcome,
            }
        }
    }

    /// Closes the pools; in-flight work finishes first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn close(self) -> Result<(), DbErr> {
        self.reader.inner.clone().close().await?;
        self.migrations.close().await?;
        self.writer.close().await
    }
}

/// A transaction, which may be one that only reads. Dropped without [`Tx::commit`], it rolls back.
#[derive(Debug)]
pub(crate) struct Tx {
    inner: Bounded<DatabaseTransaction>,
    /// In the queue of the writers; none for a snapshot.
    place: Option<OwnedSemaphorePermit>,
}

impl Tx {
    /// Whether it is a snapshot.
    pub(crate) const fn only_reads(&self) -> bool {
        self.place.is_none()
    }

    pub(crate) async fn commit(self) -> Result<()> {
        let (inner, watch) = self.inner.into_parts();
        Ok(Bounded::<DatabaseTransaction>::in_time(&watch, inner.commit()).await?)
    }

    pub(crate) async fn roll_back(self) -> Result<()> {
        let (inner, watch) = self.inner.into_parts();
        Ok(Bounded::<DatabaseTransaction>::in_time(&watch, inner.rollback()).await?)
    }
}

#[async_trait]
impl ConnectionTrait for Tx {
    fn get_database_backend(&self) -> DbBackend {
        self.inner.get_database_backend()
    }

    async fn execute_raw(&self, stmt: Statement) -> Result<ExecResult, DbErr> {
        self.inner.execute_raw(stmt).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.inner.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, stmt: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.inner.query_one_raw(stmt).await
    }

    async fn query_all_raw(&self, stmt: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.inner.query_all_raw(stmt).await
    }

    fn support_returning(&self) -> bool {
        self.inner.support_returning()
    }
}

/// All rows that a query finds.
pub(crate) async fn all<T: FromQueryResult>(db: &impl ConnectionTrait, query: &SelectStatement) -> Result<Vec<T>> {
    let rows = db.query_all(query).await?;
    rows.iter().map(|row| T::from_query_result(row, "").map_err(Error::from)).collect()
}

/// The first row that a query finds.
pub(crate) async fn first<T: FromQueryResult>(db: &impl ConnectionTrait, query: &SelectStatement) -> Result<Option<T>> {
    let row = db.query_one(query).await?;
    Ok(row.map(|row| T::from_query_result(&row, "")).transpose()?)
}

/// How many rows a query finds, whatever it chooses and however many of them it wants; `id` is a column of theirs.
pub(crate) async fn count(
    db: &impl ConnectionTrait,
    query: &SelectStatement,
    id: (&'static str, &'static str),
) -> Result<u64> {
    sum(db, counting(query, id)).await
}

/// A query for how many rows another finds, as for [`count`].
pub(crate) fn counting(query: &SelectStatement, id: (&'static str, &'static str)) -> SelectStatement {
    let mut counting = query.clone();
    counting.clear_selects().clear_order_by().reset_limit().reset_offset();
    counting.expr_as(Func::count(Expr::col(id)), "n").take()
}

/// What the counts of a query (or of a union of such) make together.
pub(crate) async fn sum(db: &impl ConnectionTrait, counts: SelectStatement) -> Result<u64> {
    let mut sum = 0;
    for row in db.query_all(&counts).await? {
        sum += u64::try_from(row.try_get::<i64>("", "n")?).unwrap_or(0);
    }
    Ok(sum)
}

fn sqlite(path: &std::path::Path, read_only: bool) -> ConnectOptions {
    use sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
    let mut options = ConnectOptions::new("sqlite://securemed");
    let path = path.to_owned();
    options
        .sqlx_logging(false)
        .max_connections(if read_only { 8 } else { 1 })
        .min_connections(1)
        .acquire_timeout(PATIENCE)
        .map_sqlx_sqlite_opts(move |options| {
            let options = options
                .filename(&path)
                .create_if_missing(!read_only)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(5))
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full);
            if read_only { options.pragma("query_only", "ON") } else { options }
        });
    options
}

/// What a pool of PostgreSQL is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum For {
    /// Opened when it is first wanted.
    Reading,
    Writing,
    /// One connection, opened when it is first wanted.
    Migrating,
}

fn postgres(url: &str, schema: Option<&str>, purpose: For) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging(false).acquire_timeout(PATIENCE).set_application_name("securemed");
    let limit = ("statement_timeout", format!("{}ms", PATIENCE.as_millis()));
    let most = if schema.is_some() { 8 } else { 16 };
    match purpose {
        For::Reading => {
            options.max_connections(most).min_connections(0).connect_lazy(true);
            let chosen = [
                limit,
                ("default_transaction_read_only", "on".into()),
                ("default_transaction_isolation", "repeatable read".into()),
            ];
            options.map_sqlx_postgres_opts(move |options| options.options(chosen.clone()));
        }
        For::Writing => {
            options.max_connections(most).min_connections(1);
            options.map_sqlx_postgres_opts(move |options| options.options([limit.clone()]));
        }
        For::Migrating => {
            options.max_connections(1).min_connections(0).connect_lazy(true);
        }
    }
    if let Some(schema) = schema {
        options.set_schema_search_path(format!("{schema},public"));
    }
    options
}
