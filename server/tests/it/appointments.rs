//! Visits over REST.

use axum::body::Body;
use domain_types::AppointmentId;
use http::header;
use jiff::civil::{DateTime, date};
use rstest::rstest;
use serde_json::{Value, json};

use crate::support::{Engine, TestApp};

const LIST: &str = "/api/appointments/appointments/";

fn tuesday(hour: i8, minute: i8) -> DateTime {
    date(2026, 11, 24).at(hour, minute, 0, 0)
}

fn booking(app: &TestApp, time: &str) -> Value {
    json!({
        "doctor": app.world.rivera.doctor, "appointment_date": "2026-11-25", "appointment_time": time,
        "reason": "Palpitations after climbing stairs", "status": "completed",
    })
}

#[rstest]
#[tokio::test]
async fn a_patient_books_and_gets_the_visit_with_its_address(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let maya = app.program(&app.world.maya).await;
    let reply = maya.post(LIST, &booking(&app, "09:30:00")).await;
    assert_eq!(reply.status, 201, "{reply:?}");
    let visit = reply.json();
    insta::assert_json_snapshot!("booked_visit", visit, {
        ".appointment_id" => "APT-…", ".patient_id" => "PT-…", ".id" => "ID", ".patient" => "ID", ".doctor" => "ID",
    });
    let location = reply.header("location").strip_prefix("http://127.0.0.1:3000").unwrap();
    assert_eq!(maya.get(location).await.json(), visit);
    assert_eq!(maya.get(LIST).await.json()["results"], json!([visit]));
}

#[rstest]
#[case("doctor", json!(999_999))]
#[case("doctor", json!("three"))]
#[case("doctor", Value::Null)]
#[case("appointment_date", json!("2026-11-22"))]
#[case("appointment_date", json!("2028-11-22"))]
#[case("appointment_date", json!("2026-11-28"))]
#[case("appointment_date", json!("tomorrow"))]
#[case("appointment_time", json!("03:07"))]
#[case("appointment_time", json!("09:10"))]
#[case("appointment_time", json!("12:30"))]
#[case("appointment_time", json!(930))]
#[case("reason", json!(""))]
#[case("reason", json!("x".repeat(1001)))]
#[tokio::test]
async fn what_cannot_be_booked_is_told_beside_its_field(#[case] field: &str, #[case] value: Value) {
    let app = TestApp::open().await;
    let mut body = booking(&app, "09:30");
    body[field] = value;
    let reply = app.program(&app.world.maya).await.post(LIST, &body).await;
    assert_eq!(reply.problem(), "422 VALIDATION_ERROR");
    let details = reply.json()["details"].clone();
    let beside = if details[field].is_array() { field } else { "appointment_time" };
    assert!(details[beside][0].is_string(), "{field}: {details}");
}

#[rstest]
#[tokio::test]
async fn a_taken_time_comes_with_three_free_ones_and_before_a_busy_patient(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let (maya, jonas) = (app.program(&app.world.maya).await, app.program(&app.world.jonas).await);
    assert_eq!(maya.post(LIST, &booking(&app, "09:30")).await.status, 201);
    for caller in [&jonas, &maya] {
        let reply = caller.post(LIST, &booking(&app, "09:30")).await;
        assert_eq!(reply.problem(), "409 SLOT_TAKEN");
        let nearest = reply.json()["details"]["nearest_slots"].clone();
        assert_eq!(nearest.as_array().unwrap().len(), 3);
        assert!(nearest[0]["date"].is_string() && nearest[0]["time"].is_string());
    }
    let mut elsewhere = booking(&app, "09:30");
    elsewhere["doctor"] = json!(app.world.brandt.doctor);
    assert_eq!(maya.post(LIST, &elsewhere).await.problem(), "409 PATIENT_BUSY");
}

#[rstest]
#[tokio::test]
async fn two_hundred_bookings_of_one_time_give_one_visit_and_199_conflicts(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let mut callers = Vec::new();
    for number in 0..40 {
        let patient = app.world.new_patient(&format!("racer{number}")).await;
        callers.push(app.program(&patient).await);
    }
    let body = booking(&app, "10:00");
    // On a slow machine some wait too long for the database and are told to come back: they do.
    let until_answered = async |turn: usize| loop {
        let reply = callers[turn % callers.len()].post(LIST, &body).await;
        if reply.status != 503 {
            return reply;
        }
        assert!(!reply.header("retry-after").is_empty(), "{reply:?}");
    };
    let replies = futures::future::join_all((0..200).map(until_answered)).await;
    let won = replies.iter().filter(|reply| reply.status == 201).count();
    let lost = replies.iter().filter(|reply| reply.status == 409).count();
    assert_eq!((won, lost), (1, 199), "{:?}", replies.iter().map(|reply| reply.status).collect::<Vec<_>>());
}

