//! A patient's own profile, over REST and on its page.

use domain::testing::TestPerson;
use rstest::rstest;
use serde_json::{Value, json};

use crate::support::{Engine, TestApp};

const PATH: &str = "/api/patients/profile/";
const PAGE: &str = "/account/profile";

fn whole() -> Value {
    json!({
        "first_name": "Maya", "last_name": "Okafor-Byrne", "date_of_birth": "1986-03-14", "gender": "female",
        "phone": "+353 20 910 0160", "address": "Apartment 4\n12 Linnet Grove\nDublin 7",
        "emergency_contact_name": "Chidi Okafor (brother)", "emergency_contact_phone": "+353 20 910 0161",
    })
}

/// How often profiles were read and changed, refusals included.
async fn events(app: &TestApp) -> (u64, u64) {
    (app.world.noted("profile.read").await, app.world.noted("profile.change").await)
}

fn number(person: &TestPerson) -> i64 {
    person.patient.expect("a patient").0
}

#[rstest]
#[tokio::test]
async fn a_patient_reads_and_replaces_their_profile_at_both_addresses(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(PATH, "/api/v1/patients/profile")] path: &str,
) {
    let app = TestApp::new(engine).await;
    let maya = app.program(&app.world.maya).await;
    let own = maya.get(path).await;
    assert_eq!(own.status, 200, "{own:?}");
    let own = own.json();
    assert_eq!((&own["id"], &own["username"]), (&json!(number(&app.world.maya)), &json!("maya")));
    assert!(own["patient_id"].as_str().unwrap().starts_with("PT-"), "{own}");
    assert_eq!((&own["date_of_birth"], &own["gender"]), (&json!("1988-04-12"), &json!("other")));

    let replaced = maya.json("PUT", path, &whole()).await;
    assert_eq!(replaced.status, 200, "{replaced:?}");
    let mut expected = whole();
    for kept in ["id", "patient_id", "username", "email"] {
        expected[kept] = own[kept].clone();
    }
    assert_eq!(replaced.json(), expected);
    assert_eq!(maya.get(path).await.json(), expected);

    let names = json!({"first_name": "Maya", "last_name": "Okafor", "phone": null, "address": " "});
    let emptied = maya.json("PUT", path, &names).await.json();
    for field in ["date_of_birth", "gender", "phone", "address", "emergency_contact_name", "emergency_contact_phone"] {
        assert_eq!(emptied[field], Value::Null, "{field} was not sent");
    }
    assert_eq!(maya.get("/api/auth/user").await.json()["email"], "maya@example.org");
    assert_eq!(events(&app).await, (2, 2));
}

#[rstest]
#[tokio::test]
async fn staff_have_no_profile_under_either_prefix(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(PATH, "/api/v1/patients/profile/")] path: &str,
) {
    let app = TestApp::new(engine).await;
    for person in [&app.world.rivera, &app.world.admin] {
        let caller = app.program(person).await;
        assert_eq!(caller.get(path).await.problem(), "403 FORBIDDEN", "{}", person.username);
        assert_eq!(caller.json("PUT", path, &whole()).await.problem(), "403 FORBIDDEN", "{}", person.username);
    }
    assert_eq!(app.anonymous().get(path).await.status, 401);
    assert_eq!(app.anonymous().json("PUT", path, &whole()).await.status, 401);
    assert_eq!(events(&app).await, (2, 2), "one for each refusal");
}

#[tokio::test]
async fn every_wrong_value_is_named() {
    let app = TestApp::open().await;
    let maya = app.program(&app.world.maya).await;
    let before = maya.get(PATH).await.json();
    let body = json!({
        "last_name": "<b>", "date_of_birth": "1987-02-29", "gender": "unheard of", "phone": "?",
        "address": "x".repeat(301), "emergency_contact_name": "x".repeat(101), "emergency_contact_phone": "1",
    });
    let refused = maya.json("PUT", PATH, &body).await;
    assert_eq!(refused.problem(), "422 VALIDATION_ERROR");
    let refused = refused.json();
    let mut named: Vec<_> = refused["details"].as_object().unwrap().keys().map(String::as_str).collect();
    named.sort_unstable();
    let all = [
        "address",
        "date_of_birth",
        "emergency_contact_name",
        "emergency_contact_phone",
        "first_name",
        "gender",
        "last_name",
        "phone",
    ];
    assert_eq!(named, all);
    let odd = maya.json("PUT", PATH, &json!({"first_name": "Maya", "last_name": "Okafor", "phone": 5})).await;
    assert_eq!(odd.problem(), "422 VALIDATION_ERROR");
    assert_eq!(odd.json()["details"]["phone"].as_array().map(Vec::len), Some(1));
    assert_eq!(maya.get(PATH).await.json(), before);
}

