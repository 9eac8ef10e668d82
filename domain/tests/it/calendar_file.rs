//! The file that puts a visit into somebody's calendar.

use domain::{
    Error, appointments,
    appointments::calendar_file,
    mail::deliver_due,
    testing::{Engine, TestPerson, TestWorld},
    types::appointments::{MoveAppointment, StepVisit, VisitAction},
};
use jiff::civil::{date, datetime, time};
use rstest::rstest;

/// The file's lines as a calendar reads them.
async fn lines(world: &TestWorld, who: &TestPerson, reference: &str) -> Vec<String> {
    let actor = world.actor(who).await;
    let file = calendar_file(&world.services, &actor, reference).await.unwrap().into_inner();
    file.text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
}

fn value<'a>(lines: &'a [String], name: &str) -> &'a str {
    let found: Vec<_> = lines.iter().filter_map(|line| line.strip_prefix(name)?.strip_prefix(':')).collect();
    assert_eq!(found.len(), 1, "{name} in {lines:#?}");
    found[0]
}

#[rstest]
#[tokio::test]
async fn a_calendar_file_says_what_to_bring_and_how_to_change_the_visit_and_never_why_somebody_comes(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let visit = world.book(&world.maya, &world.rivera, datetime(2026, 11, 25, 9, 30, 0, 0)).await.unwrap();
    let file = lines(&world, &world.maya, &visit.reference).await;
    let words = value(&file, "DESCRIPTION");
    for fact in
        ["Consultation with Dr. Elena Rivera", "Please bring: a photo ID", &visit.reference, "24 hours", "please call"]
    {
        assert!(words.contains(fact), "{fact} is missing in {words}");
    }
    assert!(words.contains(&format!("View\\, move or cancel it: {}", value(&file, "URL"))), "{words}");
    assert!(value(&file, "URL").ends_with(&format!("/appointments/{}", visit.reference)));
    assert_eq!(value(&file, "LOCATION"), r"Cardiology department\, Liffey Bridge Clinic\, 12 Bridge Row\, Dublin 8");
    assert!(!file.concat().contains("Palpitations"), "a calendar ends up in other people's clouds");
    assert!(!file.iter().any(|line| line.starts_with("ORGANIZER") || line.starts_with("ATTENDEE")));
    let jonas = world.actor(&world.jonas).await;
    assert!(matches!(calendar_file(&world.services, &jonas, &visit.reference).await, Err(Error::NotFound)));
}

#[rstest]
#[tokio::test]
async fn a_newer_file_replaces_an_older_one_after_each_change_of_time_and_after_cancelling(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let visit = world.book(&world.maya, &world.rivera, datetime(2026, 11, 25, 9, 30, 0, 0)).await.unwrap();
    let maya = world.actor(&world.maya).await;
    let first = lines(&world, &world.maya, &visit.reference).await;
    assert_eq!((value(&first, "SEQUENCE"), value(&first, "STATUS")), ("0", "CONFIRMED"));
    let rivera = world.actor(&world.rivera).await;
    let confirm = StepVisit { appointment: visit.id, action: VisitAction::Confirm, seen: None };
    appointments::step(&world.services, &rivera, confirm).await.unwrap();
    assert_eq!(value(&lines(&world, &world.maya, &visit.reference).await, "SEQUENCE"), "0", "nothing to replace");
    let to = MoveAppointment { appointment: visit.id, date: date(2026, 11, 26), time: time(10, 0, 0, 0) };
    appointments::reschedule(&world.services, &maya, to).await.unwrap();
    let moved = lines(&world, &world.maya, &visit.reference).await;
    assert_eq!((value(&moved, "SEQUENCE"), value(&moved, "DTSTART")), ("1", "20261126T100000Z"));
    appointments::cancel(&world.services, &maya, visit.id).await.unwrap();
    let off = lines(&world, &world.maya, &visit.reference).await;
    assert_eq!((value(&off, "SEQUENCE"), value(&off, "STATUS")), ("2", "CANCELLED"));
    assert!(value(&off, "DESCRIPTION").starts_with("This appointment is cancelled."));
    for file in [&moved, &off] {
        assert_eq!(value(file, "UID"), value(&first, "UID"));
    }
}

#[rstest]
#[tokio::test]
async fn the_attachment_and_the_download_are_one_file_under_one_name(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let visit = world.book(&world.maya, &world.rivera, datetime(2026, 11, 25, 9, 30, 0, 0)).await.unwrap();
    let maya = world.actor(&world.maya).await;
    let download = calendar_file(&world.services, &maya, &visit.reference.to_lowercase()).await.unwrap().into_inner();
    assert_eq!(download.name, format!("{}.ics", visit.reference));
    deliver_due(&world.services).await.unwrap();
    assert_eq!(world.mailer.sent()[0].calendar.as_ref(), Some(&download));
}
