//! Whose role may never do something reads that, and nothing about what they sent.

use domain::testing::TestPerson;
use rstest::rstest;
use serde_json::{Value, json};

use crate::support::TestApp;

/// Who the test asks as.
fn people(app: &TestApp) -> [(&'static str, &TestPerson); 3] {
    [("patient", &app.world.maya), ("doctor", &app.world.rivera), ("admin", &app.world.admin)]
}

#[rstest]
#[case::entry("POST", "/api/medical-records/records/", &["doctor"])]
#[case::change("PATCH", "/api/medical-records/records/1/", &["doctor"])]
#[case::prescription("POST", "/api/medical-records/prescriptions/", &["doctor"])]
#[case::signature("POST", "/api/medical-records/prescriptions/1/sign/", &["doctor"])]
#[case::end("POST", "/api/medical-records/prescriptions/1/cancel/", &["doctor"])]
#[case::emergency("POST", "/api/medical-records/records/break_glass/", &["doctor", "admin"])]
#[case::vitals("POST", "/api/medical-records/vitals/", &["patient", "doctor"])]
#[case::document("POST", "/api/medical-records/documents/", &["patient", "doctor"])]
#[case::profile("PUT", "/api/patients/profile/", &["patient"])]
#[tokio::test]
async fn a_role_is_told_before_what_is_wrong_with_the_body(
    #[case] method: &str,
    #[case] path: &str,
    #[case] admitted: &[&str],
) {
    let app = TestApp::open().await;
    let broken =
        [json!({"reason": 7, "record_date": 7, "medication_name": 7, "first_name": 7, "seen": 7, "patient": "x"})];
    for (role, person) in people(&app) {
        let caller = app.program(person).await;
        for body in broken.iter().chain([&Value::Null, &json!([])]) {
            let reply = caller.json(method, path, body).await;
            let told = reply.problem();
            if admitted.contains(&role) {
                // Where a body may be left out, none is no mistake, and it is the entry that is not there.
                let may_be_none = body.is_null() && path.ends_with("/sign/") && told == "404 NOT_FOUND";
                assert!(may_be_none || matches!(&told[..3], "400" | "415" | "422"), "{role} {body}: {told}");
            } else {
                assert_eq!(told, "403 FORBIDDEN", "{role} {body}");
            }
        }
    }
    let nobody = app.anonymous().json(method, path, &Value::Null).await;
    assert_eq!(nobody.problem(), "401 UNAUTHENTICATED");
}

#[tokio::test]
async fn a_key_that_is_none_is_told_after_the_role_too() {
    let app = TestApp::open().await;
    let path = "/api/medical-records/records/1/sign";
    for (role, person) in people(&app) {
        let caller = app.program(person).await;
        let request = caller.request("POST", path).header("idempotency-key", "not a key");
        let told = app.send(request.body("".into()).unwrap()).await.problem();
        assert_eq!(told, if role == "doctor" { "422 VALIDATION_ERROR" } else { "403 FORBIDDEN" }, "{role}");
    }
}
