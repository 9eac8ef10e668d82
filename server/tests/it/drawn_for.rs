//! A form is drawn for one person: sent by another one who signed in meanwhile it stores nothing.

use jiff::SignedDuration;
use rstest::rstest;

use crate::{
    every_page::{Seen, every_page},
    html,
    support::{Caller, Engine, Reply, TestApp},
};

const BOOK: &str = "/fn/appointments/book";
const FORM: &str = "/appointments/book?doctor=1&date=2026-11-25&time=09:30";

fn booking<'a>(doctor: &'a str, key: &'a str) -> [(&'a str, &'a str); 5] {
    let reason = ("reason", "Palpitations since Sunday");
    [("doctor", doctor), ("date", "2026-11-25"), ("time", "09:30"), reason, ("key", key)]
}

/// What a browser sends from the page of a form.
async fn submit_from(caller: &Caller<'_>, page: &str, path: &str, fields: &[(&str, &str)]) -> Reply {
    caller.clone().on_page(page).submit(path, fields).await
}

/// The page that the other person is led to, and where the first one finds what they typed.
async fn told(other: &Caller<'_>, reply: &Reply) -> String {
    let page = reply.header("location").to_owned();
    assert!((300..400).contains(&reply.status.as_u16()) && page.starts_with("/other-person?"), "{reply:?}");
    let page = other.open(&page).await.body;
    assert!(page.contains("You are now signed in as someone else"), "{page}");
    // The warning of the session's end leads back to this page.
    let forms = html::forms(&page);
    let mut ways = forms.iter().filter_map(|form| form.value("next"));
    ways.find(|next| !next.starts_with("/other-person")).expect("a way back").to_owned()
}

#[rstest]
#[tokio::test]
async fn a_form_of_one_person_stores_nothing_for_another_and_keeps_what_was_typed_for_the_first(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let (maya, jonas) = (app.browser(&app.world.maya).await, app.browser(&app.world.jonas).await);
    let doctor = app.world.rivera.doctor.unwrap().to_string();
    let (before, fields) = (app.world.events_noted().await, booking(&doctor, "drawn-for-maya"));

    let mayas_tab = jonas.clone().with_form_of(&maya.name_in_forms().unwrap());
    let refused = submit_from(&mayas_tab, FORM, BOOK, &fields).await;
    let back = told(&jonas, &refused).await;
    assert_eq!(app.world.events_noted().await, before, "nothing happened");
    assert!(!jonas.open("/appointments").await.body.contains("09:30"));
    assert!(!back.contains("Palpitations"));
    assert!(!jonas.open(&back).await.body.contains("Palpitations"), "it is not shown to the second");
    assert!(maya.open(&back).await.body.contains("Palpitations since Sunday"), "the first finds it");
    assert!(!maya.open(&back).await.body.contains("Palpitations"), "once");

    let own = submit_from(&jonas, FORM, BOOK, &fields).await;
    assert!(own.header("location").starts_with("/appointments/APT-"), "{own:?}");
}

#[tokio::test]
async fn a_script_is_told_that_somebody_else_is_signed_in() {
    let app = TestApp::open().await;
    let (maya, jonas) = (app.browser(&app.world.maya).await, app.browser(&app.world.jonas).await);
    let mayas_tab = jonas.clone().with_form_of(&maya.name_in_forms().unwrap());
    let fields = [("heart_rate", "72")];
    let refused = mayas_tab.call("/fn/records/enter-vitals", &fields).await;
    assert_eq!((refused.status.as_u16(), refused.json()["code"].as_str()), (409, Some("OTHER_PERSON")));
    assert_eq!(jonas.call("/fn/records/enter-vitals", &fields).await.status, 200);
}

#[rstest]
#[case::that_says_nothing("")]
#[case::of_nobody("nobody")]
#[case::made_up("0123456789abcdef0123456789abcdef")]
#[tokio::test]
async fn a_form_without_the_name_of_whoever_is_signed_in_is_refused(#[case] name: &str) {
    let app = TestApp::open().await;
    let jonas = app.browser(&app.world.jonas).await;
    let nobody = domain::forms::drawn_for(&app.world.services, None);
    let odd = jonas.clone().with_form_of(if name == "nobody" { &nobody } else { name });
    for path in [BOOK, "/fn/auth/sign_out", "/fn/auth/change_profile", "/fn/auth/end_other_sessions"] {
        assert_eq!(odd.call(path, &[]).await.status, 409, "{path}");
    }
    assert_eq!(jonas.open("/dashboard").await.status, 200, "they are still signed in");
    assert_eq!(jonas.call("/fn/auth/sign_out", &[]).await.status, 200);
}

