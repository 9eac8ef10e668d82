//! Every REST route and every server function × everybody who may ask. A route that is not listed fails the test.
//!
//! The object is a visit of Maya with Dr. Rivera, made anew for each cell. Those who ask are nobody, Maya herself,
//! another patient, her doctor, another doctor, and the administrator.

use std::collections::BTreeSet;

use domain_types::appointments::AppointmentView;
use jiff::{SignedDuration, civil::date};
use leptos::server_fn::axum::server_fn_paths;
use rstest::rstest;
use serde_json::{Value, json};

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
/// Its patient, and the doctor who cares for them.
const PEOPLE_OF_THE_RECORD: Expected = [401, 200, 404, 200, 404, 404];
const PATIENTS: Expected = [401, 200, 200, 403, 403, 403];
const DOCTORS: Expected = [401, 403, 403, 200, 200, 403];
const ADMINS: Expected = [401, 403, 403, 403, 403, 200];

/// What a cell works with.
struct Cell<'a> {
    app: &'a TestApp,
    visit: &'a AppointmentView,
    /// The reference of Maya's report.
    record: String,
    refresh: String,
    /// A session of Maya's.
    session: i64,
}

struct RestRow {
    route: &'static str,
    body: fn(&Cell<'_>) -> Option<Value>,
    expected: Expected,
}

fn no_body(_: &Cell<'_>) -> Option<Value> {
    None
}

fn booking(cell: &Cell<'_>) -> Option<Value> {
    let doctor = cell.app.world.rivera.doctor;
    Some(json!({"doctor": doctor, "appointment_date": "2026-12-18", "appointment_time": "09:00", "reason": "Cough"}))
}

/// A registration that nobody made before.
fn registration(cell: &Cell<'_>) -> Option<Value> {
    let name = cell.visit.reference.to_lowercase();
    Some(passwords(json!({"username": name, "email": format!("{name}@example.org")})))
}

fn passwords(mut body: Value) -> Value {
    body["password"] = json!("violet harbour lamp seven");
    body["password_confirm"] = body["password"].clone();
    body
}

fn rest_rows() -> Vec<RestRow> {
    let row = |route, body, expected| RestRow { route, body, expected };
    vec![
        row("POST /auth/login", |_| Some(json!({"username": "maya", "password": domain::testing::PASSWORD})), PUBLIC),
        row("POST /auth/register", registration, [201; 6]),
        row("POST /auth/verify-email", |_| Some(json!({"token": "nobody's"})), [422; 6]),
        row("POST /auth/verify-email/resend", |_| Some(json!({"email": "nobody@example.org"})), PUBLIC),
        row("POST /auth/mfa/login", |_| Some(json!({"temp_token": "nobody's", "otp": "123456"})), [401; 6]),
        row("POST /auth/password-reset", |_| Some(json!({"email": "nobody@example.org"})), PUBLIC),
        row("POST /auth/password-reset/confirm", |_| Some(passwords(json!({"token": "nobody's"}))), [422; 6]),
        row("POST /auth/password/change", |_| Some(passwords(json!({"current_password": "wrong"}))), REFUSED_INPUT),
        row("POST /auth/step-up", |_| Some(json!({"password": domain::testing::PASSWORD})), SIGNED_IN),
        row("POST /auth/accept-policy", no_body, SIGNED_IN),
        row("GET /auth/sessions", no_body, SIGNED_IN),
        // The session of the cell is Maya's, and not the one that she asks with.
        row("DELETE /auth/sessions/{id}", no_body, [401, 204, 404, 404, 404, 404]),
        row("POST /auth/mfa/setup", no_body, SIGNED_IN),
        row("POST /auth/mfa/verify", |_| Some(json!({"otp": "no code"})), REFUSED_INPUT),
        row(
            "POST /auth/mfa/deactivate",
            |_| Some(json!({"password": "wrong", "otp": "123456"})),
            // Those who work here may not be without it.
            [401, 422, 422, 409, 409, 409],
        ),
        row("POST /auth/mfa/recovery-codes/regenerate", |_| Some(json!({"password": "wrong"})), REFUSED_INPUT),
        row("POST /auth/token/refresh", |cell| Some(json!({"refresh": cell.refresh})), PUBLIC),
        row("POST /auth/logout", no_body, [401, 205, 205, 205, 205, 205]),
        row("GET /auth/user", no_body, SIGNED_IN),
        row("GET /appointments/doctors", no_body, PUBLIC),
        row("GET /appointments/doctors/{id}", no_body, PUBLIC),
        row("GET /appointments/doctors/{id}/available_slots", no_body, PUBLIC),
        row("GET /appointments/doctors/{id}/availability", no_body, SIGNED_IN),
        row("GET /appointments/appointments", no_body, SIGNED_IN),
        // Staff say for whom they book: 422 without.
        row("POST /appointments/appointments", booking, [401, 201, 201, 422, 422, 422]),
        row(
            "POST /appointments/appointments",
            |cell| {
                let mut body = booking(cell)?;
                body["patient"] = json!(cell.app.world.maya.patient);
                Some(body)
            },
            [401, 201, 422, 201, 422, 201],
        ),
        row("GET /appointments/appointments/{id}", no_body, PEOPLE_OF_THE_VISIT),
        row("PATCH /appointments/appointments/{id}", |_| Some(json!({"status": "confirmed"})), STAFF_OF_THE_VISIT),
        row(
            "PATCH /appointments/appointments/{id}",
            |_| Some(json!({"appointment_date": "2026-12-18", "appointment_time": "10:00"})),
            PEOPLE_OF_THE_VISIT,
        ),
        row("DELETE /appointments/appointments/{id}", no_body, [401, 204, 404, 204, 404, 204]),
        row("GET /medical-records/records", no_body, SIGNED_IN),
        row("GET /medical-records/records/{id}", no_body, PEOPLE_OF_THE_RECORD),
        row("GET /medical-records/records/{id}/download", no_body, PEOPLE_OF_THE_RECORD),
        row("GET /labs/results", no_body, SIGNED_IN),
        row("GET /labs/results/{id}/download", no_body, PEOPLE_OF_THE_RECORD),
    ]
}

struct CallRow {
    path: &'static str,
    fields: fn(&Cell<'_>) -> Vec<(&'static str, String)>,
    expected: Expected,
}

fn no_fields(_: &Cell<'_>) -> Vec<(&'static str, String)> {
    Vec::new()
}

fn call_rows() -> Vec<CallRow> {
    let row = |path, fields, expected| CallRow { path, fields, expected };
    vec![
        row("POST /fn/auth/viewer", no_fields, PUBLIC),
        row(
            "POST /fn/auth/sign_in",
            |_| vec![("username", "maya".into()), ("password", domain::testing::PASSWORD.into())],
            PUBLIC,
        ),
        row("POST /fn/auth/sign_out", no_fields, PUBLIC),
        row("POST /fn/auth/register", registration_fields, PUBLIC),
        row("POST /fn/auth/registration_is_open", no_fields, PUBLIC),
        row("POST /fn/auth/pending_registration", nobodys_token, PUBLIC),
        row("POST /fn/auth/verify_email", nobodys_token, [422; 6]),
        row("POST /fn/auth/resend_verification", nobodys_address, PUBLIC),
        // Nobody has taken the first step of a sign-in.
        row("POST /fn/auth/finish_sign_in", |_| vec![("otp", "123456".into())], [401; 6]),
        row("POST /fn/auth/enrolment", no_fields, [401; 6]),
        row("POST /fn/auth/confirm_enrolment", |_| vec![("otp", "123456".into())], [401; 6]),
        row("POST /fn/auth/request_reset", nobodys_address, PUBLIC),
        row("POST /fn/auth/may_reset", nobodys_token, PUBLIC),
        row("POST /fn/auth/reset_password", |cell| [nobodys_token(cell), new_password(cell)].concat(), [422; 6]),
        row("POST /fn/auth/password_advice", new_password, PUBLIC),
        row(
            "POST /fn/auth/change_password",
            |cell| [vec![("current_password", "wrong".into())], new_password(cell)].concat(),
            REFUSED_INPUT,
        ),
        row("POST /fn/auth/step_up", |_| vec![("password", domain::testing::PASSWORD.into())], SIGNED_IN),
        row("POST /fn/auth/security", no_fields, SIGNED_IN),
        row("POST /fn/auth/pending_factor", no_fields, SIGNED_IN),
        row("POST /fn/auth/begin_factor", no_fields, SIGNED_IN),
        row("POST /fn/auth/confirm_factor", |_| vec![("otp", "no code".into())], REFUSED_INPUT),
        row(
            "POST /fn/auth/remove_factor",
            |_| vec![("password", "wrong".into()), ("otp", "123456".into())],
            [401, 422, 422, 409, 409, 409],
        ),
        row("POST /fn/auth/renew_recovery_codes", |_| vec![("password", "wrong".into())], REFUSED_INPUT),
        row("POST /fn/auth/sessions", no_fields, SIGNED_IN),
        row("POST /fn/auth/end_session", |cell| vec![("id", cell.session.to_string())], [401, 200, 404, 404, 404, 404]),
        row("POST /fn/auth/end_other_sessions", no_fields, SIGNED_IN),
        // What it prolongs is the session of whoever asks: nobody has none.
        row("POST /fn/auth/extend", no_fields, PUBLIC),
        row("POST /fn/auth/policy_pending", no_fields, SIGNED_IN),
        row("POST /fn/auth/accept_policy", no_fields, SIGNED_IN),
        row("POST /fn/clinic/info", no_fields, PUBLIC),
        row("POST /fn/appointments/specialties", no_fields, PUBLIC),
        row("POST /fn/appointments/doctors", no_fields, PUBLIC),
        row("POST /fn/appointments/doctor", |cell| vec![("id", doctor_id(cell))], PUBLIC),
        row("POST /fn/appointments/choice", |cell| vec![("doctor", doctor_id(cell))], PUBLIC),
        row("GET /fn/appointments/slots", |cell| vec![("doctor", doctor_id(cell))], PUBLIC),
        row("POST /fn/appointments/book", booking_fields, [401, 200, 200, 422, 422, 422]),
        row("POST /fn/appointments/cancel", visit_fields, PEOPLE_OF_THE_VISIT),
        row(
            "POST /fn/appointments/reschedule",
            |cell| [visit_fields(cell), vec![("date", "2026-12-18".into()), ("time", "10:00".into())]].concat(),
            PEOPLE_OF_THE_VISIT,
        ),
        row(
            "POST /fn/appointments/step",
            |cell| [visit_fields(cell), vec![("action", "confirm".into())]].concat(),
            STAFF_OF_THE_VISIT,
        ),
        row("POST /fn/appointments/list", no_fields, SIGNED_IN),
        row(
            "POST /fn/appointments/detail",
            |cell| vec![("reference", cell.visit.reference.clone())],
            PEOPLE_OF_THE_VISIT,
        ),
        row("POST /fn/appointments/dashboard", no_fields, PATIENTS),
        row("POST /fn/appointments/day", no_fields, DOCTORS),
        row("POST /fn/records/timeline", no_fields, PATIENTS),
        row("POST /fn/records/glance", no_fields, PATIENTS),
        row("POST /fn/records/detail", |cell| vec![("reference", cell.record.clone())], PEOPLE_OF_THE_RECORD),
        row("POST /fn/records/trend", |_| vec![("test", "ferritin".into())], [401, 200, 404, 403, 403, 403]),
        row("POST /fn/admin/users", no_fields, ADMINS),
        row("POST /fn/admin/mails", no_fields, ADMINS),
        row("POST /fn/admin/overview", no_fields, ADMINS),
        // There is a mailbox in the demo only.
        row("POST /fn/mail/demo_mailbox", no_fields, [404; 6]),
    ]
}

fn nobodys_token(_: &Cell<'_>) -> Vec<(&'static str, String)> {
    vec![("token", "nobody's".into())]
}

fn nobodys_address(_: &Cell<'_>) -> Vec<(&'static str, String)> {
    vec![("email", "nobody@example.org".into())]
}

fn new_password(_: &Cell<'_>) -> Vec<(&'static str, String)> {
    vec![("password", "violet harbour lamp seven".into())]
}

fn registration_fields(cell: &Cell<'_>) -> Vec<(&'static str, String)> {
    let name = cell.visit.reference.to_lowercase();
    vec![
        ("email", format!("{name}@example.org")),
        ("username", name),
        ("password", "violet harbour lamp seven".into()),
        ("first_name", "Nora".into()),
        ("last_name", "Quinn".into()),
        ("accepts_policy", "true".into()),
    ]
}

fn doctor_id(cell: &Cell<'_>) -> String {
    cell.app.world.rivera.doctor.unwrap().to_string()
}

fn booking_fields(cell: &Cell<'_>) -> Vec<(&'static str, String)> {
    vec![
        ("doctor", doctor_id(cell)),
        ("date", "2026-12-18".into()),
        ("time", "09:00".into()),
        ("reason", "Cough".into()),
        ("key", cell.visit.reference.clone()),
    ]
}

fn visit_fields(cell: &Cell<'_>) -> Vec<(&'static str, String)> {
    vec![("appointment", cell.visit.id.to_string()), ("reference", cell.visit.reference.clone())]
}

#[rstest]
#[tokio::test]
async fn every_rest_route_answers_everybody_as_it_should(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let app = TestApp::new(engine).await;
    let record = report_of_maya(&app).await;
    let mut wrong = Vec::new();
    for row in rest_rows() {
        let mut found = Vec::new();
        for asker in 0..6 {
            let visit = fresh_visit(&app).await;
            let tokens = app.world.tokens(&app.world.maya, domain::auth::SessionKind::Rest).await;
            let session = session_of(&app, &tokens.access).await;
            let record = record.clone();
            let cell = Cell { app: &app, visit: &visit, record, refresh: tokens.refresh, session };
            let caller = program(&app, asker).await;
            found.push(ask_rest(&row, &cell, &caller).await.status.as_u16());
            clear(&app, &visit).await;
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
    let record = report_of_maya(&app).await;
    let mut wrong = Vec::new();
    for row in call_rows() {
        let mut found = Vec::new();
        for asker in 0..6 {
            let visit = fresh_visit(&app).await;
            let tokens = app.world.tokens(&app.world.maya, domain::auth::SessionKind::Web).await;
            let session = session_of(&app, &tokens.access).await;
            let record = record.clone();
            let cell = Cell { app: &app, visit: &visit, record, refresh: String::new(), session };
            let caller = browser(&app, asker).await;
            found.push(ask_call(&row, &cell, &caller).await.status.as_u16());
            clear(&app, &visit).await;
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
        assert_ne!(ask(&caller).await.status, 403, "{path}");
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
            assert_ne!(ask(&caller).await.status, 403, "{path}");
        }
    }
}

#[tokio::test]
async fn no_route_is_missing_from_the_matrix() {
    let app = TestApp::sqlite().await;
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

/// A laboratory report of Maya with one result.
async fn report_of_maya(app: &TestApp) -> String {
    let world = &app.world;
    let (id, reference) = world.write_lab_report(&world.maya, &world.rivera, "Ferritin", "11", "µg/L").await;
    assert_eq!(id, 1);
    reference
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
        _ if path.contains("/sessions/") => cell.session.to_string(),
        // The only report and its only result.
        _ if path.contains("/medical-records/") || path.contains("/labs/") => "1".to_owned(),
        _ => cell.visit.id.to_string(),
    };
    let query = if path.ends_with("_slots") || path.ends_with("/availability") { "?date=2026-12-18" } else { "" };
    let path = format!("/api{}{query}", path.replace("{id}", &id));
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
