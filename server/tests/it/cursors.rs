//! Long lists over REST, gone through from row to row.

use domain_types::records::{Content, RecordType};
use jiff::civil::date;
use rstest::rstest;
use serde_json::Value;

use crate::support::{Caller, Engine, TestApp};

/// The ids of all pages from an address on; the first page is followed by what `meanwhile` does.
async fn walked(caller: &Caller<'_>, first: String, meanwhile: impl AsyncFnOnce()) -> Vec<i64> {
    let (mut ids, mut next, mut meanwhile) = (Vec::new(), Some(first), Some(meanwhile));
    while let Some(path) = next {
        let page = caller.get(path.trim_start_matches("http://127.0.0.1:3000")).await;
        assert_eq!(page.status, 200, "{page:?}");
        let page = page.json();
        assert_eq!((&page["count"], &page["previous"]), (&Value::Null, &Value::Null));
        ids.extend(page["results"].as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()));
        next = page["next"].as_str().map(str::to_owned);
        assert_eq!(next.is_some(), page["next_cursor"].is_string());
        if let Some(meanwhile) = meanwhile.take() {
            meanwhile().await;
        }
    }
    ids
}

async fn listed(caller: &Caller<'_>, path: &str) -> Vec<i64> {
    let page = caller.get(&format!("{path}?page_size=100")).await.json();
    page["results"].as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()).collect()
}

#[rstest]
#[tokio::test]
async fn appointments_are_gone_through_once_each_while_others_are_booked(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    const LIST: &str = "/api/appointments/appointments/";
    let app = TestApp::new(engine).await;
    let world = &app.world;
    for (place, day) in [24, 25, 26, 27, 30].into_iter().enumerate() {
        // Two that were made in the same second, then some later.
        if place % 2 == 0 {
            world.wait(jiff::SignedDuration::from_secs(5));
        }
        world.book(&world.maya, &world.rivera, date(2026, 11, day).at(9, 0, 0, 0)).await.unwrap();
    }
    for person in [&world.maya, &world.rivera, &world.admin] {
        let caller = app.program(person).await;
        let all = listed(&caller, LIST).await;
        let walk = walked(&caller, format!("{LIST}?page_size=2&cursor="), async || {}).await;
        assert_eq!(walk, all, "{}", person.username);
        let from_second = caller.get(&format!("{LIST}?page_size=2")).await.json()["next_cursor"].clone();
        let rest = format!("{LIST}?page_size=2&cursor={}", from_second.as_str().unwrap());
        assert_eq!(walked(&caller, rest, async || {}).await, all[2..], "from a numbered page on");
    }
    let maya = app.program(&world.maya).await;
    let before = listed(&maya, LIST).await;
    let meanwhile = async || {
        world.wait(jiff::SignedDuration::from_secs(5));
        world.book(&world.maya, &world.rivera, date(2026, 12, 1).at(9, 0, 0, 0)).await.unwrap();
    };
    let walk = walked(&maya, format!("{LIST}?page_size=2&status=scheduled&cursor="), meanwhile).await;
    assert_eq!(walk, before, "nothing is told twice and nothing is left out");
    for wrong in ["x", "1.2", "1.2.3.4", "99999999999999.1.0"] {
        assert_eq!(maya.get(&format!("{LIST}?cursor={wrong}")).await.problem(), "422 VALIDATION_ERROR", "{wrong}");
    }
}

#[rstest]
#[tokio::test]
async fn the_lists_of_the_record_are_gone_through_once_each(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let world = &app.world;
    let value = |test: &str| domain_types::records::LabValue {
        test: test.into(),
        code: String::new(),
        value: "4.1".into(),
        unit: "mmol/L".into(),
        low: None,
        high: None,
        flag: domain_types::records::Flag::Unknown,
        mark: None,
        note: String::new(),
    };
    for day in [18, 20, 20, 19] {
        world.write_record(&world.maya, &world.rivera, "Benign palpitations").await;
        let values = [value("Potassium"), value("Sodium"), value("Urea")];
        let report = Content::Report(domain_types::records::Report::default());
        world
            .write_entry(&world.maya, &world.rivera, RecordType::LabReport, date(2026, 11, day), report, &values)
            .await;
    }
    let maya = app.program(&world.maya).await;
    for path in ["/api/medical-records/records/", "/api/labs/results/"] {
        let all = listed(&maya, path).await;
        assert!(all.len() > 7, "{path}");
        for size in [1, 2, 5] {
            assert_eq!(walked(&maya, format!("{path}?page_size={size}&cursor="), async || {}).await, all, "{path}");
        }
        assert_eq!(maya.get(&format!("{path}?cursor=20261340.1.0")).await.problem(), "422 VALIDATION_ERROR");
    }
    for path in ["/api/medical-records/vitals/", "/api/medical-records/prescriptions/"] {
        assert!(walked(&maya, format!("{path}?cursor="), async || {}).await.is_empty());
    }
}
