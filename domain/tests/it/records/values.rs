//! Measured values: what is out of its range stays in view, and a line over time ends with its newest value.

use domain::{
    access::Audited,
    records::{self, Comment},
    testing::{Engine, TestWorld},
    types::{
        page::PageRequest,
        records::{
            Content, Flag, LabForm, LabResultView, LabValue, Level, Mark, PatientRef, RecordType, Report, ResultForm,
            TimelineQuery, Vitals, judged,
        },
    },
};
use jiff::civil::{Date, date};
use rstest::rstest;

use super::{in_care, maya};

/// A result with the range of potassium unless another is given.
fn value(test: &str, number: &str, unit: &str, (low, high): (&str, &str)) -> LabValue {
    let bound = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let (low, high) = (bound(low), bound(high));
    LabValue {
        test: test.into(),
        code: String::new(),
        value: number.into(),
        unit: unit.into(),
        flag: judged(number, low.as_deref(), high.as_deref(), None),
        low,
        high,
        mark: None,
        note: String::new(),
    }
}

fn potassium(number: &str) -> LabValue {
    value("Potassium", number, "mmol/L", ("3.5", "5.1"))
}

async fn report(world: &TestWorld, day: Date, time: Option<&str>, values: &[LabValue]) -> String {
    let content =
        Content::Report(Report { assessment: "Blood".into(), time: time.map(str::to_owned), ..Report::default() });
    world.write_entry(&world.maya, &world.rivera, RecordType::LabReport, day, content, values).await.1
}

/// What stands out of its range on the patient's first page, which is what the doctor's chart says too.
async fn out_of_range(world: &TestWorld) -> Vec<String> {
    let (patient, doctor) = (world.actor(&world.maya).await, world.actor(&world.rivera).await);
    let words = |results: &[LabResultView]| -> Vec<String> {
        results.iter().map(|result| format!("{} {}", result.value.test, result.value.value)).collect()
    };
    let glance = records::glance(&world.services, &patient).await.unwrap().into_inner();
    let chart = records::chart(&world.services, &doctor, &maya()).await.unwrap().into_inner();
    let urgent: Vec<_> = chart.overview.results.into_iter().filter(|one| one.level().is_out_of_range()).collect();
    assert_eq!(words(&glance.out_of_range), words(&urgent));
    words(&glance.out_of_range)
}

#[rstest]
#[tokio::test]
async fn of_repeated_rows_of_a_report_the_worst_counts(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    report(&world, date(2026, 11, 19), None, &[potassium("4.1"), potassium("6.9"), potassium("4.2")]).await;
    assert_eq!(out_of_range(&world).await, ["Potassium 6.9"]);
    report(&world, date(2026, 11, 20), None, &[potassium("4.4")]).await;
    assert!(out_of_range(&world).await.is_empty(), "a newer value in the range ends it");
}

#[rstest]
#[tokio::test]
async fn a_share_does_not_hide_a_number(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let absolute = value("Neutrophils", "0.9", "10^9/L", ("2.0", "7.5"));
    report(&world, date(2026, 11, 18), None, &[absolute]).await;
    let shares = [value("Neutrophils %", "55", "%", ("40", "75")), value("Neutrophils", "55", "%", ("40", "75"))];
    report(&world, date(2026, 11, 19), None, &shares).await;
    assert_eq!(out_of_range(&world).await, ["Neutrophils 0.9"]);
}

#[rstest]
#[tokio::test]
async fn a_value_of_another_quantity_does_not_settle_what_came_before(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    report(&world, date(2026, 11, 19), None, &[potassium("7.1")]).await;
    report(&world, date(2026, 11, 20), None, &[value("Potassium", "60", "mmol/24h", ("25", "125"))]).await;
    assert_eq!(out_of_range(&world).await, ["Potassium 7.1"], "the urine of a day says nothing about blood");
    let sugar = value("HbA1c", "48", "mmol/mol", ("20", "42"));
    report(&world, date(2026, 11, 20), None, &[sugar, value("HbA1c", "5.5", "%", ("4", "6"))]).await;
    assert_eq!(out_of_range(&world).await, ["Potassium 7.1", "HbA1c 48"]);
    report(&world, date(2026, 11, 21), None, &[value("Potassium", "4,400", "µmol/L", ("3500", "5100"))]).await;
    assert_eq!(out_of_range(&world).await, ["Potassium 7.1", "HbA1c 48"], "a number that was not read settles nothing");
    report(&world, date(2026, 11, 22), None, &[value("Potassium", "4400", "µmol/L", ("3500", "5100"))]).await;
    assert_eq!(out_of_range(&world).await, ["HbA1c 48"], "the same quantity with another prefix does");
}

