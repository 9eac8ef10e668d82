//! The inbox of a doctor without a script: how much waits stands in the navigation, what is critical comes first, and one
//! new result leads to the next.

use rstest::rstest;

use crate::{
    booking_pages::shown,
    html::{self, Form},
    support::{Caller, Engine, TestApp},
};

const MARK_SEEN: &str = "/fn/records/mark-seen";

/// A released report that Dr. Rivera has not seen, by its reference.
async fn report(app: &TestApp, test: &str, value: &str) -> String {
    app.world.write_lab_report(&app.world.maya, &app.world.rivera, test, value, "mmol/L").await.1
}

/// The numbers in the navigation, once for wide screens and once in the menu of phones.
fn counts(page: &str) -> Vec<u64> {
    let all = html::elements(page);
    let places = all.iter().enumerate().filter(|(_, element)| element.get("href") == Some("/inbox"));
    let within = places.flat_map(|(at, _)| all[at..].iter().take_while(|element| element.name != "/a"));
    let marks = within.filter(|element| element.get("class").is_some_and(|class| class.contains("nav-count")));
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>();
    marks.map(|mark| digits(&mark.text).parse().unwrap()).collect()
}

/// Where the first new result of the inbox leads.
fn first_result(inbox: &str) -> Option<String> {
    let links = html::elements(inbox).into_iter().filter_map(|element| element.get("href").map(str::to_owned));
    links.into_iter().find(|href| href.starts_with("/records/REC-") && href.ends_with("?inbox=1"))
}

/// Presses the button of a form as it stands on the page.
async fn press(caller: &Caller<'_>, form: &Form) -> String {
    let named = form.fields.iter().filter(|field| field.get("name") != Some("drawn_for"));
    let fields: Vec<_> =
        named.filter_map(|field| Some((field.get("name")?, field.get("value").unwrap_or_default()))).collect();
    let reply = caller.submit(&form.action, &fields).await;
    assert_eq!(reply.status, 302, "{reply:?}");
    reply.header("location").to_owned()
}

fn form(page: &str, action: &str) -> Option<Form> {
    html::forms(page).into_iter().find(|form| form.action == action)
}

#[rstest]
#[tokio::test]
async fn the_navigation_of_a_doctor_counts_what_waits(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let app = TestApp::in_care(engine).await;
    let rivera = app.browser(&app.world.rivera).await;
    let count = async || counts(&rivera.open("/schedule").await.body);
    assert_eq!(count().await, [0; 0], "nothing waits, and nothing is written there");
    report(&app, "Ferritin", "11").await;
    report(&app, "Glucose", "5").await;
    assert_eq!(count().await, [2, 2]);
    // Readings are no report: they wait because they are critical.
    let maya = app.browser(&app.world.maya).await;
    let fields = [("systolic_bp", "240"), ("diastolic_bp", "140")];
    assert_eq!(maya.submit("/fn/records/enter-vitals", &fields).await.status, 302);
    assert_eq!(count().await, [3, 3]);

    let inbox = rivera.open("/inbox").await.body;
    assert_eq!(counts(&inbox), [3, 3], "on the inbox itself, too");
    press(&rivera, &form(&inbox, MARK_SEEN).expect("a new result")).await;
    assert_eq!(count().await, [2, 2]);
    let brandt = app.browser(&app.world.brandt).await;
    assert_eq!(counts(&brandt.open("/schedule").await.body), [0; 0], "it waits for nobody else");
    for (person, page) in [(&app.world.maya, "/dashboard"), (&app.world.admin, "/admin")] {
        let page = app.browser(person).await.open(page).await.body;
        assert!(!page.contains("nav-count"), "{}", person.username);
    }
}

