//! The pages of those who work at the clinic: a step leads back to its visit and says what became of it, what cannot be
//! taken back is asked first, and a page about a patient does not speak to one.

use domain::types::{
    appointments::{AppointmentView, VisitAction},
    records::NoteForm,
};
use http::StatusCode;
use jiff::civil::date;
use rstest::rstest;

use crate::support::{Caller, Engine, TestApp};

const DAY: &str = "/schedule?date=2026-11-25";

/// Maya's visit with Dr. Rivera on 25 November, 09:30.
async fn booked(app: &TestApp) -> AppointmentView {
    app.world.book(&app.world.maya, &app.world.rivera, date(2026, 11, 25).at(9, 30, 0, 0)).await.unwrap()
}

/// Presses the button of a step that the page showed beside `seen`.
async fn press(caller: &Caller<'_>, visit: &AppointmentView, (seen, action): (&str, &str), back: &str) -> String {
    let id = visit.id.to_string();
    let fields = [("appointment", &*id), ("seen", seen), ("action", action), ("back", back)];
    let reply = caller.submit("/fn/appointments/step", &fields).await;
    assert_eq!(reply.status, 302, "{reply:?}");
    reply.header("location").to_owned()
}

/// What a browser asks for when it is led to an address.
fn without_place(address: &str) -> &str {
    address.split('#').next().unwrap()
}

#[rstest]
#[tokio::test]
async fn a_step_leads_back_to_the_line_of_the_visit_which_tells_what_became_of_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let visit = booked(&app).await;
    let rivera = app.browser(&app.world.rivera).await;
    assert!(!rivera.open(DAY).await.body.contains("Confirmed: "), "nothing was done yet");
    let reference = &visit.reference;
    let led = press(&rivera, &visit, ("scheduled", "confirm"), DAY).await;
    assert_eq!(led, format!("{DAY}&done={reference}#visit-{reference}"));
    let page = rivera.open(without_place(&led)).await.body;
    assert!(page.contains(&format!("id=\"visit-{reference}\"")), "the place that is led to is there");
    assert!(page.contains("Confirmed: Maya Okafor, 09:30."), "{page}");
}

#[tokio::test]
async fn a_line_says_its_status_at_most_twice_after_a_step() {
    let app = TestApp::open().await;
    let visit = booked(&app).await;
    app.world.at("2026-11-25T09:20:00Z");
    let rivera = app.browser(&app.world.rivera).await;
    let led = press(&rivera, &visit, ("scheduled", "check_in"), DAY).await;
    let line = |page: String| {
        let start = page.find(&format!("id=\"visit-{}\"", visit.reference)).unwrap();
        page[start..].split("</li>").next().unwrap().to_lowercase()
    };
    let after = line(rivera.open(without_place(&led)).await.body);
    assert_eq!(after.matches("checked in").count(), 2, "{after}");
    let later = line(rivera.open(DAY).await.body);
    assert!(later.contains("just checked in"), "the wait is told from then on: {later}");
}

#[tokio::test]
async fn staff_find_visits_by_their_patients_and_by_references() {
    let app = TestApp::open().await;
    let visit = booked(&app).await;
    let at = date(2026, 11, 26).at(10, 0, 0, 0);
    let other = app.world.book(&app.world.jonas, &app.world.brandt, at).await.unwrap();
    for person in [&app.world.admin, &app.world.rivera] {
        let browser = app.browser(person).await;
        for search in ["maya+oka", &visit.reference, &visit.patient.reference] {
            let page = browser.open(&format!("/appointments?search={search}&status=&from=2026-11-23")).await.body;
            assert!(page.contains(&visit.reference) && !page.contains(&other.reference), "{search}");
            assert!(page.contains("Patient or reference"), "and it can be searched on");
        }
        let page = browser.open("/appointments?search=jonas&from=2026-11-27").await.body;
        assert!(page.contains("No appointments found"), "{page}");
        assert!(page.contains("href=\"/appointments?search=jonas\""), "it leads to all days");
    }
    let stranger = app.browser(&app.world.rivera).await.open("/appointments?search=jonas").await.body;
    assert!(!stranger.contains(&other.reference), "doctors search among their own visits");
}

#[tokio::test]
async fn patients_read_that_a_visit_is_booked_and_staff_where_it_stands() {
    let app = TestApp::open().await;
    let visit = booked(&app).await;
    let path = format!("/appointments/{}", visit.reference);
    let maya = app.browser(&app.world.maya).await;
    for path in [&*path, "/appointments", "/dashboard"] {
        let page = maya.open(path).await.body;
        assert!(page.contains(">Booked<") && !page.contains(">Scheduled"), "{path}: {page}");
    }
    assert!(maya.open(&path).await.body.contains("Booked for Wed 25 November, 09:30"));
    let rivera = app.browser(&app.world.rivera).await;
    let page = rivera.open(&path).await.body;
    assert!(page.contains(">Booked<") && page.contains("Booked for Wed 25 November"), "{page}");
    assert!(!page.contains("Appointment type"), "the usual kind goes without saying");
    press(&rivera, &visit, ("scheduled", "confirm"), DAY).await;
    assert!(maya.open(&path).await.body.contains(">Confirmed by the clinic<"));
}

