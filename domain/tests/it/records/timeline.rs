//! A patient's own record in the order of time.

use domain::{
    access::Actor,
    records,
    testing::{Engine, TestWorld},
    types::{
        ProblemCode,
        records::{Content, Cursor, RecordType, Report, TimelineGroup, TimelineQuery, Vitals},
    },
};
use jiff::civil::date;
use rstest::rstest;

use super::looks;

/// What an address asks for.
fn asked(show: Option<&str>, older: Option<&str>, newer: Option<&str>) -> TimelineQuery {
    TimelineQuery::parse(show, older, newer).unwrap()
}

async fn titles(
    world: &TestWorld,
    actor: &Actor,
    query: TimelineQuery,
) -> (Vec<String>, Option<String>, Option<String>) {
    let timeline = records::timeline(&world.services, actor, query).await.unwrap().into_inner();
    let titles = timeline.entries.iter().map(|entry| entry.record.title()).collect();
    let place = |cursor: Option<Cursor>| cursor.map(|cursor| cursor.to_string());
    (titles, place(timeline.newer), place(timeline.older))
}

fn note(title: &str) -> Content {
    Content::Report(Report { assessment: title.into(), ..Report::default() })
}

#[rstest]
#[tokio::test]
async fn walking_to_the_end_and_back_shows_every_entry_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    // Several on one day, written in another order than that of their days.
    for number in 0..45_i8 {
        let day = date(2026, 1 + number % 9, 1 + number / 18);
        world
            .write_entry(&world.maya, &world.rivera, RecordType::Consultation, day, note(&format!("{number}")), &[])
            .await;
    }
    world.write_record(&world.jonas, &world.rivera, "not hers").await;
    let maya = world.actor(&world.maya).await;
    let (first, newer, mut older) = titles(&world, &maya, TimelineQuery::default()).await;
    assert_eq!((first.len(), newer), (20, None));
    let mut all = first.clone();
    let mut last_newer = None;
    while let Some(place) = older.clone() {
        let (titles, newer, next) = titles(&world, &maya, asked(None, Some(&place), None)).await;
        assert!(newer.is_some() && !titles.is_empty());
        all.extend(titles);
        (older, last_newer) = (next, newer);
    }
    let mut once = all.clone();
    once.sort();
    once.dedup();
    assert_eq!((all.len(), once.len()), (45, 45));
    // And back.
    let (mut back, mut newer) = (Vec::new(), last_newer);
    while let Some(place) = newer {
        let (mut titles, next, older) = titles(&world, &maya, asked(None, None, Some(&place))).await;
        assert!(older.is_some());
        titles.extend(back);
        (back, newer) = (titles, next);
    }
    assert_eq!(back, all[..40], "all but the last stretch");
}

#[rstest]
#[tokio::test]
async fn a_group_shows_its_kinds_and_lists_of_what_holds_are_no_events(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let (maya, rivera) = (&world.maya, &world.rivera);
    let day = date(2026, 11, 20);
    world.write_entry(maya, rivera, RecordType::Surgery, day, note("Knee"), &[]).await;
    let vitals = Content::Vitals(Vitals { heart_rate: Some(72), ..Vitals::default() });
    world.write_entry(maya, rivera, RecordType::Vitals, day, vitals, &[]).await;
    let allergy =
        serde_json::from_str(r#"{"is":"allergy","substance":"Latex","reaction":"","severity":"mild"}"#).unwrap();
    world.write_entry(maya, rivera, RecordType::Allergy, day, allergy, &[]).await;
    let actor = world.actor(maya).await;
    let shown = async |group: Option<&str>| titles(&world, &actor, asked(group, None, None)).await.0;
    assert_eq!(shown(None).await, ["Vital signs", "Knee"]);
    assert_eq!(shown(Some("visits")).await, ["Knee"]);
    assert_eq!(shown(Some("vitals")).await, ["Vital signs"]);
    assert!(shown(Some(TimelineGroup::Labs.as_str())).await.is_empty());
}

#[rstest]
#[tokio::test]
async fn ones_own_record_is_for_patients_alone_and_who_was_refused_is_noted(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    world.write_record(&world.maya, &world.rivera, "Hypertension").await;
    for (number, staff) in [&world.rivera, &world.admin].into_iter().enumerate() {
        let actor = world.actor(staff).await;
        let refused = records::timeline(&world.services, &actor, TimelineQuery::default()).await.unwrap_err();
        assert_eq!(refused.to_problem().code, ProblemCode::Forbidden);
        let events = looks(&world).await;
        assert_eq!(events.len(), number + 1);
        assert_eq!(events[number], ("records.timeline".into(), "denied".into(), "[]".into()));
    }
    let nobody = records::timeline(&world.services, &Actor::anonymous(), TimelineQuery::default()).await.unwrap_err();
    assert_eq!(nobody.to_problem().code, ProblemCode::Unauthenticated);
    assert_eq!(looks(&world).await.len(), 2, "who is nobody leaves no event");
}
