use domain::{
    Error,
    access::Actor,
    appointments,
    testing::{Engine, TestPerson, TestWorld},
    types::{
        AppointmentId, ProblemCode,
        appointments::{AppointmentStatus, AppointmentView, Audience, StepVisit, VisitAction},
    },
};
use jiff::{SignedDuration, civil::datetime};
use rstest::rstest;

async fn step(
    world: &TestWorld,
    who: &TestPerson,
    visit: AppointmentId,
    action: VisitAction,
) -> Result<AppointmentView, Error> {
    let actor = world.actor(who).await;
    appointments::step(&world.services, &actor, StepVisit { appointment: visit, action, seen: None }).await
}

async fn booked(world: &TestWorld) -> AppointmentView {
    world.book(&world.maya, &world.rivera, datetime(2026, 11, 25, 9, 30, 0, 0)).await.unwrap()
}

#[rstest]
#[tokio::test]
async fn a_visit_goes_from_booked_to_completed_and_its_history_tells(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let visit = booked(&world).await;
    step(&world, &world.rivera, visit.id, VisitAction::Confirm).await.unwrap();
    world.at("2026-11-25T09:20:00Z");
    let here = step(&world, &world.rivera, visit.id, VisitAction::CheckIn).await.unwrap();
    assert_eq!(here.actions, [VisitAction::Start, VisitAction::Cancel]);
    step(&world, &world.rivera, visit.id, VisitAction::Start).await.unwrap();
    let done = step(&world, &world.rivera, visit.id, VisitAction::Complete).await.unwrap();
    assert_eq!((done.status, done.actions.len(), done.is_upcoming), (AppointmentStatus::Completed, 0, false));
    let maya = world.actor(&world.maya).await;
    let detail = appointments::detail(&world.services, &maya, &visit.reference).await.unwrap().into_inner();
    let lines: Vec<_> = detail.history.iter().map(|event| format!("{}; {}", event.what, event.by)).collect();
    assert_eq!(
        lines,
        [
            "Booked for Wed 25 November, 09:30; You",
            "Confirmed by the clinic; Dr. Elena Rivera",
            "Checked in; Dr. Elena Rivera",
            "In progress; Dr. Elena Rivera",
            "Completed; Dr. Elena Rivera",
        ]
    );
    let rivera = world.actor(&world.rivera).await;
    let detail = appointments::detail(&world.services, &rivera, &visit.reference).await.unwrap().into_inner();
    let lines: Vec<_> = detail.history.iter().take(2).map(|event| format!("{}; {}", event.what, event.by)).collect();
    assert_eq!(lines, ["Booked for Wed 25 November, 09:30; Maya Okafor, patient", "Confirmed; You"]);
}

#[rstest]
#[case::start_before_check_in(VisitAction::Start)]
#[case::complete_before_start(VisitAction::Complete)]
#[case::check_in_on_another_day(VisitAction::CheckIn)]
#[case::no_show_before_the_start(VisitAction::NoShow)]
#[tokio::test]
async fn a_step_that_is_not_possible_now_is_a_conflict(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] action: VisitAction,
) {
    let world = TestWorld::new(engine).await;
    let visit = booked(&world).await;
    assert!(!visit.actions.contains(&action), "no button for it either");
    let problem = step(&world, &world.rivera, visit.id, action).await.unwrap_err().to_problem();
    assert_eq!(problem.code, ProblemCode::InvalidTransition);
    assert_eq!(world.stored_visit(visit.id).await.0, "scheduled");
}

#[rstest]
#[tokio::test]
async fn patients_cancel_until_the_cutoff_and_the_time_is_free_at_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let visit = booked(&world).await;
    world.at("2026-11-24T09:30:00Z");
    let cancelled = step(&world, &world.maya, visit.id, VisitAction::Cancel).await.unwrap();
    assert_eq!(cancelled.status, AppointmentStatus::Cancelled);
    let again = world.book(&world.jonas, &world.rivera, datetime(2026, 11, 25, 9, 30, 0, 0)).await;
    assert!(again.is_ok(), "{again:?}");
}

#[rstest]
#[tokio::test]
async fn cancelling_within_the_cutoff_is_refused_to_patients_and_open_to_staff(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let visit = booked(&world).await;
    world.at("2026-11-24T09:30:01Z");
    let problem = step(&world, &world.maya, visit.id, VisitAction::Cancel).await.unwrap_err().to_problem();
    assert_eq!(problem.code, ProblemCode::CutoffPassed);
    assert!(problem.detail.contains("+353"), "says whom to call: {}", problem.detail);
    let maya = world.actor(&world.maya).await;
    let seen = appointments::load(&world.services, &maya, visit.id).await.unwrap().into_inner();
    assert!(seen.actions.is_empty() && !seen.may_move);
    assert!(step(&world, &world.rivera, visit.id, VisitAction::Cancel).await.is_ok());
}

#[rstest]
#[tokio::test]
async fn patients_take_no_step_but_cancel(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let visit = booked(&world).await;
    for action in VisitAction::ALL.into_iter().filter(|action| *action != VisitAction::Cancel) {
        let refused = step(&world, &world.maya, visit.id, action).await;
        assert!(matches!(refused, Err(Error::Forbidden)), "{action:?}: {refused:?}");
    }
}

