//! A doctor's way through a visit, page by page and without a script: the day's row, the choice of the appointment, what
//! stands beside the editor, the patient who stays in view, and the steps after signing.

use domain::types::{
    appointments::{AppointmentView, StepVisit, VisitAction},
    records::{Content, Flag, LabValue, ListForm, NoteForm, PatientRef, RecordType, Report},
};
use jiff::civil::date;

use crate::support::{Caller, TestApp};

const DAY: &str = "/schedule?date=2026-11-25";

/// Maya's visit with Dr. Rivera on 25 November, 09:30, at 09:35 after these steps.
async fn visit_at(app: &TestApp, actions: &[VisitAction]) -> AppointmentView {
    let at = date(2026, 11, 25).at(9, 30, 0, 0);
    let visit = app.world.book(&app.world.maya, &app.world.rivera, at).await.unwrap();
    app.world.at("2026-11-25T09:35:00Z");
    let rivera = app.world.actor(&app.world.rivera).await;
    for action in actions {
        let step = StepVisit { appointment: visit.id, action: *action, seen: None };
        domain::appointments::step(&app.world.services, &rivera, step).await.unwrap();
    }
    visit
}

fn maya(app: &TestApp) -> PatientRef {
    PatientRef::Id(app.world.maya.patient.unwrap())
}

async fn add_allergy(app: &TestApp, name: &str, severity: &str) {
    let rivera = app.world.actor(&app.world.rivera).await;
    let form = ListForm { kind: "allergy".into(), name: name.into(), severity: severity.into(), ..ListForm::default() };
    let _ = domain::records::add_item(&app.world.services, &rivera, &maya(app), &form).await.unwrap();
}

/// Presses "Write note" and gives the address of the editor.
async fn begin(rivera: &Caller<'_>, visit: &AppointmentView) -> String {
    let fields = [("patient", visit.patient.reference.as_str()), ("visit", visit.reference.as_str())];
    rivera.submit("/fn/records/begin-note", &fields).await.header("location").to_owned()
}

async fn sign(app: &TestApp, editor: &str) -> String {
    let reference = editor.rsplit('/').next().unwrap().to_owned();
    let words = NoteForm { assessment: "Well".into(), plan: "None".into(), ..NoteForm::default() };
    let rivera = app.world.actor(&app.world.rivera).await;
    let _ = domain::records::sign_note(&app.world.services, &rivera, &reference, Some((1, words))).await.unwrap();
    reference
}

/// The line of a visit in the day.
async fn line(rivera: &Caller<'_>, visit: &AppointmentView) -> String {
    let page = rivera.open(DAY).await.body;
    let start = page.find(&format!("id=\"visit-{}\"", visit.reference)).expect("the line of the visit");
    page[start..].split("</li>").next().unwrap().to_owned()
}

#[tokio::test]
async fn a_row_of_the_day_writes_the_note_of_a_visit_then_continues_and_opens_it() {
    let app = TestApp::open().await;
    let visit = visit_at(&app, &[]).await;
    let rivera = app.browser(&app.world.rivera).await;
    assert!(!line(&rivera, &visit).await.contains("Write note"), "nobody came");
    let step = StepVisit { appointment: visit.id, action: VisitAction::CheckIn, seen: None };
    let actor = app.world.actor(&app.world.rivera).await;
    domain::appointments::step(&app.world.services, &actor, step).await.unwrap();
    let row = line(&rivera, &visit).await;
    assert!(row.contains("Write note") && row.contains("action=\"/fn/records/begin-note\""), "{row}");

    let editor = begin(&rivera, &visit).await;
    let row = line(&rivera, &visit).await;
    assert!(row.contains("Continue note") && row.contains(&format!("href=\"{editor}\"")), "{row}");
    assert!(!row.contains("Write note"), "{row}");
    let reference = sign(&app, &editor).await;
    let row = line(&rivera, &visit).await;
    assert!(row.contains("Open note") && row.contains(&format!("href=\"/records/{reference}\"")), "{row}");
}

