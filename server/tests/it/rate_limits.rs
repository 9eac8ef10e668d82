//! How much one caller may send, and whose word on its address counts.

use domain::testing::PASSWORD;
use rstest::rstest;
use serde_json::json;
use server::{Limits, middleware::client_address::TrustedProxies};

use crate::support::{Caller, Engine, Proof, TestApp};

const FEW: Limits = Limits { guesses_per_minute: 3, ..Limits::DEFAULT };

async fn ask_for_a_reset(caller: &Caller<'_>) -> u16 {
    caller.post("/api/auth/password-reset", &json!({"email": "nobody@example.org"})).await.status.as_u16()
}

#[tokio::test]
async fn an_address_that_guesses_too_fast_is_told_when_to_come_back() {
    let app = TestApp::with_limits(Engine::Sqlite, FEW).await;
    let here = app.anonymous().at("198.51.100.1");
    for _ in 0..3 {
        assert_eq!(ask_for_a_reset(&here).await, 200);
    }
    let refused = here.post("/api/auth/login", &json!({"username": "maya", "password": PASSWORD})).await;
    assert_eq!(refused.problem(), "429 TOO_MANY_REQUESTS", "one count for all that is guarded");
    assert!((1..=21).contains(&refused.header("retry-after").parse::<u32>().unwrap()));
    assert_eq!(ask_for_a_reset(&app.anonymous().at("198.51.100.2")).await, 200, "nobody else is in their way");
    assert_eq!(here.get("/api/appointments/doctors").await.status, 200, "what is public stays open");
}

#[tokio::test]
async fn a_form_is_refused_as_a_page_with_a_way_on() {
    let app = TestApp::with_limits(Engine::Sqlite, FEW).await;
    let browser = app.anonymous().at("198.51.100.1");
    for _ in 0..3 {
        browser.submit("/fn/auth/request_reset", &[("email", "nobody@example.org")]).await;
    }
    let refused = browser.submit("/fn/auth/request_reset", &[("email", "nobody@example.org")]).await;
    assert_eq!(refused.status, 429);
    assert!(refused.header("content-type").starts_with("text/html") && refused.body.contains("Please wait"));
}

#[rstest]
#[case::not_listed("", 429)]
#[case::another_listed("10.0.0.0/8", 429)]
#[case::listed("192.0.2.0/24", 200)]
#[tokio::test]
async fn a_made_up_address_counts_only_through_a_listed_proxy(#[case] listed: &str, #[case] fourth: u16) {
    let proxies = TrustedProxies::parse(listed).unwrap();
    let world = TestApp::with_limits(Engine::Sqlite, FEW).await.world;
    let state = server::AppState::new(world.services.clone(), FEW).behind(proxies);
    let app = TestApp { router: server::build_app(state), world };
    let mut statuses = Vec::new();
    for turn in 0..4 {
        let request = app
            .anonymous()
            .at("192.0.2.1")
            .request("POST", "/api/auth/password-reset")
            .header("content-type", "application/json")
            .header("x-forwarded-for", format!("198.51.100.{turn}"));
        let body = json!({"email": "nobody@example.org"}).to_string();
        statuses.push(app.send(request.body(body.into()).unwrap()).await.status.as_u16());
    }
    assert_eq!(statuses, [200, 200, 200, fourth]);
}

#[tokio::test]
async fn everything_else_is_counted_by_session_and_generously() {
    const { assert!(Limits::DEFAULT.requests_per_minute >= 600) };
    let limits = Limits { requests_per_minute: 5, ..Limits::DEFAULT };
    let app = TestApp::with_limits(Engine::Sqlite, limits).await;
    let (maya, jonas) =
        (app.program(&app.world.maya).await.at("198.51.100.1"), app.program(&app.world.jonas).await.at("198.51.100.1"));
    for _ in 0..5 {
        assert_eq!(maya.get("/api/auth/user").await.status, 200);
    }
    assert_eq!(maya.get("/api/auth/user").await.problem(), "429 TOO_MANY_REQUESTS");
    assert_eq!(jonas.get("/api/auth/user").await.status, 200, "people behind one address do not share a count");
}

#[tokio::test]
async fn a_token_that_is_not_valid_is_no_way_around_the_count_of_its_address() {
    let limits = Limits { requests_per_minute: 5, ..Limits::DEFAULT };
    let app = TestApp::with_limits(Engine::Sqlite, limits).await;
    let forged = app.caller(Proof::Bearer("e30.e30.e30".into())).at("2001:db8:1:2::1");
    for _ in 0..5 {
        assert_eq!(forged.get("/api/auth/user").await.problem(), "401 token_not_valid");
    }
    let refused = forged.at("2001:db8:1:2::2").get("/api/auth/user").await;
    assert_eq!(refused.problem(), "429 TOO_MANY_REQUESTS");
    assert!(!refused.header("retry-after").is_empty());
    let maya = app.program(&app.world.maya).await.at("2001:db8:1:2::3");
    assert_eq!(maya.get("/api/auth/user").await.status, 200, "whoever has a valid one is not in their way");
}
