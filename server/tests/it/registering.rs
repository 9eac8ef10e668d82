//! Creating an account on the pages without a script, and over REST what is wrong with it.

use rstest::rstest;
use serde_json::json;

use crate::support::{Engine, Proof, Reply, TestApp};

const PASSWORD: &str = "violet harbour lamp seven";

fn form<'a>(change: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("first_name", "Nora"),
        ("last_name", "Quinn"),
        ("email", "nora@example.net"),
        ("username", "nora"),
        ("password", PASSWORD),
        ("password_confirm", PASSWORD),
        ("accepts_policy", "true"),
    ];
    for &(name, value) in change {
        fields.retain(|(field, _)| *field != name);
        fields.push((name, value));
    }
    fields
}

/// What a browser sends back of the cookies that it was given.
pub fn given(reply: &Reply) -> Proof {
    let pairs = reply.cookies().into_iter().filter_map(|cookie| cookie.split(';').next());
    Proof::Cookies(pairs.collect::<Vec<_>>().join("; "))
}

#[rstest]
#[tokio::test]
async fn a_taken_user_name_is_chosen_anew_on_the_page_of_the_link(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let sent = app.anonymous().submit("/fn/auth/register", &form(&[("username", "maya")])).await;
    assert_eq!(sent.status, 302, "{sent:?}");
    assert!(sent.header("location").starts_with("/verify-email"), "{sent:?}");
    assert!(sent.cookies().iter().any(|cookie| cookie.contains("securemed_registration=")), "{sent:?}");
    let here = app.caller(given(&sent));
    let mail = app.world.mail_to("nora@example.net").await.expect("a mail").body;
    let token = mail.split("token=").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    let link = format!("/verify-email?token={token}");
    let page = here.open(&link).await.body;
    assert!(page.contains("This user name is taken. Choose another.") && page.contains("name=\"username\""));
    let other_browser = "was not created in this browser";
    assert!(!page.contains(other_browser) && app.anonymous().open(&link).await.body.contains(other_browser));

    let refused = here.submit("/fn/auth/verify_email", &[("token", &token), ("username", "jonas")]).await;
    assert!(refused.header("location").starts_with(&link), "{refused:?}");
    let confirmed = here.submit("/fn/auth/verify_email", &[("token", &token), ("username", "nora.q")]).await;
    assert_eq!(confirmed.header("location"), "/login?verified=1");
    assert!(confirmed.cookies().iter().any(|cookie| cookie.contains("securemed_registration=;")), "{confirmed:?}");
    let login = json!({"username": "nora.q", "password": PASSWORD});
    assert_eq!(app.anonymous().post("/api/auth/login/", &login).await.status, 200);
}

#[rstest]
#[case("email", "a@123.45.67.89", "Enter an e-mail address")]
#[case("first_name", "---", "Enter a name with at least one letter")]
#[case("last_name", "\u{200b}\u{3164}", "Enter your last name")]
#[case("first_name", "Ma\u{202e}ya", "hidden character in this name")]
#[case("date_of_birth", "2027-02-29", "There is no such day")]
#[case("date_of_birth", "2026-11-24", "cannot be in the future")]
#[case("date_of_birth", "1800-01-01", "1900 or later")]
#[case("date_of_birth", "9999-12-31", "cannot be in the future")]
#[case("phone", "020 910 0100 ext", "Enter a phone number")]
#[tokio::test]
async fn what_is_wrong_stands_beside_its_field_at_both_doors(
    #[case] field: &str,
    #[case] value: &str,
    #[case] sentence: &str,
) {
    let app = TestApp::open().await;
    let body = serde_json::Value::from_iter(form(&[(field, value)]));
    let reply = app.anonymous().post("/api/auth/register/", &body).await;
    assert_eq!(reply.problem(), "422 VALIDATION_ERROR");
    let details = reply.json()["details"].clone();
    assert_eq!(details.as_object().unwrap().len(), 1, "{details}");
    assert!(details[field][0].as_str().unwrap().contains(sentence), "{details}");

    let refused = app.anonymous().submit("/fn/auth/register", &form(&[(field, value)])).await;
    let page = app.caller(given(&refused)).open(refused.header("location")).await.body;
    assert!(page.contains(sentence) && page.contains(&format!("id=\"field-{field}-error\"")), "{page}");
    assert!(page.contains("value=\"Quinn\"") || field == "last_name", "what was typed is kept");
}

#[rstest]
#[case("email", "müller@bücher.example")]
#[case("phone", "+353\u{a0}20\u{2011}910\u{2011}0100 ext 12")]
#[case("first_name", "علی\u{200c}رضا")]
#[case("date_of_birth", "1984-02-29")]
#[tokio::test]
async fn what_is_right_is_taken_at_both_doors(#[case] field: &str, #[case] value: &str) {
    let app = TestApp::open().await;
    let body = serde_json::Value::from_iter(form(&[(field, value)]));
    assert_eq!(app.anonymous().post("/api/auth/register/", &body).await.status, 201);
    let sent = app.anonymous().submit("/fn/auth/register", &form(&[(field, value)])).await;
    assert!(sent.header("location").starts_with("/verify-email"), "{sent:?}");
}
