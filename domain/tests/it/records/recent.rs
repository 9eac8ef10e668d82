//! The charts that a doctor opened last.

use domain::{
    records,
    testing::{Engine, TestWorld},
    types::{ProblemCode, records::PatientRef},
};
use jiff::{SignedDuration, civil::datetime};
use rstest::rstest;

#[rstest]
#[tokio::test]
async fn a_doctor_comes_back_to_the_charts_they_opened_last(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    for (patient, hour) in [(&world.maya, 9), (&world.jonas, 10)] {
        world.book(patient, &world.rivera, datetime(2026, 11, 25, hour, 30, 0, 0)).await.unwrap();
    }
    let names = async || {
        let rivera = world.actor(&world.rivera).await;
        let recent = records::recent_patients(&world.services, &rivera).await.unwrap().into_inner();
        recent.into_iter().map(|head| head.name).collect::<Vec<_>>()
    };
    assert!(names().await.is_empty());
    let rivera = world.actor(&world.rivera).await;
    for patient in [&world.maya, &world.jonas, &world.maya, &world.maya] {
        let which = PatientRef::parse(&patient.patient.unwrap().to_string());
        let _ = records::chart(&world.services, &rivera, &which).await.unwrap();
    }
    assert_eq!(names().await, ["Maya Okafor", "Jonas Lindqvist"], "each once, the latest first");
    let brandt = world.actor(&world.brandt).await;
    assert!(
        records::recent_patients(&world.services, &brandt).await.unwrap().into_inner().is_empty(),
        "their own alone"
    );
    world.wait(SignedDuration::from_hours(24 * 800));
    assert!(names().await.is_empty(), "who is no longer in care is not listed");
    for other in [&world.maya, &world.admin] {
        let actor = world.actor(other).await;
        let refused = records::recent_patients(&world.services, &actor).await.unwrap_err();
        assert_eq!(refused.to_problem().code, ProblemCode::Forbidden);
    }
}
