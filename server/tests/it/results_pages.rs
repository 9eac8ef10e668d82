//! A patient's record and tests as pages: what can be done stands on top, every test is listed with its last value, one
//! value is a bar and several are a line, and what the test is stands beside its values.

use domain::types::records::{Content, LabValue, RecordType, Report, judged};
use jiff::civil::{Date, date};
use rstest::rstest;

use crate::{
    booking_pages::shown,
    html,
    support::{Caller, Engine, TestApp},
};

/// A released report of one value with the range of potassium.
async fn report(app: &TestApp, day: Date, test: &str, value: &str) -> String {
    let (low, high) = (Some("3.5".to_owned()), Some("5.1".to_owned()));
    let value = LabValue {
        test: test.into(),
        code: String::new(),
        value: value.into(),
        unit: "mmol/L".into(),
        flag: judged(value, low.as_deref(), high.as_deref(), None),
        low,
        high,
        mark: None,
        note: String::new(),
    };
    let content = Content::Report(Report { assessment: "Electrolytes".into(), ..Report::default() });
    app.world.write_entry(&app.world.maya, &app.world.rivera, RecordType::LabReport, day, content, &[value]).await.1
}

/// Potassium of three days, the newest too high, and one value of a test that nobody explained.
async fn clinic(engine: Engine) -> (TestApp, String) {
    let app = TestApp::new(engine).await;
    app.world.book(&app.world.maya, &app.world.rivera, date(2026, 11, 25).at(9, 30, 0, 0)).await.unwrap();
    for (day, value) in [(2, "4.1"), (9, "4.4")] {
        report(&app, date(2026, 11, day), "Potassium", value).await;
    }
    report(&app, date(2026, 11, 16), "Quetzal antibodies", "4.0").await;
    let newest = report(&app, date(2026, 11, 18), "Potassium", "5.4").await;
    (app, newest)
}

async fn open(caller: &Caller<'_>, address: &str) -> String {
    let page = caller.open(address).await;
    assert_eq!(page.status, 200, "{address}");
    page.body
}

/// The lines of a page's table that have this in them.
fn line(page: &str, test: &str) -> String {
    let body = page.split("<tbody").nth(1).expect("a table").split("</tbody>").next().unwrap();
    let mut lines = body.split("<tr").filter(|line| line.contains(test));
    let line = lines.next().unwrap_or_else(|| panic!("{test} in {page}")).to_owned();
    assert_eq!(lines.next(), None, "{test} stands there once");
    line
}

#[tokio::test]
async fn what_can_be_done_with_ones_own_record_stands_on_top_of_it() {
    let (app, newest) = clinic(Engine::Sqlite).await;
    let page = open(&app.browser(&app.world.maya).await, "/records").await;
    let main = page.split("<main").nth(1).unwrap();
    let entries = main.find(&format!("/records/{newest}")).expect("the newest entry");
    let summary = main.find("Current health summary").expect("what holds at present");
    for (way, words) in [
        ("/records/documents/new", "Add a document"),
        ("/records/labs", "Lab tests"),
        ("/records/vitals/new", "Add a measurement"),
        ("/account/looks", "Who accessed my record"),
        ("/records/summary.pdf", "Full record as PDF"),
    ] {
        let at = main.find(&format!("href=\"{way}\"")).unwrap_or_else(|| panic!("{way} in {main}"));
        assert!(at < summary && at < entries, "{way} stands on top");
        assert!(main[at..summary].contains(words), "{words}");
    }
}

