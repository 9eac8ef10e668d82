//! Two hundred people want one slot.

use domain::{
    Error, appointments,
    testing::{Engine, TestWorld, booking},
    types::ProblemCode,
};
use futures::future::join_all;
use jiff::civil::{date, datetime, time};
use rstest::rstest;

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_hundred_parallel_bookings_of_one_slot_one_wins_and_all_others_are_offered_another(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let mut actors = Vec::new();
    for number in 0..20 {
        let patient = world.new_patient(&format!("patient{number}")).await;
        actors.push(world.actor(&patient).await);
    }
    let tries = (0..200).map(|number| {
        let (services, actor) = (world.services.clone(), actors[number % actors.len()].clone());
        let command = booking(&world.rivera, date(2026, 11, 24), time(9, 30, 0, 0));
        tokio::spawn(async move { appointments::book(&services, &actor, command, None).await })
    });
    let mut won = 0;
    let mut lost = 0;
    for outcome in join_all(tries).await {
        match outcome.unwrap() {
            Ok(_) => won += 1,
            Err(error) => {
                let problem = error.to_problem();
                assert_eq!(problem.code, ProblemCode::SlotTaken, "{problem}");
                assert_eq!(problem.nearest_slots.len(), 3);
                lost += 1;
            }
        }
    }
    assert_eq!((won, lost), (1, 199));
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_patient_who_books_two_doctors_at_once_gets_one_of_them(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let maya = world.actor(&world.maya).await;
    let tries = (0..40).map(|number| {
        let (services, actor) = (world.services.clone(), maya.clone());
        let doctor = if number % 2 == 0 { &world.rivera } else { &world.brandt };
        let command = booking(doctor, date(2026, 11, 24), time(9, 30, 0, 0));
        tokio::spawn(async move { appointments::book(&services, &actor, command, None).await })
    });
    let outcomes: Vec<_> = join_all(tries).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    for error in outcomes.into_iter().filter_map(Result::err) {
        assert!(matches!(error, Error::SlotTaken(_) | Error::PatientBusy(_)), "{error:?}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn cancelling_and_booking_at_once_never_deadlocks_and_never_overlaps(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let mut people = Vec::new();
    for number in 0..10 {
        let patient = world.new_patient(&format!("patient{number}")).await;
        people.push(world.actor(&patient).await);
    }
    let tries = people.iter().flat_map(|actor| {
        (0..4).map(|round| {
            let (services, actor) = (world.services.clone(), actor.clone());
            let doctor = if round % 2 == 0 { &world.rivera } else { &world.brandt };
            let command = booking(doctor, date(2026, 11, 25), time(9 + round / 2, 0, 0, 0));
            tokio::spawn(async move {
                let visit = appointments::book(&services, &actor, command, None).await?;
                appointments::cancel(&services, &actor, visit.id).await
            })
        })
    });
    for outcome in join_all(tries.collect::<Vec<_>>()).await {
        match outcome.unwrap() {
            Ok(_) | Err(Error::SlotTaken(_) | Error::PatientBusy(_)) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    let visit = world.book(&world.maya, &world.rivera, datetime(2026, 11, 25, 9, 0, 0, 0)).await;
    assert!(visit.is_ok(), "everything was cancelled, so the time is free: {visit:?}");
}
