//! A request that comes again under its key is the same one when it means the same, however it is written; one that means
//! something else is refused, and nothing of it is done.

use axum::body::Body;
use http::header;
use rstest::rstest;
use serde_json::Value;

use crate::support::{Caller, Engine, Reply, TestApp};

/// Sends a body as it is written, under one key.
async fn send(app: &TestApp, caller: &Caller<'_>, path: &str, body: &str) -> Reply {
    let request = caller.request("POST", path).header(header::CONTENT_TYPE, "application/json");
    app.send(request.header("idempotency-key", "c4d2").body(Body::from(body.to_owned())).unwrap()).await
}

/// The first is done, the second is its repetition, and the third is something else.
async fn means_one_thing(app: &TestApp, caller: &Caller<'_>, path: &str, bodies: [&str; 3]) -> Value {
    let [first, again, other] = bodies;
    let done = send(app, caller, path, first).await;
    assert_eq!(done.status, 201, "{path}: {done:?}");
    for body in [first, again] {
        let repeated = send(app, caller, path, body).await;
        assert_eq!((repeated.status.as_u16(), repeated.json()), (201, done.json()), "{path}: {body}");
        assert_eq!(repeated.header("location"), done.header("location"), "{path}");
    }
    let refused = send(app, caller, path, other).await;
    assert_eq!(refused.problem(), "422 IDEMPOTENCY_MISMATCH", "{path}: {other}");
    done.json()
}

#[rstest]
#[tokio::test]
async fn readings_written_otherwise_are_the_same_readings(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    const PATH: &str = "/api/medical-records/vitals/";
    let app = TestApp::new(engine).await;
    let maya = app.program(&app.world.maya).await;
    let bodies = [
        r#"{"heart_rate":72,"weight":"72,4"}"#,
        "{ \"weight\": 72.4,\n\t\"systolic_bp\": null, \"temperature\": \"\",\n \"heart_rate\": \" 72 \" }",
        r#"{"heart_rate":73,"weight":"72,4"}"#,
    ];
    means_one_thing(&app, &maya, PATH, bodies).await;
    assert_eq!(maya.get(PATH).await.json()["count"], 1);
}

#[rstest]
#[tokio::test]
async fn a_prescription_written_otherwise_is_the_same_prescription(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    const PATH: &str = "/api/medical-records/prescriptions/";
    let app = TestApp::in_care(engine).await;
    let rivera = app.program(&app.world.rivera).await;
    let patient = app.world.maya.patient.unwrap();
    let first = format!(
        r#"{{"patient":{patient},"medication_name":"Amlodipine","dosage":"10 mg","frequency":"once a day","duration":"28 days"}}"#
    );
    let again = format!(
        "{{\n  \"duration\": \"28 days \", \"frequency\" : \"once a day\",\n  \"instructions\": \"\", \
         \"dosage\": \"10 mg\",\n  \"medication_name\": \" Amlodipine\", \"patient\": {patient}\n}}"
    );
    let other = first.replace("10 mg", "5 mg");
    let written = means_one_thing(&app, &rivera, PATH, [&first, &again, &other]).await;
    let listed = rivera.get(PATH).await.json();
    assert_eq!((&listed["count"], &listed["results"][0]["dosage"]), (&1.into(), &"10 mg".into()), "{written}");
}

#[rstest]
#[tokio::test]
async fn an_entry_written_otherwise_is_the_same_entry(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let app = TestApp::in_care(engine).await;
    let rivera = app.program(&app.world.rivera).await;
    let patient = app.world.maya.patient.unwrap();
    let first = format!(r#"{{"patient":{patient},"diagnosis":"Extra beats","treatment":"Less coffee"}}"#);
    let again = format!(
        "{{\"treatment\":\t\"Less coffee\\n\",\r\n\"record_type\": \"consultation\", \"notes\": null, \
         \"diagnosis\": \"Extra beats\", \"patient\": {patient}}}"
    );
    let other = first.replace("Less", "No");
    let written = means_one_thing(&app, &rivera, "/api/medical-records/records/", [&first, &again, &other]).await;
    // The key is of this act and this person.
    let maya = app.program(&app.world.maya).await;
    let vitals = send(&app, &maya, "/api/medical-records/vitals/", r#"{"heart_rate":72}"#).await;
    assert_eq!(vitals.status, 201, "{vitals:?}");
    assert_ne!(vitals.json()["id"], written["id"]);
}
