use domain::{
    Error, appointments, records,
    testing::{Engine, TestWorld},
    types::appointments::{DayEntry, DayView, StepVisit, VisitAction},
};
use jiff::civil::{date, datetime};
use rstest::rstest;

#[rstest]
#[tokio::test]
async fn a_doctors_day_shows_visits_and_free_time_in_order(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    world.book(&world.maya, &world.rivera, datetime(2026, 11, 24, 10, 0, 0, 0)).await.unwrap();
    let rivera = world.actor(&world.rivera).await;
    let day = records::day(&world.services, &rivera, Some(date(2026, 11, 24))).await.unwrap().into_inner();
    let lines: Vec<_> = day
        .entries
        .iter()
        .map(|entry| match entry {
            DayEntry::Visit { visit, .. } => format!("{} {}", visit.starts.time, visit.patient.name),
            DayEntry::Free { from, to, slots } => format!("{from}–{to} free ({slots})"),
            DayEntry::Blocked { from, to, why } => format!("{from}–{to} {why}"),
            DayEntry::Now { time } => format!("now {time}"),
        })
        .collect();
    assert_eq!(lines, ["09:00–10:00 free (2)", "10:00 Maya Okafor", "10:30–12:00 free (3)", "13:00–17:00 free (8)"]);
    assert_eq!((day.visits, day.free, day.label.as_str()), (1, 13, "Tuesday 24 November"));
    assert_eq!(day.hours, "09:00–12:00, 13:00–17:00 (Dublin time)");
}

#[rstest]
#[tokio::test]
async fn the_day_says_how_long_somebody_has_been_waiting(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let visit = world.book(&world.maya, &world.rivera, datetime(2026, 11, 24, 10, 0, 0, 0)).await.unwrap();
    world.at("2026-11-24T09:50:00Z");
    let rivera = world.actor(&world.rivera).await;
    let check_in = StepVisit { appointment: visit.id, action: VisitAction::CheckIn, seen: Some(visit.status) };
    appointments::step(&world.services, &rivera, check_in).await.unwrap();
    for (at, words) in [("2026-11-24T09:50:59Z", "Just checked in"), ("2026-11-24T10:12:00Z", "Waiting 22 minutes")] {
        world.at(at);
        let rivera = world.actor(&world.rivera).await;
        let day = records::day(&world.services, &rivera, None).await.unwrap().into_inner();
        let waiting = day.entries.iter().find_map(|entry| match entry {
            DayEntry::Visit { waiting, .. } => waiting.as_deref(),
            _ => None,
        });
        assert_eq!((waiting, day.checked_in), (Some(words), 1), "{at}");
    }
}

#[rstest]
#[tokio::test]
async fn today_has_a_line_for_now_between_what_began_and_what_is_to_come(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    for hour in [10, 11] {
        world.book(&world.maya, &world.rivera, datetime(2026, 11, 24, hour, 0, 0, 0)).await.unwrap();
    }
    let lines = |day: &DayView| -> Vec<String> {
        let line = |entry: &DayEntry| match entry {
            DayEntry::Visit { visit, .. } => Some(visit.starts.time.clone()),
            DayEntry::Now { time } => Some(format!("now {time}")),
            _ => None,
        };
        day.entries.iter().filter_map(line).collect()
    };
    let expected = [
        ("2026-11-24T07:15:00Z", ["now 07:15", "10:00", "11:00"]),
        ("2026-11-24T10:00:00Z", ["now 10:00", "10:00", "11:00"]),
        ("2026-11-24T10:12:30Z", ["10:00", "now 10:12", "11:00"]),
        ("2026-11-24T21:00:00Z", ["10:00", "11:00", "now 21:00"]),
    ];
    for (at, wanted) in expected {
        world.at(at);
        let rivera = world.actor(&world.rivera).await;
        let today = records::day(&world.services, &rivera, None).await.unwrap().into_inner();
        assert_eq!(lines(&today), wanted, "{at}");
        let tomorrow = records::day(&world.services, &rivera, Some(date(2026, 11, 25))).await.unwrap().into_inner();
        assert!(lines(&tomorrow).is_empty(), "it is now on no other day");
    }
}

#[rstest]
#[tokio::test]
async fn what_became_of_a_visit_is_told_from_how_it_stands_and_only_on_its_day(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let visit = world.book(&world.maya, &world.rivera, datetime(2026, 11, 24, 10, 0, 0, 0)).await.unwrap();
    let rivera = world.actor(&world.rivera).await;
    let on = |day| records::day(&world.services, &rivera, Some(day));
    let untouched = on(date(2026, 11, 24)).await.unwrap().into_inner();
    assert_eq!(untouched.news_of(&visit.reference), None, "nothing was done with it yet");
    let confirm = StepVisit { appointment: visit.id, action: VisitAction::Confirm, seen: Some(visit.status) };
    appointments::step(&world.services, &rivera, confirm).await.unwrap();
    let day = on(date(2026, 11, 24)).await.unwrap().into_inner();
    assert_eq!(day.news_of(&visit.reference).as_deref(), Some("Confirmed: Maya Okafor, 10:00."));
    assert_eq!(day.news_of("APT-00000000"), None);
    assert_eq!(on(date(2026, 11, 25)).await.unwrap().into_inner().news_of(&visit.reference), None);
}

#[rstest]
#[tokio::test]
async fn a_day_off_says_so_and_the_day_is_for_doctors_alone(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let rivera = world.actor(&world.rivera).await;
    let sunday = records::day(&world.services, &rivera, Some(date(2026, 11, 29))).await.unwrap().into_inner();
    assert!(sunday.entries.is_empty());
    assert_eq!(sunday.hours, "No working hours on this day");
    for person in [&world.maya, &world.admin] {
        let actor = world.actor(person).await;
        assert!(matches!(records::day(&world.services, &actor, None).await, Err(Error::OtherRole { .. })));
    }
}
