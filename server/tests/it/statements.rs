//! What a request costs the database: each has a budget of statements, on both engines. Those that begin and end a
//! transaction are not among them.

use std::fmt::Write;

use http::StatusCode;
use rstest::rstest;
use serde_json::json;

use crate::support::{Caller, Engine, Reply, TestApp};

/// What is asked for, by whom.
#[derive(Clone, Copy, Debug)]
enum By {
    Nobody,
    MayasProgram,
    MayasBrowser,
    RiverasBrowser,
}

/// A path, who asks for it, and how many statements it may take.
const BUDGETS: [(&str, By, u64); 9] = [
    ("/api/appointments/doctors/", By::Nobody, 2),
    ("/api/appointments/doctors/{doctor}/available_slots/?date=2026-11-26", By::Nobody, 3),
    ("/api/appointments/appointments/", By::MayasProgram, 5),
    ("/api/medical-records/records/", By::MayasProgram, 6),
    ("/", By::Nobody, 2),
    ("/dashboard", By::MayasBrowser, 9),
    ("/records", By::MayasBrowser, 8),
    ("/schedule", By::RiverasBrowser, 8),
    ("/patients/{patient}", By::RiverasBrowser, 14),
];

#[rstest]
#[tokio::test]
async fn each_read_keeps_to_its_budget_of_statements(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let app = TestApp::in_care(engine).await.with_memory();
    let (program, browser) = (app.program(&app.world.maya).await, app.browser(&app.world.maya).await);
    let (doctor, nobody) = (app.browser(&app.world.rivera).await, app.anonymous());
    let mut told = String::new();
    for (path, by, budget) in BUDGETS {
        let path = path.replace("{doctor}", &app.world.rivera.doctor.unwrap().to_string());
        let path = path.replace("{patient}", &app.world.maya.patient.unwrap().to_string());
        let caller = match by {
            By::Nobody => &nobody,
            By::MayasProgram => &program,
            By::MayasBrowser => &browser,
            By::RiverasBrowser => &doctor,
        };
        // The first one fills what is kept in memory and notes that the session is used.
        read(caller, &path).await;
        let before = app.world.services.db().statements();
        read(caller, &path).await;
        let took = app.world.services.db().statements() - before;
        if took > budget {
            writeln!(told, "{path} took {took} statements of {budget}").unwrap();
        }
    }
    assert!(told.is_empty(), "{told}");
}

async fn read(caller: &Caller<'_>, path: &str) -> Reply {
    let reply = if path.starts_with("/api/") { caller.get(path).await } else { caller.open(path).await };
    assert_eq!(reply.status, StatusCode::OK, "{path}");
    reply
}

#[rstest]
#[tokio::test]
async fn signing_in_and_booking_keep_to_their_budgets(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let app = TestApp::in_care(engine).await.with_memory();
    let db = app.world.services.db();
    let sign_in = json!({"username": "maya", "password": domain::testing::PASSWORD});
    let nobody = app.anonymous();
    assert_eq!(nobody.post("/api/auth/login/", &sign_in).await.status, StatusCode::OK);
    let before = db.statements();
    assert_eq!(nobody.post("/api/auth/login/", &sign_in).await.status, StatusCode::OK);
    let took = db.statements() - before;
    assert!(took <= 12, "signing in took {took} statements of 12");

    let program = app.program(&app.world.maya).await;
    program.get("/api/auth/user/").await;
    let visit = json!({
        "doctor": app.world.rivera.doctor.unwrap(), "appointment_date": "2026-11-26", "appointment_time": "10:00",
        "reason": "Palpitations",
    });
    let before = db.statements();
    assert_eq!(program.post("/api/appointments/appointments/", &visit).await.status, StatusCode::CREATED);
    let took = db.statements() - before;
    assert!(took <= 14, "booking took {took} statements of 14");
}
