//! Accounts over REST, from the registration to the lost password, with the mail that comes on the way.

use domain::testing::PASSWORD;
use jiff::SignedDuration;
use rstest::rstest;
use serde_json::{Value, json};

use crate::support::{Caller, Engine, Proof, Reply, TestApp};

const NEW_PASSWORD: &str = "violet harbour lamp seven";

fn registration(username: &str, email: &str) -> Value {
    json!({
        "username": username, "email": email, "password": NEW_PASSWORD, "password_confirm": NEW_PASSWORD,
        "first_name": "Nora", "last_name": "Quinn", "date_of_birth": "1990-05-17", "phone": "+353 20 910 0199",
    })
}

async fn login(app: &TestApp, username: &str, password: &str) -> Reply {
    app.anonymous().post("/api/auth/login/", &json!({"username": username, "password": password})).await
}

fn bearer<'a>(app: &'a TestApp, session: &Value) -> Caller<'a> {
    app.caller(Proof::Bearer(session["access"].as_str().expect("an access token").to_owned()))
}

/// The word of a mail that stands behind `before`.
async fn mailed(app: &TestApp, address: &str, before: &str) -> String {
    let body = app.world.mail_to(address).await.expect("a mail").body;
    let rest = body.split(before).nth(1).unwrap_or_else(|| panic!("{before} in {body}"));
    rest.split_whitespace().next().unwrap().to_owned()
}

#[rstest]
#[tokio::test]
async fn a_stranger_registers_confirms_the_address_and_signs_in(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(true, false)] by_link: bool,
) {
    let app = TestApp::new(engine).await;
    let reply = app.anonymous().post("/api/auth/register/", &registration("nora", "Nora@Example.net")).await;
    assert_eq!(reply.status, 201, "{reply:?}");
    let user = &reply.json()["user"];
    assert_eq!(
        *user,
        json!({"id": null, "username": "nora", "email": "nora@example.net", "role": "patient", "mfa_enabled": false})
    );
    assert_eq!(login(&app, "nora", NEW_PASSWORD).await.problem(), "401 INVALID_CREDENTIALS", "not before that");

    let proof = if by_link {
        json!({"token": mailed(&app, "nora@example.net", "token=").await})
    } else {
        json!({"email": "nora@example.net", "code": mailed(&app, "nora@example.net", "within ten minutes: ").await})
    };
    assert_eq!(app.anonymous().post("/api/auth/verify-email/", &proof).await.status, 200);
    assert_eq!(app.anonymous().post("/api/auth/verify-email/", &proof).await.problem(), "422 VALIDATION_ERROR", "once");
    let session = login(&app, "nora@example.net", NEW_PASSWORD).await.json();
    assert_eq!(session["requires_policy_acceptance"], false, "registering agreed to it");
    let nora = bearer(&app, &session);
    assert_eq!(nora.get("/api/auth/user").await.json()["role"], "patient");
    assert_eq!(nora.get("/api/appointments/appointments").await.json()["count"], 0);
}

#[tokio::test]
async fn a_privileged_role_is_never_honoured() {
    let app = TestApp::open().await;
    let mut body = registration("nora", "nora@example.net");
    body["role"] = json!("admin");
    body["is_staff"] = json!(true);
    body["captcha_token"] = json!("x");
    assert_eq!(app.anonymous().post("/api/auth/register", &body).await.json()["user"]["role"], "patient");
    let token = mailed(&app, "nora@example.net", "token=").await;
    app.anonymous().post("/api/auth/verify-email", &json!({"token": token})).await;
    assert_eq!(login(&app, "nora", NEW_PASSWORD).await.json()["user"]["role"], "patient");
}

