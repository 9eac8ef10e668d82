use domain::{
    Error, appointments,
    testing::{Engine, TestWorld},
    types::appointments::{DayEntry, StepVisit, VisitAction},
};
use jiff::civil::{date, datetime};
use rstest::rstest;

#[rstest]
#[tokio::test]
async fn a_doctors_day_shows_visits_and_free_time_in_order(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    world.book(&world.maya, &world.rivera, datetime(2026, 11, 24, 10, 0, 0, 0)).await.unwrap();
    let rivera = world.actor(&world.rivera).await;
    let day = appointments::day(&world.services, &rivera, Some(date(2026, 11, 24))).await.unwrap();
    let lines: Vec<_> = day
        .entries
        .iter()
        .map(|entry| match entry {
            DayEntry::Visit { visit, .. } => format!("{} {}", visit.starts.time, visit.patient.name),
            DayEntry::Free { from, to, slots } => format!("{from}–{to} free ({slots})"),
            DayEntry::Blocked { from, to, why } => format!("{from}–{to} {why}"),
        })
        .collect();
    assert_eq!(lines, ["09:00–10:00 free (2)", "10:00 Maya Okafor", "10:30–12:00 free (3)", "13:00–17:00 free (8)"]);
    assert_eq!((day.booked, day.free, day.label.as_str()), (1, 13, "Tuesday 24 November"));
    assert_eq!(day.hours, "09:00–12:00, 13:00–17:00");
}

#[rstest]
#[tokio::test]
async fn the_day_says_how_long_somebody_has_been_waiting(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let visit = world.book(&world.maya, &world.rivera, datetime(2026, 11, 24, 10, 0, 0, 0)).await.unwrap();
    world.at("2026-11-24T09:50:00Z");
    let rivera = world.actor(&world.rivera).await;
    let check_in = StepVisit { appointment: visit.id, action: VisitAction::CheckIn };
    appointments::step(&world.services, &rivera, check_in).await.unwrap();
    world.at("2026-11-24T10:12:00Z");
    let rivera = world.actor(&world.rivera).await;
    let day = appointments::day(&world.services, &rivera, None).await.unwrap();
    let waiting = day.entries.iter().find_map(|entry| match entry {
        DayEntry::Visit { waiting_minutes, .. } => *waiting_minutes,
        _ => None,
    });
    assert_eq!((waiting, day.waiting, day.now.as_deref()), (Some(22), 1, Some("10:12")));
}

#[rstest]
#[tokio::test]
async fn a_day_off_says_so_and_the_day_is_for_doctors_alone(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let rivera = world.actor(&world.rivera).await;
    let sunday = appointments::day(&world.services, &rivera, Some(date(2026, 11, 29))).await.unwrap();
    assert!(sunday.entries.is_empty());
    assert_eq!(sunday.hours, "No working hours on this day");
    for person in [&world.maya, &world.admin] {
        let actor = world.actor(person).await;
        assert!(matches!(appointments::day(&world.services, &actor, None).await, Err(Error::Forbidden)));
    }
}
