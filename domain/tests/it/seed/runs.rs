//! Running the seed: the same every time, into an empty clinic only, and told truly.

use domain::{
    Error,
    seed::{self, Progress, SeedOptions},
    testing::Engine,
};
use rstest::rstest;

use super::{Rows, empty_world, fill, small};

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn the_same_options_at_the_same_moment_make_the_same_clinic(#[case] engine: Engine) {
    let (first, second) = (empty_world(Engine::Sqlite).await, empty_world(engine).await);
    assert_eq!(fill(&first, small()).await, fill(&second, small()).await);
    let rows = Rows::read(&first).await.without_hashes();
    assert!(rows == Rows::read(&second).await.without_hashes(), "two runs differ");
    let third = empty_world(engine).await;
    fill(&third, SeedOptions { seed: 8, ..small() }).await;
    assert!(rows != Rows::read(&third).await.without_hashes(), "another seed makes another clinic");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn the_report_counts_the_rows(#[case] engine: Engine) {
    let world = empty_world(engine).await;
    assert!(seed::is_empty(&world.services).await.unwrap());
    let report = fill(&world, small()).await;
    let rows = Rows::read(&world).await;
    assert_eq!((report.doctors, report.patients), (9, 80));
    assert_eq!((rows.doctors.len(), rows.patients.len()), (9, 80));
    assert_eq!((rows.visits.len() as u64, rows.records.len() as u64), (report.visits, report.records));
    assert!(rows.visits.len() > 300, "a clinic of this size is busy: {}", rows.visits.len());
    assert_eq!(report.demo_password, None);
    assert!(!seed::is_empty(&world.services).await.unwrap());
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_clinic_with_people_is_left_alone_and_new_people_get_new_ids(#[case] engine: Engine) {
    let world = empty_world(engine).await;
    fill(&world, small()).await;
    let before = Rows::read(&world).await;
    let again = seed::run(&world.services, small(), &mut |_| ()).await;
    assert!(matches!(again, Err(Error::Invalid(_))));
    assert!(before == Rows::read(&world).await);
    let newcomer = world.new_patient("newcomer").await;
    assert!(before.users.iter().all(|user| user.id != newcomer.user.0));
}

#[tokio::test]
async fn progress_never_goes_back_and_every_stage_is_finished() {
    let world = empty_world(Engine::Sqlite).await;
    let mut seen: Vec<Progress> = Vec::new();
    seed::run(&world.services, small(), &mut |progress| seen.push(progress)).await.unwrap();
    for pair in seen.windows(2).filter(|pair| pair[0].stage == pair[1].stage) {
        assert!(pair[0].done <= pair[1].done && pair[0].total == pair[1].total);
    }
    for stage in ["People", "Appointments", "Free times"] {
        let last = seen.iter().rfind(|progress| progress.stage == stage).unwrap();
        assert_eq!(last.done, last.total);
    }
}

#[tokio::test]
async fn an_impossible_calendar_is_refused_before_anything_is_stored() {
    let world = empty_world(Engine::Sqlite).await;
    let options = SeedOptions { days: 1_000_000, ..small() };
    assert!(matches!(seed::run(&world.services, options, &mut |_| ()).await, Err(Error::Invalid(_))));
    assert!(seed::is_empty(&world.services).await.unwrap());
}
