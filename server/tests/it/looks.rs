//! Who saw a record, in a browser without a script: the lines, the question, the answer.

use domain::types::AuditEventId;
use rstest::rstest;

use crate::{
    booking_pages::shown,
    support::{Engine, TestApp},
};

async fn look(app: &TestApp) -> (AuditEventId, String) {
    let event = app.world.note_look(&app.world.rivera, &app.world.maya).await;
    (event, format!("/account/looks/{event}/ask"))
}

#[rstest]
#[tokio::test]
async fn a_patient_asks_about_a_look_and_an_administrator_answers(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let (event, question) = look(&app).await;
    let maya = app.browser(&app.world.maya).await;
    let list = maya.open("/account/looks").await;
    assert_eq!(list.status, 200);
    let text = shown(&list.body);
    assert!(text.contains("Dr. Elena Rivera, Cardiology") && text.contains("opened your chart"), "{text}");
    assert!(text.contains("Today, Monday 23 November") && list.body.contains(&format!("href=\"{question}\"")));
    assert!(maya.open(&question).await.body.contains("Ask about this access"));

    let fields = [("event", &*event.to_string()), ("note", "I have never\r\nmet her.")];
    let led = maya.submit("/fn/looks/ask", &fields).await;
    assert_eq!((led.status.as_u16(), led.header("location")), (302, &*format!("{question}?asked=1")));
    let asked = maya.open(led.header("location")).await.body;
    assert!(asked.contains("Question sent to the clinic") && asked.contains("I have never\nmet her."), "{asked}");
    assert!(!asked.contains("<textarea"), "it is asked once");
    assert!(shown(&maya.open("/account/looks").await.body).contains("The clinic will answer here"));

    let admin = app.browser(&app.world.admin).await;
    let overview = admin.open("/admin").await.body;
    assert!(overview.contains("href=\"/admin/questions\""), "{overview}");
    let questions = admin.open("/admin/questions").await.body;
    let text = shown(&questions);
    assert!(text.contains("Maya Okafor") && text.contains("opened the patient’s chart"), "{text}");
    assert!(questions.contains("I have never\nmet her.") && questions.contains("id=\"answer-1\""), "{questions}");
    let led = admin.submit("/fn/looks/answer", &[("question", "1"), ("answer", "She was on duty.")]).await;
    assert_eq!(led.header("location"), "/admin/questions?answered=1");
    let after = admin.open(led.header("location")).await.body;
    assert!(
        after.contains("No open questions") && after.contains("The patient can read it in their access log"),
        "{after}"
    );
    assert!(admin.open("/admin/questions?state=answered").await.body.contains("She was on duty."));

    for page in ["/account/looks", &question] {
        let page = maya.open(page).await.body;
        assert!(page.contains("She was on duty.") && page.contains("Ada Nolan"), "{page}");
    }
}

#[tokio::test]
async fn a_refused_question_or_answer_comes_back_as_it_was_typed() {
    let app = TestApp::open().await;
    let (event, question) = look(&app).await;
    let maya = app.browser(&app.world.maya).await;
    let long = "It was not me. ".repeat(70);
    let fields = [("event", &*event.to_string()), ("note", &*long)];
    let led = maya.submit("/fn/looks/ask", &fields).await.header("location").to_owned();
    assert!(led.starts_with(&format!("{question}?flash=")), "{led}");
    let page = maya.open(&led).await.body;
    assert!(
        page.contains("You wrote 1,049 characters; please keep it to 1,000.") && page.contains(long.trim()),
        "{page}"
    );

    for other in [event, look(&app).await.0] {
        assert_eq!(maya.call("/fn/looks/ask", &[("event", &other.to_string())]).await.status, 200);
    }
    let admin = app.browser(&app.world.admin).await;
    let long = "She was on duty that day. ".repeat(80);
    let led = admin.submit("/fn/looks/answer", &[("question", "2"), ("answer", &long)]).await;
    let page = admin.open(led.header("location")).await.body;
    assert_eq!(page.matches(long.trim()).count(), 1, "beside the question that it was for: {page}");
    let place = page.split("id=\"answer-2\"").nth(1).unwrap();
    assert!(place.contains(long.trim()) && place.contains("id=\"answer-2-error\""), "{place}");
}

#[tokio::test]
async fn these_pages_are_for_those_whom_they_are_for() {
    let app = TestApp::open().await;
    let (_, question) = look(&app).await;
    let world = &app.world;
    for (path, statuses) in [
        ("/account/looks", [200, 200, 403, 403]),
        ("/account/looks?show=all&older=9", [200, 200, 403, 403]),
        (&*question, [200, 404, 403, 403]),
        ("/admin/questions", [403, 403, 403, 200]),
    ] {
        for (person, status) in [&world.maya, &world.jonas, &world.rivera, &world.admin].into_iter().zip(statuses) {
            assert_eq!(app.browser(person).await.open(path).await.status, status, "{path} {}", person.username);
        }
        let nobody = app.anonymous().open(path).await;
        assert!(nobody.header("location").starts_with("/login?next="), "{path}: {}", nobody.status);
    }
    let maya = app.browser(&world.maya).await;
    for odd in ["?show=secrets", "?older=last", "?newer=-1", "/0/ask", "/1%20OR%201/ask"] {
        assert_eq!(maya.open(&format!("/account/looks{odd}")).await.status, 404, "{odd}");
    }
}

#[tokio::test]
async fn only_those_with_a_record_are_led_to_who_saw_it_and_nothing_is_fetched_ahead() {
    let app = TestApp::open().await;
    let way = "href=\"/account/looks\"";
    let maya = app.browser(&app.world.maya).await;
    for path in ["/account", "/records"] {
        let page = maya.open(path).await.body;
        assert!(page.contains(way), "{path}: {page}");
    }
    for person in [&app.world.rivera, &app.world.admin] {
        let page = app.browser(person).await.open("/account").await.body;
        assert!(!page.contains(way), "{}", person.username);
    }
    let list = maya.open("/account/looks").await.body;
    assert!(list.contains("No one but you") && !list.contains("speculationrules"), "{list}");
}
