//! Laboratory reports and vital signs: entered, released, waited for.

use domain::{
    Error,
    records::{self, Comment, Which},
    testing::{Engine, TestWorld},
    types::{
        ProblemCode,
        page::PageRequest,
        records::{LabForm, PatientRef, ResultForm, Vitals, VitalsForm},
    },
};
use jiff::civil::datetime;
use rstest::rstest;

use super::{in_care, maya};

fn lipids(value: &str) -> LabForm {
    let ldl = ResultForm {
        test: "LDL cholesterol".into(),
        value: value.into(),
        unit: "mmol/L".into(),
        high: "3.0".into(),
        ..ResultForm::default()
    };
    let culture = ResultForm {
        test: "Urine culture".into(),
        value: "No growth".into(),
        flag: "normal".into(),
        ..ResultForm::default()
    };
    LabForm {
        title: "Lipid profile".into(),
        date: "2026-11-22".into(),
        comment: "A little high".into(),
        results: vec![ldl, culture],
        ..LabForm::default()
    }
}

fn code<T>(outcome: Result<T, Error>) -> ProblemCode {
    outcome.err().expect("a refusal").to_problem().code
}

#[rstest]
#[tokio::test]
async fn a_report_is_its_authors_until_it_is_released_and_the_patients_from_then_on(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let (rivera, patient) = (world.actor(&world.rivera).await, world.actor(&world.maya).await);
    let entered = records::enter_report(&world.services, &rivera, &maya(), &lipids("4.4")).await.unwrap().into_inner();
    let which = Which::Reference(entered.reference.clone());
    assert_eq!(code(records::detail(&world.services, &patient, &which).await), ProblemCode::NotFound);
    let corrected = records::save_report(&world.services, &rivera, &entered.reference, 1, &lipids("3.4")).await;
    assert_eq!(corrected.unwrap().into_inner().version, 2);
    let old = records::release(&world.services, &rivera, &entered.reference, 1, Comment::AsSaved).await;
    assert_eq!(code(old), ProblemCode::RecordChanged, "what is released is what was on the page");
    let _ = records::release(&world.services, &rivera, &entered.reference, 2, Comment::AsSaved).await.unwrap();
    let detail = records::detail(&world.services, &patient, &which).await.unwrap().into_inner();
    let values: Vec<_> = detail.results.iter().map(|result| result.value.in_words()).collect();
    assert_eq!(values, ["3.4 mmol/L, slightly above the range", "No growth, as expected"]);
    let again = records::save_report(&world.services, &rivera, &entered.reference, 2, &lipids("9")).await;
    assert_eq!(code(again), ProblemCode::RecordSigned);
    let mail = world.mail_to(&world.maya.email).await.expect("a message");
    assert!(mail.subject.contains("new results"), "{}", mail.subject);
    assert!(!mail.body.contains("LDL") && !mail.body.contains("3.4"), "nothing clinical: {}", mail.body);
}

#[rstest]
#[tokio::test]
async fn what_nobody_has_seen_waits_for_whoever_asked_for_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    world.book(&world.maya, &world.brandt, datetime(2026, 11, 26, 9, 30, 0, 0)).await.unwrap();
    let (rivera, brandt) = (world.actor(&world.rivera).await, world.actor(&world.brandt).await);
    let asked = LabForm { doctor: world.rivera.doctor.unwrap().to_string(), ..lipids("4.4") };
    let report = records::enter_report(&world.services, &brandt, &maya(), &asked).await.unwrap().into_inner();
    let inbox = async |actor: &domain::access::Actor| {
        let inbox = records::inbox(&world.services, actor).await.unwrap().into_inner();
        (inbox.drafts.len(), inbox.results.len())
    };
    assert_eq!((inbox(&rivera).await, inbox(&brandt).await), ((0, 0), (1, 0)));
    let _ = records::release(&world.services, &brandt, &report.reference, 1, Comment::AsSaved).await.unwrap();
    assert_eq!((inbox(&rivera).await, inbox(&brandt).await), ((0, 1), (0, 0)));
    let waiting = records::inbox(&world.services, &rivera).await.unwrap().into_inner();
    assert_eq!(waiting.results[0].values[0].words, "LDL cholesterol 4.4 mmol/L, above the range");
    for _ in 0..2 {
        let _ = records::mark_seen(&world.services, &rivera, &report.reference).await.unwrap();
    }
    assert_eq!(inbox(&rivera).await, (0, 0));
    let stranger = LabForm { doctor: "4711".into(), ..lipids("4.4") };
    let refused = records::enter_report(&world.services, &brandt, &maya(), &stranger).await;
    assert!(refused.unwrap_err().to_problem().for_field("doctor").is_some());
}

