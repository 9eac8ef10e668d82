//! Every REST route and every server function × everybody who may ask. A route that is not listed fails the test.
//!
//! The object is a visit of Maya with Dr. Rivera, made anew after each act that was let through. Those who ask are nobody, Maya herself,
//! another patient, her doctor, another doctor, and the administrator. Routes of pages that are neither (files in and out)
//! are walked in `documents.rs`, `records.rs` and `own_visits.rs`.

mod call_rows;
mod clinical;
mod clinical_rows;
mod rest_rows;
mod role_first;

use std::collections::BTreeSet;

use domain::auth::SessionKind;
use domain_types::appointments::AppointmentView;
use jiff::{SignedDuration, civil::date};
use leptos::server_fn::axum::server_fn_paths;
use rstest::rstest;
use serde_json::{Value, json};

use call_rows::{CallRow, call_rows, doctor_id};
use rest_rows::{RestRow, rest_rows};

use crate::support::{Caller, Engine, Proof, Reply, TestApp};

/// Expected statuses: nobody, own patient, other patient, own doctor, other doctor, administrator.
type Expected = [u16; 6];

const PUBLIC: Expected = [200; 6];
const SIGNED_IN: Expected = [401, 200, 200, 200, 200, 200];
const PEOPLE_OF_THE_VISIT: Expected = [401, 200, 404, 200, 404, 200];
/// The role may never take this step, but a patient learns that only of a visit that is theirs.
const STAFF_OF_THE_VISIT: Expected = [401, 403, 404, 200, 404, 200];
/// What is sent is wrong, whoever sends it.
const REFUSED_INPUT: Expected = [401, 422, 422, 422, 422, 422];
const PATIENTS: Expected = [401, 200, 200, 403, 403, 403];
const DOCTORS: Expected = [401, 403, 403, 200, 200, 403];
const ADMINS: Expected = [401, 403, 403, 403, 403, 200];

/// What a cell works with.
struct Cell<'a> {
    app: &'a TestApp,
    /// What Dr. Rivera did with Maya's record.
    look: i64,
    made: &'a Made,
}

/// What an act may change: who was refused leaves it for the next cell, which finds it as it was.
struct Made {
    visit: AppointmentView,
    /// Of a session of Maya's that belongs to a program.
    refresh: String,
    /// A session of Maya's.
    session: i64,
}

impl Made {
    async fn anew(app: &TestApp, kind: SessionKind) -> Self {
        let visit = fresh_visit(app).await;
        let tokens = app.world.tokens(&app.world.maya, kind).await;
        let session = session_of(app, &tokens.access).await;
        let refresh = if kind == SessionKind::Rest { tokens.refresh } else { String::new() };
        Self { visit, refresh, session }
    }

    async fn kept(self, app: &TestApp, is_unused: bool) -> Option<Self> {
        if !is_unused {
            clear(app, &self.visit).await;
        }
        is_unused.then_some(self)
    }
}

