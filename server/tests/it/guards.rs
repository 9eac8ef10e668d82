//! Whoever can type a secret can guess it: every route that takes one lets an address try few times a minute. What is
//! asked here is what the server serves, so that a new route is asked too.

use std::collections::BTreeSet;

use leptos::server_fn::axum::server_fn_paths;
use serde_json::{Value, json};
use server::Limits;

use crate::support::{Caller, Engine, TestApp};

const ONE: Limits = Limits { guesses_per_minute: 1, requests_per_minute: 0, ..Limits::DEFAULT };

/// What a body calls a secret, or what causes a mail to somebody.
const SECRETS: [&str; 8] =
    ["password", "new_password", "old_password", "otp", "code", "recovery_code", "mfa_token", "email"];

/// Functions of accounts that take no secret, or one of 256 bits that nobody guesses.
const TAKE_NO_SECRET: [&str; 18] = [
    "/fn/auth/accept_policy",
    "/fn/auth/begin_factor",
    "/fn/auth/change_profile",
    "/fn/auth/end_other_sessions",
    "/fn/auth/end_session",
    "/fn/auth/enrolment",
    "/fn/auth/extend",
    "/fn/auth/may_reset",
    // Takes a password that is only being chosen, and judges it behind a bounded queue of its own.
    "/fn/auth/password_advice",
    "/fn/auth/pending_factor",
    "/fn/auth/pending_registration",
    "/fn/auth/policy_pending",
    "/fn/auth/profile",
    "/fn/auth/registration_is_open",
    "/fn/auth/security",
    "/fn/auth/sessions",
    "/fn/auth/sign_out",
    "/fn/auth/viewer",
];

/// Whether the second try of one address within a minute is refused for that.
async fn is_guarded(app: &TestApp, number: usize, ask: impl AsyncFn(&Caller<'_>) -> u16) -> bool {
    let caller = app.anonymous().at(&format!("198.51.{}.{}", number / 200, number % 200 + 1));
    assert_ne!(ask(&caller).await, 429, "the first try");
    ask(&caller).await == 429
}

/// The fields of the body that an operation takes.
fn fields(document: &Value, operation: &Value) -> BTreeSet<String> {
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
    let schema = match schema["$ref"].as_str() {
        Some(place) => document.pointer(place.trim_start_matches('#')).expect("a schema"),
        None => schema,
    };
    schema["properties"].as_object().into_iter().flat_map(|all| all.keys().cloned()).collect()
}

#[tokio::test]
async fn every_route_that_takes_a_secret_is_guarded() {
    let app = TestApp::with_limits(Engine::Sqlite, ONE).await;
    let document = app.anonymous().get("/api/openapi.json").await.json();
    let mut asked = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        let Some(operation) = item.get("post") else { continue };
        if !fields(&document, operation).iter().any(|field| SECRETS.contains(&field.as_str())) {
            continue;
        }
        asked += 1;
        let path = &format!("/api{path}");
        let ask = async |caller: &Caller<'_>| caller.post(path, &json!({})).await.status.as_u16();
        assert!(is_guarded(&app, asked, ask).await, "{path}");
    }
    assert!(asked >= 12, "{asked} routes take a secret");
}

#[tokio::test]
async fn every_function_of_accounts_is_guarded_or_takes_no_secret() {
    let app = TestApp::with_limits(Engine::Sqlite, ONE).await;
    let mut unguarded = BTreeSet::new();
    let all = server_fn_paths().filter(|(path, _)| path.starts_with("/fn/auth/"));
    for (number, (path, _)) in all.enumerate() {
        let ask = async |caller: &Caller<'_>| caller.call(path, &[]).await.status.as_u16();
        if !is_guarded(&app, 200 + number, ask).await {
            unguarded.insert(path);
        }
    }
    assert_eq!(unguarded, BTreeSet::from(TAKE_NO_SECRET));
}
