//! The record over REST.

use rstest::rstest;
use serde_json::json;

use crate::support::{Engine, TestApp};

#[rstest]
#[tokio::test]
async fn a_patient_reads_their_own_record_at_both_addresses(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values("/api/medical-records/records/", "/api/v1/medical_records/records")] path: &str,
) {
    let app = TestApp::new(engine).await;
    let world = &app.world;
    world.write_record(&world.maya, &world.rivera, "Benign palpitations").await;
    let own = app.program(&world.maya).await.get(path).await.json();
    assert_eq!(own["count"], 1);
    let entry = &own["results"][0];
    assert_eq!((&entry["diagnosis"], &entry["record_type"]), (&json!("Benign palpitations"), &json!("consultation")));
    assert_eq!((&entry["record_date"], &entry["prescriptions"]), (&json!("2026-11-20"), &json!([])));
    assert!(entry["record_id"].as_str().unwrap().starts_with("REC-"));
    assert_eq!(app.program(&world.jonas).await.get(path).await.json()["count"], 0);
    assert_eq!(app.program(&world.rivera).await.get(path).await.json()["count"], 0, "no visit, no care");
}

#[tokio::test]
async fn an_unknown_kind_of_entry_is_told() {
    let app = TestApp::sqlite().await;
    let maya = app.program(&app.world.maya).await;
    assert_eq!(maya.get("/api/medical-records/records?record_type=secret").await.problem(), "422 VALIDATION_ERROR");
    assert_eq!(maya.get("/api/medical-records/records?record_type=imaging").await.json()["count"], 0);
}
