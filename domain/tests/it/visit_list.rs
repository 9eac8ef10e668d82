//! The page of visits: two halves for patients, a list that can be narrowed for staff.

use domain::{
    Error,
    access::Actor,
    admin::overview,
    appointments::{self, visit_list},
    testing::{Engine, TestPerson, TestWorld},
    types::appointments::{VisitList, VisitQuery},
};
use jiff::civil::datetime;
use rstest::rstest;

/// Maya and Jonas with Dr. Rivera, Maya with Dr. Brandt, and one of Jonas that is cancelled.
async fn clinic(engine: Engine) -> TestWorld {
    let world = TestWorld::new(engine).await;
    world.book(&world.maya, &world.rivera, datetime(2026, 11, 24, 9, 0, 0, 0)).await.unwrap();
    world.book(&world.jonas, &world.rivera, datetime(2026, 11, 26, 10, 0, 0, 0)).await.unwrap();
    world.book(&world.maya, &world.brandt, datetime(2026, 12, 1, 11, 0, 0, 0)).await.unwrap();
    let off = world.book(&world.jonas, &world.brandt, datetime(2026, 11, 25, 13, 0, 0, 0)).await.unwrap();
    let jonas = world.actor(&world.jonas).await;
    appointments::cancel(&world.services, &jonas, off.id).await.unwrap();
    world
}

fn query(pairs: &[(&str, &str)]) -> VisitQuery {
    let value = |name: &str| pairs.iter().find(|pair| pair.0 == name).map(|pair| pair.1.to_owned());
    VisitQuery {
        tab: value("tab"),
        status: value("status"),
        doctor: value("doctor"),
        from: value("from"),
        to: value("to"),
        search: value("search"),
        page: value("page"),
    }
}

async fn ask(world: &TestWorld, who: &TestPerson, pairs: &[(&str, &str)]) -> VisitList {
    let actor = world.actor(who).await;
    visit_list(&world.services, &actor, query(pairs)).await.unwrap().into_inner()
}

/// Day and patient of each visit, in their order.
fn lines(list: &VisitList) -> Vec<String> {
    list.visits.results.iter().map(|visit| format!("{} {}", visit.starts.day, visit.patient.name)).collect()
}

#[rstest]
#[tokio::test]
async fn administrators_narrow_by_status_doctor_and_day(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = clinic(engine).await;
    let admin = &world.admin;
    let brandt = world.brandt.doctor.unwrap().to_string();
    let all = ask(&world, admin, &[]).await;
    let expected = [
        "Tue 24 November Maya Okafor",
        "Wed 25 November Jonas Lindqvist",
        "Thu 26 November Jonas Lindqvist",
        "Tue 1 December Maya Okafor",
    ];
    assert_eq!(lines(&all), expected, "from today on, the soonest first");
    assert!(all.visits.results.iter().all(|visit| visit.reason.is_none()), "no clinical words for administrators");
    let held = ask(&world, admin, &[("status", "held")]).await;
    assert_eq!(lines(&held), [expected[0], expected[2], expected[3]]);
    assert_eq!(lines(&ask(&world, admin, &[("status", "cancelled")]).await), [expected[1]]);
    assert_eq!(lines(&ask(&world, admin, &[("doctor", &brandt)]).await), [expected[1], expected[3]]);
    let week = [("from", "2026-11-25"), ("to", "2026-11-26")];
    assert_eq!(lines(&ask(&world, admin, &week).await), [expected[1], expected[2]]);
    let all_at_once = [("from", "2026-11-25"), ("to", "2026-11-26"), ("doctor", &brandt), ("status", "scheduled")];
    assert!(lines(&ask(&world, admin, &all_at_once).await).is_empty());
    let until = ask(&world, admin, &[("to", "2026-11-25")]).await;
    assert_eq!(lines(&until), [expected[1], expected[0]], "without a first day the latest comes first");
}

#[rstest]
#[tokio::test]
async fn the_form_comes_with_its_choices_and_says_what_is_shown(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = clinic(engine).await;
    let form = ask(&world, &world.admin, &[("status", "no_show")]).await.narrowing.unwrap();
    let names: Vec<_> = form.doctors.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(names, ["Dr. Tomas Brandt", "Dr. Elena Rivera"]);
    assert_eq!((form.from.as_str(), form.to.as_str(), form.status.as_str()), ("2026-11-23", "", "no_show"));
    assert_eq!(form.summary, "No appointments from Mon 23 November onwards");
    let current: Vec<_> = form.ranges.iter().filter(|range| range.is_current).map(|range| &*range.label).collect();
    assert_eq!(current, ["From today"]);
    let week = ask(&world, &world.admin, &[("from", "2026-11-23"), ("to", "2026-11-29")]).await.narrowing.unwrap();
    assert_eq!(week.summary, "3 appointments from Mon 23 November to Sun 29 November");
    assert!(week.ranges.iter().any(|range| range.is_current && range.label == "Next seven days"));
    let day = ask(&world, &world.admin, &[("from", "2026-11-24"), ("to", "2026-11-24")]).await.narrowing.unwrap();
    assert_eq!(day.summary, "1 appointment on Tue 24 November");
}

#[rstest]
#[tokio::test]
async fn doctors_narrow_their_own_visits_and_patients_have_two_halves(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = clinic(engine).await;
    let brandt = world.brandt.doctor.unwrap().to_string();
    let rivera = ask(&world, &world.rivera, &[]).await;
    assert_eq!(lines(&rivera), ["Tue 24 November Maya Okafor", "Thu 26 November Jonas Lindqvist"]);
    assert!(rivera.narrowing.unwrap().doctors.is_empty());
    assert!(lines(&ask(&world, &world.rivera, &[("doctor", &brandt)]).await).is_empty(), "another's stay unseen");
    let jonas = ask(&world, &world.jonas, &[("status", "cancelled")]).await;
    assert_eq!(lines(&jonas), ["Thu 26 November Jonas Lindqvist"], "what is narrowed by is not for patients");
    assert!(jonas.narrowing.is_none());
    assert_eq!(lines(&ask(&world, &world.jonas, &[("tab", "past")]).await), ["Wed 25 November Jonas Lindqvist"]);
}

