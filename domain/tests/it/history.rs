//! Who did what with a visit, in the words of whoever reads.

use domain::{
    appointments,
    testing::{Engine, TestPerson, TestWorld},
    types::appointments::{AppointmentDetail, MoveAppointment, StepVisit, VisitAction},
};
use jiff::civil::datetime;
use rstest::rstest;

async fn read(world: &TestWorld, who: &TestPerson, reference: &str) -> AppointmentDetail {
    let actor = world.actor(who).await;
    appointments::detail(&world.services, &actor, reference).await.unwrap().into_inner()
}

#[rstest]
#[tokio::test]
async fn a_history_names_person_and_role_and_says_you_for_the_readers_own_steps_alone(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let visit = world.book(&world.maya, &world.rivera, datetime(2026, 11, 23, 14, 0, 0, 0)).await.unwrap();
    let steps = [
        (&world.admin, VisitAction::Confirm),
        (&world.admin, VisitAction::CheckIn),
        (&world.rivera, VisitAction::Start),
    ];
    for (who, action) in steps {
        let actor = world.actor(who).await;
        let command = StepVisit { appointment: visit.id, action, seen: None };
        appointments::step(&world.services, &actor, command).await.unwrap();
    }
    let by = async |who| {
        let detail = read(&world, who, &visit.reference).await;
        detail.history.into_iter().map(|event| event.by).collect::<Vec<_>>()
    };
    let (maya, desk, rivera) = ("Maya Okafor, patient", "Ada Nolan, front desk", "Dr. Elena Rivera");
    assert_eq!(by(&world.maya).await, ["You", "The front desk", "The front desk", rivera]);
    assert_eq!(by(&world.rivera).await, [maya, desk, desk, "You"]);
    assert_eq!(by(&world.admin).await, [maya, "You", "You", rivera]);
}

#[rstest]
#[tokio::test]
async fn a_history_tells_times_with_the_zone_of_the_clinic(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let visit = world.book(&world.maya, &world.rivera, datetime(2026, 11, 25, 14, 0, 0, 0)).await.unwrap();
    let maya = world.actor(&world.maya).await;
    let to = datetime(2026, 11, 26, 9, 30, 0, 0);
    let command = MoveAppointment { appointment: visit.id, date: to.date(), time: to.time() };
    appointments::reschedule(&world.services, &maya, command).await.unwrap();
    appointments::cancel(&world.services, &maya, visit.id).await.unwrap();
    let history = read(&world, &world.maya, &visit.reference).await.history;
    let told: Vec<_> = history
        .iter()
        .map(|event| (event.what.as_str(), event.zone.as_ref().map(|zone| zone.words.as_str())))
        .collect();
    assert_eq!(
        told,
        [
            ("Booked for Wed 25 November, 14:00", Some("Dublin time")),
            ("Moved from Wed 25 November, 14:00 to Thu 26 November, 09:30", Some("Dublin time")),
            ("Cancelled", None)
        ]
    );
}

#[rstest]
#[tokio::test]
async fn the_page_of_a_visit_hints_at_the_address_that_was_written_to(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let visit = world.book(&world.maya, &world.rivera, datetime(2026, 11, 25, 14, 0, 0, 0)).await.unwrap();
    let detail = read(&world, &world.maya, &visit.reference).await;
    assert_eq!((detail.mailed_to.as_str(), detail.has_demo_mailbox), ("m***@example.org", false));
    let maya = world.actor(&world.maya).await;
    let in_the_demo = appointments::detail(&world.as_demo(), &maya, &visit.reference).await.unwrap().into_inner();
    assert!(in_the_demo.has_demo_mailbox);
}
