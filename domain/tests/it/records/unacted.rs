//! A critical value stays in view until a doctor says that they acted on it, whatever was measured later.

use domain::{
    access::Actor,
    records::{self, Comment, Which},
    testing::{Engine, TestWorld},
    types::{
        DoctorId, ProblemCode,
        page::PageRequest,
        records::{LabForm, Level, ResultForm, TimelineQuery, Unacted, Vitals},
    },
};
use jiff::civil::datetime;
use rstest::rstest;

use super::{in_care, maya};

/// A released report of one potassium of a day, for the doctor who enters it or another one; gives its reference.
async fn potassium(world: &TestWorld, doctor: &Actor, asked: Option<DoctorId>, day: &str, value: &str) -> String {
    let row = ResultForm {
        test: "Potassium".into(),
        value: value.into(),
        unit: "mmol/L".into(),
        low: "3.5".into(),
        high: "5.1".into(),
        ..ResultForm::default()
    };
    let form = LabForm {
        title: "Electrolytes".into(),
        date: day.into(),
        comment: "I will call you".into(),
        doctor: asked.map(|doctor| doctor.to_string()).unwrap_or_default(),
        results: vec![row],
        ..LabForm::default()
    };
    let entered = records::enter_report(&world.services, doctor, &maya(), &form).await.unwrap().into_inner();
    let released = records::release(&world.services, doctor, &entered.reference, 1, Comment::AsSaved).await;
    released.unwrap().into_inner().reference
}

fn said(unacted: &[Unacted]) -> Vec<String> {
    unacted.iter().flat_map(|entry| &entry.words).cloned().collect()
}

/// What is critical and waits, on every page where a doctor or the patient looks: each says the same.
async fn waiting(world: &TestWorld) -> Vec<String> {
    let (patient, doctor) = (world.actor(&world.maya).await, world.actor(&world.rivera).await);
    let (services, maya) = (&world.services, maya());
    let chart = records::chart(services, &doctor, &maya).await.unwrap().into_inner();
    let on_chart = said(&chart.overview.unacted());
    let glance = records::glance(services, &patient).await.unwrap().into_inner();
    assert_eq!(said(&Unacted::all(&glance.out_of_range, &glance.readings)), on_chart, "the patient's first page");
    let timeline = records::timeline(services, &patient, TimelineQuery::default()).await.unwrap().into_inner();
    assert_eq!(said(&timeline.unacted), on_chart, "the patient's record");
    assert!(timeline.is_critical || on_chart.is_empty());
    let all = records::chart_entries(services, &doctor, &maya, TimelineQuery::default()).await.unwrap().into_inner();
    assert_eq!(said(&all.timeline.unacted), on_chart, "all entries of the chart");
    let stats = records::stats(services, &patient).await.unwrap().into_inner();
    assert_eq!(said(&stats.unacted), on_chart, "programs");
    let tests = records::tests(services, &patient).await.unwrap().into_inner();
    let of_chart = records::tests_of(services, &doctor, &maya).await.unwrap().into_inner().tests;
    assert_eq!(tests, of_chart);
    let results: Vec<_> = tests.into_iter().map(|test| test.latest).collect();
    assert_eq!(results, chart.overview.results);
    on_chart
}

#[rstest]
#[tokio::test]
async fn a_critical_result_stays_beside_a_newer_normal_one_until_a_doctor_has_acted(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let (rivera, patient) = (world.actor(&world.rivera).await, world.actor(&world.maya).await);
    let first = potassium(&world, &rivera, None, "2026-11-20", "6.9").await;
    assert!(world.mail_to(&world.rivera.email).await.is_none(), "whoever released it knows it");
    potassium(&world, &rivera, None, "2026-11-21", "4.2").await;
    let second = potassium(&world, &rivera, None, "2026-11-19", "7.3").await;
    let both =
        ["Potassium 6.9 mmol/L, critical: far above the range", "Potassium 7.3 mmol/L, critical: far above the range"];
    assert_eq!(waiting(&world).await, both, "also when it is released after the normal one");

    let chart = records::chart(&world.services, &rivera, &maya()).await.unwrap().into_inner();
    let shown: Vec<_> =
        chart.overview.results.iter().map(|one| (one.value.value.as_str(), one.later.as_deref())).collect();
    let later = Some("4.2 mmol/L, in range (21 November 2026)");
    assert_eq!(shown, [("6.9", later), ("7.3", later), ("4.2", None)]);
    let unacted = chart.overview.unacted();
    assert_eq!(unacted[0].when, "20 November 2026");
    assert_eq!(unacted[0].later, ["Potassium later: 4.2 mmol/L, in range (21 November 2026)."]);
    assert!(chart.recent.iter().any(|entry| entry.out_of_range.iter().any(|line| line.level == Level::Critical)));
    let trend = records::trend(&world.services, &patient, "potassium").await.unwrap().into_inner();
    assert_eq!(trend.series[0].results.iter().filter(|result| result.is_unacted).count(), 2);
    let page = records::results(&world.services, &patient, PageRequest::default()).await.unwrap().into_inner();
    let marked: Vec<_> = page.results.iter().map(|one| (one.value.value.as_str(), one.is_unacted)).collect();
    assert_eq!(marked, [("4.2", false), ("6.9", true), ("7.3", true)]);

    let _ = records::act_on(&world.services, &rivera, &first).await.unwrap();
    assert_eq!(waiting(&world).await, both[1..]);
    let told = records::inbox(&world.services, &rivera).await.unwrap().into_inner().notices;
    assert_eq!(told.len(), 1);
    let _ = records::notice_seen(&world.services, &rivera, told[0].id).await.unwrap();
    assert!(waiting(&world).await.is_empty(), "acting in the inbox is acting too");
    let which = Which::Reference(second);
    let detail = records::detail(&world.services, &rivera, &which).await.unwrap().into_inner();
    assert!(!detail.may_act && !detail.record.is_unacted);
    assert_eq!(detail.results[0].level(), Level::Critical, "it stays what it is");
}