#[rstest]
#[tokio::test]
async fn every_rest_route_answers_everybody_as_it_should(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let app = TestApp::new(engine).await;
    let look = look_at_maya(&app).await;
    let mut wrong = Vec::new();
    let mut unused = None;
    for row in rest_rows() {
        let is_reading = row.route.starts_with("GET ");
        let mut found = Vec::new();
        for asker in 0..6 {
            let made = match unused.take() {
                Some(made) => made,
                None => Made::anew(&app, SessionKind::Rest).await,
            };
            let cell = Cell { app: &app, look, made: &made };
            let caller = program(&app, asker).await;
            let status = ask_rest(&row, &cell, &caller).await.status;
            found.push(status.as_u16());
            unused = made.kept(&app, is_reading || !status.is_success()).await;
        }
        if found != row.expected {
            wrong.push(format!("{}: expected {:?}, found {found:?}", row.route, row.expected));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[rstest]
#[tokio::test]
async fn every_server_function_answers_everybody_as_it_should(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let look = look_at_maya(&app).await;
    let mut wrong = Vec::new();
    let mut unused = None;
    for row in call_rows() {
        let mut found = Vec::new();
        for asker in 0..6 {
            let made = match unused.take() {
                Some(made) => made,
                None => Made::anew(&app, SessionKind::Web).await,
            };
            let cell = Cell { app: &app, look, made: &made };
            let caller = browser(&app, asker).await;
            let status = ask_call(&row, &cell, &caller).await.status;
            found.push(status.as_u16());
            unused = made.kept(&app, !status.is_success()).await;
        }
        if found != row.expected {
            wrong.push(format!("{}: expected {:?}, found {found:?}", row.path, row.expected));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Acts that a browser left open must not do.
const NEED_A_FRESH_PROOF: [&str; 6] = [
    "/api/auth/mfa/setup",
    "/api/auth/mfa/verify",
    "/api/auth/mfa/recovery-codes/regenerate",
    "/fn/auth/begin_factor",
    "/fn/auth/confirm_factor",
    "/fn/auth/renew_recovery_codes",
];

/// Whether an act was done, or refused for what was typed: the door let it pass.
fn got_past(reply: &Reply) -> bool {
    matches!(reply.status.as_u16(), 200 | 302 | 409 | 422)
}

#[rstest]
#[tokio::test]
async fn what_needs_a_fresh_proof_asks_for_it_five_minutes_after_the_last(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    for path in NEED_A_FRESH_PROOF {
        let is_api = path.starts_with("/api");
        let ask = async |caller: &Caller<'_>| match is_api {
            true => caller.post(path, &json!({"otp": "123456", "password": "wrong"})).await,
            false => caller.call(path, &[("otp", "123456"), ("password", "wrong")]).await,
        };
        let caller = if is_api { app.program(&app.world.maya).await } else { app.browser(&app.world.maya).await };
        assert!(got_past(&ask(&caller).await), "{path}");
        app.world.wait(SignedDuration::from_mins(5));
        let refused = ask(&caller).await;
        assert_eq!(
            (refused.status.as_u16(), refused.json()["code"].as_str()),
            (403, Some("STEP_UP_REQUIRED")),
            "{path}"
        );
        if is_api {
            let proof = json!({"password": domain::testing::PASSWORD});
            assert_eq!(caller.post("/api/auth/step-up", &proof).await.status, 200);
            assert!(got_past(&ask(&caller).await), "{path}");
        }
    }
}

#[tokio::test]
async fn no_route_is_missing_from_the_matrix() {
    let app = TestApp::open().await;
    let document = app.anonymous().get("/api/openapi.json").await.json();
    let mut served = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys().filter(|key| *key != "parameters") {
            served.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    served.extend(server_fn_paths().map(|(path, method)| format!("{method} {path}")));
    let listed: BTreeSet<String> = rest_rows()
        .iter()
        .map(|row| row.route)
        .chain(call_rows().iter().map(|row| row.path))
        .chain(clinical_rows::rest().iter().map(|row| row.route))
        .chain(clinical_rows::calls().iter().map(|row| row.route))
        .map(str::to_owned)
        .collect();
    assert_eq!(served, listed);
}

#[rstest]
#[tokio::test]
async fn a_foreign_visit_looks_like_one_that_does_not_exist(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let visit = fresh_visit(&app).await;
    let jonas = app.program(&app.world.jonas).await;
    let mut answers = Vec::new();
    for id in [visit.id.0, 999_999] {
        let mut reply = jonas.get(&format!("/api/appointments/appointments/{id}/")).await.json();
        reply["instance"] = Value::Null;
        answers.push(reply);
    }
    assert_eq!(answers[0], answers[1]);
}

/// Something that Dr. Rivera did with Maya's record and that Maya asked about: the only question.
async fn look_at_maya(app: &TestApp) -> i64 {
    let world = &app.world;
    let event = world.note_look(&world.rivera, &world.maya).await;
    let maya = app.browser(&world.maya).await;
    let asked = maya.call("/fn/looks/ask", &[("event", &event.to_string())]).await;
    assert_eq!(asked.status, 200);
    event.0
}

/// A visit of Maya with Dr. Rivera that she may still change.
async fn fresh_visit(app: &TestApp) -> AppointmentView {
    let at = date(2026, 11, 25).at(9, 0, 0, 0);
    app.world.book(&app.world.maya, &app.world.rivera, at).await.expect("the time is free")
}

/// Cancels whatever the cell left behind, so that the next one finds the same times free.
async fn clear(app: &TestApp, visit: &AppointmentView) {
    let admin = app.program(&app.world.admin).await;
    admin.delete(&format!("/api/appointments/appointments/{}", visit.id)).await;
    let left = admin.get("/api/appointments/appointments?status=scheduled&page_size=100").await.json();
    for other in left["results"].as_array().unwrap() {
        let reply = admin.delete(&format!("/api/appointments/appointments/{}", other["id"])).await;
        assert_eq!(reply.status, 204);
    }
}

async fn session_of(app: &TestApp, access: &str) -> i64 {
    let maya = app.caller(Proof::Bearer(access.to_owned()));
    let sessions = maya.get("/api/auth/sessions").await.json();
    let mut rows = sessions["results"].as_array().unwrap().iter();
    rows.find(|row| row["current"] == true).unwrap()["id"].as_i64().unwrap()
}

async fn program(app: &TestApp, asker: usize) -> Caller<'_> {
    match person(app, asker) {
        Some(person) => app.program(person).await,
        None => app.anonymous(),
    }
}

async fn browser(app: &TestApp, asker: usize) -> Caller<'_> {
    match person(app, asker) {
        Some(person) => app.browser(person).await,
        None => app.anonymous(),
    }
}

fn person(app: &TestApp, asker: usize) -> Option<&domain::testing::TestPerson> {
    let world = &app.world;
    [None, Some(&world.maya), Some(&world.jonas), Some(&world.rivera), Some(&world.brandt), Some(&world.admin)][asker]
}

async fn ask_rest(row: &RestRow, cell: &Cell<'_>, caller: &Caller<'_>) -> Reply {
    let (method, path) = row.route.split_once(' ').unwrap();
    let id = match path {
        _ if path.contains("/doctors/") => doctor_id(cell),
        _ if path.contains("/sessions/") => cell.made.session.to_string(),
        _ => cell.made.visit.id.to_string(),
    };
    let query = if path.ends_with("_slots") || path.ends_with("/availability") { "?date=2026-12-18" } else { "" };
    let path = format!("/api{}{query}", path.replace("{id}", &id));
    if path.ends_with("/documents") {
        let patient = (row.body)(cell).map(|body| body["patient"].to_string()).unwrap_or_default();
        return caller.upload(&path, &[("patient", &patient)], ("diary.txt", b"No pain today.")).await;
    }
    match (row.body)(cell) {
        Some(body) => caller.json(method, &path, &body).await,
        None => cell.app.send(caller.request(method, &path).body(axum::body::Body::empty()).unwrap()).await,
    }
}

async fn ask_call(row: &CallRow, cell: &Cell<'_>, caller: &Caller<'_>) -> Reply {
    let (method, path) = row.path.split_once(' ').unwrap();
    let fields = (row.fields)(cell);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    if method == "GET" {
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish();
        return caller.get(&format!("{path}?{query}")).await;
    }
    caller.call(path, &fields).await
}