#[rstest]
#[tokio::test]
async fn the_page_of_a_test_says_the_same_of_it_as_the_chart(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let magnesium = |number| value("Magnesium", number, "mmol/L", ("0.7", "1.0"));
    report(&world, date(2026, 11, 19), None, &["0.8", "0.31", "0.85"].map(magnesium)).await;
    let patient = world.actor(&world.maya).await;
    let page = async || records::trend(&world.services, &patient, "magnesium").await.unwrap().into_inner();
    let series = page().await.series.remove(0);
    assert_eq!((series.holds.value.value.as_str(), series.newer()), ("0.31", None));
    let line: Vec<_> = series.results.iter().map(|result| result.value.value.as_str()).collect();
    assert_eq!(line, ["0.8", "0.85", "0.31"], "of one report the value that holds ends the line");
    report(&world, date(2026, 11, 20), None, &[magnesium("haemolysed")]).await;
    let series = page().await.series.remove(0);
    let newer = series.newer().map(|result| result.value.value.as_str());
    assert_eq!((series.holds.value.value.as_str(), newer), ("0.31", Some("haemolysed")));
    assert_eq!(out_of_range(&world).await, ["Magnesium 0.31"]);
}

#[rstest]
#[tokio::test]
async fn half_a_blood_pressure_does_not_hide_the_other_half(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let doctor = world.actor(&world.rivera).await;
    let after = async |systolic_bp, diastolic_bp| {
        let vitals = Vitals { systolic_bp, diastolic_bp, ..Vitals::default() };
        let entered = records::enter_vitals(&world.services, &doctor, Some(&maya()), vitals, None).await.unwrap();
        // What nobody acted on would stay beside the newer ones.
        let _ = records::act_on(&world.services, &doctor, &entered.into_inner().reference).await.unwrap();
        let chart = records::chart(&world.services, &doctor, &maya()).await.unwrap().into_inner();
        chart.overview.vitals.into_iter().map(|reading| (reading.value, reading.is_critical)).collect::<Vec<_>>()
    };
    assert_eq!(after(Some(245), None).await, [("245 mmHg systolic".into(), true)]);
    let both = [("135 mmHg diastolic".into(), true), ("245 mmHg systolic".into(), true)];
    assert_eq!(after(None, Some(135)).await, both);
    let halves = [("120 mmHg systolic".into(), false), ("135 mmHg diastolic".into(), true)];
    assert_eq!(after(Some(120), None).await, halves, "what a newer half replaced is gone");
    assert_eq!(after(Some(120), Some(80)).await, [("120/80 mmHg".into(), false)]);
    assert_eq!(after(Some(240), Some(140)).await, [("240/140 mmHg".into(), true)]);
    let beside = [("120 mmHg systolic".into(), false), ("240/140 mmHg".into(), true)];
    assert_eq!(after(Some(120), None).await, beside, "a pair is one reading: half of it is not left standing alone");
    let halves =
        [("80 mmHg diastolic".into(), false), ("120 mmHg systolic".into(), false), ("240/140 mmHg".into(), true)];
    assert_eq!(after(None, Some(80)).await, halves);
}

#[rstest]
#[tokio::test]
async fn a_finding_stays_however_many_reports_of_other_tests_follow(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    report(&world, date(2026, 1, 2), None, &[potassium("5.6")]).await;
    for day in 1..=25 {
        let other = value("Ferritin", &format!("{}", 100 + day), "µg/L", ("30", "400"));
        report(&world, date(2026, 10, day), None, &[other]).await;
    }
    assert_eq!(out_of_range(&world).await, ["Potassium 5.6"]);
}

