//! What holds for every request: headers, the same-origin rule, limits, the forms of an address, the shape of errors.

use std::time::Duration;

use axum::body::{Body, Bytes};
use http::{Request, header};
use rstest::rstest;
use serde_json::json;
use server::{AppState, Limits, build_app};

use crate::support::{Engine, TestApp};

const LOGIN: &str = "/api/auth/login";

#[rstest]
#[case("/")]
#[case("/login")]
#[case("/nowhere")]
#[case("/favicon.ico")]
#[case("/livez")]
#[case("/api/appointments/doctors")]
#[case("/api/nowhere")]
#[tokio::test]
async fn every_answer_tells_the_browser_what_to_refuse(#[case] path: &str) {
    let app = TestApp::open().await;
    let reply = app.anonymous().open(path).await;
    let policy = reply.header("content-security-policy");
    for part in [
        "script-src 'nonce-",
        "'strict-dynamic'",
        "'wasm-unsafe-eval'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ] {
        assert!(policy.contains(part), "{part} in {policy}");
    }
    assert!(!policy.contains("unsafe-inline") && !policy.contains("http"), "{policy}");
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
    assert_eq!(reply.header("referrer-policy"), "same-origin");
    assert_eq!(reply.header("cross-origin-opener-policy"), "same-origin");
    assert!(reply.header("permissions-policy").contains("camera=()"));
    assert_eq!(reply.header("strict-transport-security"), "", "not over plain HTTP");
    assert_eq!(reply.header("x-request-id").len(), 32);
    assert!(!reply.header("cache-control").is_empty());
}

#[tokio::test]
async fn over_https_browsers_are_told_to_stay_there() {
    let app = TestApp::open().await;
    let mut state = AppState::new(app.world.services.clone(), Limits::default());
    state.public = server::state::PublicAddress::new("https://clinic.example");
    let over_https = TestApp { router: build_app(state), world: app.world };
    let reply = over_https.anonymous().open("/livez").await;
    assert!(reply.header("strict-transport-security").starts_with("max-age=63072000"));
}

#[tokio::test]
async fn the_nonce_of_the_policy_is_the_nonce_of_the_page_and_new_each_time() {
    let app = TestApp::open().await;
    let mut nonces = Vec::new();
    for _ in 0..2 {
        let reply = app.anonymous().open("/").await;
        let policy = reply.header("content-security-policy");
        let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap().to_owned();
        assert!(reply.body.contains(&format!("nonce=\"{nonce}\"")));
        assert_eq!(reply.body.matches("nonce=\"").count(), reply.body.matches(nonce.as_str()).count(), "nowhere else");
        nonces.push(nonce);
    }
    assert_ne!(nonces[0], nonces[1]);
}

#[tokio::test]
async fn what_has_a_person_in_it_is_never_stored() {
    let app = TestApp::open().await;
    let (nobody, maya) = (app.anonymous(), app.browser(&app.world.maya).await);
    for path in ["/", "/doctors", "/privacy"] {
        let reply = nobody.open(path).await;
        assert_eq!(reply.header("cache-control"), "private, max-age=30", "{path}");
        assert_eq!(reply.vary(), ["accept-encoding", "cookie"], "{path}");
        assert_eq!(maya.open(path).await.header("cache-control"), "no-store", "{path}");
    }
    for path in ["/dashboard", "/login", "/records", "/api/auth/user", "/nowhere"] {
        assert_eq!(maya.open(path).await.header("cache-control"), "no-store", "{path}");
    }
}

