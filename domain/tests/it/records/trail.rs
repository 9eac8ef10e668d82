//! An act on the record and its event are one: without the event there is no act.

use domain::{
    Error,
    records::{self, BeginNote, PrescribedFor, Which},
    testing::{Engine, TestWorld},
    types::{
        ProblemCode, RecordId,
        records::{ListForm, NoteTemplate, OpenEmergency, PrescriptionForm, RecordFilter, TimelineQuery, VitalsForm},
    },
};
use rstest::rstest;
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait};

use super::{in_care, maya};

/// Every kind of reading and writing, each with how it was refused.
async fn every_act(world: &TestWorld, record: RecordId) -> Vec<(&'static str, Option<ProblemCode>)> {
    fn refusal<T>(outcome: Result<T, Error>) -> Option<ProblemCode> {
        outcome.err().map(|error| error.to_problem().code)
    }
    let (patient, rivera, admin) =
        (world.actor(&world.maya).await, world.actor(&world.rivera).await, world.actor(&world.admin).await);
    let (services, which) = (&world.services, Which::Id(record));
    let begin = BeginNote { patient: maya(), visit: None, template: NoteTemplate::Blank, carried_from: None };
    let medicine = PrescriptionForm {
        medication_name: "Amlodipine".into(),
        dosage: "5 mg".into(),
        frequency: "Once a day".into(),
        duration: "28 days".into(),
        instructions: String::new(),
    };
    let whose = PrescribedFor::Patient(maya());
    let pulse = VitalsForm { heart_rate: "60".into(), ..VitalsForm::default() }.parse().unwrap();
    let item = ListForm { kind: "problem".into(), name: "Gout".into(), ..ListForm::default() };
    let open = OpenEmergency::parse("1", "", "", "Unconscious after a fall").unwrap();
    vec![
        ("detail", refusal(records::detail(services, &patient, &which).await)),
        ("list", refusal(records::list(services, &patient, RecordFilter::default()).await)),
        ("timeline", refusal(records::timeline(services, &patient, TimelineQuery::default()).await)),
        ("chart", refusal(records::chart(services, &rivera, &maya()).await)),
        ("search", refusal(records::search(services, &rivera, "".into()).await)),
        ("inbox", refusal(records::inbox(services, &rivera).await)),
        ("begin_note", refusal(records::begin_note(services, &rivera, begin).await)),
        ("write_prescription", refusal(records::write_prescription(services, &rivera, &whose, &medicine, None).await)),
        ("enter_vitals", refusal(records::enter_vitals(services, &patient, None, pulse, None).await)),
        ("add_item", refusal(records::add_item(services, &rivera, &maya(), &item).await)),
        ("open_emergency", refusal(records::open_emergency(services, &admin, open, None).await)),
    ]
}

#[rstest]
#[tokio::test]
async fn nothing_is_read_or_written_when_its_event_cannot_be(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let id = RecordId(world.write_record(&world.maya, &world.rivera, "Hypertension").await);
    let count = async || {
        let records = entity::medical_record::Entity::find().count(world.raw()).await.unwrap();
        (records, entity::emergency_access::Entity::find().count(world.raw()).await.unwrap())
    };
    world.raw().execute_unprepared("ALTER TABLE audit_event RENAME TO audit_event_gone").await.unwrap();
    for (act, refused) in every_act(&world, id).await {
        assert_eq!(refused, Some(ProblemCode::Internal), "{act}");
    }
    assert_eq!(count().await, (1, 0));
    // With the trail the very same acts are done.
    world.raw().execute_unprepared("ALTER TABLE audit_event_gone RENAME TO audit_event").await.unwrap();
    for (act, refused) in every_act(&world, id).await {
        assert_eq!(refused, None, "{act}");
    }
    assert_eq!(count().await, (5, 1));
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
