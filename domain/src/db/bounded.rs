//! Statements that end in time: a database that stopped answering, or a disk that is full, holds nobody for ever.
//!
//! PostgreSQL ends a long statement by itself; one whose server is frozen, or beyond a network that swallows everything,
//! says nothing at all, and the driver would wait with it.

use std::{
    future::Future,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use sea_orm::{ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, Statement, error::ConnAcquireErr};

use crate::error::is_full;

/// The longest that a statement, or a commit, may take; and that a connection may be waited for.
pub(super) const PATIENCE: Duration = Duration::from_secs(8);
/// How long after a write found no room the database is said not to be ready.
const FULL_FOR: Duration = Duration::from_secs(30);

/// What is known of the database from the statements that were sent to it.
#[derive(Clone, Debug, Default)]
pub(super) struct Watch(Arc<Seen>);

#[derive(Debug, Default)]
struct Seen {
    /// When a write last found no room.
    full: Mutex<Option<Instant>>,
    statements: AtomicU64,
}

impl Watch {
    pub(super) fn misses_room(&self) -> bool {
        let last = *self.0.full.lock().unwrap_or_else(PoisonError::into_inner);
        last.is_some_and(|at| at.elapsed() < FULL_FOR)
    }

    pub(super) fn statements(&self) -> u64 {
        self.0.statements.load(Ordering::Relaxed)
    }

    fn note(&self, error: &DbErr) {
        if is_full(error) {
            *self.0.full.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        }
    }
}

/// A pool or a transaction whose statements end in time.
#[derive(Debug)]
pub(crate) struct Bounded<C> {
    pub(super) inner: C,
    watch: Watch,
}

impl<C> Bounded<C> {
    pub(super) const fn new(inner: C, watch: Watch) -> Self {
        Self { inner, watch }
    }

    /// What `act` gives, when it does so in time.
    pub(super) async fn in_time<T>(watch: &Watch, act: impl Future<Output = Result<T, DbErr>>) -> Result<T, DbErr> {
        let outcome = tokio::time::timeout(PATIENCE, act).await;
        let outcome = outcome.unwrap_or(Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)));
        outcome.inspect_err(|error| watch.note(error))
    }

    /// One statement, counted.
    async fn sent<T>(&self, statement: impl Future<Output = Result<T, DbErr>>) -> Result<T, DbErr> {
        self.watch.0.statements.fetch_add(1, Ordering::Relaxed);
        Self::in_time(&self.watch, statement).await
    }

    /// The transaction or pool itself, and what watches it.
    pub(super) fn into_parts(self) -> (C, Watch) {
        (self.inner, self.watch)
    }
}

#[sea_orm::prelude::async_trait::async_trait]
impl<C: ConnectionTrait + Send> ConnectionTrait for Bounded<C> {
    fn get_database_backend(&self) -> DbBackend {
        self.inner.get_database_backend()
    }

    async fn execute_raw(&self, stmt: Statement) -> Result<ExecResult, DbErr> {
        self.sent(self.inner.execute_raw(stmt)).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.sent(self.inner.execute_unprepared(sql)).await
    }

    async fn query_one_raw(&self, stmt: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.sent(self.inner.query_one_raw(stmt)).await
    }

    async fn query_all_raw(&self, stmt: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.sent(self.inner.query_all_raw(stmt)).await
    }

    fn support_returning(&self) -> bool {
        self.inner.support_returning()
    }
}
