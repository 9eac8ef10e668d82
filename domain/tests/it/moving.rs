use domain::{
    Error, appointments,
    testing::{Engine, TestPerson, TestWorld},
    types::{
        AppointmentId, ProblemCode,
        appointments::{AppointmentView, MoveAppointment, SlotGrid, StepVisit, VisitAction},
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
    appointments::reschedule(&world.services, &actor, command).await.map(|done| done.visit)
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
async fn a_move_to_the_same_time_succeeds_and_nothing_happens(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let visit = world.book(&world.maya, &world.rivera, FIRST).await.unwrap();
    let maya = world.actor(&world.maya).await;
    let happened = async || {
        domain::mail::deliver_due(&world.services).await.unwrap();
        let history =
            appointments::detail(&world.services, &maya, &visit.reference).await.unwrap().into_inner().history;
        let file = appointments::calendar_file(&world.services, &maya, &visit.reference).await.unwrap().into_inner();
        (history.len(), world.mailer.sent().len(), file.text, world.noted("appointments.move").await)
    };
    let before = happened().await;
    for who in [&world.maya, &world.rivera, &world.admin] {
        let stayed = reschedule(&world, who, visit.id, FIRST).await.unwrap();
        assert_eq!(stayed.starts, visit.starts);
    }
    assert_eq!(happened().await, before, "no history, no mail, no new file, no change in the trail");
    // Also when it could no longer be moved elsewhere, as when the button is pressed twice.
    world.at("2026-11-24T20:00:00Z");
    assert!(reschedule(&world, &world.maya, visit.id, FIRST).await.is_ok());
    assert!(reschedule(&world, &world.maya, visit.id, SECOND).await.is_err());
    assert!(matches!(reschedule(&world, &world.jonas, visit.id, FIRST).await, Err(Error::NotFound)));
    appointments::cancel(&world.services, &world.actor(&world.rivera).await, visit.id).await.unwrap();
    assert!(reschedule(&world, &world.maya, visit.id, FIRST).await.is_err(), "what is cancelled is nowhere");
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

fn is_free(grid: &SlotGrid, date: &str, time: &str) -> bool {
    let day = grid.days.iter().find(|day| day.date == date).unwrap();
    day.slots.iter().any(|slot| slot.time == time && slot.available)
}

#[rstest]
#[tokio::test]
async fn the_times_to_move_to_begin_with_the_weeks_of_the_visit_and_hold_its_own_time(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let visit = world.book(&world.maya, &world.rivera, datetime(2026, 12, 9, 9, 30, 0, 0)).await.unwrap();
    world.book(&world.maya, &world.brandt, datetime(2026, 12, 9, 11, 0, 0, 0)).await.unwrap();
    for person in [&world.maya, &world.rivera, &world.admin] {
        let actor = world.actor(person).await;
        let grid =
            appointments::slots_to_move(&world.services, &actor, &visit.reference, None).await.unwrap().into_inner();
        assert_eq!((grid.days[0].date.as_str(), grid.earlier.as_deref()), ("2026-12-07", Some("2026-11-23")));
        assert!(is_free(&grid, "2026-12-09", "09:30"), "a visit is not in its own way");
        assert!(!is_free(&grid, "2026-12-09", "11:00"), "another visit of the patient is");
    }
    let maya = world.actor(&world.maya).await;
    let from = Some(jiff::civil::date(2026, 12, 21));
    let grid = appointments::slots_to_move(&world.services, &maya, &visit.reference, from).await.unwrap().into_inner();
    assert_eq!(grid.days[0].date, "2026-12-21", "unless another day is asked for");
    for stranger in [&world.jonas, &world.brandt] {
        let actor = world.actor(stranger).await;
        let unseen = appointments::slots_to_move(&world.services, &actor, &visit.reference, None).await;
        assert!(matches!(unseen, Err(Error::NotFound)));
        let unseen =
            appointments::choose_move(&world.services, &actor, &visit.reference, ("2026-12-09", "09:30")).await;
        assert!(matches!(unseen, Err(Error::NotFound)));
    }
}

#[rstest]
#[tokio::test]
async fn a_time_to_move_to_is_the_visits_own_or_free_or_taken_by_another_of_the_patients_visits(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let visit = world.book(&world.maya, &world.rivera, FIRST).await.unwrap();
    let other = world.book(&world.maya, &world.brandt, SECOND).await.unwrap();
    let choose = async |who: &TestPerson, date: &str, time: &str| {
        let actor = world.actor(who).await;
        appointments::choose_move(&world.services, &actor, &visit.reference, (date, time)).await.unwrap().into_inner()
    };
    let present = choose(&world.maya, "2026-11-25", "09:30").await.own.unwrap();
    assert_eq!((present.reference, present.is_this), (visit.reference.clone(), true));
    let free = choose(&world.maya, "2026-11-25", "10:00").await;
    assert_eq!((free.own, free.refusal), (None, None));
    let busy = choose(&world.maya, "2026-11-26", "14:00").await;
    assert_eq!(busy.refusal.unwrap().code, ProblemCode::PatientBusy);
    let own = busy.own.unwrap();
    assert_eq!((own.reference, own.is_this), (other.reference, false));
    let told = choose(&world.rivera, "2026-11-26", "14:00").await;
    assert_eq!(told.refusal.unwrap().code, ProblemCode::PatientBusy);
    assert_eq!(told.own, None, "with whom else somebody has a visit is not for their doctor");
}
