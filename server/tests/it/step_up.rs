//! An act that lacks a fresh proof of who is asking waits for it, and goes on by itself when it is given.

use domain::testing::PASSWORD;
use jiff::{SignedDuration, civil::datetime};
use rstest::rstest;

use crate::{
    html,
    support::{Caller, Engine, Proof, Reply, TestApp},
};

const SIGN: &str = "/fn/records/sign-note";
const STEP_UP: &str = "/fn/auth/step_up";

/// A note that Dr. Rivera writes about Maya, with its patient; the last proof is six minutes old.
async fn note(app: &TestApp) -> (String, String) {
    let world = &app.world;
    world.book(&world.maya, &world.rivera, datetime(2026, 11, 25, 9, 0, 0, 0)).await.unwrap();
    let patient = world.reference_of(&world.maya).await;
    let rivera = app.browser(&world.rivera).await;
    let begun = rivera.submit("/fn/records/begin-note", &[("patient", &patient)]).await;
    let reference = begun.header("location").rsplit('/').next().unwrap().to_owned();
    assert!(reference.starts_with("REC-"), "{begun:?}");
    (patient, reference)
}

/// What is signed its patient can read.
async fn is_signed(app: &TestApp, (_, reference): &(String, String)) -> bool {
    app.browser(&app.world.maya).await.open(&format!("/records/{reference}")).await.status == 200
}

async fn sign(caller: &Caller<'_>, (patient, reference): &(String, String), plan: &str) -> Reply {
    let words = [("assessment", "Extra beats"), ("plan", plan)];
    let which = [("reference", reference.as_str()), ("patient", patient.as_str()), ("version", "1")];
    caller.submit(SIGN, &[&which[..], &words[..]].concat()).await
}

/// Gives the proof that the page asks for, with the fields of its form.
async fn prove(caller: &Caller<'_>, page: &str, password: &str) -> Reply {
    assert!(page.starts_with("/account/confirm?"), "{page}");
    let body = caller.open(page).await.body;
    let form = html::forms(&body).into_iter().find(|form| form.action == STEP_UP).expect("the form of the proof");
    let hidden = ["next", "act"].map(|name| (name, form.value(name).unwrap_or_default().to_owned()));
    let mut fields: Vec<_> = hidden.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fields.push(("password", password));
    caller.submit(STEP_UP, &fields).await
}

#[rstest]
#[tokio::test]
async fn a_note_that_waited_for_a_proof_is_signed_by_itself_and_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let which = note(&app).await;
    let rivera = app.browser(&app.world.rivera).await;
    app.world.wait(SignedDuration::from_mins(6));
    let waits = sign(&rivera, &which, "Less coffee").await.header("location").to_owned();
    assert!(!is_signed(&app, &which).await);
    let wrong = prove(&rivera, &waits, "wrong").await.header("location").to_owned();
    let signed = prove(&rivera, &wrong, PASSWORD).await;
    assert_eq!(signed.header("location"), format!("/records/{}?done=signed", which.1), "{signed:?}");
    assert!(signed.cookies().iter().any(|cookie| cookie.starts_with("securemed_access=")), "with the new session");
    let page = app.browser(&app.world.maya).await.open(&format!("/records/{}", which.1)).await.body;
    assert!(page.contains("Less coffee"));
    let again = prove(&app.browser(&app.world.rivera).await, &waits, PASSWORD).await;
    assert!(!again.header("location").contains("done=signed"), "{again:?}");
}

#[tokio::test]
async fn nobody_else_goes_on_with_what_waited() {
    let app = TestApp::open().await;
    let which = note(&app).await;
    let (rivera, brandt) = (app.browser(&app.world.rivera).await, app.browser(&app.world.brandt).await);
    app.world.wait(SignedDuration::from_mins(6));
    let waits = sign(&rivera, &which, "Less coffee").await.header("location").to_owned();
    let other = prove(&brandt, &waits, PASSWORD).await;
    assert!(!other.header("location").contains("done=signed"), "{other:?}");
    let own = prove(&rivera, &waits, PASSWORD).await;
    assert!(own.header("location").ends_with("?done=signed"), "it still waits for whoever asked: {own:?}");
}

#[tokio::test]
async fn what_is_no_longer_right_comes_back_to_its_form_with_the_error() {
    let app = TestApp::open().await;
    let which = note(&app).await;
    let rivera = app.browser(&app.world.rivera).await;
    app.world.wait(SignedDuration::from_mins(6));
    let waits = sign(&rivera, &which, "  ").await.header("location").to_owned();
    let proved = prove(&rivera, &waits, PASSWORD).await;
    let back = proved.header("location");
    assert!(back.contains(&which.1) && back.contains("flash="), "{back}");
    // The browser has the session under its new name.
    let cookies: Vec<_> = proved.cookies().iter().map(|cookie| cookie.split(';').next().unwrap()).collect();
    let page = app.caller(Proof::Cookies(cookies.join("; "))).open(back).await.body;
    assert!(page.contains("role=\"alert\"") && page.contains("<title>Error: "), "{page}");
    assert!(page.contains("Extra beats"), "what was typed is kept");
}

#[tokio::test]
async fn who_gives_no_proof_finds_what_was_typed() {
    let app = TestApp::open().await;
    let which = note(&app).await;
    let rivera = app.browser(&app.world.rivera).await;
    app.world.wait(SignedDuration::from_mins(6));
    let waits = sign(&rivera, &which, "Less coffee").await.header("location").to_owned();
    let page = rivera.open(&waits).await.body;
    let back = html::elements(&page).into_iter().filter(|element| element.name == "a");
    let back = back.filter_map(|link| link.get("href").map(str::to_owned)).find(|href| href.contains("flash="));
    let form = rivera.open(&back.expect("a way back")).await.body;
    assert!(form.contains("Less coffee") && form.contains("What you typed is still here."));
    assert!(!is_signed(&app, &which).await);
}

#[tokio::test]
async fn a_code_is_never_kept_and_so_nothing_with_one_goes_on_by_itself() {
    let app = TestApp::open().await;
    let maya = app.browser(&app.world.maya).await;
    app.world.wait(SignedDuration::from_mins(6));
    let waits = maya.submit("/fn/auth/confirm_factor", &[("otp", "123456")]).await.header("location").to_owned();
    assert!(waits.starts_with("/account/confirm?next=") && !waits.contains("act="), "{waits}");
    let begins = maya.submit("/fn/auth/begin_factor", &[]).await.header("location").to_owned();
    let begun = prove(&maya, &begins, PASSWORD).await;
    assert_eq!(begun.header("location"), "/account/app", "{begun:?}");
}
