//! One entry, its results and its signature.

use domain::{
    Error,
    records::{self, BeginNote, Which},
    testing::{Engine, TestPerson, TestWorld},
    types::{
        LabResultId, ProblemCode, RecordId,
        page::PageRequest,
        records::{Content, Flag, LabValue, NoteTemplate, PatientRef, Prescription, RecordType, Report, TimelineQuery},
    },
};
use jiff::civil::{Date, date, datetime};
use rstest::rstest;
use sea_orm::{ConnectionTrait, EntityTrait};

use super::looks;

fn value(test: &str, number: &str, unit: &str) -> LabValue {
    LabValue {
        test: test.into(),
        code: String::new(),
        value: number.into(),
        unit: unit.into(),
        low: None,
        high: Some("3.0".into()),
        flag: domain::types::records::flag_of(number, None, Some("3.0")).unwrap(),
        mark: None,
        note: String::new(),
    }
}

async fn report(world: &TestWorld, patient: &TestPerson, day: Date, values: &[LabValue]) -> (i64, String) {
    let content = Content::Report(Report { assessment: "Lipid profile".into(), ..Report::default() });
    world.write_entry(patient, &world.rivera, RecordType::LabReport, day, content, values).await
}

fn named(reference: &str) -> Which {
    Which::Reference(reference.to_owned())
}

#[rstest]
#[tokio::test]
async fn an_entry_is_read_by_its_patient_and_by_whoever_cares_for_them_and_by_nobody_else(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let (id, reference) =
        report(&world, &world.maya, date(2026, 11, 20), &[value("LDL cholesterol", "4.4", "mmol/L")]).await;
    let read = async |who: &TestPerson, which: Which| {
        let actor = world.actor(who).await;
        records::detail(&world.services, &actor, &which).await.map(|detail| detail.into_inner().record.id.0)
    };
    let result = entity::lab_result::Entity::find().one(world.raw()).await.unwrap().unwrap();
    for which in [
        named(&reference),
        named(&reference.to_lowercase()),
        Which::Id(RecordId(id)),
        Which::WithResult(LabResultId(result.id)),
    ] {
        assert_eq!(read(&world.maya, which.clone()).await.unwrap(), id, "{which:?}");
        for stranger in [&world.jonas, &world.rivera, &world.brandt, &world.admin] {
            let refused = read(stranger, which.clone()).await.unwrap_err();
            assert!(matches!(refused, Error::NotFound), "{} {which:?}", stranger.username);
        }
    }
    world.book(&world.maya, &world.rivera, datetime(2026, 11, 25, 9, 30, 0, 0)).await.unwrap();
    assert_eq!(read(&world.rivera, named(&reference)).await.unwrap(), id);
    assert!(read(&world.brandt, named(&reference)).await.is_err());
}

#[rstest]
#[tokio::test]
async fn the_visit_of_an_entry_is_named_to_its_people_alone(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let at = |day| datetime(2026, 11, day, 9, 30, 0, 0);
    let visit = world.book(&world.maya, &world.brandt, at(25)).await.unwrap();
    world.book(&world.maya, &world.rivera, at(26)).await.unwrap();
    let content = Content::Report(Report { assessment: "Eczema".into(), ..Report::default() });
    let (kind, day) = (RecordType::Consultation, date(2026, 11, 20));
    let (_, reference) =
        world.write_entry_of(Some(visit.id), &world.maya, &world.brandt, kind, day, content, &[]).await;
    let named_to = async |who: &TestPerson| {
        let actor = world.actor(who).await;
        let detail = records::detail(&world.services, &actor, &named(&reference)).await.unwrap().into_inner();
        detail.record.visit
    };
    assert_eq!(named_to(&world.maya).await, Some(visit.reference.clone()));
    assert_eq!(named_to(&world.brandt).await, Some(visit.reference.clone()));
    assert_eq!(named_to(&world.rivera).await, None, "she cares for the patient, and this visit is not hers");
}

