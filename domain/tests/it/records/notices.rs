//! What doctors are told at once: critical values first, then questions of patients.

use domain::{
    access::{Actor, Audited},
    records::{self, Comment},
    testing::{Engine, TestWorld},
    types::{
        DoctorNoticeId, ProblemCode,
        records::{AnswerState, Inbox, LabForm, NoticeKind, ResultForm, Vitals},
    },
};
use jiff::civil::datetime;
use rstest::rstest;

use super::{in_care, maya};

async fn inbox(world: &TestWorld, actor: &Actor) -> Inbox {
    records::inbox(&world.services, actor).await.unwrap().into_inner()
}

fn pressure(high: u16, low: u16) -> Vitals {
    Vitals { systolic_bp: Some(high), diastolic_bp: Some(low), ..Vitals::default() }
}

#[rstest]
#[tokio::test]
async fn a_critical_reading_of_a_patient_reaches_the_doctors_who_have_them_in_care(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let (patient, rivera, brandt) =
        (world.actor(&world.maya).await, world.actor(&world.rivera).await, world.actor(&world.brandt).await);
    let measure = async |actor: &Actor, vitals: Vitals| {
        let whose = (actor.viewer().is_some_and(|viewer| viewer.name.contains("Rivera"))).then(maya);
        records::enter_vitals(&world.services, actor, whose.as_ref(), vitals, None).await.unwrap().into_inner()
    };
    measure(&patient, pressure(131, 82)).await;
    assert!(inbox(&world, &rivera).await.notices.is_empty(), "nothing critical");
    let own = measure(&rivera, pressure(240, 140)).await;
    let told = inbox(&world, &rivera).await.notices;
    assert_eq!((told.len(), &told[0].record.reference), (1, &own.reference), "what they measured waits for their act");
    assert!(world.mail_to(&world.rivera.email).await.is_none(), "and nobody writes to them what they know");
    let _ = records::notice_seen(&world.services, &rivera, told[0].id).await.unwrap();
    let entry = measure(&patient, pressure(240, 140)).await;
    assert_eq!(records::dangerous_readings(&entry), ["Blood pressure 240/140 mmHg"]);
    let told = inbox(&world, &rivera).await.notices;
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].kind, told[0].record.reference.as_str()), (NoticeKind::Critical, entry.reference.as_str()));
    assert_eq!(told[0].values[0].words, "Blood pressure 240/140 mmHg, critical");
    assert!(inbox(&world, &brandt).await.notices.is_empty());
    let mail = world.mail_to(&world.rivera.email).await.expect("a message");
    assert!(mail.subject.contains("critical value"), "{}", mail.subject);
    for said in ["240", "Maya", "Okafor"] {
        assert!(!mail.body.contains(said) && !mail.subject.contains(said), "{said}: {}", mail.body);
    }
    let which = records::Which::Reference(entry.reference);
    let detail = records::detail(&world.services, &patient, &which).await.unwrap().into_inner();
    assert_eq!(detail.dangers[0].words, "Blood pressure 240/140 mmHg");
    let chart = records::chart(&world.services, &rivera, &maya()).await.unwrap().into_inner();
    assert!(chart.overview.vitals.iter().any(|reading| reading.name == "Blood pressure" && reading.is_critical));
}

#[rstest]
#[tokio::test]
async fn a_critical_result_stands_first_and_once_for_whoever_asked_for_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    world.book(&world.maya, &world.brandt, datetime(2026, 11, 26, 9, 30, 0, 0)).await.unwrap();
    let (rivera, brandt) = (world.actor(&world.rivera).await, world.actor(&world.brandt).await);
    let release = async |value: &str| {
        let potassium = ResultForm {
            test: "Potassium".into(),
            value: value.into(),
            unit: "mmol/L".into(),
            low: "3.5".into(),
            high: "5.1".into(),
            ..ResultForm::default()
        };
        let form = LabForm {
            title: "Electrolytes".into(),
            date: "2026-11-20".into(),
            comment: "Please come in".into(),
            doctor: world.rivera.doctor.unwrap().to_string(),
            results: vec![potassium],
            ..LabForm::default()
        };
        let entered = records::enter_report(&world.services, &brandt, &maya(), &form).await.unwrap().into_inner();
        records::release(&world.services, &brandt, &entered.reference, 1, Comment::AsSaved).await.unwrap().into_inner()
    };
    release("5.3").await;
    let critical = release("6.9").await;
    let waiting = inbox(&world, &rivera).await;
    assert_eq!((waiting.notices.len(), waiting.results.len()), (1, 1));
    assert_eq!(waiting.notices[0].values[0].words, "Potassium 6.9 mmol/L, critical: far above the range");
    let _ = records::mark_seen(&world.services, &rivera, &critical.reference).await.unwrap();
    let waiting = inbox(&world, &rivera).await;
    assert_eq!((waiting.notices.len(), waiting.results.len()), (0, 1), "whoever saw the report saw the value");
    release("7.1").await;
    let notice = inbox(&world, &rivera).await.notices[0].id;
    assert_eq!(code(records::notice_seen(&world.services, &brandt, notice).await), ProblemCode::NotFound);
    for _ in 0..2 {
        let _ = records::notice_seen(&world.services, &rivera, notice).await.unwrap();
    }
    let waiting = inbox(&world, &rivera).await;
    assert_eq!((waiting.notices.len(), waiting.results.len()), (0, 1));
}