#[tokio::test]
async fn line_breaks_of_a_reason_are_kept_where_it_is_shown() {
    let app = TestApp::open().await;
    let doctor = app.world.rivera.doctor.unwrap().to_string();
    let maya = app.browser(&app.world.maya).await;
    let reason = "Cough\r\nFever since Sunday";
    let fields = [("doctor", &*doctor), ("date", "2026-11-25"), ("time", "09:30"), ("reason", reason), ("key", "k1")];
    let led = maya.submit("/fn/appointments/book", &fields).await.header("location").to_owned();
    let kept = "<span class=\"kept-words\">Cough\nFever since Sunday</span>";
    assert!(maya.open(&led).await.body.contains(kept));
    let day = app.browser(&app.world.rivera).await.open(DAY).await.body;
    assert!(day.contains("<p class=\"day-reason\">Cough\nFever since Sunday</p>"), "{day}");
}

#[tokio::test]
async fn what_was_done_is_never_taken_from_the_address() {
    let app = TestApp::open().await;
    let visit = booked(&app).await;
    let rivera = app.browser(&app.world.rivera).await;
    for done in ["Your+account+is+locked", "%3Cb%3Elocked", visit.reference.as_str()] {
        let page = rivera.open(&format!("{DAY}&done={done}")).await;
        assert_eq!(page.status, 200);
        let shown = page.body.split("<main").nth(1).expect("a page");
        assert!(!shown.contains("locked") && !shown.contains("role=\"status\""), "{done}");
    }
}

#[tokio::test]
async fn a_step_never_leads_to_another_site() {
    let app = TestApp::open().await;
    let visit = booked(&app).await;
    let rivera = app.browser(&app.world.rivera).await;
    let led = press(&rivera, &visit, ("scheduled", "confirm"), "//evil.example/schedule").await;
    assert!(led.starts_with("/schedule?done="), "{led}");
}

#[rstest]
#[tokio::test]
async fn a_button_of_a_page_that_is_out_of_date_changes_nothing_and_says_so(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let visit = booked(&app).await;
    app.world.at("2026-11-25T09:20:00Z");
    let rivera = app.browser(&app.world.rivera).await;
    press(&rivera, &visit, ("scheduled", "confirm"), DAY).await;
    let led = press(&rivera, &visit, ("scheduled", "check_in"), DAY).await;
    assert!(led.starts_with(&format!("{DAY}&flash=")), "{led}");
    assert!(rivera.open(&led).await.body.contains("already confirmed"));
    assert_eq!(app.world.stored_visit(visit.id).await.0, "confirmed");
    let led = press(&rivera, &visit, ("soon", "check_in"), DAY).await;
    assert!(led.contains("flash="), "a status that does not exist is refused: {led}");
}

#[tokio::test]
async fn a_visit_is_completed_only_after_a_question() {
    let app = TestApp::open().await;
    let visit = booked(&app).await;
    app.world.at("2026-11-25T09:20:00Z");
    let rivera = app.browser(&app.world.rivera).await;
    for step in [("scheduled", "check_in"), ("checked_in", "start")] {
        press(&rivera, &visit, step, DAY).await;
    }
    let day = rivera.open(DAY).await.body;
    let complete = VisitAction::Complete.as_str();
    assert!(
        !day.contains(&format!("name=\"action\" value=\"{complete}\"")),
        "no button of the schedule completes a visit"
    );
    let question = format!("/appointments/{}/complete?back=%2Fschedule%3Fdate%3D2026-11-25", visit.reference);
    assert!(day.contains(&question), "but a link leads to the question: {day}");
    let page = rivera.open(&question).await;
    assert!(page.body.contains("Complete this appointment?"), "{}", page.body);
    assert!(page.body.contains(&format!("name=\"action\" value=\"{complete}\"")), "{}", page.body);
    assert!(page.body.contains(&format!("value=\"{DAY}\"")), "it leads back to the day");
    assert_eq!(app.world.stored_visit(visit.id).await.0, "in_progress", "asking changes nothing");
    let led = press(&rivera, &visit, ("in_progress", complete), DAY).await;
    assert!(rivera.open(without_place(&led)).await.body.contains("Completed: Maya Okafor, 09:30."));
}

#[tokio::test]
async fn only_staff_are_asked_about_steps_that_only_staff_take() {
    let app = TestApp::open().await;
    let visit = booked(&app).await;
    let statuses = [(&app.world.maya, 403), (&app.world.jonas, 404), (&app.world.brandt, 404), (&app.world.admin, 200)];
    for (person, status) in statuses {
        let browser = app.browser(person).await;
        for step in ["complete", "no-show"] {
            let page = browser.open(&format!("/appointments/{}/{step}", visit.reference)).await;
            assert_eq!(page.status, status, "{} {step}", person.username);
            assert!(!page.body.contains("name=\"action\""), "it is not possible yet");
        }
    }
}

