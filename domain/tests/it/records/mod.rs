//! The record as programs read it, and what its tests share.

mod allergies;
mod charts;
mod comparing;
mod documents;
mod emergencies;
mod entries;
mod formats;
mod notices;
mod papers;
mod patient_list;
mod pdf_intake;
mod prescribing;
mod programs;
mod recent;
mod recorded_already;
mod reporting;
mod sealing;
mod summary;
mod timeline;
mod trail;
mod twins;
mod unacted;
mod values;
mod way_of_a_visit;
mod writing;

use domain::{
    Error,
    access::Actor,
    records,
    testing::{Engine, TestPerson, TestWorld},
    types::{
        appointments::AppointmentView,
        records::{PatientRef, RecordFilter, RecordType, RecordView},
    },
};
use jiff::{SignedDuration, civil::datetime};
use rstest::rstest;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// The events of the trail that are about records and results: action, outcome and objects.
async fn looks(world: &TestWorld) -> Vec<(String, String, String)> {
    let events = entity::audit_event::Entity::find()
        .filter(entity::audit_event::Column::ObjectKind.is_in(["record", "lab_result"]))
        .all(world.raw())
        .await
        .unwrap();
    events.into_iter().map(|event| (event.action, event.outcome, event.object_ids)).collect()
}

/// Brings Maya into the care of Dr. Rivera by a visit on Wednesday.
async fn in_care(world: &TestWorld) -> AppointmentView {
    world.book(&world.maya, &world.rivera, datetime(2026, 11, 25, 9, 30, 0, 0)).await.unwrap()
}

/// The first patient of every test clinic.
fn maya() -> PatientRef {
    PatientRef::Id(domain::types::PatientId(1))
}

async fn seen(world: &TestWorld, who: &TestPerson) -> Vec<String> {
    let actor = world.actor(who).await;
    let page = records::list(&world.services, &actor, RecordFilter::default()).await.unwrap().into_inner();
    page.results.iter().map(RecordView::title).collect()
}

#[rstest]
#[tokio::test]
async fn patients_see_their_own_record_doctors_that_of_patients_in_their_care_administrators_none(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    world.write_record(&world.maya, &world.rivera, "Hypertension").await;
    world.write_record(&world.jonas, &world.brandt, "Eczema").await;
    assert_eq!(seen(&world, &world.maya).await, ["Hypertension"]);
    assert_eq!(seen(&world, &world.jonas).await, ["Eczema"]);
    assert!(seen(&world, &world.rivera).await.is_empty(), "no visit, no care");
    assert!(seen(&world, &world.admin).await.is_empty());
    let visit = world.book(&world.maya, &world.rivera, datetime(2026, 11, 25, 9, 30, 0, 0)).await.unwrap();
    assert_eq!(seen(&world, &world.rivera).await, ["Hypertension"]);
    assert!(seen(&world, &world.brandt).await.is_empty());
    let maya = world.actor(&world.maya).await;
    domain::appointments::cancel(&world.services, &maya, visit.id).await.unwrap();
    assert!(seen(&world, &world.rivera).await.is_empty(), "a cancelled visit makes no care");
    let stranger = records::list(&world.services, &Actor::anonymous(), RecordFilter::default()).await;
    assert!(matches!(stranger, Err(Error::Unauthenticated)));
}

#[rstest]
#[tokio::test]
async fn care_ends_two_years_after_the_last_visit(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    world.write_record(&world.maya, &world.rivera, "Hypertension").await;
    world.book(&world.maya, &world.rivera, datetime(2026, 11, 25, 9, 30, 0, 0)).await.unwrap();
    world.at("2028-11-25T09:30:00Z");
    assert_eq!(seen(&world, &world.rivera).await.len(), 1);
    world.wait(SignedDuration::from_hours(1));
    assert!(seen(&world, &world.rivera).await.is_empty());
}

#[rstest]
#[tokio::test]
async fn every_look_leaves_exactly_one_event_that_names_what_was_seen(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let id = world.write_record(&world.maya, &world.rivera, "Hypertension").await;
    let actor = world.actor(&world.maya).await.with_request_id("request-1".into());
    let _ = records::list(&world.services, &actor, RecordFilter::default()).await.unwrap();
    let events = entity::audit_event::Entity::find()
        .filter(entity::audit_event::Column::ObjectKind.ne("signing_key"))
        .all(world.raw())
        .await
        .unwrap();
    assert_eq!(events.len(), 1);
    let event = &events[0];
    assert_eq!((event.action.as_str(), event.actor_role.as_str()), ("records.list", "patient"));
    assert_eq!(event.object_ids, format!("[{id}]"));
    assert_eq!(event.request_id.as_deref(), Some("request-1"));
    assert_eq!(event.patient_id, world.maya.patient.map(|patient| patient.0));
}

#[rstest]
#[tokio::test]
async fn the_list_is_filtered_by_kind(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    world.write_record(&world.maya, &world.rivera, "Hypertension").await;
    let actor = world.actor(&world.maya).await;
    let count = async |kind| {
        let filter = RecordFilter { kind: Some(kind), ..RecordFilter::default() };
        records::list(&world.services, &actor, filter).await.unwrap().into_inner().count
    };
    assert_eq!((count(RecordType::Consultation).await, count(RecordType::Surgery).await), (1, 0));
}