#[rstest]
#[tokio::test]
async fn a_taken_address_or_user_name_gets_the_answer_of_a_new_one(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let new = app.anonymous().post("/api/auth/register", &registration("nora", "nora@example.net")).await;
    let taken = app.anonymous().post("/api/auth/register", &registration("nora2", "maya@example.org")).await;
    let shape = |reply: &Reply| {
        let mut body = reply.json();
        body["user"]["username"] = Value::Null;
        body["user"]["email"] = Value::Null;
        assert_eq!(body["registration_token"].as_str().map(str::len), Some(43));
        body["registration_token"] = Value::Null;
        let headers: Vec<_> = reply.headers.keys().map(|name| name.as_str().to_owned()).collect();
        (reply.status, body, headers)
    };
    assert_eq!(shape(&new), shape(&taken));
    for (username, email) in
        [("maya", "nora3@example.net"), ("nora", "nora4@example.net"), ("nora", "maya@example.org")]
    {
        let reply = app.anonymous().post("/api/auth/register", &registration(username, email)).await;
        assert_eq!(shape(&reply), shape(&new), "{username} {email}");
    }
    let mail = app.world.mail_to("maya@example.org").await.expect("its owner is told");
    assert!(mail.body.contains("you already have one"), "{}", mail.body);
}

#[tokio::test]
async fn every_wrong_field_of_a_registration_is_told_at_once() {
    let app = TestApp::open().await;
    let body = json!({"username": "a b", "email": "nowhere", "password": "short", "date_of_birth": "2099-01-01", "phone": "?"});
    let reply = app.anonymous().post("/api/auth/register", &body).await;
    assert_eq!(reply.problem(), "422 VALIDATION_ERROR");
    let details = reply.json()["details"].clone();
    for field in ["username", "email", "password", "password_confirm", "date_of_birth", "phone"] {
        assert!(details[field].is_array(), "{field} in {details}");
    }
}

#[rstest]
#[tokio::test]
async fn a_stranger_with_the_same_name_and_address_takes_nothing_over(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let post = async |path: &str, body: Value| app.anonymous().post(path, &body).await;
    let own = post("/api/auth/register/", registration("nora", "nora@example.net")).await.json();
    let link = mailed(&app, "nora@example.net", "token=").await;
    let mut foreign = registration("nora", "nora@example.net");
    foreign["password"] = json!("copper meadow ladder nine");
    foreign["password_confirm"] = foreign["password"].clone();
    assert_eq!(post("/api/auth/register/", foreign).await.status, 201);
    let again = json!({"email": "nora@example.net", "registration_token": own["registration_token"]});
    assert_eq!(post("/api/auth/verify-email/resend/", again).await.status, 200);
    let code = mailed(&app, "nora@example.net", "within ten minutes: ").await;
    let mut proof = json!({"email": "nora@example.net", "code": code, "username": "maya"});
    proof["registration_token"] = own["registration_token"].clone();
    let taken = post("/api/auth/verify-email/", proof.clone()).await;
    assert_eq!(
        (taken.problem().as_str(), taken.json()["details"]["username"].is_array()),
        ("422 VALIDATION_ERROR", true)
    );
    proof["username"] = json!("nora.q");
    assert_eq!(post("/api/auth/verify-email/", proof).await.status, 200);
    assert_eq!(login(&app, "nora.q", NEW_PASSWORD).await.status, 200);
    assert_eq!(post("/api/auth/verify-email/", json!({"token": link})).await.problem(), "422 VALIDATION_ERROR");
}

#[rstest]
#[tokio::test]
async fn staff_enrol_an_app_before_they_get_in(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let app = TestApp::new(engine).await;
    let first = login(&app, "rivera", PASSWORD).await;
    assert!(first.cookies().is_empty());
    let first = first.json();
    assert_eq!((&first["mfa_enrolment_required"], &first["access"]), (&json!(true), &Value::Null));
    let ticket = json!({"temp_token": first["temp_token"]});
    let setup = app.anonymous().post("/api/auth/mfa/setup/", &ticket).await.json();
    assert!(setup["provisioning_uri"].as_str().unwrap().starts_with("otpauth://totp/SecureMed:rivera?"));
    let code = app.world.app_code(setup["secret"].as_str().unwrap());
    let body = json!({"temp_token": first["temp_token"], "otp": code});
    let session = app.anonymous().post("/api/auth/mfa/verify/", &body).await.json();
    assert_eq!(session["recovery_codes"].as_array().unwrap().len(), 10);
    assert_eq!(bearer(&app, &session).get("/api/auth/user").await.json()["mfa_enabled"], true);
    let refused =
        bearer(&app, &session).post("/api/auth/mfa/deactivate/", &json!({"password": PASSWORD, "otp": "1"})).await;
    assert_eq!(refused.problem(), "409 SECOND_FACTOR_REQUIRED");
}