#[rstest]
#[tokio::test]
async fn a_repeated_request_is_one_booking(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let app = TestApp::new(engine).await;
    let maya = app.program(&app.world.maya).await;
    let send = |body: Value| {
        let request = maya
            .request("POST", LIST)
            .header(header::CONTENT_TYPE, "application/json")
            .header("idempotency-key", "b3c1");
        app.send(request.body(Body::from(body.to_string())).unwrap())
    };
    let replies = futures::future::join_all((0..10).map(|_| send(booking(&app, "09:30")))).await;
    for reply in &replies {
        assert_eq!(reply.status, 201, "{reply:?}");
        assert_eq!(reply.json(), replies[0].json());
        assert_eq!(reply.header("location"), replies[0].header("location"));
    }
    assert_eq!(maya.get(LIST).await.json()["count"], 1);
    assert_eq!(send(booking(&app, "10:30")).await.problem(), "422 IDEMPOTENCY_MISMATCH");
}

#[tokio::test]
async fn a_repeated_request_is_recognised_by_what_it_means() {
    let app = TestApp::open().await;
    let maya = app.program(&app.world.maya).await;
    let send = async |body: String| {
        let request = maya.request("POST", LIST).header(header::CONTENT_TYPE, "application/json");
        app.send(request.header("idempotency-key", "b3c2").body(Body::from(body)).unwrap()).await
    };
    let doctor = app.world.rivera.doctor.unwrap();
    let first = send(format!(
        r#"{{"doctor":{doctor},"appointment_date":"2026-11-25","appointment_time":"09:30","reason":"Palpitations"}}"#
    ));
    let visit = first.await.json();
    let again = format!(
        "{{\n  \"reason\": \" Palpitations\", \"appointment_time\": \"09:30:00\",\n  \"status\": \"completed\",\
         \"appointment_date\" : \"2026-11-25\", \"visit_type\": null, \"doctor\": {doctor} }}"
    );
    let reply = send(again).await;
    assert_eq!((reply.status.as_u16(), reply.json()), (201, visit));
    let other = format!(
        r#"{{"doctor":{doctor},"appointment_date":"2026-11-25","appointment_time":"09:30","reason":"Palpitation"}}"#
    );
    assert_eq!(send(other).await.problem(), "422 IDEMPOTENCY_MISMATCH");
}

#[tokio::test]
async fn a_move_to_the_same_time_succeeds_and_leaves_no_event() {
    let app = TestApp::open().await;
    let world = &app.world;
    let visit = world.book(&world.maya, &world.rivera, date(2026, 11, 25).at(9, 0, 0, 0)).await.unwrap();
    let maya = app.program(&world.maya).await;
    let path = format!("{LIST}{}/", visit.id);
    let body = json!({"appointment_date": "2026-11-25", "appointment_time": "09:00"});
    for _ in 0..3 {
        let reply = maya.patch(&path, &body).await;
        assert_eq!((reply.status.as_u16(), &reply.json()["appointment_time"]), (200, &json!("09:00:00")));
    }
    assert_eq!(world.noted("appointments.move").await, 0);
}

#[tokio::test]
async fn a_key_that_is_no_key_is_refused() {
    let app = TestApp::open().await;
    let maya = app.program(&app.world.maya).await;
    let request = maya.request("POST", LIST).header(header::CONTENT_TYPE, "application/json");
    let request = request.header("idempotency-key", "two words").body(booking(&app, "09:30").to_string().into());
    assert_eq!(app.send(request.unwrap()).await.problem(), "422 VALIDATION_ERROR");
}

#[tokio::test]
async fn a_doctor_books_for_a_patient_in_their_care_only() {
    let app = TestApp::open().await;
    let world = &app.world;
    world.book(&world.maya, &world.rivera, tuesday(9, 0)).await.unwrap();
    let rivera = app.program(&world.rivera).await;
    let for_patient = |patient| {
        let mut body = booking(&app, "11:00");
        body["patient"] = json!(patient);
        body
    };
    assert_eq!(rivera.post(LIST, &for_patient(world.jonas.patient)).await.problem(), "422 VALIDATION_ERROR");
    let reply = rivera.post(LIST, &for_patient(world.maya.patient)).await;
    assert_eq!(reply.status, 201);
    assert_eq!(reply.json()["patient"], json!(world.maya.patient));
}