#[rstest]
#[tokio::test]
async fn a_newer_value_that_says_nothing_takes_nothing_back(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    report(&world, date(2026, 11, 18), None, &[potassium("6.9")]).await;
    report(&world, date(2026, 11, 19), None, &[potassium("haemolysed"), potassium(">3")]).await;
    assert_eq!(out_of_range(&world).await, ["Potassium 6.9"]);
}

#[rstest]
#[tokio::test]
async fn of_one_day_the_time_of_the_sample_decides_and_without_it_the_worst(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let day = date(2026, 11, 19);
    // Entered in another order than taken.
    report(&world, day, Some("16:10"), &[potassium("4.4")]).await;
    report(&world, day, Some("08:00"), &[potassium("6.9")]).await;
    assert!(out_of_range(&world).await.is_empty());
    let sodium = |number: &str| value("Sodium", number, "mmol/L", ("135", "145"));
    report(&world, day, None, &[sodium("150")]).await;
    report(&world, day, None, &[sodium("140")]).await;
    assert_eq!(out_of_range(&world).await, ["Sodium 150"]);
}

#[rstest]
#[tokio::test]
async fn the_most_urgent_value_comes_first(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let values = [value("Sodium", "140.0000001", "mmol/L", ("135", "140")), potassium("6.9")];
    let reference = report(&world, date(2026, 11, 19), None, &values).await;
    assert_eq!(out_of_range(&world).await, ["Potassium 6.9", "Sodium 140.0000001"]);
    let maya = world.actor(&world.maya).await;
    let timeline = records::timeline(&world.services, &maya, TimelineQuery::default()).await.unwrap().into_inner();
    let lines: Vec<_> = timeline.entries[0].out_of_range.iter().map(|line| (line.level, line.words.as_str())).collect();
    assert_eq!(
        lines,
        [
            (Level::Critical, "Potassium 6.9 mmol/L, critical: far above the range"),
            (Level::Slight, "Sodium 140.0000001 mmol/L, slightly above the range"),
        ]
    );
    let which = records::Which::Reference(reference);
    let detail = records::detail(&world.services, &maya, &which).await.unwrap().into_inner();
    let critical = detail.results[1].critical.as_ref().unwrap();
    assert!(critical.limit.contains("6 mmol/L or more") && !critical.source.is_empty());
}

async fn trend(world: &TestWorld, test: &str) -> Vec<(String, Vec<String>)> {
    let maya = world.actor(&world.maya).await;
    let trend = records::trend(&world.services, &maya, test).await.map(Audited::into_inner).unwrap();
    let values = |results: &[LabResultView]| results.iter().map(|result| result.value.value.clone()).collect();
    trend.series.iter().map(|one| (one.unit.clone(), values(&one.results))).collect()
}

#[rstest]
#[tokio::test]
async fn a_trend_ends_with_its_newest_value_and_spellings_of_a_unit_are_one_line(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let ferritin = |number: &str, unit: &str| value("Ferritin", number, unit, ("30", "400"));
    report(&world, date(2026, 1, 1), None, &[ferritin("180", "µg/L")]).await;
    report(&world, date(2026, 2, 1), None, &[ferritin("250", "ug / l")]).await;
    report(&world, date(2026, 3, 1), None, &[ferritin("350", "μg/L")]).await;
    report(&world, date(2026, 4, 1), None, &[ferritin(">1000", "mcg/L")]).await;
    report(&world, date(2026, 2, 2), None, &[ferritin("304", "pmol/L")]).await;
    let found = trend(&world, "ferritin").await;
    let expected = [("mcg/L", vec!["180", "250", "350", ">1000"]), ("pmol/L", vec!["304"])];
    let expected = expected.map(|(unit, values)| (unit.to_owned(), values.iter().map(|&v| v.to_owned()).collect()));
    assert_eq!(found, expected);
    assert_eq!(out_of_range(&world_in_care(world).await).await, ["Ferritin >1000"]);
}

async fn world_in_care(world: TestWorld) -> TestWorld {
    in_care(&world).await;
    world
}

#[rstest]
#[tokio::test]
async fn values_of_one_day_stand_in_the_order_of_their_times(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let day = date(2026, 11, 19);
    report(&world, day, Some("16:10"), &[potassium("4.4")]).await;
    report(&world, day, Some("08:00"), &[potassium("6.9")]).await;
    report(&world, day, Some("12:30"), &[potassium("5.2")]).await;
    assert_eq!(trend(&world, "potassium").await[0].1, ["6.9", "5.2", "4.4"]);
}