#[rstest]
#[tokio::test]
async fn a_sign_in_with_an_app_takes_two_steps(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let app = TestApp::new(engine).await;
    let (secret, codes) = app.world.set_up_app(&app.world.maya).await;
    let first = login(&app, "maya", PASSWORD).await.json();
    assert_eq!((&first["mfa_required"], &first["access"]), (&json!(true), &Value::Null));
    let second = |proof: Value| {
        let mut body = proof;
        body["temp_token"] = first["temp_token"].clone();
        body
    };
    let path = "/api/v1/auth/mfa/login/";
    let wrong = app.anonymous().post(path, &second(json!({"otp": "000000"}))).await;
    assert_eq!(wrong.problem(), "401 INVALID_CODE");
    let neither = app.anonymous().post(path, &second(json!({}))).await;
    assert_eq!(neither.problem(), "422 VALIDATION_ERROR");
    let right = app.anonymous().post(path, &second(json!({"otp": app.world.app_code(&secret)}))).await;
    assert_eq!(right.status, 200, "{right:?}");
    assert_eq!(bearer(&app, &right.json()).get("/api/auth/user").await.json()["mfa_enabled"], true);
    let again = app.anonymous().post(path, &second(json!({"otp": app.world.app_code(&secret)}))).await;
    assert_eq!(again.problem(), "401 token_not_valid", "one sign-in for each first step");

    let first = login(&app, "maya", PASSWORD).await.json();
    let on_paper = json!({"temp_token": first["temp_token"], "recovery_code": codes[3]});
    assert_eq!(app.anonymous().post(path, &on_paper).await.status, 200);
    let mail = app.world.mail_to("maya@example.org").await.unwrap();
    assert!(mail.body.contains("You have 9 left"), "{}", mail.body);
}

#[rstest]
#[tokio::test]
async fn whoever_lost_the_password_gets_back_in_by_mail(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let app = TestApp::new(engine).await;
    let maya = app.program(&app.world.maya).await;
    let mut answers = Vec::new();
    for email in ["maya@example.org", "nobody@example.org"] {
        let reply = app.anonymous().post("/api/auth/password-reset/", &json!({"email": email})).await;
        answers.push((reply.status, reply.body));
    }
    assert_eq!(answers[0], answers[1]);
    let token = mailed(&app, "maya@example.org", "token=").await;
    let body = |password: &str| json!({"token": token, "password": password, "password_confirm": password});
    let weak = app.anonymous().post("/api/auth/password-reset/confirm/", &body("maya1234")).await;
    assert_eq!(weak.problem(), "422 VALIDATION_ERROR");
    assert_eq!(app.anonymous().post("/api/auth/password-reset/confirm/", &body(NEW_PASSWORD)).await.status, 200);
    assert_eq!(maya.get("/api/auth/user").await.problem(), "401 token_not_valid", "all sessions have ended");
    assert_eq!(login(&app, "maya", PASSWORD).await.problem(), "401 INVALID_CREDENTIALS");
    assert_eq!(login(&app, "maya", NEW_PASSWORD).await.status, 200);
}

