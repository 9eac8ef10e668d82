//! When the database fails: whoever asks is told to come back, soon, and nothing is taken that would be lost.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use domain::db::{DatabaseTarget, Db};
use rstest::rstest;
use sea_orm::ConnectionTrait;
use serde_json::json;
use server::{AppState, build_app};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::support::{Engine, Reply, TestApp, UNHURRIED};

/// What every answer of a clinic without a database is.
#[track_caller]
fn is_away(reply: &Reply) {
    assert_eq!(reply.status, 503, "{reply:?}");
    let wait: u32 = reply.header("retry-after").parse().expect("it says when to come back");
    assert!((1..=60).contains(&wait));
}

/// A reading, as patients enter them.
fn reading() -> serde_json::Value {
    json!({"heart_rate": 72})
}

#[tokio::test]
async fn a_database_without_room_refuses_what_is_written_goes_on_reading_and_is_not_ready() {
    let app = TestApp::new(Engine::Sqlite).await;
    let maya = app.program(&app.world.maya).await;
    let browser = app.browser(&app.world.maya).await;
    let raw = app.world.raw();
    raw.execute_unprepared("PRAGMA max_page_count = 1").await.unwrap();
    let note = "x".repeat(1_900);
    let mut refused = None;
    for _ in 0..40 {
        let reply =
            maya.upload("/api/medical-records/documents/", &[("note", &note)], ("a.txt", &[b'a'; 20_000])).await;
        if reply.status != 201 {
            refused = Some(reply);
            break;
        }
    }
    let refused = refused.expect("there is no room");
    assert_eq!(refused.problem(), "503 UNAVAILABLE");
    is_away(&refused);
    is_away(&browser.upload("/records/documents", &[("note", &note)], ("a.txt", &[b'a'; 20_000])).await);
    is_away(&app.anonymous().get("/readyz").await);
    assert_eq!(app.anonymous().open("/doctors").await.status, 200, "what only reads goes on");
}

/// From here on the server answers an act that adds to this table with this code (PostgreSQL, appendix A).
async fn fail(app: &TestApp, table: &str, code: &str) {
    for statement in [
        "CREATE OR REPLACE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS \
         $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = TG_ARGV[0]; END $$"
            .to_owned(),
        format!("CREATE TRIGGER fails BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION fails('{code}')"),
    ] {
        app.world.raw().execute_unprepared(&statement).await.unwrap();
    }
}

async fn mend(app: &TestApp, table: &str) {
    app.world.raw().execute_unprepared(&format!("DROP TRIGGER fails ON {table}")).await.unwrap();
}

#[rstest]
#[case::disk_full("53100")]
#[case::out_of_memory("53200")]
#[case::disk_failure("58030")]
#[tokio::test]
async fn a_server_without_room_refuses_what_is_written_and_takes_it_when_there_is_room_again(#[case] code: &str) {
    let app = TestApp::new(Engine::Postgres).await;
    let (program, browser) = (app.program(&app.world.maya).await, app.browser(&app.world.maya).await);
    // The entry itself, and the trail without which nothing is done or shown.
    for table in ["medical_record", "audit_event"] {
        fail(&app, table, code).await;
        let refused = program.post("/api/medical-records/vitals/", &reading()).await;
        assert_eq!(refused.problem(), "503 UNAVAILABLE", "{table}");
        is_away(&refused);
        let page = browser.submit("/fn/records/enter-vitals", &[("heart_rate", "72")]).await;
        is_away(&page);
        assert!(page.header("content-type").starts_with("text/html") && page.body.contains("Nothing was saved"));
        let opened = browser.open("/records").await;
        match table {
            "audit_event" => is_away(&opened),
            _ => assert_eq!(opened.status, 200, "what only reads goes on"),
        }
        mend(&app, table).await;
        assert_eq!(program.get("/api/medical-records/vitals/").await.json()["count"], 0, "nothing was kept: {table}");
    }
    assert_eq!(program.post("/api/medical-records/vitals/", &reading()).await.status, 201);
    let entered = browser.submit("/fn/records/enter-vitals", &[("heart_rate", "72")]).await;
    assert!(entered.status == 302 && !entered.header("location").contains("flash="), "{entered:?}");
    assert_eq!(program.get("/api/medical-records/vitals/").await.json()["count"], 2);
}

#[tokio::test]
async fn what_the_database_refuses_for_another_reason_is_not_told_to_be_tried_again() {
    let app = TestApp::new(Engine::Postgres).await;
    let maya = app.program(&app.world.maya).await;
    fail(&app, "medical_record", "P0001").await;
    let refused = maya.post("/api/medical-records/vitals/", &reading()).await;
    assert_eq!((refused.problem().as_str(), refused.header("retry-after")), ("500 INTERNAL", ""));
    mend(&app, "medical_record").await;
    assert_eq!(maya.post("/api/medical-records/vitals/", &reading()).await.status, 201);
}