#[rstest]
#[tokio::test]
async fn signed_reports_take_additions_and_signed_prescriptions_can_be_ended_once_by_those_who_may_write(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    world.book(&world.maya, &world.rivera, datetime(2026, 11, 25, 9, 30, 0, 0)).await.unwrap();
    let day = date(2026, 11, 20);
    let (_, lab) = report(&world, &world.maya, day, &[value("LDL cholesterol", "4.4", "mmol/L")]).await;
    let rx = Content::Prescription(Prescription { medication_name: "Amlodipine".into(), ..Prescription::default() });
    let (_, rx) = world.write_entry(&world.maya, &world.rivera, RecordType::Prescription, day, rx, &[]).await;
    let rivera = world.actor(&world.rivera).await;
    let begin = BeginNote {
        patient: PatientRef::Id(world.maya.patient.unwrap()),
        visit: None,
        template: NoteTemplate::Blank,
        carried_from: None,
    };
    let draft = records::begin_note(&world.services, &rivera, begin).await.unwrap().into_inner().reference;
    let ways = async |who: &TestPerson, reference: &str| {
        let actor = world.actor(who).await;
        let detail = records::detail(&world.services, &actor, &named(reference)).await.unwrap().into_inner();
        (detail.may_add, detail.may_end)
    };
    assert_eq!(ways(&world.rivera, &lab).await, (true, false));
    assert_eq!(ways(&world.rivera, &rx).await, (false, true));
    assert_eq!(ways(&world.rivera, &draft).await, (false, false), "it is still being written");
    assert_eq!(ways(&world.maya, &lab).await, (false, false));
    assert_eq!(ways(&world.maya, &rx).await, (false, false));
    let added = records::add_to(&world.services, &rivera, &lab, "Told by telephone", None).await.unwrap().into_inner();
    assert_eq!(ways(&world.rivera, &added.reference).await, (false, false), "an addition takes none");
    let _ = records::cancel_prescription(&world.services, &rivera, &named(&rx), "A rash", None).await.unwrap();
    assert_eq!(ways(&world.rivera, &rx).await, (false, false), "it is ended already");
}

#[rstest]
#[tokio::test]
async fn a_foreign_entry_and_an_unknown_one_leave_the_same_event(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let (id, foreign) = report(&world, &world.maya, date(2026, 11, 20), &[]).await;
    let jonas = world.actor(&world.jonas).await;
    let mut told = Vec::new();
    for which in [named(&foreign), named("REC-00000000"), Which::Id(RecordId(id)), Which::Id(RecordId(id + 1000))] {
        let before = looks(&world).await.len();
        told.push(records::detail(&world.services, &jonas, &which).await.unwrap_err().to_problem());
        let events = looks(&world).await;
        assert_eq!(events.len(), before + 1, "{which:?}");
        assert_eq!(events[before], ("records.read".into(), "denied".into(), "[]".into()));
    }
    assert!(told.iter().all(|problem| *problem == told[0]));
    let events = entity::audit_event::Entity::find().all(world.raw()).await.unwrap();
    let denied: Vec<_> = events.iter().filter(|event| event.outcome == "denied").collect();
    assert!(denied.iter().all(|event| event.patient_id.is_none()), "whose it is stays unsaid");
    assert_eq!(denied[0].reason.as_deref(), Some(format!("asked for {foreign}").as_str()));
}

#[rstest]
#[tokio::test]
async fn every_reading_is_one_event_and_a_failed_one_shows_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let (id, reference) =
        report(&world, &world.maya, date(2026, 11, 20), &[value("LDL cholesterol", "4.4", "mmol/L")]).await;
    let maya = world.actor(&world.maya).await;
    let services = &world.services;
    let _ = records::detail(services, &maya, &named(&reference)).await.unwrap();
    let _ = records::printed(services, &maya, &named(&reference)).await.unwrap();
    let _ = records::results(services, &maya, PageRequest::default()).await.unwrap();
    let _ = records::trend(services, &maya, "ldl-cholesterol").await.unwrap();
    let _ = records::glance(services, &maya).await.unwrap();
    let allowed = |action: &str, ids: String| (action.to_owned(), "allowed".to_owned(), ids);
    let result = entity::lab_result::Entity::find().one(world.raw()).await.unwrap().unwrap().id;
    assert_eq!(
        looks(&world).await,
        [
            allowed("records.read", format!("[{id}]")),
            allowed("records.download", format!("[{id}]")),
            allowed("labs.list", format!("[{result}]")),
            allowed("labs.trend", format!("[{result}]")),
            allowed("records.glance", format!("[{id}]")),
        ]
    );
}

