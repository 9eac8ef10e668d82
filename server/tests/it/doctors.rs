//! The directory and free times over REST.

use rstest::rstest;
use serde_json::json;

use crate::support::{Engine, TestApp};

#[rstest]
#[tokio::test]
async fn the_directory_is_public_and_has_the_contracts_fields(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let reply = app.anonymous().get("/api/appointments/doctors/?search=RIVERA").await;
    let id = app.world.rivera.doctor.unwrap();
    let rivera = json!({
        "id": id, "name": "Dr. Elena Rivera", "specialization": "cardiology", "hospital": "Liffey Bridge Clinic",
        "department_name": "Cardiology department", "consultation_fee": "150.00", "experience": "14 years",
        "rating": null, "reviews": 0,
    });
    assert_eq!(reply.json(), json!({"count": 1, "next": null, "previous": null, "results": [rivera]}));
    assert_eq!(app.anonymous().get(&format!("/api/appointments/doctors/{id}/")).await.json(), rivera);
}

#[tokio::test]
async fn doctors_come_by_id_in_pages_whose_links_keep_prefix_and_filters() {
    let app = TestApp::open().await;
    let reply = app.anonymous().get("/api/v1/appointments/doctors/?page_size=1&page=1").await.json();
    assert_eq!(reply["count"], 2);
    assert_eq!(reply["next"], "http://127.0.0.1:3000/api/v1/appointments/doctors/?page_size=1&page=2");
    let next = reply["next"].as_str().unwrap().strip_prefix("http://127.0.0.1:3000").unwrap();
    let second = app.anonymous().get(next).await.json();
    assert_eq!(second["results"][0]["specialization"], "dermatology");
    assert_eq!(second["next"], json!(null));
}

#[rstest]
#[case("?page=0")]
#[case("?page=last")]
#[case("?page=3")]
#[tokio::test]
async fn an_invalid_page_is_not_found(#[case] query: &str) {
    let app = TestApp::open().await;
    assert_eq!(app.anonymous().get(&format!("/api/appointments/doctors{query}")).await.problem(), "404 NOT_FOUND");
}

#[rstest]
#[case("999999")]
#[case("rivera")]
#[case("1e3")]
#[case("99999999999999999999999")]
#[tokio::test]
async fn an_unknown_doctor_is_not_found(#[case] id: &str) {
    let app = TestApp::open().await;
    for path in ["", "/available_slots?date=2026-11-24"] {
        let reply = app.anonymous().get(&format!("/api/appointments/doctors/{id}{path}")).await;
        assert_eq!(reply.problem(), "404 NOT_FOUND");
    }
}

#[rstest]
#[tokio::test]
async fn free_times_follow_the_doctors_hours_and_bookings(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let app = TestApp::new(engine).await;
    let world = &app.world;
    world.book(&world.maya, &world.rivera, jiff::civil::date(2026, 11, 24).at(9, 0, 0, 0)).await.unwrap();
    let id = world.rivera.doctor.unwrap();
    let reply = app.anonymous().get(&format!("/api/appointments/doctors/{id}/available_slots/?date=2026-11-24")).await;
    let slots = reply.json();
    assert_eq!(slots.as_array().unwrap().len(), 14);
    assert_eq!(slots[0], json!({"time": "09:00", "available": false}));
    assert_eq!(slots[1], json!({"time": "09:30", "available": true}));
    assert_eq!(slots[6], json!({"time": "13:00", "available": true}));

    let path = format!("/api/appointments/doctors/{id}/availability/?date=2026-11-24");
    assert_eq!(app.anonymous().get(&path).await.problem(), "401 UNAUTHENTICATED");
    let signed_in = app.program(&world.maya).await.get(&path).await.json();
    assert_eq!(signed_in["doctor_name"], "Dr. Elena Rivera");
    assert_eq!(signed_in["specialty"], "cardiology");
    assert_eq!((&signed_in["date"], &signed_in["slots"]), (&json!("2026-11-24"), &slots));
}

#[rstest]
#[case("")]
#[case("?date=")]
#[case("?date=24.11.2026")]
#[case("?date=2026-02-30")]
#[case("?date=2026-11-22")]
#[tokio::test]
async fn a_day_that_cannot_be_meant_is_told_beside_its_field(#[case] query: &str) {
    let app = TestApp::open().await;
    let id = app.world.rivera.doctor.unwrap();
    let caller = app.program(&app.world.maya).await;
    let reply = caller.get(&format!("/api/appointments/doctors/{id}/availability{query}")).await;
    assert_eq!(reply.problem(), "422 VALIDATION_ERROR");
    assert!(reply.json()["details"]["date"][0].is_string());
}