#[cfg(unix)]
#[tokio::test]
async fn a_database_whose_file_was_removed_takes_nothing_and_is_not_ready() {
    let app = TestApp::new(Engine::Sqlite).await;
    let maya = app.program(&app.world.maya).await;
    assert_eq!(maya.post("/api/medical-records/vitals/", &reading()).await.status, 201);
    assert_eq!(app.anonymous().get("/readyz").await.status, 200);
    let DatabaseTarget::Sqlite(path) = app.world.target() else { panic!("SQLite") };
    std::fs::rename(path, path.with_extension("away")).unwrap();
    is_away(&app.anonymous().get("/readyz").await);
    is_away(&maya.post("/api/medical-records/vitals/", &reading()).await);
    // Another file in its place is not the one that was opened.
    std::fs::copy(path.with_extension("away"), path).unwrap();
    is_away(&app.anonymous().get("/readyz").await);
    std::fs::rename(path.with_extension("away"), path).unwrap();
    assert_eq!(app.anonymous().get("/readyz").await.status, 200);
    assert_eq!(maya.post("/api/medical-records/vitals/", &reading()).await.status, 201);
}

#[rstest]
#[tokio::test]
async fn a_database_that_is_gone_is_told_everywhere(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let app = TestApp::new(engine).await;
    let (program, browser) = (app.program(&app.world.maya).await, app.browser(&app.world.maya).await);
    app.world.services.db().clone().close().await.unwrap();
    everything_is_away(&app, &program, &browser).await;
}

/// Pages of strangers and of somebody, a form, REST, and the route for supervisors.
async fn everything_is_away(app: &TestApp, program: &crate::support::Caller<'_>, browser: &crate::support::Caller<'_>) {
    for path in ["/", "/doctors", "/login", "/privacy"] {
        let reply = app.anonymous().open(path).await;
        if reply.status != 200 {
            is_away(&reply);
        }
    }
    is_away(&app.anonymous().open("/doctors").await);
    is_away(&browser.open("/dashboard").await);
    is_away(&program.get("/api/appointments/appointments/").await);
    is_away(&app.anonymous().get("/api/appointments/doctors/").await);
    is_away(&app.anonymous().get("/readyz").await);
    is_away(&app.anonymous().submit("/fn/auth/sign_in", &[("username", "maya"), ("password", "no matter")]).await);
    is_away(&app.anonymous().post("/api/auth/login", &json!({"username": "maya", "password": "no matter"})).await);
}

/// A way to a server that can be made to swallow everything, like a server that is frozen.
struct Way {
    address: SocketAddr,
    is_frozen: Arc<AtomicBool>,
}

impl Way {
    async fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let is_frozen = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&is_frozen);
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let Ok(far) = TcpStream::connect(server).await else { return };
                let ((near_in, near_out), (far_in, far_out)) = (near.into_split(), far.into_split());
                tokio::spawn(carry(near_in, far_out, Arc::clone(&flag)));
                tokio::spawn(carry(far_in, near_out, Arc::clone(&flag)));
            }
        });
        Self { address, is_frozen }
    }
}

async fn carry(
    mut from: tokio::net::tcp::OwnedReadHalf,
    mut to: tokio::net::tcp::OwnedWriteHalf,
    is_frozen: Arc<AtomicBool>,
) {
    let mut bytes = vec![0; 16 * 1024];
    while let Ok(count) = from.read(&mut bytes).await {
        while is_frozen.load(Ordering::Relaxed) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        if count == 0 || to.write_all(&bytes[..count]).await.is_err() {
            return;
        }
    }
}

#[tokio::test]
async fn a_database_that_is_frozen_holds_nobody_for_ten_seconds_and_is_used_again_afterwards() {
    let app = TestApp::new(Engine::Postgres).await;
    let DatabaseTarget::Postgres { url, schema } = app.world.target().clone() else { panic!("PostgreSQL") };
    let mut url = url::Url::parse(&url).unwrap();
    let host = url.host_str().unwrap_or("127.0.0.1").to_owned();
    let server = tokio::net::lookup_host((host, url.port().unwrap_or(5432))).await.unwrap().next().unwrap();
    let way = Way::to(server).await;
    url.set_host(Some("127.0.0.1")).unwrap();
    url.set_port(Some(way.address.port())).unwrap();
    let db = Db::connect(&DatabaseTarget::Postgres { url: url.to_string(), schema }).await.unwrap();
    let router = build_app(AppState::new(app.world.server_on(db), UNHURRIED));
    let (maya, web) = (app.program(&app.world.maya).await, app.browser(&app.world.maya).await);
    let (program, browser) = (maya.proof(), web.proof());
    let app = TestApp { world: app.world, router };
    let (program, browser, nobody) = (app.caller(program), app.caller(browser), app.anonymous());
    assert_eq!(nobody.open("/doctors").await.status, 200);

    way.is_frozen.store(true, Ordering::Relaxed);
    let began = Instant::now();
    let replies = futures::future::join_all([nobody.open("/"), nobody.open("/doctors"), browser.open("/dashboard")]);
    let form = [("username", "maya"), ("password", "no matter")];
    let login = json!({"username": "maya", "password": "no matter"});
    let (pages, ready, list, enter, page_form, rest_form) = tokio::join!(
        replies,
        nobody.get("/readyz"),
        nobody.get("/api/appointments/doctors/"),
        program.post("/api/medical-records/vitals/", &login),
        nobody.submit("/fn/auth/sign_in", &form),
        nobody.post("/api/auth/login", &login),
    );
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    for reply in pages.iter().chain([&ready, &list, &enter, &page_form, &rest_form]) {
        is_away(reply);
    }

    way.is_frozen.store(false, Ordering::Relaxed);
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(nobody.open("/doctors").await.status, 200, "it is used again");
    assert_eq!(nobody.get("/readyz").await.status, 200);
    assert_eq!(program.post("/api/medical-records/vitals/", &reading()).await.status, 201);
}
