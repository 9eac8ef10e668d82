//! An act on the record and its event are one: without the event there is no act.

use domain::{
    records::{self, BeginNote, PrescribedFor, Which},
    testing::{Engine, TestWorld},
    types::{
        RecordId,
        records::{ListForm, NoteTemplate, OpenEmergency, PrescriptionForm, RecordFilter, TimelineQuery, VitalsForm},
    },
};
use rstest::rstest;
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait};

use super::{in_care, maya};

#[rstest]
#[tokio::test]
async fn nothing_is_read_or_written_when_its_event_cannot_be(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let id = world.write_record(&world.maya, &world.rivera, "Hypertension").await;
    let (patient, rivera, admin) =
        (world.actor(&world.maya).await, world.actor(&world.rivera).await, world.actor(&world.admin).await);
    let services = &world.services;
    world.raw().execute_unprepared("ALTER TABLE audit_event RENAME TO audit_event_gone").await.unwrap();

    let which = Which::Id(RecordId(id));
    assert!(records::detail(services, &patient, &which).await.is_err());
    assert!(records::list(services, &patient, RecordFilter::default()).await.is_err());
    assert!(records::timeline(services, &patient, TimelineQuery::default()).await.is_err());
    assert!(records::chart(services, &rivera, &maya()).await.is_err());
    assert!(records::search(services, &rivera, "".into()).await.is_err());
    assert!(records::inbox(services, &rivera).await.is_err());

    let begin = BeginNote { patient: maya(), visit: None, template: NoteTemplate::Blank, carried_from: None };
    assert!(records::begin_note(services, &rivera, begin).await.is_err());
    let medicine = PrescriptionForm {
        medication_name: "Amlodipine".into(),
        dosage: "5 mg".into(),
        frequency: "Once a day".into(),
        duration: "28 days".into(),
        instructions: String::new(),
    };
    let whose = PrescribedFor::Patient(maya());
    assert!(records::write_prescription(services, &rivera, &whose, &medicine, None).await.is_err());
    let pulse = VitalsForm { heart_rate: "60".into(), ..VitalsForm::default() }.parse().unwrap();
    assert!(records::enter_vitals(services, &patient, None, pulse, None).await.is_err());
    let item = ListForm { kind: "problem".into(), name: "Gout".into(), ..ListForm::default() };
    assert!(records::add_item(services, &rivera, &maya(), &item).await.is_err());
    let open = OpenEmergency::parse("1", "", "", "Unconscious after a fall").unwrap();
    assert!(records::open_emergency(services, &admin, open, None).await.is_err());

    let stored = entity::medical_record::Entity::find().count(world.raw()).await.unwrap();
    let opened = entity::emergency_access::Entity::find().count(world.raw()).await.unwrap();
    assert_eq!((stored, opened), (1, 0));
}

#[rstest]
#[tokio::test]
async fn a_look_at_several_patients_names_each_of_them(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let at = jiff::civil::datetime(2026, 11, 26, 9, 30, 0, 0);
    world.book(&world.jonas, &world.rivera, at).await.unwrap();
    world.write_record(&world.maya, &world.rivera, "Hypertension").await;
    world.write_record(&world.jonas, &world.rivera, "Eczema").await;
    let rivera = world.actor(&world.rivera).await;
    let _ = records::list(&world.services, &rivera, RecordFilter::default()).await.unwrap();
    let event = entity::audit_event::Entity::find().all(world.raw()).await.unwrap().pop().unwrap();
    assert_eq!((event.action.as_str(), event.patient_id), ("records.list", None));
    let named = entity::audit_event_patient::Entity::find().all(world.raw()).await.unwrap();
    let mut named: Vec<_> = named.iter().filter(|row| row.event_id == event.id).map(|row| row.patient_id).collect();
    named.sort_unstable();
    assert_eq!(named, [1, 2]);
}