#[rstest]
#[tokio::test]
async fn a_critical_reading_stays_until_a_doctor_has_acted_whoever_measured_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let (rivera, patient) = (world.actor(&world.rivera).await, world.actor(&world.maya).await);
    let pressure = |high, low| Vitals { systolic_bp: Some(high), diastolic_bp: low, ..Vitals::default() };
    let own = async |vitals: Vitals| {
        records::enter_vitals(&world.services, &patient, None, vitals, None).await.unwrap().into_inner().reference
    };
    let first = own(pressure(240, Some(140))).await;
    own(pressure(120, None)).await;
    let second = own(Vitals { oxygen_saturation: Some(82), heart_rate: Some(35), ..Vitals::default() }).await;
    let usual = Vitals { heart_rate: Some(70), oxygen_saturation: Some(98), ..pressure(120, Some(80)) };
    for _ in 0..13 {
        own(usual).await;
    }
    let of_patient =
        ["Pulse 35 per minute, critical", "Oxygen 82 %, critical", "Blood pressure 240/140 mmHg, critical"];
    assert_eq!(waiting(&world).await, of_patient);
    let measured = records::enter_vitals(&world.services, &rivera, Some(&maya()), pressure(230, Some(130)), None).await;
    let measured = measured.unwrap().into_inner();
    let _ = records::enter_vitals(&world.services, &rivera, Some(&maya()), usual, None).await.unwrap();
    assert_eq!(waiting(&world).await[0], "Blood pressure 230/130 mmHg, critical", "what a doctor measured as well");

    let chart = records::chart(&world.services, &rivera, &maya()).await.unwrap().into_inner();
    let pressures: Vec<_> = chart
        .overview
        .vitals
        .iter()
        .filter(|reading| reading.name == "Blood pressure")
        .map(|reading| (reading.value.as_str(), reading.is_critical, reading.later.as_deref()))
        .collect();
    let later = Some("120/80 mmHg (23 November 2026)");
    let expected = [("230/130 mmHg", true, later), ("240/140 mmHg", true, later), ("120/80 mmHg", false, None)];
    assert_eq!(pressures, expected);
    for reference in [&measured.reference, &first, &second] {
        let which = Which::from(reference);
        assert!(records::detail(&world.services, &rivera, &which).await.unwrap().into_inner().may_act);
        assert!(!records::detail(&world.services, &patient, &which).await.unwrap().into_inner().may_act);
        let _ = records::act_on(&world.services, &rivera, reference).await.unwrap();
    }
    assert!(waiting(&world).await.is_empty());
}

#[rstest]
#[tokio::test]
async fn one_doctor_who_acts_is_enough_and_nobody_else_can_say_so(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let (rivera, brandt) = (world.actor(&world.rivera).await, world.actor(&world.brandt).await);
    let (patient, admin) = (world.actor(&world.maya).await, world.actor(&world.admin).await);
    let reference = potassium(&world, &rivera, None, "2026-11-20", "6.9").await;
    let act = async |actor: &Actor| {
        let outcome = records::act_on(&world.services, actor, &reference).await;
        outcome.err().map(|error| error.to_problem().code)
    };
    assert_eq!(act(&patient).await, Some(ProblemCode::Forbidden));
    assert_eq!(act(&admin).await, Some(ProblemCode::Forbidden));
    assert_eq!(act(&brandt).await, Some(ProblemCode::NotFound), "not in his care");
    assert_eq!(waiting(&world).await.len(), 1);
    world.book(&world.maya, &world.brandt, datetime(2026, 11, 26, 9, 30, 0, 0)).await.unwrap();
    for _ in 0..2 {
        assert_eq!(act(&brandt).await, None, "a doctor who was not told may act as well");
    }
    assert!(waiting(&world).await.is_empty());
    let usual = potassium(&world, &rivera, None, "2026-11-21", "4.2").await;
    let _ = records::act_on(&world.services, &rivera, &usual).await.unwrap();
    let asked = potassium(&world, &brandt, world.rivera.doctor, "2026-11-22", "7.1").await;
    let mail = world.mail_to(&world.rivera.email).await.expect("a message");
    assert!(mail.subject.contains("critical value"), "{}", mail.subject);
    let _ = records::mark_seen(&world.services, &rivera, &asked).await.unwrap();
    assert!(waiting(&world).await.is_empty(), "marked as seen by whoever was told");
}