#[rstest]
#[tokio::test]
async fn seen_and_next_takes_a_result_from_the_inbox_and_leads_to_the_one_that_waits_longest(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::in_care(engine).await;
    let (first, second) = (report(&app, "Ferritin", "11").await, report(&app, "Glucose", "5").await);
    let rivera = app.browser(&app.world.rivera).await;
    let opened = first_result(&rivera.open("/inbox").await.body).expect("a new result");
    assert_eq!(opened, format!("/records/{first}?inbox=1"), "the oldest first");
    let page = rivera.open(&opened).await.body;
    assert!(shown(&page).contains("Seen and next"), "{page}");
    let led = press(&rivera, &form(&page, MARK_SEEN).expect("the button")).await;
    assert_eq!(led, format!("/records/{second}?inbox=1&done=seen"));
    let next = rivera.open(&led).await.body;
    assert!(shown(&next).contains("The last one is marked as seen. This is the next result."), "{next}");
    let inbox = rivera.open("/inbox").await.body;
    assert_eq!(first_result(&inbox), Some(format!("/records/{second}?inbox=1")));
    assert!(!inbox.contains(&first), "the first waits no longer");

    let led = press(&rivera, &form(&next, MARK_SEEN).expect("the button")).await;
    assert_eq!(led, "/inbox?done=seen", "nothing is left");
    let inbox = shown(&rivera.open(&led).await.body);
    assert!(inbox.contains("Taken from your inbox") && inbox.contains("Nothing to do"), "{inbox}");
}

#[tokio::test]
async fn seen_and_next_is_for_whoever_came_from_the_inbox() {
    let app = TestApp::in_care(Engine::Sqlite).await;
    let reference = report(&app, "Ferritin", "11").await;
    let rivera = app.browser(&app.world.rivera).await;
    let maya = app.browser(&app.world.maya).await;
    for (caller, address) in
        [(&rivera, format!("/records/{reference}")), (&maya, format!("/records/{reference}?inbox=1"))]
    {
        let page = caller.open(&address).await;
        assert_eq!(page.status, 200, "{address}");
        assert!(form(&page.body, MARK_SEEN).is_none(), "{address}");
    }
    assert!(form(&rivera.open(&format!("/records/{reference}?inbox=1")).await.body, MARK_SEEN).is_some());
}

#[rstest]
#[tokio::test]
async fn what_is_critical_stands_first_in_the_inbox_though_it_came_last(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::in_care(engine).await;
    let reference = report(&app, "Ferritin", "11").await;
    let (maya, rivera) = (app.browser(&app.world.maya).await, app.browser(&app.world.rivera).await);
    let asked = [("reference", &*reference), ("text", "Should I take iron?")];
    assert_eq!(maya.submit("/fn/records/ask-doctor", &asked).await.status, 302);
    let patient = app.world.reference_of(&app.world.maya).await;
    assert_eq!(rivera.submit("/fn/records/begin-note", &[("patient", &patient)]).await.status, 302);
    app.world.wait(jiff::SignedDuration::from_mins(1));
    let readings = [("systolic_bp", "240"), ("diastolic_bp", "140")];
    assert_eq!(maya.submit("/fn/records/enter-vitals", &readings).await.status, 302);

    let inbox = rivera.open("/inbox").await.body;
    let text = shown(&inbox);
    let parts = [
        "Critical values (1)",
        "Blood pressure 240/140 mmHg",
        "Questions from patients (1)",
        "Should I take iron?",
        "New results (1)",
        "Unsigned drafts (1)",
        "Appointments without a note",
    ];
    let places: Vec<_> = parts.iter().map(|part| text.find(part).unwrap_or_else(|| panic!("{part}: {text}"))).collect();
    assert!(places.is_sorted(), "{places:?}: {text}");
    let before = &inbox[..inbox.find("/fn/records/notice-seen").expect("the button of the critical value")];
    assert!(before.rfind("<details") > before.rfind("</details"), "it takes more than one touch");
    let seen = form(&inbox, "/fn/records/notice-seen").unwrap();
    let inbox = shown(&rivera.open(&press(&rivera, &seen).await).await.body);
    assert!(!inbox.contains("Critical values (") && inbox.contains("Questions from patients (1)"), "{inbox}");
}

#[tokio::test]
async fn the_row_of_a_report_has_its_values_and_says_what_nothing_was_compared_with() {
    let app = TestApp::in_care(Engine::Sqlite).await;
    report(&app, "Ferritin", "11").await;
    let inbox = shown(&app.browser(&app.world.rivera).await.open("/inbox").await.body);
    assert!(inbox.contains("Ferritin 11 mmol/L, no range given"), "{inbox}");
    assert!(inbox.contains("1 result was not compared with a range."), "{inbox}");
    assert!(!inbox.contains("out of range"), "nobody knows that: {inbox}");
}
