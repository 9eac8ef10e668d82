//! Reports that programs write, change and sign for a doctor.

use domain::{
    Error,
    access::{Actor, Audited},
    records,
    testing::{Engine, TestWorld},
    types::records::{ChangeReport, RecordStatus, RecordType, RecordView, Report, WriteReport},
};
use jiff::civil::{Date, date};
use rstest::rstest;

use super::{in_care, maya};

/// The test clinic's Monday.
const TODAY: Date = date(2026, 11, 23);

async fn write(world: &TestWorld, rivera: &Actor, kind: RecordType, day: Option<Date>) -> Result<RecordView, Error> {
    let report = Report { assessment: "Lipids".into(), plan: "Again in May".into(), ..Report::default() };
    let command = WriteReport { patient: maya(), kind, date: day, report, visit: None };
    records::write_report(&world.services, rivera, command, None).await.map(Audited::into_inner)
}

#[rstest]
#[tokio::test]
async fn no_report_is_of_a_day_that_is_still_to_come(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let rivera = world.actor(&world.rivera).await;
    let tomorrow = TODAY.tomorrow().unwrap();
    let refused = write(&world, &rivera, RecordType::Consultation, Some(tomorrow)).await.unwrap_err().to_problem();
    assert!(refused.for_field("record_date").is_some(), "{refused:?}");
    let draft = write(&world, &rivera, RecordType::Consultation, None).await.unwrap();
    assert_eq!(draft.date, TODAY.to_string());
    let moved = async |day| {
        let change = ChangeReport { date: Some(day), ..ChangeReport::default() };
        records::change_report(&world.services, &rivera, draft.id, change).await.map(Audited::into_inner)
    };
    let refused = moved(tomorrow).await.unwrap_err().to_problem();
    assert!(refused.for_field("record_date").is_some(), "{refused:?}");
    assert_eq!(moved(date(2026, 11, 20)).await.unwrap().date, "2026-11-20");
}

#[rstest]
#[tokio::test]
async fn a_laboratory_report_that_a_program_signs_is_told_to_the_patient_and_is_not_new_to_its_doctor(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let rivera = world.actor(&world.rivera).await;
    let draft = write(&world, &rivera, RecordType::LabReport, None).await.unwrap();
    let signed = records::sign_report(&world.services, &rivera, draft.id, None).await.unwrap().into_inner();
    assert_eq!(signed.status, RecordStatus::Final);
    let mail = world.mail_to(&world.maya.email).await.expect("a message");
    assert!(mail.subject.contains("new results"), "{}", mail.subject);
    let inbox = records::inbox(&world.services, &rivera).await.unwrap().into_inner();
    assert!(inbox.results.is_empty(), "whoever signs it has read it");
}