#[tokio::test]
async fn signing_in_says_by_itself_who_it_is() {
    let app = TestApp::open().await;
    let jonas = app.browser(&app.world.jonas).await;
    let fields = [("username", "maya"), ("password", domain::testing::PASSWORD)];
    let drawn_before = jonas.clone().with_form_of(&domain::forms::drawn_for(&app.world.services, None));
    assert_eq!(drawn_before.call("/fn/auth/sign_in", &fields).await.status, 200);
    let again = app.browser(&app.world.jonas).await;
    assert_eq!(again.with_form_of("").call("/fn/auth/sign_in", &fields).await.status, 409);
    assert_eq!(app.anonymous().call("/fn/auth/sign_in", &fields).await.status, 200, "programs need none");
}

#[tokio::test]
async fn what_was_typed_when_the_session_had_ended_waits_for_the_same_person() {
    let app = TestApp::open().await;
    let maya = app.browser(&app.world.maya).await;
    let doctor = app.world.rivera.doctor.unwrap().to_string();
    app.world.wait(SignedDuration::from_hours(24 * 30));
    let reply = submit_from(&maya, FORM, BOOK, &booking(&doctor, "late")).await;
    let (_, next) = reply.header("location").split_once("/login?next=").expect("to sign in");
    let next = percent_encoding::percent_decode_str(next).decode_utf8().unwrap().into_owned();
    let (jonas, again) = (app.browser(&app.world.jonas).await, app.browser(&app.world.maya).await);
    assert!(!jonas.open(&next).await.body.contains("Palpitations"));
    assert!(again.open(&next).await.body.contains("Palpitations since Sunday"));
}

#[tokio::test]
async fn a_document_of_one_person_is_not_stored_for_another() {
    let app = TestApp::open().await;
    let (maya, jonas) = (app.browser(&app.world.maya).await, app.browser(&app.world.jonas).await);
    let file = ("diary.txt", b"No pain today.".as_slice());
    let note = [("note", "My diary of pain")];
    for name in [maya.name_in_forms().unwrap(), String::new()] {
        let before = app.world.events_noted().await;
        let mayas_tab = jonas.clone().with_form_of(&name);
        let refused = mayas_tab.upload("/records/documents", &note, file).await;
        let back = told(&jonas, &refused).await;
        assert_eq!(app.world.events_noted().await, before);
        assert!(!jonas.open(&back).await.body.contains("My diary"));
        assert_eq!(maya.open(&back).await.body.contains("My diary of pain"), !name.is_empty());
    }
    let own = jonas.upload("/records/documents", &note, file).await;
    assert!(own.header("location").contains("done=added"), "{own:?}");
}

#[tokio::test]
async fn an_open_page_can_ask_whose_session_it_is() {
    let app = TestApp::open().await;
    let maya = app.browser(&app.world.maya).await;
    assert_eq!(maya.get("/drawn-for").await.body, maya.name_in_forms().unwrap());
    assert_eq!(app.anonymous().get("/drawn-for").await.body, "");
    let page = maya.open("/records").await.body;
    assert!(page.contains(&format!("data-drawn-for=\"{}\"", maya.name_in_forms().unwrap())));
}

#[tokio::test]
async fn every_form_of_every_page_names_the_person_for_whom_it_was_drawn_and_leaves_its_errors_to_us() {
    let app = TestApp::open().await;
    let mut actions = std::collections::BTreeSet::new();
    for Seen { name, address, page } in every_page(&app).await {
        for form in html::forms(&page) {
            assert!(form.action.is_empty() || form.action.starts_with("/") && !form.action.starts_with("//"));
            if form.method == "post" {
                assert_eq!(form.value("drawn_for"), Some(name.as_str()), "{} on {address}", form.action);
                let first = form.fields[0].get("name");
                assert_eq!(first, Some("drawn_for"), "it comes before a file: {}", form.action);
                assert!(form.is_novalidate, "the browser would speak before us: {} on {address}", form.action);
                actions.insert(form.action);
            }
        }
    }
    assert!(actions.len() > 25, "{actions:#?}");
}