#[rstest]
#[tokio::test]
async fn a_visit_takes_its_steps_and_no_others(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let app = TestApp::new(engine).await;
    let world = &app.world;
    let visit = world.book(&world.maya, &world.rivera, tuesday(9, 0)).await.unwrap();
    let path = format!("{LIST}{}/", visit.id);
    let (maya, rivera) = (app.program(&world.maya).await, app.program(&world.rivera).await);
    assert_eq!(maya.patch(&path, &json!({"status": "confirmed"})).await.problem(), "403 FORBIDDEN");
    assert_eq!(rivera.patch(&path, &json!({"status": "completed"})).await.problem(), "409 INVALID_TRANSITION");
    let confirmed = rivera.patch(&path, &json!({"status": "confirmed"})).await;
    assert_eq!((confirmed.status.as_u16(), &confirmed.json()["status"]), (200, &json!("confirmed")));
    assert_eq!(confirmed.json()["status_display"], "Confirmed");
    for body in
        [json!({}), json!({"status": "paid"}), json!({"status": "scheduled"}), json!({"appointment_time": "10:00"})]
    {
        assert_eq!(rivera.patch(&path, &body).await.problem(), "422 VALIDATION_ERROR", "{body}");
    }
}

#[rstest]
#[tokio::test]
async fn moving_frees_the_old_time_and_cancelling_keeps_the_row(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let world = &app.world;
    let visit = world.book(&world.maya, &world.rivera, date(2026, 11, 25).at(9, 0, 0, 0)).await.unwrap();
    let (maya, jonas) = (app.program(&world.maya).await, app.program(&world.jonas).await);
    let path = format!("{LIST}{}/", visit.id);
    let moved = maya.patch(&path, &json!({"appointment_date": "2026-11-26", "appointment_time": "14:00"})).await;
    assert_eq!(moved.status, 200, "{moved:?}");
    assert_eq!(moved.json()["appointment_time"], "14:00:00");
    assert_eq!(jonas.post(LIST, &booking(&app, "09:00")).await.status, 201, "the old time is free");

    let cancelled = maya.delete(&path).await;
    assert_eq!((cancelled.status.as_u16(), cancelled.body.as_str()), (204, ""));
    assert_eq!(world.stored_visit(AppointmentId(visit.id.0)).await.0, "cancelled");
    let again = maya.delete(&path).await;
    assert_eq!(again.problem(), "409 INVALID_TRANSITION");
    assert_eq!(again.json()["detail"], "This appointment is already cancelled.");
}

#[tokio::test]
async fn administrators_see_no_clinical_words() {
    let app = TestApp::open().await;
    let world = &app.world;
    let visit = world.book(&world.maya, &world.rivera, tuesday(9, 0)).await.unwrap();
    let seen = app.program(&world.admin).await.get(&format!("{LIST}{}/", visit.id)).await.json();
    assert_eq!((&seen["reason"], &seen["notes"]), (&Value::Null, &Value::Null));
    assert_eq!(seen["doctor_name"], "Dr. Elena Rivera");
}

#[tokio::test]
async fn the_list_is_filtered_and_says_what_it_cannot_filter_by() {
    let app = TestApp::open().await;
    let world = &app.world;
    world.book(&world.maya, &world.rivera, tuesday(9, 0)).await.unwrap();
    world.book(&world.maya, &world.brandt, date(2026, 11, 26).at(9, 0, 0, 0)).await.unwrap();
    let maya = app.program(&world.maya).await;
    let count = async |query: &str| maya.get(&format!("{LIST}{query}")).await.json()["count"].clone();
    assert_eq!(count("").await, 2);
    assert_eq!(count("?status=scheduled&from=2026-11-25").await, 1);
    assert_eq!(count("?to=2026-11-24").await, 1);
    assert_eq!(count(&format!("?doctor={}", world.brandt.doctor.unwrap())).await, 1);
    assert_eq!(count("?status=cancelled").await, 0);
    let reply = maya.get(&format!("{LIST}?status=paid&from=x&doctor=y")).await;
    assert_eq!(reply.problem(), "422 VALIDATION_ERROR");
    assert_eq!(reply.json()["details"].as_object().unwrap().len(), 3);
}