#[tokio::test]
async fn a_note_begun_from_the_chart_has_the_running_appointment_chosen() {
    let app = TestApp::open().await;
    let visit = visit_at(&app, &[VisitAction::CheckIn]).await;
    let rivera = app.browser(&app.world.rivera).await;
    let address = format!("/patients/{}/notes/new", visit.patient.reference);
    let radio = |value: &str| format!("type=\"radio\" name=\"visit\" value=\"{value}\"");
    let is_chosen = |page: &str, value: &str| {
        let at = page.find(&radio(value)).unwrap_or_else(|| panic!("{value} is a choice: {page}"));
        page[at..].split('>').next().unwrap().contains("checked")
    };
    let page = rivera.open(&address).await.body;
    assert!(is_chosen(&page, &visit.reference) && !is_chosen(&page, ""), "{page}");
    assert!(page.contains("Today, Wed 25 November, 09:30") && page.contains("Not for an appointment"), "{page}");

    // One that is long ago or to come can still be named by the address.
    let page = rivera.open(&format!("{address}?visit=APT-00000000")).await.body;
    assert!(is_chosen(&page, "APT-00000000") && !is_chosen(&page, &visit.reference), "{page}");

    let editor = begin(&rivera, &visit).await;
    let page = rivera.open(&address).await.body;
    assert!(page.contains("This appointment already has your note"), "{page}");
    assert!(page.contains("Continue note") && page.contains(&format!("href=\"{editor}\"")), "{page}");
    assert!(!page.contains(&radio(&visit.reference)) && is_chosen(&page, ""), "it gets no second one");
}

#[tokio::test]
async fn beside_the_editor_stands_the_chart_and_each_part_opens_without_leaving_it() {
    let app = TestApp::open().await;
    let visit = visit_at(&app, &[VisitAction::CheckIn]).await;
    add_allergy(&app, "Latex", "severe").await;
    let value = |test: &str, value: &str, flag| LabValue {
        test: test.into(),
        code: String::new(),
        value: value.into(),
        unit: "mmol/L".into(),
        low: Some("3.5".into()),
        high: Some("5.1".into()),
        flag,
        mark: None,
        note: String::new(),
    };
    let values = [value("Chloride-like", "4.0", Flag::Normal), value("Potassium", "6.9", Flag::High)];
    let content = Content::Report(Report { assessment: "Blood".into(), ..Report::default() });
    let kind = RecordType::LabReport;
    app.world.write_entry(&app.world.maya, &app.world.rivera, kind, date(2026, 11, 20), content, &values).await;
    let rivera = app.browser(&app.world.rivera).await;
    let editor = begin(&rivera, &visit).await;
    let page = rivera.open(&editor).await.body;
    let beside = page.split("<aside").nth(1).expect("what stands beside the note").split("</aside>").next().unwrap();
    for part in ["Allergies", "Problems", "Medicines", "Last vital signs", "Latest results", "Earlier notes"] {
        assert!(beside.contains(&format!(">{part}</h2>")), "{part}: {beside}");
    }
    assert!(page.find("<form").unwrap() < page.find("<aside").unwrap(), "it comes after the editor");
    assert!(beside.contains("severe reaction") && beside.contains("1 severe"), "{beside}");
    assert!(beside.contains("Critical") && beside.contains("1 critical"), "{beside}");
    assert!(beside.find("Potassium").unwrap() < beside.find("Chloride-like").unwrap(), "the urgent first, none hidden");
    let ways_off = beside.matches("<a ").count();
    assert_eq!((ways_off, beside.matches("target=\"_blank\"").count()), (1, 1), "no way leads off what is typed");

    // The chart says the same, and leads on.
    let chart = rivera.open(&format!("/patients/{}", visit.patient.reference)).await.body;
    assert!(
        chart.contains("Latest results") && chart.contains("Chloride-like") && chart.contains("All tests"),
        "{chart}"
    );
    let tests = rivera.open(&format!("/patients/{}/tests", visit.patient.reference)).await;
    assert!(tests.status == 200 && tests.body.contains("Chloride-like"), "{tests:?}");
}