fn code<T>(outcome: domain::Result<Audited<T>>) -> ProblemCode {
    outcome.err().expect("a refusal").to_problem().code
}

#[rstest]
#[tokio::test]
async fn a_patient_asks_about_their_own_result_and_the_doctor_reads_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let (_, reference) = world.write_lab_report(&world.maya, &world.rivera, "Ferritin", "12", "µg/L").await;
    let (patient, jonas, rivera) =
        (world.actor(&world.maya).await, world.actor(&world.jonas).await, world.actor(&world.rivera).await);
    let ask = async |actor: &Actor, text: &str| records::ask_doctor(&world.services, actor, &reference, text).await;
    assert_eq!(code(ask(&jonas, "Is this mine?").await), ProblemCode::NotFound);
    assert_eq!(code(ask(&rivera, "May I?").await), ProblemCode::Forbidden);
    assert!(ask(&patient, "  ").await.unwrap_err().to_problem().for_field("text").is_some());
    let _ = ask(&patient, "Should I take iron, quetzalcoatl?").await.unwrap();
    let told = inbox(&world, &rivera).await.notices;
    assert_eq!((told[0].kind, told[0].record.reference.as_str()), (NoticeKind::Question, reference.as_str()));
    assert_eq!(told[0].question.as_deref(), Some("Should I take iron, quetzalcoatl?"));
    let stored = world.everything_stored().await;
    assert!(!stored.windows(12).any(|bytes| bytes == b"quetzalcoatl"), "a question is sealed");
    for _ in 0..2 {
        let _ = ask(&patient, "And now?").await.unwrap();
    }
    assert!(ask(&patient, "Once more?").await.unwrap_err().to_problem().for_field("text").is_some(), "three wait");
    let unknown = records::notice_seen(&world.services, &rivera, DoctorNoticeId(4711)).await;
    assert_eq!(code(unknown), ProblemCode::NotFound);
    let _ = records::notice_seen(&world.services, &rivera, told[0].id).await.unwrap();
    assert_eq!(inbox(&world, &rivera).await.notices.len(), 2);
}

#[rstest]
#[tokio::test]
async fn each_question_waits_for_its_own_answer_and_both_stay_on_the_entry(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let (_, reference) = world.write_lab_report(&world.maya, &world.rivera, "Ferritin", "12", "µg/L").await;
    let (_, other) = world.write_lab_report(&world.maya, &world.rivera, "Glucose", "5", "mmol/L").await;
    let (patient, rivera) = (world.actor(&world.maya).await, world.actor(&world.rivera).await);
    for text in ["Should I take iron?", "Is the pain in my chest from it?", "And coffee?"] {
        let _ = records::ask_doctor(&world.services, &patient, &reference, text).await.unwrap();
    }
    let waiting = async || {
        let told = inbox(&world, &rivera).await.notices;
        told.into_iter().map(|notice| (notice.id, notice.question.unwrap())).collect::<Vec<_>>()
    };
    let first = waiting().await[0].0;
    let add = async |reference: &str, text: &str, answers| {
        records::add_to(&world.services, &rivera, reference, text, answers).await
    };
    let _ = add(&reference, "Nobody asked about this.", None).await.unwrap();
    assert_eq!(waiting().await.len(), 3, "an addendum that answers nothing ends nothing");
    assert!(world.mail_to(&world.maya.email).await.is_none_or(|mail| !mail.subject.contains("answered")));
    assert_eq!(code(add(&other, "Elsewhere", Some(first)).await), ProblemCode::NotFound);

    let answer = add(&reference, "Yes, quetzalcoatl tablets.", Some(first)).await.unwrap().into_inner();
    let told = world.mail_to(&world.maya.email).await.expect("a message");
    assert_eq!(told.subject, "Your question has been answered");
    assert!(told.body.contains(&format!("/records/{reference}")), "{}", told.body);
    assert!(!told.body.contains("quetzalcoatl") && !told.body.contains("Ferritin"), "{}", told.body);
    assert!(add(&reference, "Twice", Some(first)).await.unwrap_err().to_problem().for_field("text").is_some());
    let left = waiting().await;
    assert_eq!(left[0].1, "Is the pain in my chest from it?");
    let _ = records::notice_seen(&world.services, &rivera, left[1].0).await.unwrap();

    for reader in [&patient, &rivera] {
        let which = records::Which::from(&reference);
        let questions = records::detail(&world.services, reader, &which).await.unwrap().into_inner().questions;
        let shown: Vec<_> = questions.iter().map(|one| (one.text.as_deref().unwrap(), one.state)).collect();
        let expected = [
            ("Should I take iron?", AnswerState::Answered(answer.id)),
            ("Is the pain in my chest from it?", AnswerState::Waiting),
            ("And coffee?", AnswerState::Closed),
        ];
        assert_eq!(shown, expected);
    }
}
