//! PostgreSQL databases for tests: copies of a migrated one, each dropped when its test ends.

#![allow(clippy::expect_used, reason = "a test harness may stop a test")]

use std::sync::{
    LazyLock, Mutex,
    mpsc::{Receiver, Sender, SyncSender, channel, sync_channel},
};

use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection,
    sqlx::{ConnectOptions as _, postgres::PgConnectOptions},
};

use crate::db::{DatabaseTarget, Db};

/// What the one thread of this process that makes and drops databases is asked through.
struct Server {
    ready: Mutex<Receiver<String>>,
    done: Sender<String>,
}

/// A database of a test's own, which is dropped with it. The last ones of a process are left to the server.
pub(super) struct Lent {
    name: String,
}

impl Drop for Lent {
    fn drop(&mut self) {
        // Nobody drops databases any more once that thread has stopped, which has told why.
        drop(SERVER.done.send(std::mem::take(&mut self.name)));
    }
}

static SERVER: LazyLock<Server> = LazyLock::new(|| {
    // One is made ahead while tests are busy with theirs.
    let (give, ready) = sync_channel(1);
    let (done, dropping) = channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
        runtime.block_on(serve(&give, &dropping));
    });
    Server { ready: Mutex::new(ready), done }
});

/// A copy of the migrated database: the migrations would take longer than most tests.
pub(super) async fn lend() -> (DatabaseTarget, Lent) {
    // Fails here rather than in the other thread when there is no server.
    url();
    let taken = tokio::task::spawn_blocking(|| SERVER.ready.lock().expect("nobody fails while waiting").recv());
    let name = taken.await.expect("waiting is no failure").expect("the test server makes databases");
    // A schema that is named gets as few connections as a test needs.
    (DatabaseTarget::Postgres { url: url_of(&name), schema: Some("public".into()) }, Lent { name })
}

async fn serve(give: &SyncSender<String>, dropping: &Receiver<String>) {
    let mut options = ConnectOptions::new(url());
    options.sqlx_logging(false).max_connections(1);
    let server = Database::connect(options).await.expect("the test server answers");
    let run = format!("test_{}_{}", std::process::id(), crate::secrets::random_bits());
    let template = format!("{run}_template");
    migrate(&server, &template).await;
    for number in 0_u64.. {
        for name in dropping.try_iter() {
            // Whoever is still connected belongs to a test that has ended.
            sql(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
        let name = format!("{run}_{number}");
        sql(&server, &format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")).await;
        if give.send(name).is_err() {
            break;
        }
    }
}

/// Makes the database that all others are copies of. Nobody may be connected to it then.
async fn migrate(server: &DatabaseConnection, template: &str) {
    sql(server, &format!("CREATE DATABASE {template}")).await;
    let target = DatabaseTarget::Postgres { url: url_of(template), schema: None };
    let db = Db::connect(&target).await.expect("the template opens");
    Migrator::up(db.for_migrations(), None).await.expect("the migrations run");
    db.close().await.expect("the template closes");
}

async fn sql(server: &DatabaseConnection, statement: &str) {
    server.execute_unprepared(statement).await.expect("the test server takes databases");
}

fn url() -> String {
    std::env::var("TEST_DATABASE_URL")
        .expect("TEST_DATABASE_URL names no server: run `make test`, or `scripts/with-postgres cargo test`")
}

fn url_of(name: &str) -> String {
    let options: PgConnectOptions = url().parse().expect("TEST_DATABASE_URL is an address");
    options.database(name).to_url_lossy().into()
}