fn form(results: Vec<ResultForm>) -> LabForm {
    LabForm { title: "Blood".into(), date: "2026-11-20".into(), results, ..LabForm::default() }
}

fn typed(test: &str, value: &str, high: &str, flag: &str) -> ResultForm {
    ResultForm { test: test.into(), value: value.into(), high: high.into(), flag: flag.into(), ..ResultForm::default() }
}

#[rstest]
#[tokio::test]
async fn what_the_laboratory_said_is_stored_and_shown_whatever_the_range_says(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let rivera = world.actor(&world.rivera).await;
    let rows = vec![
        typed("Ferritin", "12", "", "abnormal"),
        typed("Copper", "30 H", "", ""),
        typed("Zinc", "2.0", "3.0", "high"),
        typed("Selenium", "4.4", "3.0", "normal"),
        typed("Iodine", "<5", "3.0", ""),
    ];
    let entered = records::enter_report(&world.services, &rivera, &maya(), &form(rows)).await.unwrap().into_inner();
    let draft = records::lab_draft(&world.services, &rivera, &entered.reference).await.unwrap().into_inner();
    let found: Vec<_> = draft.results.iter().map(|one| (one.value.flag, one.value.mark, one.value.finding())).collect();
    let said = |flag, mark, words: &str| (flag, mark, words.to_owned());
    assert_eq!(
        found,
        [
            said(Flag::Abnormal, Some(Mark::Abnormal), "marked not as expected by the laboratory"),
            said(Flag::High, Some(Mark::High), "marked high by the laboratory"),
            said(Flag::High, Some(Mark::High), "in range, but marked high by the laboratory"),
            said(Flag::High, Some(Mark::Normal), "above the range, but marked as expected by the laboratory"),
            said(Flag::Unknown, None, "cannot be compared with the range"),
        ]
    );
    let release =
        async |comment: Comment| records::release(&world.services, &rivera, &entered.reference, 1, comment).await;
    let uncommented = release(Comment::AsSaved).await.unwrap_err().to_problem();
    assert!(uncommented.for_field("for_patient").is_some(), "the patient is not left alone with it");
    let released = release(Comment::Words("Please call me.".into())).await.unwrap().into_inner();
    assert_eq!(released.summary(), "Please call me.");
    assert_eq!(out_of_range(&world).await, ["Copper 30", "Ferritin 12", "Selenium 4.4", "Zinc 2.0"]);
    let page = records::results(&world.services, &rivera, PageRequest::default()).await.unwrap().into_inner();
    assert_eq!(page.results.iter().filter(|one| one.value.flag.is_out_of_range()).count(), 4);
}

#[rstest]
#[tokio::test]
async fn an_unclear_number_is_refused_with_both_readings_and_a_clear_one_is_kept(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let rivera = world.actor(&world.rivera).await;
    let enter = async |result: ResultForm| {
        let form = form(vec![result]);
        records::enter_report(&world.services, &rivera, &maya(), &form).await.map(Audited::into_inner)
    };
    let refused = enter(typed("Ferritin", "1,200", "2,500", "")).await.unwrap_err().to_problem();
    assert!(refused.for_field("results[0].value").unwrap().contains("Write 1200 or 1.2."));
    assert!(refused.for_field("results[0].high").unwrap().contains("Write 2500 or 2.5."));
    assert!(enter(typed("Ferritin", "1.200", "2,5", "")).await.is_ok());
}

#[rstest]
#[tokio::test]
async fn a_sample_of_later_today_is_refused(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let rivera = world.actor(&world.rivera).await;
    let today = records::desk(&world.services, &rivera, &maya()).await.unwrap().into_inner().today;
    let at =
        |time: &str| LabForm { date: today.clone(), time: time.into(), ..form(vec![typed("Ferritin", "12", "", "")]) };
    let patient: PatientRef = maya();
    let later = records::enter_report(&world.services, &rivera, &patient, &at("23:59")).await.unwrap_err();
    assert!(later.to_problem().for_field("time").is_some());
    assert!(records::enter_report(&world.services, &rivera, &patient, &at("00:00")).await.is_ok());
}
