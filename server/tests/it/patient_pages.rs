//! The list of patients page by page, by plain links.

use jiff::{ToSpan, civil::date};

use crate::{
    html,
    support::{Caller, TestApp},
};

/// A clinic in which Dr. Rivera sees this many patients with one surname.
async fn clinic(count: i32) -> TestApp {
    let app = TestApp::open().await;
    for number in 0..count {
        let patient = app.world.new_patient_called(&format!("p{number}"), &format!("Alex{number:02}"), "Byrne").await;
        let day = date(2026, 11, 24) + (number / 8).days();
        let (hour, minute) = (13 + number % 8 / 2, number % 2 * 30);
        let at = day.at(i8::try_from(hour).unwrap(), i8::try_from(minute).unwrap(), 0, 0);
        app.world.book(&patient, &app.world.rivera, at).await.unwrap();
    }
    app
}

async fn open(caller: &Caller<'_>, address: &str) -> String {
    let page = caller.open(address).await;
    assert_eq!(page.status, 200, "{address}");
    page.body
}

/// Where the link to the next or the previous page leads.
fn link(page: &str, rel: &str) -> Option<String> {
    html::elements(page).iter().find(|element| element.get("rel") == Some(rel))?.get("href").map(str::to_owned)
}

fn names(page: &str) -> Vec<String> {
    let all = html::elements(page);
    let links = all.iter().filter(|element| element.get("href").is_some_and(|to| to.starts_with("/patients/PT-")));
    links.map(|element| element.text.trim().to_owned()).filter(|name| name.starts_with("Alex")).collect()
}

#[tokio::test]
async fn links_lead_through_all_patients_and_back_and_keep_the_search() {
    let app = clinic(30).await;
    let rivera = app.browser(&app.world.rivera).await;
    for start in ["/patients", "/patients?search=byrne"] {
        let first = open(&rivera, start).await;
        assert_eq!((names(&first).len(), link(&first, "prev")), (25, None), "{start}");
        let next = link(&first, "next").expect("another page");
        assert_eq!(next.contains("search=byrne"), start.contains("search=byrne"), "{next}");
        assert!(!next.contains("Alex") && !next.contains("PT-"), "the address names nobody: {next}");
        let second = open(&rivera, &next).await;
        assert_eq!((names(&second).len(), link(&second, "next")), (5, None));
        assert!(!second.contains("Recent patients"), "they stand on the first page alone");
        let all: Vec<String> = names(&first).into_iter().chain(names(&second)).collect();
        let expected: Vec<String> = (0..30).map(|number| format!("Alex{number:02} Byrne")).collect();
        assert_eq!(all, expected);
        let back = link(&second, "prev").expect("the page before");
        assert_eq!(names(&open(&rivera, &back).await), names(&first));
        // The browser's own way back opens the same address once more.
        assert_eq!(names(&open(&rivera, &next).await), names(&second));
    }
    assert_eq!(rivera.open("/patients?after=nowhere").await.status, 404);
}

#[tokio::test]
async fn a_list_of_one_page_has_no_links() {
    let app = clinic(3).await;
    let page = open(&app.browser(&app.world.rivera).await, "/patients").await;
    assert_eq!((names(&page).len(), link(&page, "next"), link(&page, "prev")), (3, None, None));
}