#[tokio::test]
async fn whoever_is_written_about_stays_in_view_with_their_allergies() {
    let app = TestApp::open().await;
    let visit = visit_at(&app, &[VisitAction::CheckIn]).await;
    let rivera = app.browser(&app.world.rivera).await;
    let editor = begin(&rivera, &visit).await;
    let chart = format!("/patients/{}", visit.patient.reference);
    let banner = async |address: &str| {
        let page = rivera.open(address).await;
        assert_eq!(page.status, 200, "{address}");
        let banner = page.body.split("class=\"patient-banner\"").nth(1);
        banner
            .unwrap_or_else(|| panic!("{address} says whom it is about"))
            .split("</section>")
            .next()
            .unwrap()
            .to_owned()
    };
    let not_asked = banner(&chart).await;
    assert!(not_asked.contains("Allergies: not asked"), "{not_asked}");
    add_allergy(&app, "Nickel", "mild").await;
    add_allergy(&app, "Latex", "severe").await;
    let reference = sign(&app, &begin_another(&app).await).await;
    let below = ["/notes/new", "/prescriptions/new", "/labs/new", "/lists/new", "/vitals/new", "/documents/new", ""];
    let below = below.map(|page| format!("{chart}{page}"));
    for address in below.iter().chain([&editor, &format!("/records/{reference}/add")]) {
        let banner = banner(address).await;
        assert!(banner.contains("Maya Okafor") && banner.contains(&visit.patient.reference), "{address}: {banner}");
        let severe = banner.find("Latex").unwrap_or_else(|| panic!("{address}: {banner}"));
        assert!(severe < banner.find("Nickel").unwrap() && banner.contains("(severe)"), "{address}: {banner}");
    }
}

/// A note about no visit.
async fn begin_another(app: &TestApp) -> String {
    let begin = domain::records::BeginNote {
        patient: maya(app),
        visit: None,
        template: domain::types::records::NoteTemplate::Blank,
        carried_from: None,
    };
    let rivera = app.world.actor(&app.world.rivera).await;
    domain::records::begin_note(&app.world.services, &rivera, begin).await.unwrap().into_inner().reference
}

#[tokio::test]
async fn after_signing_a_note_the_next_steps_of_the_visit_are_one_press_away() {
    let app = TestApp::open().await;
    let visit = visit_at(&app, &[VisitAction::CheckIn, VisitAction::Start]).await;
    let rivera = app.browser(&app.world.rivera).await;
    let reference = sign(&app, &begin(&rivera, &visit).await).await;
    let page = rivera.open(&format!("/records/{reference}?done=signed")).await.body;
    let patient = &visit.patient.reference;
    let doctor = app.world.rivera.doctor.unwrap();
    let complete = format!("/appointments/{}/complete?back=%2Fschedule%3Fdate%3D2026-11-25", visit.reference);
    let day = format!("{DAY}#visit-{}", visit.reference);
    let prescribe = format!("/patients/{patient}/prescriptions/new?note={reference}");
    for way in [&complete, &day, &prescribe, &format!("/patients/{patient}"), &format!("/doctors/{doctor}")] {
        assert!(page.contains(&format!("href=\"{way}\"")), "{way}: {page}");
        let led = rivera.open(way.split('#').next().unwrap()).await;
        assert_eq!(led.status, 200, "{way} leads somewhere");
    }
    let later = rivera.open(&format!("/records/{reference}")).await.body;
    assert!(!later.contains("Next steps"), "it is told once");
    let read = app.browser(&app.world.maya).await.open(&format!("/records/{reference}?done=signed")).await.body;
    assert!(!read.contains("Next steps"), "patients have other steps");

    // Once it is completed nothing is left to complete.
    let actor = app.world.actor(&app.world.rivera).await;
    let step = StepVisit { appointment: visit.id, action: VisitAction::Complete, seen: None };
    domain::appointments::step(&app.world.services, &actor, step).await.unwrap();
    let page = rivera.open(&format!("/records/{reference}?done=signed")).await.body;
    assert!(page.contains("Next steps") && !page.contains("/complete?"), "{page}");
}