#[rstest]
#[tokio::test]
async fn staff_find_visits_by_name_and_by_reference(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = clinic(engine).await;
    let found = async |who: &TestPerson, search: &str| lines(&ask(&world, who, &[("search", search)]).await);
    let maya = ["Tue 1 December Maya Okafor", "Tue 24 November Maya Okafor"];
    for search in ["maya", "OKAFOR", "  may oka ", "Okafor, Maya"] {
        assert_eq!(found(&world.admin, search).await, maya, "{search}: the latest first");
    }
    let all = ask(&world, &world.admin, &[]).await.visits.results;
    let visit = &all[1];
    let (whole, patient) = (visit.reference.to_lowercase(), visit.patient.reference.clone());
    let of_jonas = ["Thu 26 November Jonas Lindqvist", "Wed 25 November Jonas Lindqvist"];
    for search in [&whole, &whole[4..], &whole[..10]] {
        assert_eq!(found(&world.admin, search).await, [of_jonas[1]], "{search}");
    }
    for search in [&patient, &patient.to_lowercase(), &patient[3..]] {
        assert_eq!(found(&world.admin, search).await, of_jonas, "{search}");
    }
    for nobody in ["Maya Jonas", "APT-00000000", "100%", "%", "_", "a\0b"] {
        assert!(found(&world.admin, nobody).await.is_empty(), "{nobody}");
    }
    assert_eq!(found(&world.rivera, "maya").await, [maya[1]], "doctors among their own visits");
    assert!(found(&world.rivera, &whole).await.is_empty());
    assert_eq!(found(&world.jonas, "maya").await, [of_jonas[0]], "what is searched is not for patients");
}

#[rstest]
#[tokio::test]
async fn a_search_says_what_it_looked_for_and_through_which_days(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = clinic(engine).await;
    world.at("2026-11-26T08:00:00Z");
    let form = async |pairs: &[(&str, &str)]| ask(&world, &world.admin, pairs).await.narrowing.unwrap();
    let anywhere = form(&[("search", "maya")]).await;
    assert_eq!((anywhere.summary.as_str(), anywhere.search.as_str()), ("2 appointments for “maya”", "maya"));
    let current = anywhere.ranges.iter().find(|range| range.is_current).map(|range| range.label.as_str());
    assert_eq!((current, anywhere.from.as_str()), (Some("All days"), ""));
    let ahead = form(&[("search", "maya"), ("from", "2026-11-26")]).await;
    assert_eq!(ahead.summary, "1 appointment for “maya” from Thu 26 November onwards");
    let past = &ask(&world, &world.admin, &[("from", "2026-11-24")]).await.visits.results[0];
    let one = form(&[("search", &past.reference), ("from", "2026-11-26"), ("status", "")]).await;
    assert_eq!(one.summary, format!("1 appointment for “{}”", past.reference), "wherever in the calendar it is");
    assert_eq!(
        form(&[("search", " ")]).await.summary,
        "2 appointments from Thu 26 November onwards",
        "a blank search is none"
    );
}

#[rstest]
#[tokio::test]
async fn what_cannot_be_read_is_told_and_nothing_is_listed(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = clinic(engine).await;
    let list = ask(&world, &world.admin, &[("from", "soon"), ("status", "gone"), ("doctor", "7")]).await;
    let form = list.narrowing.unwrap();
    let problem = form.problem.unwrap();
    assert!(problem.for_field("from").is_some() && problem.for_field("status").is_some());
    assert_eq!((form.from.as_str(), form.doctor.as_str()), ("soon", "7"), "what was typed is kept");
    assert_eq!((list.visits.count, list.visits.results.len()), (0, 0));
    let admin = world.actor(&world.admin).await;
    let no_page = visit_list(&world.services, &admin, query(&[("page", "0")])).await;
    assert!(matches!(no_page, Err(Error::NotFound)));
    let nobody = visit_list(&world.services, &Actor::anonymous(), VisitQuery::default()).await;
    assert!(matches!(nobody, Err(Error::Unauthenticated)));
}

#[rstest]
#[tokio::test]
async fn the_numbers_of_the_overview_are_those_of_the_lists_they_lead_to(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = clinic(engine).await;
    world.book(&world.maya, &world.rivera, datetime(2026, 11, 23, 15, 0, 0, 0)).await.unwrap();
    // The seventh day is a Sunday and the day after it begins another week: one visit lies just beyond.
    world.book(&world.jonas, &world.rivera, datetime(2026, 11, 30, 9, 0, 0, 0)).await.unwrap();
    let admin = world.actor(&world.admin).await;
    let counts = overview(&world.services, &admin).await.unwrap();
    assert_eq!((counts.today.as_str(), counts.seventh_day.as_str()), ("2026-11-23", "2026-11-29"));
    for (number, last_day) in
        [(counts.visits_today, &counts.today), (counts.visits_next_seven_days, &counts.seventh_day)]
    {
        let pairs = [("status", VisitQuery::HELD), ("from", counts.today.as_str()), ("to", last_day.as_str())];
        assert_eq!(ask(&world, &world.admin, &pairs).await.visits.count, number, "until {last_day}");
    }
    assert_eq!((counts.visits_today, counts.visits_next_seven_days), (1, 3));
}