#[rstest]
#[tokio::test]
async fn a_report_of_a_day_to_come_or_without_results_is_refused(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let rivera = world.actor(&world.rivera).await;
    for (form, field) in [
        (LabForm { date: "2026-11-24".into(), ..lipids("4") }, "date"),
        (LabForm { results: Vec::new(), ..lipids("4") }, "results[0].test"),
    ] {
        let problem = records::enter_report(&world.services, &rivera, &maya(), &form).await.unwrap_err().to_problem();
        assert!(problem.for_field(field).is_some(), "{field}: {problem:?}");
    }
}

#[rstest]
#[tokio::test]
async fn patients_enter_what_they_measured_themselves_and_doctors_what_they_measured(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let (rivera, patient) = (world.actor(&world.rivera).await, world.actor(&world.maya).await);
    let vitals: Vitals =
        VitalsForm { systolic_bp: "131".into(), diastolic_bp: "82".into(), ..VitalsForm::default() }.parse().unwrap();
    let own = records::enter_vitals(&world.services, &patient, None, vitals, None).await.unwrap().into_inner();
    assert!(own.is_from_patient && own.signed_word() == "Entered");
    assert_eq!(own.signed.unwrap().by, "Maya Okafor", "not a doctor");
    let of_jonas = PatientRef::Id(world.jonas.patient.unwrap());
    let foreign = records::enter_vitals(&world.services, &patient, Some(&of_jonas), vitals, None).await;
    assert_eq!(code(foreign), ProblemCode::NotFound);
    let measured = records::enter_vitals(&world.services, &rivera, Some(&maya()), vitals, None).await.unwrap();
    assert_eq!(measured.into_inner().doctor_name, "Dr. Elena Rivera");
    let nobody = records::enter_vitals(&world.services, &rivera, None, vitals, None).await;
    assert!(nobody.unwrap_err().to_problem().for_field("patient").is_some());
    let not_in_care = records::enter_vitals(&world.services, &rivera, Some(&of_jonas), vitals, None).await;
    assert_eq!(code(not_in_care), ProblemCode::NotFound);
    let admin = world.actor(&world.admin).await;
    assert_eq!(
        code(records::enter_vitals(&world.services, &admin, Some(&maya()), vitals, None).await),
        ProblemCode::Forbidden
    );
    for (actor, count) in [(&patient, 2), (&rivera, 2), (&admin, 0)] {
        let page = records::vitals(&world.services, actor, PageRequest::default()).await.unwrap().into_inner();
        assert_eq!(page.count, count);
    }
    let stats = records::stats(&world.services, &patient).await.unwrap().into_inner();
    assert_eq!((stats.vitals_history.len(), stats.active_prescriptions, stats.upcoming_appointments), (2, 0, 1));
}

#[rstest]
#[tokio::test]
async fn what_waits_is_counted_and_one_result_leads_to_the_next(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let (_, first) = world.write_lab_report(&world.maya, &world.rivera, "Ferritin", "11", "µg/L").await;
    let (_, second) = world.write_lab_report(&world.maya, &world.rivera, "Potassium", "4.1", "mmol/L").await;
    let rivera = world.actor(&world.rivera).await;
    let waits = async || {
        let count = records::inbox_count(&world.services, &rivera).await.unwrap();
        (count, records::next_result(&world.services, &rivera).await.unwrap())
    };
    let whole = records::inbox(&world.services, &rivera).await.unwrap().into_inner();
    let (count, next) = waits().await;
    assert_eq!(count, (whole.drafts.len() + whole.results.len() + whole.visits.len()) as u64);
    assert_eq!(next, Some(whole.results[0].record.reference.clone()), "the first of the inbox");
    for reference in [&first, &second] {
        let _ = records::mark_seen(&world.services, &rivera, reference).await.unwrap();
    }
    assert_eq!(waits().await, (count - 2, None));
    let admin = world.actor(&world.admin).await;
    assert!(records::inbox_count(&world.services, &admin).await.is_err());
    assert!(records::next_result(&world.services, &admin).await.is_err());
}

#[rstest]
#[tokio::test]
async fn a_patient_whose_results_are_critical_is_asked_to_read_them_now(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let rivera = world.actor(&world.rivera).await;
    // A name that is almost one of the table counts as well.
    for (test, value, subject) in [
        ("Potassium", "4.1", "You have new results"),
        ("Potassium", "6.9", "Please read your new results now"),
        ("Potasium", "6.9", "Please read your new results now"),
    ] {
        let row = ResultForm { test: test.into(), value: value.into(), unit: "mmol/L".into(), ..ResultForm::default() };
        let form = LabForm { results: vec![row], ..lipids("4.4") };
        let report = records::enter_report(&world.services, &rivera, &maya(), &form).await.unwrap().into_inner();
        let _ = records::release(&world.services, &rivera, &report.reference, 1, Comment::AsSaved).await.unwrap();
        let mail = world.mail_to(&world.maya.email).await.expect("a message");
        assert_eq!(mail.subject, subject, "{test} {value}");
        assert_eq!(mail.body.contains("call us on +353"), subject.contains("now"), "{}", mail.body);
        assert!(!mail.body.contains("6.9") && !mail.body.contains(test), "{}", mail.body);
    }
}
