//! The list of patients is gone through page by page: nobody is on it twice, and nobody is left out.

use domain::{
    records,
    testing::{Engine, TestWorld},
    types::{
        ProblemCode,
        records::{PatientList, PatientQuery},
    },
};
use jiff::{ToSpan, civil::date};
use rstest::rstest;
use sea_orm::ConnectionTrait;

/// Some share a name, and some come after all letters.
const SURNAMES: [&str; 6] = ["Byrne", "Ó Briain", "Byrne", "de la Cruz", "Łoś", "Zhang"];

/// A clinic in which Dr. Rivera sees this many patients.
async fn clinic(engine: Engine, count: usize) -> TestWorld {
    let world = TestWorld::new(engine).await;
    for number in 0..count {
        add(&world, number, SURNAMES[number % SURNAMES.len()]).await;
    }
    world
}

/// Another patient of Dr. Rivera, at the time with this number: there are eight on an afternoon.
async fn add(world: &TestWorld, number: usize, surname: &str) {
    let patient = world.new_patient_called(&format!("p{number}"), "Alex", surname).await;
    let number = i64::try_from(number).unwrap();
    // Tuesday to Friday.
    let day = date(2026, 11, 24) + (number / 32 * 7 + number / 8 % 4).days();
    let (hour, minute) = (i8::try_from(13 + number % 8 / 2).unwrap(), if number % 2 == 0 { 0 } else { 30 });
    world.book(&patient, &world.rivera, day.at(hour, minute, 0, 0)).await.unwrap();
}

async fn page(world: &TestWorld, query: PatientQuery) -> PatientList {
    let rivera = world.actor(&world.rivera).await;
    records::search(&world.services, &rivera, query).await.unwrap().into_inner()
}

fn after(search: &str, list: &PatientList) -> PatientQuery {
    PatientQuery { search: search.into(), after: list.next.clone(), before: None }
}

fn before(search: &str, list: &PatientList) -> PatientQuery {
    PatientQuery { search: search.into(), after: None, before: list.previous.clone() }
}

fn people(list: &PatientList) -> Vec<(String, String)> {
    list.patients.iter().map(|row| (row.head.name.clone(), row.head.reference.clone())).collect()
}

/// All pages from the first on, for at most ten.
async fn all_pages(world: &TestWorld, search: &str) -> Vec<PatientList> {
    let mut pages = vec![page(world, search.into()).await];
    while let Some(last) = pages.last().filter(|last| last.next.is_some() && pages.len() < 10) {
        pages.push(page(world, after(search, last)).await);
    }
    pages
}

#[rstest]
#[tokio::test]
async fn every_patient_is_on_one_page_in_the_order_of_names(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = clinic(engine, 60).await;
    let pages = all_pages(&world, "").await;
    assert_eq!(pages.iter().map(|page| page.patients.len()).collect::<Vec<_>>(), [25, 25, 10]);
    let found: Vec<_> = pages.iter().flat_map(people).collect();
    let mut each = found.clone();
    each.sort();
    each.dedup();
    assert_eq!(each.len(), 60, "nobody is there twice");
    let surnames: Vec<&str> = found.iter().map(|(name, _)| name.strip_prefix("Alex ").unwrap()).collect();
    let expected: Vec<&str> = [("Byrne", 20), ("de la Cruz", 10), ("Łoś", 10), ("Ó Briain", 10), ("Zhang", 10)]
        .into_iter()
        .flat_map(|(name, times)| std::iter::repeat_n(name, times))
        .collect();
    assert_eq!(surnames, expected);
}

#[rstest]
#[tokio::test]
async fn the_way_back_leads_through_the_same_pages(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = clinic(engine, 60).await;
    let pages = all_pages(&world, "").await;
    assert!(pages[0].previous.is_none() && pages[2].next.is_none());
    let second = page(&world, before("", &pages[2])).await;
    assert_eq!(people(&second), people(&pages[1]));
    let first = page(&world, before("", &second)).await;
    assert_eq!(people(&first), people(&pages[0]));
    assert!(first.previous.is_none(), "nothing stands before it");
    assert_eq!(people(&page(&world, after("", &first)).await), people(&pages[1]));
}

#[rstest]
#[tokio::test]
async fn who_comes_goes_or_is_renamed_meanwhile_moves_nobody_else(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = clinic(engine, 60).await;
    let first = page(&world, "".into()).await;
    let second = people(&page(&world, after("", &first)).await);
    add(&world, 60, "Aalto").await;
    add(&world, 61, "Zwart").await;
    // The last of the page, beside whom the next one begins, has another name now.
    let (_, last) = people(&first).pop().unwrap();
    let renamed = format!(
        "UPDATE \"user\" SET sort_key = 'zz' WHERE id = (SELECT user_id FROM patient WHERE reference = '{last}')"
    );
    world.raw().execute_unprepared(&renamed).await.unwrap();
    assert_eq!(people(&page(&world, after("", &first)).await), second);
    let third = people(&page(&world, after("", &page(&world, after("", &first)).await)).await);
    assert_eq!(third.len(), 12);
    assert_eq!((third[10].0.as_str(), &third[11].1), ("Alex Zwart", &last), "{third:?}");
}

#[rstest]
#[tokio::test]
async fn the_way_back_to_where_nobody_is_left_leads_to_the_first_page(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = clinic(engine, 26).await;
    let pages = all_pages(&world, "").await;
    let (_, only) = people(&pages[1]).remove(0);
    let renamed = format!(
        "UPDATE \"user\" SET sort_key = 'zz' WHERE id NOT IN (SELECT user_id FROM patient WHERE reference = '{only}')"
    );
    world.raw().execute_unprepared(&renamed).await.unwrap();
    let back = page(&world, before("", &pages[1])).await;
    assert_eq!(people(&back), people(&page(&world, "".into()).await));
    assert_eq!((back.patients.len(), &people(&back)[0].1), (25, &only));
    assert!(back.previous.is_none() && back.next.is_some());
}

#[rstest]
#[tokio::test]
async fn a_search_is_gone_through_in_the_same_way(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = clinic(engine, 90).await;
    let pages = all_pages(&world, "byrne").await;
    assert_eq!(pages.iter().map(|page| page.patients.len()).collect::<Vec<_>>(), [25, 5]);
    assert!(pages.iter().flat_map(people).all(|(name, _)| name == "Alex Byrne"));
    let back = page(&world, before("byrne", &pages[1])).await;
    assert_eq!(people(&back), people(&pages[0]));
}

#[rstest]
#[tokio::test]
async fn a_place_tells_no_name_and_nothing_else_is_one(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = clinic(engine, 26).await;
    let place = page(&world, "".into()).await.next.expect("another page");
    assert!(place.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)), "{place}");
    let plain = data_encoding::BASE64URL_NOPAD.decode(place.as_bytes()).unwrap();
    assert!(!String::from_utf8_lossy(&plain).to_lowercase().contains("zhang"));
    let mut changed = place.clone();
    changed.replace_range(..1, if place.starts_with('A') { "B" } else { "A" });
    for made_up in ["1", "zhang", &changed, &place[..place.len() - 4]] {
        let rivera = world.actor(&world.rivera).await;
        let query = PatientQuery { after: Some(made_up.to_owned()), ..PatientQuery::default() };
        let refused = records::search(&world.services, &rivera, query).await.expect_err("a refusal");
        assert_eq!(refused.to_problem().code, ProblemCode::NotFound, "{made_up}");
    }
    let list = page(&world, PatientQuery { after: Some(place), ..PatientQuery::default() }).await;
    assert_eq!(list.patients.len(), 1);
}