#[tokio::test]
async fn a_link_that_no_longer_works_says_nothing_about_the_password() {
    let app = TestApp::open().await;
    let mut links = Vec::new();
    for _ in 0..2 {
        app.anonymous().post("/api/auth/password-reset/", &json!({"email": "maya@example.org"})).await;
        links.push(mailed(&app, "maya@example.org", "token=").await);
    }
    let open = async |token: &str| app.anonymous().open(&format!("/reset-password?token={token}")).await.body;
    assert!(open(&links[1]).await.contains("Choose a new password"));
    let body = json!({"token": links[1], "password": NEW_PASSWORD, "password_confirm": NEW_PASSWORD});
    assert_eq!(app.anonymous().post("/api/auth/password-reset/confirm/", &body).await.status, 200);
    for link in &links {
        let page = open(link).await;
        assert!(page.contains("This link no longer works") && page.contains("It has already been used"), "{page}");
        assert!(!page.contains("has not changed"), "it has: {page}");
    }
}

#[rstest]
#[tokio::test]
async fn sessions_are_listed_and_ended_from_elsewhere(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let app = TestApp::new(engine).await;
    let here = app.program(&app.world.maya).await;
    app.world.wait(SignedDuration::from_secs(60));
    let there = app.program(&app.world.maya).await;
    let list = here.get("/api/auth/sessions/?page_size=5").await.json();
    assert_eq!((&list["count"], &list["results"][0]["current"]), (&json!(2), &json!(true)), "{list}");
    for member in ["id", "device", "address", "created_at", "last_used_at", "current"] {
        assert!(!list["results"][0][member].is_null(), "{member}");
    }
    let path = format!("/api/auth/sessions/{}/", list["results"][1]["id"]);
    assert_eq!(app.program(&app.world.jonas).await.delete(&path).await.problem(), "404 NOT_FOUND");
    assert_eq!(here.delete(&path).await.status, 204);
    assert_eq!(there.get("/api/auth/user").await.problem(), "401 token_not_valid");
    assert_eq!(here.get("/api/auth/user").await.status, 200);
    assert_eq!(here.delete(&path).await.problem(), "404 NOT_FOUND");
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions() {
    let app = TestApp::open().await;
    let (here, there) = (app.program(&app.world.maya).await, app.program(&app.world.maya).await);
    let body = json!({"current_password": PASSWORD, "password": NEW_PASSWORD, "password_confirm": NEW_PASSWORD});
    assert_eq!(here.post("/api/auth/password/change/", &body).await.status, 200);
    assert_eq!(here.get("/api/auth/user").await.status, 200);
    assert_eq!(there.get("/api/auth/user").await.problem(), "401 token_not_valid");
}

#[tokio::test]
async fn the_policy_is_agreed_to_with_its_version() {
    let app = TestApp::open().await;
    assert_eq!(login(&app, "maya", PASSWORD).await.json()["requires_policy_acceptance"], true);
    let maya = app.program(&app.world.maya).await;
    let agreed = maya.post("/api/auth/accept-policy/", &json!({})).await.json();
    let session = login(&app, "maya", PASSWORD).await.json();
    assert_eq!(session["requires_policy_acceptance"], false);
    assert_eq!(agreed["accepted_version"], session["latest_policy_version"]);
}

#[tokio::test]
async fn the_public_keys_verify_what_is_signed() {
    let app = TestApp::open().await;
    let tokens = app.world.tokens(&app.world.maya, domain::auth::SessionKind::Rest).await;
    let reply = app.anonymous().get("/.well-known/jwks.json").await;
    assert_eq!(reply.header("cache-control"), "public, max-age=60");
    let key = &reply.json()["keys"][0];
    assert_eq!(
        (&key["kty"], &key["crv"], &key["alg"], &key["use"]),
        (&json!("OKP"), &json!("Ed25519"), &json!("EdDSA"), &json!("sig"))
    );
    let header = tokens.access.split('.').next().unwrap();
    let header = String::from_utf8(data_encoding::BASE64URL_NOPAD.decode(header.as_bytes()).unwrap()).unwrap();
    assert!(header.contains(key["kid"].as_str().unwrap()), "{header}");
    assert!(key.get("d").is_none(), "the private half stays here");
}