#[rstest]
#[tokio::test]
async fn a_visit_of_others_looks_like_one_that_does_not_exist(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let visit = booked(&world).await;
    for stranger in [&world.jonas, &world.brandt] {
        let actor = world.actor(stranger).await;
        for id in [visit.id, AppointmentId(987_654)] {
            let refusals = [
                appointments::load(&world.services, &actor, id).await.unwrap_err(),
                appointments::cancel(&world.services, &actor, id).await.unwrap_err(),
            ];
            assert!(refusals.iter().all(|error| matches!(error, Error::NotFound)), "{refusals:?}");
        }
        for reference in [visit.reference.as_str(), "APT-00000000", "", "'; --"] {
            let refused = appointments::detail(&world.services, &actor, reference).await;
            assert!(matches!(refused, Err(Error::NotFound)));
        }
    }
    let refused = appointments::load(&world.services, &Actor::anonymous(), visit.id).await;
    assert!(matches!(refused, Err(Error::Unauthenticated)));
}

#[rstest]
#[tokio::test]
async fn of_two_parallel_steps_one_wins(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let visit = booked(&world).await;
    let (confirm, cancel) = futures::join!(
        step(&world, &world.rivera, visit.id, VisitAction::Confirm),
        step(&world, &world.rivera, visit.id, VisitAction::Confirm)
    );
    assert_eq!([confirm.is_ok(), cancel.is_ok()].into_iter().filter(|won| *won).count(), 1);
}

#[rstest]
#[case::cancelled(VisitAction::Cancel, "This appointment is already cancelled.")]
#[case::checked_in(VisitAction::CheckIn, "This appointment is already checked in.")]
#[case::completed(VisitAction::Complete, "This appointment is already completed.")]
#[tokio::test]
async fn the_losers_of_parallel_steps_read_that_what_they_wanted_is_so(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] action: VisitAction,
    #[case] sentence: &str,
) {
    let world = TestWorld::new(engine).await;
    let visit = booked(&world).await;
    if action != VisitAction::Cancel {
        world.at("2026-11-25T09:20:00Z");
    }
    if action == VisitAction::Complete {
        step(&world, &world.rivera, visit.id, VisitAction::CheckIn).await.unwrap();
        step(&world, &world.rivera, visit.id, VisitAction::Start).await.unwrap();
    }
    let seen = world.actor(&world.rivera).await;
    let seen = appointments::load(&world.services, &seen, visit.id).await.unwrap().into_inner().status;
    let mut actors = Vec::new();
    for who in [&world.rivera, &world.admin, &world.rivera] {
        actors.push(world.actor(who).await);
    }
    let tries = actors.iter().map(|actor| {
        let command = StepVisit { appointment: visit.id, action, seen: Some(seen) };
        appointments::step(&world.services, actor, command)
    });
    let outcomes = futures::future::join_all(tries).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    for refused in outcomes.into_iter().filter_map(Result::err) {
        let problem = refused.to_problem();
        assert_eq!((problem.detail.as_str(), problem.code), (sentence, ProblemCode::InvalidTransition));
        assert!(!problem.title().contains("not possible"), "{}", problem.title());
    }
}

#[rstest]
#[tokio::test]
async fn a_step_that_was_taken_before_is_told_as_taken_and_another_end_as_in_the_way(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let visit = booked(&world).await;
    let refused = async |who: &TestPerson, action| step(&world, who, visit.id, action).await.unwrap_err().to_problem();
    step(&world, &world.maya, visit.id, VisitAction::Cancel).await.unwrap();
    // Past the cut-off too: what is cancelled needs no call.
    world.at("2026-11-24T20:00:00Z");
    let again = refused(&world.maya, VisitAction::Cancel).await;
    assert_eq!(again.detail, "This appointment is already cancelled.");
    let other = refused(&world.rivera, VisitAction::Complete).await;
    assert_eq!(other.detail, "This appointment is cancelled, so it cannot be completed.");
}

#[rstest]
#[tokio::test]
async fn a_step_chosen_from_a_page_that_is_out_of_date_changes_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let visit = booked(&world).await;
    step(&world, &world.rivera, visit.id, VisitAction::Confirm).await.unwrap();
    world.at("2026-11-25T09:20:00Z");
    let rivera = world.actor(&world.rivera).await;
    let check_in = |seen| {
        let command = StepVisit { appointment: visit.id, action: VisitAction::CheckIn, seen: Some(seen) };
        appointments::step(&world.services, &rivera, command)
    };
    // Both statuses allow this step, but the page showed the one that is history.
    let refused = check_in(AppointmentStatus::Scheduled).await.unwrap_err().to_problem();
    assert_eq!(refused.code, ProblemCode::InvalidTransition);
    assert!(refused.detail.contains("already confirmed"), "{}", refused.detail);
    assert_eq!(world.stored_visit(visit.id).await.0, "confirmed");
    assert!(check_in(AppointmentStatus::Confirmed).await.is_ok());
}

#[rstest]
#[tokio::test]
async fn the_page_of_a_visit_knows_to_whom_it_speaks(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let visit = booked(&world).await;
    let readers =
        [(&world.maya, Audience::Patient), (&world.rivera, Audience::Doctor), (&world.admin, Audience::Admin)];
    for (person, audience) in readers {
        let actor = world.actor(person).await;
        let detail = appointments::detail(&world.services, &actor, &visit.reference).await.unwrap().into_inner();
        assert_eq!(detail.audience, audience, "{}", person.username);
        assert_eq!(detail.kind, None, "the usual kind goes without saying");
    }
}

#[rstest]
#[tokio::test]
async fn a_missed_visit_is_marked_and_frees_its_time(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let visit = booked(&world).await;
    world.at("2026-11-25T09:45:00Z");
    let missed = step(&world, &world.rivera, visit.id, VisitAction::NoShow).await.unwrap();
    assert_eq!(missed.status, AppointmentStatus::NoShow);
    world.wait(SignedDuration::from_hours(24 * 30));
    assert!(step(&world, &world.rivera, visit.id, VisitAction::Cancel).await.is_err());
}
