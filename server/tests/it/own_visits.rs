//! Times that are taken by a visit of whoever looks: they are told which one, and nobody else is.

use domain::types::appointments::AppointmentView;
use jiff::civil::date;
use rstest::rstest;

use crate::{
    booking_pages::shown,
    support::{Engine, TestApp},
};

/// Maya's visit with Dr. Rivera on 9 December, 09:30.
async fn booked(app: &TestApp) -> AppointmentView {
    app.world.book(&app.world.maya, &app.world.rivera, date(2026, 12, 9).at(9, 30, 0, 0)).await.unwrap()
}

#[rstest]
#[tokio::test]
async fn going_back_after_booking_says_that_the_time_is_booked_and_leads_to_the_visit(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let visit = booked(&app).await;
    let doctor = app.world.rivera.doctor.unwrap();
    let path = format!("/appointments/book?doctor={doctor}&date=2026-12-09&time=09:30");
    let page = app.browser(&app.world.maya).await.open(&path).await;
    assert_eq!(page.status, 200);
    let text = shown(&page.body);
    assert!(text.contains("You have already booked this time") && text.contains("Wed 9 December, 09:30"), "{text}");
    assert!(page.body.contains(&format!("href=\"/appointments/{}\"", visit.reference)), "{}", page.body);
    assert!(!text.contains("no longer free") && !page.body.contains("class=\"slot\""), "nothing is offered: {text}");

    for caller in [app.anonymous(), app.browser(&app.world.jonas).await] {
        let page = caller.open(&path).await;
        assert!(shown(&page.body).contains("This time is no longer free"));
        assert!(!page.body.contains(&visit.reference), "whose it is is not told");
    }
}

#[tokio::test]
async fn sending_the_form_once_more_by_another_page_leads_to_the_same_words() {
    let app = TestApp::open().await;
    let maya = app.browser(&app.world.maya).await;
    let doctor = app.world.rivera.doctor.unwrap().to_string();
    let form = |key: &'static str| {
        [("doctor", &*doctor), ("date", "2026-12-09"), ("time", "09:30"), ("reason", "Palpitations"), ("key", key)]
            .map(|(name, value)| (name, value.to_owned()))
    };
    let mut led = String::new();
    for key in ["one", "other"] {
        let fields = form(key);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        led = maya.submit("/fn/appointments/book", &fields).await.header("location").to_owned();
    }
    assert!(led.starts_with("/appointments/book?"), "{led}");
    assert!(shown(&maya.open(&led).await.body).contains("You have already booked this time"));
}

#[tokio::test]
async fn going_back_after_a_move_says_that_it_is_the_time_of_the_visit_now() {
    let app = TestApp::open().await;
    let visit = booked(&app).await;
    let path = format!("/appointments/{}/move?date=2026-12-09&time=09:30", visit.reference);
    for (person, words) in [
        (&app.world.maya, "Your appointment is already at this time"),
        (&app.world.rivera, "The appointment is already at this time"),
        (&app.world.admin, "The appointment is already at this time"),
    ] {
        let page = app.browser(person).await.open(&path).await;
        assert_eq!(page.status, 200);
        let text = shown(&page.body);
        assert!(text.contains(words) && !text.contains("not free"), "{}: {text}", person.username);
        assert!(page.body.contains(&format!("href=\"/appointments/{}\"", visit.reference)));
    }
}

#[tokio::test]
async fn moving_begins_with_the_weeks_of_the_visit_and_marks_its_time() {
    let app = TestApp::open().await;
    let visit = booked(&app).await;
    let page = app.browser(&app.world.maya).await.open(&format!("/appointments/{}/move", visit.reference)).await.body;
    let text = shown(&page);
    assert!(text.contains("7 Dec – 20 Dec"), "{text}");
    let marked: Vec<_> = page.split("<a ").filter(|tag| tag.contains("class=\"slot\"") && has_mark(tag)).collect();
    assert_eq!(marked.len(), 1, "one time is marked");
    assert!(marked[0].contains("date=2026-12-09&amp;time=09%3A30"), "{}", marked[0]);
}

fn has_mark(tag: &str) -> bool {
    tag.split('>').next().unwrap().contains("aria-current=\"true\"")
}

#[rstest]
#[tokio::test]
async fn a_visit_that_is_in_the_way_is_named_before_and_after_sending(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let visit = booked(&app).await;
    let brandt = app.world.brandt.doctor.unwrap().to_string();
    let maya = app.browser(&app.world.maya).await;
    let path = format!("/appointments/book?doctor={brandt}&date=2026-12-09&time=09:30");
    let words = "You already have an appointment with Dr. Elena Rivera then: Wed 9 December, 09:30 (Dublin time).";
    let way = format!("href=\"/appointments/{}\"", visit.reference);

    let page = maya.open(&path).await;
    assert_eq!(page.status, 200);
    let text = shown(&page.body);
    assert!(text.contains("You already have an appointment at this time") && text.contains(words), "{text}");
    assert!(page.body.contains(&way) && text.contains("The nearest free times"));
    assert!(!page.body.contains("date=2026-12-09&amp;time=09%3A30"), "the time is not offered again");

    let fields = [("doctor", &*brandt), ("date", "2026-12-09"), ("time", "09:30"), ("reason", "A mole"), ("key", "k1")];
    let refused = maya.call("/fn/appointments/book", &fields).await;
    assert_eq!(refused.json()["code"], "PATIENT_BUSY");
    assert!(!refused.body.contains("Rivera"), "what travels names no visit: {}", refused.body);
    let back = maya.submit("/fn/appointments/book", &fields).await.header("location").to_owned();
    let page = maya.open(&back).await;
    let text = shown(&page.body);
    assert!(text.contains(words) && text.contains("A mole"), "{text}");
    assert!(page.body.contains(&way) && page.body.contains("role=\"alert\""));
}

#[tokio::test]
async fn a_visit_that_is_in_the_way_of_a_move_is_named_to_its_patient_alone() {
    let app = TestApp::open().await;
    let visit = booked(&app).await;
    let at = date(2026, 12, 10).at(10, 0, 0, 0);
    let other = app.world.book(&app.world.maya, &app.world.brandt, at).await.unwrap();
    let path = format!("/appointments/{}/move?date=2026-12-10&time=10:00", visit.reference);
    for (person, is_named) in [(&app.world.maya, true), (&app.world.rivera, false)] {
        let page = app.browser(person).await.open(&path).await.body;
        assert_eq!(page.contains("Tomas Brandt"), is_named, "{}", person.username);
        assert_eq!(page.contains(&other.reference), is_named, "{}", person.username);
        assert!(!shown(&page).contains("Move to this time"));
    }
}