#[rstest]
#[case::same_origin(Some("same-origin"), None, true)]
#[case::other_site(Some("cross-site"), Some("http://127.0.0.1:3000"), false)]
#[case::sister_site(Some("same-site"), None, false)]
#[case::typed(Some("none"), None, false)]
#[case::old_browser_here(None, Some("http://127.0.0.1:3000"), true)]
#[case::old_browser_elsewhere(None, Some("http://evil.example"), false)]
#[case::hidden_origin(None, Some("null"), false)]
#[case::nothing_said(None, None, false)]
#[tokio::test]
async fn forms_and_cookies_count_only_from_pages_of_this_site(
    #[case] site: Option<&str>,
    #[case] origin: Option<&str>,
    #[case] passes: bool,
) {
    let app = TestApp::open().await;
    let tokens = app.world.tokens(&app.world.maya, domain::auth::SessionKind::Web).await;
    let cookie = format!("securemed_access={}", tokens.access);
    let requests = [
        ("/fn/appointments/list", "application/x-www-form-urlencoded", "", None),
        ("/fn/appointments/list", "application/x-www-form-urlencoded", "", Some(&cookie)),
        ("/api/appointments/appointments", "application/json", "{}", Some(&cookie)),
    ];
    for (path, kind, body, cookie) in requests {
        let mut request = Request::post(path).header(header::CONTENT_TYPE, kind);
        for (name, value) in [("sec-fetch-site", site), ("origin", origin), ("cookie", cookie.map(String::as_str))] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let reply = app.send(request.body(Body::from(body)).unwrap()).await;
        assert_eq!(reply.status != 403, passes, "{path} {cookie:?}: {reply:?}");
        assert_eq!(reply.body.contains("CROSS_SITE"), !passes);
    }
}

#[tokio::test]
async fn a_program_without_cookies_needs_no_origin() {
    let app = TestApp::open().await;
    assert_eq!(
        app.anonymous().post(LOGIN, &json!({"username": "a", "password": "b"})).await.problem(),
        "401 INVALID_CREDENTIALS"
    );
}

#[tokio::test]
async fn server_functions_are_not_read_from_other_sites() {
    let app = TestApp::open().await;
    let path = format!("/fn/appointments/slots?doctor={}", app.world.rivera.doctor.unwrap());
    let from = |site: &str| Request::get(&path).header("sec-fetch-site", site).body(Body::empty()).unwrap();
    assert_eq!(app.send(from("cross-site")).await.status, 403);
    assert_eq!(app.send(from("same-origin")).await.status, 200);
}