#[tokio::test]
async fn cancelling_from_the_schedule_leads_back_to_it() {
    let app = TestApp::open().await;
    let visit = booked(&app).await;
    let rivera = app.browser(&app.world.rivera).await;
    let (id, reference) = (visit.id.to_string(), &*visit.reference);
    let fields = [("appointment", &*id), ("reference", reference), ("seen", "scheduled"), ("back", DAY)];
    let led = rivera.submit("/fn/appointments/cancel", &fields).await.header("location").to_owned();
    assert_eq!(led, format!("{DAY}&done={reference}#visit-{reference}"));
    assert!(rivera.open(without_place(&led)).await.body.contains("Cancelled: Maya Okafor, 09:30."));
}

#[tokio::test]
async fn the_page_of_a_visit_speaks_to_whoever_reads_it() {
    let app = TestApp::open().await;
    let visit = booked(&app).await;
    let address = |below: &str| format!("/appointments/{}{below}", visit.reference);
    let for_patients = ["Before your appointment", "Add to calendar", "Appointment with Dr. Elena Rivera"];
    let maya = app.browser(&app.world.maya).await;
    let page = maya.open(&address("")).await.body;
    assert!(for_patients.iter().all(|words| page.contains(words)), "{page}");
    assert!(maya.open(&address("/cancel")).await.body.contains("we cannot hold it for you"));

    let back = "href=\"/schedule?date=2026-11-25#visit-";
    for (person, way_back) in [(&app.world.rivera, back), (&app.world.admin, "href=\"/appointments\"")] {
        let browser = app.browser(person).await;
        let page = browser.open(&address("?booked=1")).await.body;
        assert!(page.contains("Maya Okafor, Wed 25 November</h1>"), "{}: {page}", person.username);
        assert!(page.contains(way_back), "{}", person.username);
        assert!(for_patients.iter().all(|words| !page.contains(words)), "{}", person.username);
        for below in ["/cancel", "/move"] {
            let page = browser.open(&address(below)).await.body;
            assert!(page.contains("We will e-mail the patient"), "{} {below}", person.username);
        }
    }
}

#[tokio::test]
async fn staff_who_look_for_booking_read_how_they_book() {
    let app = TestApp::open().await;
    let doctor = app.world.rivera.doctor.unwrap();
    let steps = [String::new(), "?specialty=cardiology".into(), format!("?doctor={doctor}")];
    for (person, home) in [(&app.world.rivera, "/schedule"), (&app.world.admin, "/admin")] {
        let browser = app.browser(person).await;
        for step in &steps {
            let page = browser.open(&format!("/appointments/book{step}")).await;
            assert_eq!(page.status, 200);
            assert!(page.body.contains("Only patients can book here"), "{} {step}", person.username);
            assert!(page.body.contains(&format!("href=\"{home}\" class=\"btn btn-primary\"")), "{}", page.body);
        }
    }
    for step in &steps {
        let page = app.anonymous().open(&format!("/appointments/book{step}")).await.body;
        assert!(!page.contains("How to book"), "everybody else starts to book: {step}");
    }
}

#[tokio::test]
async fn a_slash_behind_a_page_leads_to_the_page_and_never_to_another_site() {
    let app = TestApp::new(Engine::Sqlite).await;
    for (asked, page) in
        [("/login/", "/login"), ("/patients/PT-00000000/?done=added", "/patients/PT-00000000?done=added")]
    {
        let reply = app.anonymous().get(asked).await;
        assert_eq!((reply.status, reply.header("location")), (StatusCode::PERMANENT_REDIRECT, page));
    }
    for asked in ["//evil.example/", "/no/such/page"] {
        assert_eq!(app.anonymous().get(asked).await.status, StatusCode::NOT_FOUND, "{asked}");
    }
}

#[tokio::test]
async fn a_visit_that_has_its_note_leads_to_it_and_says_so() {
    let app = TestApp::open().await;
    let visit = booked(&app).await;
    let patient = app.world.maya.patient.unwrap().to_string();
    let rivera = app.browser(&app.world.rivera).await;
    let write = async || {
        let fields = [("patient", &*patient), ("visit", &*visit.reference)];
        rivera.submit("/fn/records/begin-note", &fields).await.header("location").to_owned()
    };
    let draft = write().await;
    assert_eq!(write().await, draft, "it is written on");
    let reference = draft.rsplit('/').next().unwrap();
    let words = NoteForm { assessment: "Well".into(), plan: "None".into(), ..NoteForm::default() };
    let actor = app.world.actor(&app.world.rivera).await;
    let _ = domain::records::sign_note(&app.world.services, &actor, reference, Some((1, words))).await.unwrap();
    let signed = write().await;
    assert_eq!(signed, format!("/records/{reference}?done=noted"));
    assert!(rivera.open(&signed).await.body.contains("This appointment already has a note."));
}
