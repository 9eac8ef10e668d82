use domain::{
    Error, appointments,
    testing::{Engine, TestPerson, TestWorld},
    types::{
        AppointmentId, ProblemCode,
        appointments::{AppointmentView, MoveAppointment, StepVisit, VisitAction},
    },
};
use jiff::civil::{DateTime, datetime};
use rstest::rstest;

async fn reschedule(
    world: &TestWorld,
    who: &TestPerson,
    visit: AppointmentId,
    to: DateTime,
) -> Result<AppointmentView, Error> {
    let actor = world.actor(who).await;
    let command = MoveAppointment { appointment: visit, date: to.date(), time: to.time() };
    appointments::reschedule(&world.services, &actor, command).await
}

const FIRST: DateTime = datetime(2026, 11, 25, 9, 30, 0, 0);
const SECOND: DateTime = datetime(2026, 11, 26, 14, 0, 0, 0);

#[rstest]
#[tokio::test]
async fn moving_takes_the_new_time_and_frees_the_old_one(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let visit = world.book(&world.maya, &world.rivera, FIRST).await.unwrap();
    let moved = reschedule(&world, &world.maya, visit.id, SECOND).await.unwrap();
    assert_eq!((moved.reference, moved.starts.label.as_str()), (visit.reference, "Thu 26 November, 14:00"));
    world.book(&world.jonas, &world.rivera, FIRST).await.unwrap();
    let taken = world.book(&world.jonas, &world.rivera, SECOND).await.unwrap_err();
    assert_eq!(taken.to_problem().code, ProblemCode::SlotTaken);
}

#[rstest]
#[tokio::test]
async fn a_lost_move_leaves_the_visit_where_it_was(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let visit = world.book(&world.maya, &world.rivera, FIRST).await.unwrap();
    world.book(&world.jonas, &world.rivera, SECOND).await.unwrap();
    let problem = reschedule(&world, &world.maya, visit.id, SECOND).await.unwrap_err().to_problem();
    assert_eq!((problem.code, problem.nearest_slots.len()), (ProblemCode::SlotTaken, 3));
    assert_eq!(world.stored_visit(visit.id).await.1.to_string(), "2026-11-25T09:30:00Z");
}

#[rstest]
#[tokio::test]
async fn a_visit_may_stay_where_it_is(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let visit = world.book(&world.maya, &world.rivera, FIRST).await.unwrap();
    assert!(reschedule(&world, &world.maya, visit.id, FIRST).await.is_ok(), "a visit does not block itself");
}

#[rstest]
#[tokio::test]
async fn moving_follows_the_rules_of_booking_and_of_the_cutoff(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let visit = world.book(&world.maya, &world.rivera, FIRST).await.unwrap();
    let off_grid = reschedule(&world, &world.maya, visit.id, datetime(2026, 11, 26, 14, 5, 0, 0)).await.unwrap_err();
    assert_eq!(off_grid.to_problem().code, ProblemCode::ValidationError);
    assert!(matches!(reschedule(&world, &world.jonas, visit.id, SECOND).await, Err(Error::NotFound)));
    world.at("2026-11-24T10:00:00Z");
    let late = reschedule(&world, &world.maya, visit.id, SECOND).await.unwrap_err();
    assert_eq!(late.to_problem().code, ProblemCode::CutoffPassed);
    assert!(reschedule(&world, &world.rivera, visit.id, SECOND).await.is_ok(), "the clinic may still move it");
    let rivera = world.actor(&world.rivera).await;
    let cancel = StepVisit { appointment: visit.id, action: VisitAction::Cancel, seen: None };
    appointments::step(&world.services, &rivera, cancel).await.unwrap();
    let gone = reschedule(&world, &world.rivera, visit.id, FIRST).await.unwrap_err();
    assert_eq!(gone.to_problem().code, ProblemCode::InvalidTransition);
}
