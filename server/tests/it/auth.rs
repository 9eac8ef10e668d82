//! Signing in and out over REST, and what the cookies of the pages do.

use domain::testing::PASSWORD;
use jiff::SignedDuration;
use rstest::rstest;
use serde_json::json;

use crate::support::{Engine, Proof, TestApp};

#[rstest]
#[tokio::test]
async fn a_program_signs_in_by_name_or_address_and_sees_its_account(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values("maya", "Maya@Example.org")] username: &str,
) {
    let app = TestApp::new(engine).await;
    let reply = app.anonymous().post("/api/auth/login/", &json!({"username": username, "password": PASSWORD})).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    assert!(reply.cookies().is_empty(), "REST never sets a cookie");
    let body = reply.json();
    assert_eq!(body["user"]["role"], "patient");
    assert_eq!(body["user"]["mfa_enabled"], false);
    assert!(body["latest_policy_version"].is_i64() && body["requires_policy_acceptance"].is_boolean());

    let proof = Proof::Bearer(body["access"].as_str().unwrap().to_owned());
    let caller = app.caller(proof);
    assert_eq!(caller.get("/api/auth/user/").await.json(), body["user"]);
}

#[tokio::test]
async fn every_failed_sign_in_has_the_same_answer() {
    let app = TestApp::open().await;
    let mut answers = Vec::new();
    for (username, password) in [("maya", "wrong"), ("nobody", PASSWORD), ("maya", &"x".repeat(500))] {
        let body = json!({"username": username, "password": password});
        let reply = app.anonymous().post("/api/auth/login", &body).await;
        assert_eq!(reply.problem(), "401 INVALID_CREDENTIALS");
        answers.push(reply.json()["detail"].clone());
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:?}");
}

#[tokio::test]
async fn a_sign_in_without_a_password_is_told_what_is_missing() {
    let app = TestApp::open().await;
    let reply = app.anonymous().post("/api/auth/login", &json!({"username": "maya"})).await;
    assert_eq!(reply.problem(), "422 VALIDATION_ERROR");
    assert!(reply.json()["details"]["password"].is_array());
}

#[rstest]
#[case("/api/auth/token/refresh/")]
#[case("/api/v1/auth/refresh")]
#[tokio::test]
async fn a_refresh_token_is_exchanged_and_works_once(#[case] path: &str) {
    let app = TestApp::open().await;
    let login = json!({"username": "maya", "password": PASSWORD});
    let tokens = app.anonymous().post("/api/auth/login", &login).await.json();
    let body = json!({"refresh": tokens["refresh"]});
    let fresh = app.anonymous().post(path, &body).await;
    assert_eq!(fresh.status, 200);
    assert_ne!(fresh.json()["refresh"], tokens["refresh"]);

    app.world.wait(SignedDuration::from_secs(11));
    assert_eq!(app.anonymous().post(path, &body).await.problem(), "401 token_not_valid");
    let stolen_family = json!({"refresh": fresh.json()["refresh"]});
    assert_eq!(app.anonymous().post(path, &stolen_family).await.problem(), "401 token_not_valid");
}

#[tokio::test]
async fn an_expired_bearer_is_refused_everywhere_but_where_tokens_are_given_out() {
    let app = TestApp::open().await;
    let caller = app.program(&app.world.maya).await;
    app.world.wait(SignedDuration::from_mins(11));
    let reply = caller.get("/api/appointments/doctors").await;
    assert_eq!(reply.problem(), "401 token_not_valid");
    assert_eq!(reply.header("www-authenticate"), "Bearer realm=\"SecureMed\", error=\"invalid_token\"");
    let login = json!({"username": "maya", "password": PASSWORD});
    assert_eq!(caller.post("/api/auth/login", &login).await.status, 200);
}

#[tokio::test]
async fn logging_out_ends_the_session_with_its_access_token() {
    let app = TestApp::open().await;
    let login = json!({"username": "maya", "password": PASSWORD});
    let tokens = app.anonymous().post("/api/auth/login", &login).await.json();
    let proof = Proof::Bearer(tokens["access"].as_str().unwrap().to_owned());
    let caller = app.caller(proof);
    let reply = caller.post("/api/auth/logout/", &json!({"refresh": tokens["refresh"]})).await;
    assert_eq!((reply.status.as_u16(), reply.body.as_str()), (205, ""));
    assert_eq!(caller.get("/api/auth/user").await.problem(), "401 token_not_valid");
    let refresh = json!({"refresh": tokens["refresh"]});
    assert_eq!(app.anonymous().post("/api/auth/token/refresh", &refresh).await.problem(), "401 token_not_valid");
}

#[tokio::test]
async fn logging_out_needs_no_body() {
    let app = TestApp::open().await;
    let caller = app.program(&app.world.maya).await;
    let request = caller.request("POST", "/api/auth/logout/").body(axum::body::Body::empty()).unwrap();
    assert_eq!(app.send(request).await.status, 205);
}

#[rstest]
#[tokio::test]
async fn an_expired_page_session_is_renewed_within_the_same_answer(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let caller = app.browser(&app.world.maya).await;
    assert!(caller.open("/dashboard").await.cookies().is_empty(), "a fresh session is left alone");
    app.world.wait(SignedDuration::from_mins(11));

    let pages = futures::future::join_all((0..8).map(|_| caller.open("/dashboard"))).await;
    for page in pages {
        assert_eq!(page.status, 200);
        let cookies = page.cookies();
        assert_eq!(cookies.len(), 2, "{cookies:?}");
        assert!(cookies[0].starts_with("securemed_access=") && cookies[1].starts_with("securemed_refresh="));
        assert!(cookies.iter().all(|cookie| cookie.contains("; HttpOnly; SameSite=Lax")));
    }
}

#[tokio::test]
async fn rest_never_renews_a_cookie() {
    let app = TestApp::open().await;
    let caller = app.browser(&app.world.maya).await;
    app.world.wait(SignedDuration::from_mins(11));
    let reply = caller.get("/api/auth/user").await;
    assert_eq!(reply.problem(), "401 UNAUTHENTICATED");
    assert!(reply.cookies().is_empty());
}

#[tokio::test]
async fn a_session_that_is_over_takes_its_cookies_along() {
    let app = TestApp::open().await;
    let caller = app.browser(&app.world.maya).await;
    app.world.wait(SignedDuration::from_hours(13));
    let reply = caller.open("/doctors").await;
    assert_eq!(reply.status, 200, "a public page is there for everybody");
    assert_eq!(reply.cookies().len(), 2);
    assert!(reply.cookies().iter().all(|cookie| cookie.contains("Max-Age=0")), "{:?}", reply.cookies());
    assert_eq!(reply.header("cache-control"), "no-store");
}

#[tokio::test]
async fn signing_out_right_after_an_expiry_leaves_no_session_behind() {
    let app = TestApp::open().await;
    let caller = app.browser(&app.world.maya).await;
    app.world.wait(SignedDuration::from_mins(11));
    let reply = caller.submit("/fn/auth/sign_out", &[]).await;
    assert_eq!(reply.status, 302);
    assert!(reply.cookies().iter().all(|cookie| cookie.contains("Max-Age=0")), "{:?}", reply.cookies());
    assert_eq!(reply.header("clear-site-data"), "\"cache\", \"storage\"");
}