#[rstest]
#[tokio::test]
async fn every_test_is_listed_once_with_its_last_value_its_bar_and_the_way_to_its_trend(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (app, newest) = clinic(engine).await;
    let page = open(&app.browser(&app.world.maya).await, "/records/labs").await;
    let potassium = line(&page, ">Potassium<");
    let words = shown(&format!("<main>{potassium}</main>"));
    for part in ["5.4 mmol/L", "3 results over time", "18 November 2026"] {
        assert!(words.contains(part), "{part}: {words}");
    }
    assert!(words.to_lowercase().contains("above the range"), "{words}");
    assert!(!words.contains("4.4") && !words.contains("4.1"), "the last value alone: {words}");
    for part in ["class=\"range-bar\"", "href=\"/records/labs/potassium\"", &format!("href=\"/records/{newest}\"")] {
        assert!(potassium.contains(part), "{part}: {potassium}");
    }
    let other = line(&page, ">Quetzal antibodies<");
    assert!(
        other.contains("href=\"/records/labs/quetzal-antibodies\"") && shown(&other).contains("1 result"),
        "{other}"
    );
    assert!(page.find("Potassium<") < page.find("Quetzal"), "what is out of its range comes first");
    let jonas = open(&app.browser(&app.world.jonas).await, "/records/labs").await;
    assert!(jonas.contains("No lab results yet") && !jonas.contains("Potassium"));
}

#[tokio::test]
async fn one_value_is_a_bar_and_several_are_a_line() {
    let (app, _) = clinic(Engine::Sqlite).await;
    let (maya, rivera) = (app.browser(&app.world.maya).await, app.browser(&app.world.rivera).await);
    let chart = format!("/patients/{}/tests", app.world.reference_of(&app.world.maya).await);
    for (caller, tests) in [(&maya, "/records/labs"), (&rivera, chart.as_str())] {
        let drawn = async |test: &str| {
            let page = open(caller, &format!("{tests}/{test}")).await;
            ["range-bar", "trend-plot"].map(|class| page.contains(&format!("class=\"{class}\"")))
        };
        assert_eq!(drawn("quetzal-antibodies").await, [true, false], "{tests}");
        assert_eq!(drawn("potassium").await, [false, true], "{tests}");
    }
}

#[tokio::test]
async fn what_a_test_is_stands_with_its_source_on_the_page_of_its_values() {
    let (app, newest) = clinic(Engine::Sqlite).await;
    let maya = app.browser(&app.world.maya).await;
    let report = open(&maya, &format!("/records/{newest}")).await;
    let links = html::elements(&report).into_iter().filter_map(|element| element.get("href").map(str::to_owned));
    let trend = links.into_iter().find(|href| href.contains("/labs/")).expect("the result leads to its values");
    let page = shown(&open(&maya, &trend).await);
    let explained = "Potassium is a salt that nerves, muscles and the heart need.";
    assert!(page.contains(explained) && page.contains("MedlinePlus"), "{page}");
    assert!(page.find(explained) < page.find("5.4 mmol/L"), "before the value: {page}");
    let unknown = shown(&open(&maya, "/records/labs/quetzal-antibodies").await);
    assert!(!unknown.contains("MedlinePlus") && !unknown.contains("NHS"), "nobody explained it: {unknown}");
}

/// On a phone nobody scrolls past four cards to the number that they should call.
#[rstest]
#[tokio::test]
async fn what_to_do_about_a_critical_result_comes_before_everything_else(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    const URGENT: &str = "A critical result needs attention now";
    let (app, newest) = clinic(engine).await;
    let maya = app.browser(&app.world.maya).await;
    let pages = ["/dashboard", "/records", "/records?show=labs", "/records/labs"];
    for address in pages {
        assert!(!open(&maya, address).await.contains(URGENT), "{address}: 5.4 is not critical");
    }
    let critical = report(&app, date(2026, 11, 20), "Potassium", "6.9").await;
    for address in pages.map(str::to_owned).into_iter().chain([format!("/records/{critical}")]) {
        let page = open(&maya, &address).await;
        let urgent = page.find(URGENT).unwrap_or_else(|| panic!("{address}: {page}"));
        let value = page.find("6.9").unwrap_or_else(|| panic!("{address}: {page}"));
        assert!(urgent < value, "{address}: it comes first");
        assert!(page[urgent..value].contains("tel:"), "{address}: with the number to call");
    }
    assert!(!open(&maya, &format!("/records/{newest}")).await.contains(URGENT), "an earlier report is not urgent");
    report(&app, date(2026, 11, 22), "Potassium", "4.2").await;
    for address in pages {
        assert!(!open(&maya, address).await.contains(URGENT), "{address}: a newer one is in its range");
    }
}