#[rstest]
#[tokio::test]
async fn without_javascript_the_page_saves_and_keeps_what_was_refused(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let maya = app.browser(&app.world.maya).await;
    let account = maya.open("/account").await;
    assert!(account.body.contains("href=\"/account/profile\""), "the account leads to it");
    let page = maya.open(PAGE).await;
    assert_eq!(page.status, 200);
    assert!(
        page.body.contains("value=\"1988-04-12\"") && page.body.contains("7 Heron Quay"),
        "it shows what is stored"
    );
    for hint in ["given-name", "family-name", "bday", "sex", "tel", "street-address"] {
        assert!(page.body.contains(&format!("autocomplete=\"{hint}\"")), "{hint}");
    }
    assert!(page.body.contains("Prefer not to say"));

    let wrong = [("first_name", "Maya"), ("last_name", "Okafor"), ("phone", "call me"), ("address", "9 Otter Bank")];
    let refused = maya.submit("/fn/auth/change_profile", &wrong).await;
    assert_eq!(refused.status, 302);
    let back = refused.header("location").to_owned();
    assert!(back.starts_with("/account/profile?flash=") && !back.contains("call"), "{back}");
    let again = maya.open(&back).await;
    assert!(again.body.contains("Enter a phone number"), "the sentence stands there");
    assert!(again.body.contains("value=\"call me\"") && again.body.contains("9 Otter Bank"), "what was typed is kept");
    assert!(!again.body.contains("1988-04-12"), "so is what was emptied");

    let right =
        [("first_name", "Maya"), ("last_name", "Okafor"), ("gender", "undisclosed"), ("address", "9 Otter Bank")];
    let saved = maya.submit("/fn/auth/change_profile", &right).await;
    assert_eq!((saved.status.as_u16(), saved.header("location")), (302, "/account/profile?saved=1"));
    let page = maya.open("/account/profile?saved=1").await;
    assert!(page.body.contains("Your profile is saved.") && page.body.contains("9 Otter Bank"));
    assert!(!page.body.contains("1988-04-12") && !page.body.contains("call me"));
}

#[tokio::test]
async fn the_page_tells_staff_that_it_is_for_patients() {
    let app = TestApp::open().await;
    for person in [&app.world.rivera, &app.world.admin] {
        let staff = app.browser(person).await;
        let page = staff.open(PAGE).await;
        assert_eq!(page.status, 403, "{}", person.username);
        assert!(page.body.contains("own appointments, records or profile. Only patients can open it"));
        assert!(!staff.open("/account").await.body.contains(PAGE), "nothing leads there");
    }
    let nobody = app.anonymous().open(PAGE).await;
    assert_eq!((nobody.status.as_u16(), nobody.header("location")), (302, "/login?next=%2Faccount%2Fprofile"));
}

#[tokio::test]
async fn a_registration_with_a_profile_leads_to_a_patient_with_it() {
    let app = TestApp::open().await;
    let body = json!({
        "username": "nora", "email": "nora@example.net", "password": "violet harbour lamp seven",
        "password_confirm": "violet harbour lamp seven", "first_name": "Nora", "last_name": "Quinn",
        "date_of_birth": "1990-05-17", "gender": "undisclosed", "phone": "+353 20 910 0199",
    });
    let mut odd = body.clone();
    odd["gender"] = json!("unheard of");
    let refused = app.anonymous().post("/api/auth/register", &odd).await;
    assert_eq!(refused.problem(), "422 VALIDATION_ERROR");
    assert!(refused.json()["details"]["gender"].is_array());
    assert_eq!(app.anonymous().post("/api/auth/register", &body).await.status, 201);
    let mail = app.world.mail_to("nora@example.net").await.unwrap().body;
    let token = mail.split("token=").nth(1).unwrap().split_whitespace().next().unwrap();
    assert_eq!(app.anonymous().post("/api/auth/verify-email", &json!({"token": token})).await.status, 200);
    let login = json!({"username": "nora", "password": "violet harbour lamp seven"});
    let session = app.anonymous().post("/api/auth/login", &login).await.json();
    let nora = app.caller(crate::support::Proof::Bearer(session["access"].as_str().unwrap().to_owned()));
    let profile = nora.get(PATH).await.json();
    assert_eq!((&profile["first_name"], &profile["last_name"]), (&json!("Nora"), &json!("Quinn")));
    assert_eq!((&profile["date_of_birth"], &profile["gender"]), (&json!("1990-05-17"), &json!("undisclosed")));
    assert_eq!((&profile["phone"], &profile["address"]), (&json!("+353 20 910 0199"), &Value::Null));
}