#[rstest]
#[tokio::test]
async fn two_units_are_never_on_one_line(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    report(&world, &world.maya, date(2026, 1, 10), &[value("LDL cholesterol", "170", "mg/dL")]).await;
    report(&world, &world.maya, date(2026, 6, 10), &[value("LDL cholesterol", "4.4", "mmol/L")]).await;
    report(&world, &world.maya, date(2026, 9, 10), &[value("ldl Cholesterol", "2.4", "mmol/L")]).await;
    report(&world, &world.jonas, date(2026, 9, 11), &[value("LDL cholesterol", "9.9", "mmol/L")]).await;
    let maya = world.actor(&world.maya).await;
    let trend = records::trend(&world.services, &maya, "ldl-cholesterol").await.unwrap().into_inner();
    let lines: Vec<(&str, Vec<&str>)> = trend
        .series
        .iter()
        .map(|one| (one.unit.as_str(), one.results.iter().map(|result| result.value.value.as_str()).collect()))
        .collect();
    assert_eq!(lines, [("mmol/L", vec!["4.4", "2.4"]), ("mg/dL", vec!["170"])]);
    assert_eq!(trend.series[0].results[0].value.flag, Flag::High);
    let unknown = records::trend(&world.services, &maya, "ferritin").await.unwrap_err();
    assert!(matches!(unknown, Error::NotFound));
    let rivera = world.actor(&world.rivera).await;
    let staff = records::trend(&world.services, &rivera, "ldl-cholesterol").await.unwrap_err().to_problem();
    assert_eq!(staff.code, ProblemCode::Forbidden);
}

#[rstest]
#[tokio::test]
async fn a_result_that_was_added_after_the_signature_is_not_shown(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let values = [value("LDL cholesterol", "4.4", "mmol/L")];
    let (_, reference) = report(&world, &world.maya, date(2026, 11, 20), &values).await;
    let (other, _) = report(&world, &world.maya, date(2026, 11, 21), &values).await;
    let maya = world.actor(&world.maya).await;
    assert!(records::detail(&world.services, &maya, &named(&reference)).await.is_ok());
    // A row that looks right and was never signed: the same sealed bytes under another position do not even open.
    let smuggled = format!(
        "INSERT INTO lab_result (record_id, patient_id, position, content, created_at)
         SELECT (SELECT id FROM medical_record WHERE reference = '{reference}'), patient_id, 2, content, created_at
         FROM lab_result WHERE record_id = {other}"
    );
    world.raw().execute_unprepared(&smuggled).await.unwrap();
    let failed = records::detail(&world.services, &maya, &named(&reference)).await.unwrap_err().to_problem();
    assert_eq!(failed.code, ProblemCode::Internal);
    let list = records::results(&world.services, &maya, PageRequest::default()).await.unwrap_err().to_problem();
    let trend = records::trend(&world.services, &maya, "ldl-cholesterol").await.unwrap_err().to_problem();
    let timeline = records::timeline(&world.services, &maya, TimelineQuery::default()).await.unwrap_err().to_problem();
    assert_eq!([list.code, trend.code, timeline.code], [ProblemCode::Internal; 3]);
}

#[rstest]
#[tokio::test]
async fn an_entry_is_printed_for_whoever_may_read_it(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let (_, reference) =
        report(&world, &world.maya, date(2026, 11, 20), &[value("LDL cholesterol", "4.4", "mmol/L")]).await;
    let maya = world.actor(&world.maya).await;
    let printed = records::printed(&world.services, &maya, &named(&reference)).await.unwrap();
    assert_eq!(printed.name, format!("{reference}.pdf"));
    assert!(printed.bytes.starts_with(b"%PDF-"), "no PDF");
    let jonas = world.actor(&world.jonas).await;
    assert!(matches!(records::printed(&world.services, &jonas, &named(&reference)).await, Err(Error::NotFound)));
}