#[rstest]
#[case(LOGIN, "application/json")]
#[case("/fn/auth/sign_in", "application/x-www-form-urlencoded")]
#[tokio::test]
async fn a_body_over_the_limit_is_refused_whether_its_length_is_told_or_not(#[case] path: &str, #[case] kind: &str) {
    let limits = Limits { body_bytes: 1_000, ..Limits::default() };
    let app = TestApp::with_limits(Engine::Sqlite, limits).await;
    let request = || Request::post(path).header(header::CONTENT_TYPE, kind).header("sec-fetch-site", "same-origin");
    let told = request().header(header::CONTENT_LENGTH, 1_001).body(Body::from(vec![b' '; 1_001])).unwrap();
    let chunks = futures::stream::iter((0..11).map(|_| Ok::<_, std::io::Error>(Bytes::from_static(&[b' '; 100]))));
    let streamed = request().body(Body::from_stream(chunks)).unwrap();
    for request in [told, streamed] {
        let reply = app.send(request).await;
        assert_eq!(reply.status, 413, "{reply:?}");
        assert!(reply.body.contains("PAYLOAD_TOO_LARGE"));
    }
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_given_up() {
    let limits = Limits { body_time: Duration::from_millis(1), ..Limits::default() };
    let app = TestApp::with_limits(Engine::Sqlite, limits).await;
    let never = Body::from_stream(futures::stream::pending::<Result<Bytes, std::io::Error>>());
    let request = Request::post(LOGIN).header(header::CONTENT_TYPE, "application/json").body(never).unwrap();
    let reply = app.send(request).await;
    assert_eq!((reply.problem().as_str(), reply.header("connection")), ("408 REQUEST_TIMEOUT", "close"));
}

#[tokio::test]
async fn an_answer_that_takes_too_long_is_given_up() {
    let limits = Limits { answer_time: Duration::from_millis(1), ..Limits::default() };
    let app = TestApp::with_limits(Engine::Sqlite, limits).await;
    let reply = app.anonymous().post(LOGIN, &json!({"username": "maya", "password": "no matter which"})).await;
    assert_eq!(reply.problem(), "503 UNAVAILABLE");
    assert_eq!(reply.header("retry-after"), "5");
}

#[rstest]
#[tokio::test]
async fn both_prefixes_and_both_slash_forms_lead_to_one_route(
    #[values("/api", "/api/v1")] prefix: &str,
    #[values("", "/")] slash: &str,
) {
    let app = TestApp::open().await;
    let at = |path: &str| format!("{prefix}{path}{slash}");
    assert_eq!(app.anonymous().get(&at("/appointments/doctors")).await.status, 200);
    assert_eq!(app.anonymous().get(&at("/auth/user")).await.problem(), "401 UNAUTHENTICATED");
    assert_eq!(app.anonymous().get(&at("/medical_records/records")).await.problem(), "401 UNAUTHENTICATED");
    assert_eq!(app.anonymous().get(&at("/nowhere")).await.problem(), "404 NOT_FOUND");
    assert_eq!(app.anonymous().get(&at("")).await.problem(), "404 NOT_FOUND");
    let maya = app.program(&app.world.maya).await;
    let confirm = json!({"status": "confirmed"});
    let at = jiff::civil::date(2026, 11, 25).at(9, 0, 0, 0);
    let visit = app.world.book(&app.world.maya, &app.world.rivera, at).await.unwrap();
    let path = format!("{prefix}/appointments/appointments/{}{slash}", visit.id);
    assert_eq!(maya.patch(&path, &confirm).await.problem(), "403 FORBIDDEN", "a rule holds on every form");
}

#[tokio::test]
async fn a_method_that_is_not_there_is_told_with_those_that_are() {
    let app = TestApp::open().await;
    let reply = app.anonymous().json("PUT", "/api/appointments/appointments/", &json!({})).await;
    assert_eq!(reply.problem(), "405 METHOD_NOT_ALLOWED");
    let allowed = reply.header("allow");
    assert!(allowed.contains("GET") && allowed.contains("POST"), "{allowed}");
}

#[rstest]
#[case("text/plain", "{}", "415 UNSUPPORTED_MEDIA_TYPE")]
#[case("application/x-www-form-urlencoded", "username=a", "415 UNSUPPORTED_MEDIA_TYPE")]
#[case("application/json", "{\"username\":", "400 BAD_REQUEST")]
#[case("application/json", "[]", "422 VALIDATION_ERROR")]
#[case("application/json", "{\"username\":7,\"password\":\"x\"}", "422 VALIDATION_ERROR")]
#[tokio::test]
async fn a_body_that_cannot_be_taken_is_told_in_the_one_shape(
    #[case] kind: &str,
    #[case] body: &'static str,
    #[case] told: &str,
) {
    let app = TestApp::open().await;
    let request = Request::post(LOGIN).header(header::CONTENT_TYPE, kind).body(Body::from(body)).unwrap();
    assert_eq!(app.send(request).await.problem(), told);
}

#[tokio::test]
async fn a_query_that_cannot_be_parsed_is_a_bad_request() {
    let app = TestApp::open().await;
    assert_eq!(app.anonymous().get("/api/appointments/doctors?page=1&page=2").await.problem(), "400 BAD_REQUEST");
}

#[tokio::test]
async fn an_unknown_page_is_a_page_with_its_status() {
    let app = TestApp::open().await;
    let reply = app.anonymous().open("/nowhere").await;
    assert_eq!(reply.status, 404);
    assert!(reply.header("content-type").starts_with("text/html") && reply.body.contains("<h1"));
}

#[tokio::test]
async fn a_person_whose_form_is_refused_at_the_door_reads_a_page() {
    let app = TestApp::open().await;
    let request =
        Request::post("/fn/auth/sign_in").header(header::ACCEPT, "text/html").header("sec-fetch-site", "cross-site");
    let reply = app.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(reply.status, 403);
    assert!(reply.header("content-type").starts_with("text/html"));
    assert!(reply.body.contains("<h1>") && reply.body.contains(reply.header("x-request-id")));
}

#[tokio::test]
async fn the_process_says_that_it_lives_and_that_it_is_ready() {
    let app = TestApp::open().await;
    for path in ["/livez", "/readyz"] {
        assert_eq!(app.anonymous().get(path).await.status, 200, "{path}");
    }
    app.world.services.db().clone().close().await.unwrap();
    assert_eq!(app.anonymous().get("/livez").await.status, 200);
    let reply = app.anonymous().get("/readyz").await;
    assert_eq!((reply.status.as_u16(), reply.header("retry-after")), (503, "5"));
}

#[tokio::test]
async fn a_database_that_is_away_is_told_as_such() {
    let app = TestApp::open().await;
    app.world.services.db().clone().close().await.unwrap();
    let reply = app.anonymous().get("/api/appointments/doctors").await;
    assert_eq!(reply.problem(), "503 UNAVAILABLE");
    assert!(!reply.header("retry-after").is_empty());
}
