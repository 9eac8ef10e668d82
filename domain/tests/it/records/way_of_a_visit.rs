//! A doctor's way through a visit: from the day or the chart into its note, what stands beside it, and what comes after.

use domain::{
    Error, appointments,
    records::{self, BeginNote, Which},
    testing::{Engine, TestPerson, TestWorld},
    types::{
        ProblemCode,
        appointments::{AppointmentStatus, AppointmentView, DayEntry, NoteStep, NoteVisits, StepVisit, VisitAction},
        auth::Gender,
        records::{
            Content, LabValue, ListForm, NoteDraft, NoteTemplate, RecordDetail, RecordType, Report, Vitals, judged,
        },
    },
};
use jiff::civil::{date, datetime};
use rstest::rstest;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};

use super::{in_care, looks, maya, writing::words};

async fn steps(world: &TestWorld, visit: &AppointmentView, actions: &[VisitAction]) {
    let rivera = world.actor(&world.rivera).await;
    for action in actions {
        let step = StepVisit { appointment: visit.id, action: *action, seen: None };
        appointments::step(&world.services, &rivera, step).await.unwrap();
    }
}

/// Begins the note of Dr. Rivera about a visit or none.
async fn begun(world: &TestWorld, visit: Option<&AppointmentView>) -> String {
    let rivera = world.actor(&world.rivera).await;
    let visit = visit.map(|visit| visit.reference.clone());
    let begin = BeginNote { patient: maya(), visit, template: NoteTemplate::Blank, carried_from: None };
    records::begin_note(&world.services, &rivera, begin).await.unwrap().into_inner().reference
}

async fn sign(world: &TestWorld, note: &str) {
    let rivera = world.actor(&world.rivera).await;
    let typed = Some((1, words("Palpitations", "Benign", "Less coffee")));
    let _ = records::sign_note(&world.services, &rivera, note, typed).await.unwrap();
}

async fn offered(world: &TestWorld, who: &TestPerson) -> NoteVisits {
    let actor = world.actor(who).await;
    records::desk(&world.services, &actor, &maya()).await.unwrap().into_inner().visits
}

#[rstest]
#[tokio::test]
async fn a_note_begun_from_the_chart_is_offered_the_running_visit_of_this_doctor_with_this_patient(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let at = |hour| datetime(2026, 11, 25, hour, 0, 0, 0);
    let early = world.book(&world.maya, &world.rivera, at(9)).await.unwrap();
    let late = world.book(&world.maya, &world.rivera, at(14)).await.unwrap();
    let with_another = world.book(&world.maya, &world.brandt, at(11)).await.unwrap();
    let of_another = world.book(&world.jonas, &world.rivera, at(11)).await.unwrap();
    let tomorrow = world.book(&world.maya, &world.rivera, datetime(2026, 11, 26, 9, 0, 0, 0)).await.unwrap();

    assert_eq!(offered(&world, &world.rivera).await, NoteVisits::default(), "two days before");
    world.at("2026-11-25T11:10:00Z");
    let shown = offered(&world, &world.rivera).await;
    let listed: Vec<_> = shown.visits.iter().map(|visit| visit.reference.as_str()).collect();
    assert_eq!(listed, [late.reference.as_str(), early.reference.as_str()], "up to today, the latest first");
    for foreign in [&with_another, &of_another, &tomorrow] {
        assert!(!listed.contains(&foreign.reference.as_str()));
    }
    assert_eq!(shown.offered.as_ref(), Some(&early.reference), "it is the nearest of today");
    assert_eq!(offered(&world, &world.brandt).await.offered, Some(with_another.reference));

    world.at("2026-11-25T13:10:00Z");
    assert_eq!(offered(&world, &world.rivera).await.offered.as_ref(), Some(&late.reference));
    steps(&world, &early, &[VisitAction::CheckIn, VisitAction::Start]).await;
    assert_eq!(offered(&world, &world.rivera).await.offered.as_ref(), Some(&early.reference), "it runs");
    steps(&world, &late, &[VisitAction::Cancel]).await;
    assert_eq!(offered(&world, &world.rivera).await.visits.len(), 1, "what was called off is not offered");
    world.at("2026-11-27T09:00:00Z");
    assert_eq!(offered(&world, &world.rivera).await.offered, None, "it was left in progress two days ago");
}

#[rstest]
#[tokio::test]
async fn a_visit_that_has_its_note_leads_there_and_gets_no_second_one(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let visit = in_care(&world).await;
    world.at("2026-11-25T09:35:00Z");
    steps(&world, &visit, &[VisitAction::CheckIn, VisitAction::Start]).await;
    assert_eq!(offered(&world, &world.rivera).await.chosen(None), Some(visit.reference.as_str()));

    let note = begun(&world, Some(&visit)).await;
    let shown = offered(&world, &world.rivera).await;
    let led = |shown: &NoteVisits| shown.noted(None).and_then(|visit| visit.note.clone());
    assert_eq!((shown.chosen(None), led(&shown)), (None, Some(NoteStep::Continue(note.clone()))));
    assert_eq!(begun(&world, Some(&visit)).await, note, "begun again it is the same one");
    sign(&world, &note).await;
    assert_eq!(led(&offered(&world, &world.rivera).await), Some(NoteStep::Open(note.clone())));
    assert_ne!(begun(&world, None).await, note, "a note about no visit is another one");
}

/// What the doctor can do about the note of their first visit on the day, and in the chart.
async fn note_steps(world: &TestWorld) -> (Option<NoteStep>, Option<NoteStep>) {
    let rivera = world.actor(&world.rivera).await;
    let day = records::day(&world.services, &rivera, Some(date(2026, 11, 25))).await.unwrap().into_inner();
    let on_the_day = day.entries.into_iter().find_map(|entry| match entry {
        DayEntry::Visit { note, .. } => Some(note),
        _ => None,
    });
    let chart = records::chart(&world.services, &rivera, &maya()).await.unwrap().into_inner();
    (on_the_day.expect("a visit"), chart.visits[0].note.clone())
}

#[rstest]
#[tokio::test]
async fn the_day_and_the_chart_say_what_can_be_done_about_the_note_of_a_visit(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let visit = in_care(&world).await;
    world.at("2026-11-25T09:35:00Z");
    let both = |step: Option<NoteStep>| (step.clone(), step);
    assert_eq!(note_steps(&world).await, both(None), "the patient has not come");
    steps(&world, &visit, &[VisitAction::CheckIn]).await;
    assert_eq!(note_steps(&world).await, both(Some(NoteStep::Write)));
    let note = begun(&world, Some(&visit)).await;
    assert_eq!(note_steps(&world).await, both(Some(NoteStep::Continue(note.clone()))));
    sign(&world, &note).await;
    assert_eq!(note_steps(&world).await, both(Some(NoteStep::Open(note))));
}

#[rstest]
#[tokio::test]
async fn a_visit_that_was_called_off_has_no_note_to_write(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let visit = in_care(&world).await;
    world.book(&world.maya, &world.rivera, datetime(2026, 11, 26, 9, 0, 0, 0)).await.unwrap();
    world.at("2026-11-25T09:35:00Z");
    steps(&world, &visit, &[VisitAction::CheckIn]).await;
    begun(&world, Some(&visit)).await;
    steps(&world, &visit, &[VisitAction::Cancel]).await;
    assert_eq!(note_steps(&world).await.0, None);
}

fn value(test: &str, number: &str, (low, high): (&str, &str)) -> LabValue {
    LabValue {
        test: test.into(),
        code: String::new(),
        value: number.into(),
        unit: "mmol/L".into(),
        low: Some(low.into()),
        high: Some(high.into()),
        flag: judged(number, Some(low), Some(high), None),
        mark: None,
        note: String::new(),
    }
}

async fn draft(world: &TestWorld, reference: &str) -> NoteDraft {
    let rivera = world.actor(&world.rivera).await;
    records::note_draft(&world.services, &rivera, reference).await.unwrap().into_inner()
}

#[rstest]
#[tokio::test]
async fn beside_a_note_stands_what_the_chart_says_and_every_test_has_its_newest_result(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let rivera = world.actor(&world.rivera).await;
    let add = async |kind: &str, name: &str, severity: &str| {
        let form = ListForm { kind: kind.into(), name: name.into(), severity: severity.into(), ..ListForm::default() };
        records::add_item(&world.services, &rivera, &maya(), &form).await.unwrap().into_inner()
    };
    for (name, severity) in [("Latex", "severe"), ("Penicillin", ""), ("Nickel", "mild")] {
        add("allergy", name, severity).await;
    }
    add("problem", "Hypertension", "").await;
    add("medication", "Vitamin D", "").await;
    let vitals = Vitals { heart_rate: Some(64), ..Vitals::default() };
    let _ = records::enter_vitals(&world.services, &rivera, Some(&maya()), vitals, None).await.unwrap();
    for (day, values) in [
        (18, vec![value("Sodium", "150", ("135", "145"))]),
        (
            20,
            vec![
                value("Sodium", "140", ("135", "145")),
                value("Calcium", "2.3", ("2.2", "2.6")),
                value("Potassium", "6.9", ("3.5", "5.1")),
                value("LDL cholesterol", "3.2", ("0", "3.0")),
            ],
        ),
    ] {
        let content = Content::Report(Report { assessment: "Blood".into(), ..Report::default() });
        let kind = RecordType::LabReport;
        world.write_entry(&world.maya, &world.rivera, kind, date(2026, 11, day), content, &values).await;
    }

    let note = begun(&world, None).await;
    let beside = draft(&world, &note).await;
    let chart = records::chart(&world.services, &rivera, &maya()).await.unwrap().into_inner();
    assert_eq!(beside.overview, chart.overview);
    let overview = beside.overview;
    let titles: Vec<_> = overview.allergies.iter().map(|allergy| allergy.title()).collect();
    assert_eq!(titles, ["Latex", "Penicillin", "Nickel"], "severe first, mild last");
    assert_eq!((overview.problems.len(), overview.medications.len(), overview.vitals.len()), (1, 1, 1));
    let results: Vec<_> =
        overview.results.iter().map(|one| format!("{} {}", one.value.test, one.value.value)).collect();
    let wanted = ["Potassium 6.9", "LDL cholesterol 3.2", "Calcium 2.3", "Sodium 140"];
    assert_eq!(results, wanted, "critical, out of range, then the ordinary ones: of every test the newest");
    assert_eq!(overview.urgent_results(), (1, 1));

    // What was shown is named in the trail.
    let events = looks(&world).await;
    let (_, _, ids) = events.iter().rfind(|(action, ..)| action == "records.open_draft").unwrap();
    let ids: Vec<i64> = serde_json::from_str(ids).unwrap();
    let shown = overview.allergies.iter().chain(&overview.problems).map(|record| record.id.0);
    let shown = shown.chain(overview.results.iter().map(|result| result.record.0));
    assert!(shown.clone().all(|id| ids.contains(&id)), "{ids:?}");
}

#[rstest]
#[tokio::test]
async fn whoever_is_written_about_is_told_apart_by_age_and_sex(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let rivera = world.actor(&world.rivera).await;
    let sex = async || records::desk(&world.services, &rivera, &maya()).await.unwrap().into_inner().patient.sex;
    for (stored, shown) in [(Some("female"), Some(Gender::Female)), (None, None)] {
        let row = entity::patient::Entity::find_by_id(1).one(world.raw()).await.unwrap().unwrap();
        let mut row: entity::patient::ActiveModel = row.into();
        row.gender = Set(stored.map(str::to_owned));
        row.update(world.raw()).await.unwrap();
        assert_eq!(sex().await, shown);
    }
}

async fn detail(world: &TestWorld, who: &TestPerson, reference: &str) -> RecordDetail {
    let actor = world.actor(who).await;
    records::detail(&world.services, &actor, &Which::from(reference)).await.unwrap().into_inner()
}

#[rstest]
#[tokio::test]
async fn a_signed_note_leads_its_doctor_on_to_the_visit(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let visit = in_care(&world).await;
    world.book(&world.maya, &world.brandt, datetime(2026, 11, 25, 11, 0, 0, 0)).await.unwrap();
    world.at("2026-11-25T09:35:00Z");
    steps(&world, &visit, &[VisitAction::CheckIn]).await;
    let note = begun(&world, Some(&visit)).await;
    assert_eq!(detail(&world, &world.rivera, &note).await.next, None, "it is not signed");
    sign(&world, &note).await;
    let next_step = async || {
        let next = detail(&world, &world.rivera, &note).await.next.expect("a next step");
        assert_eq!(next.doctor, world.rivera.doctor.unwrap());
        let visit = next.visit.expect("its visit");
        (visit.status, visit.next_step())
    };
    assert_eq!(next_step().await, (AppointmentStatus::CheckedIn, Some(VisitAction::Start)));
    steps(&world, &visit, &[VisitAction::Start]).await;
    assert_eq!(next_step().await, (AppointmentStatus::InProgress, Some(VisitAction::Complete)));
    steps(&world, &visit, &[VisitAction::Complete]).await;
    assert_eq!(next_step().await, (AppointmentStatus::Completed, None));

    let colleague = detail(&world, &world.brandt, &note).await.next.expect("a colleague prescribes too");
    assert_eq!(colleague.visit, None, "the visit is not theirs");
    assert_eq!(detail(&world, &world.maya, &note).await.next, None);
    let about_none = begun(&world, None).await;
    sign(&world, &about_none).await;
    assert_eq!(detail(&world, &world.rivera, &about_none).await.next.expect("a next step").visit, None);
    let content = Content::Report(Report { assessment: "Blood".into(), ..Report::default() });
    let kind = RecordType::LabReport;
    let day = date(2026, 11, 20);
    let (_, report) = world.write_entry(&world.maya, &world.rivera, kind, day, content, &[]).await;
    assert_eq!(detail(&world, &world.rivera, &report).await.next, None, "a report is no note");
}

#[rstest]
#[tokio::test]
async fn all_tests_of_a_patient_are_listed_for_those_who_may_see_the_chart(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let content = Content::Report(Report { assessment: "Blood".into(), ..Report::default() });
    let values = [value("Calcium", "2.3", ("2.2", "2.6")), value("Sodium", "150", ("135", "145"))];
    let kind = RecordType::LabReport;
    world.write_entry(&world.maya, &world.rivera, kind, date(2026, 11, 20), content, &values).await;
    let tests = async |who: &TestPerson| {
        let actor = world.actor(who).await;
        records::tests_of(&world.services, &actor, &maya()).await.map(|found| found.into_inner().tests)
    };
    let listed = tests(&world.rivera).await.unwrap();
    let listed: Vec<_> = listed.iter().map(|test| (test.latest.value.test.as_str(), test.count)).collect();
    assert_eq!(listed, [("Sodium", 1), ("Calcium", 1)]);
    let code = |outcome: Result<_, Error>| outcome.map(drop).unwrap_err().to_problem().code;
    for stranger in [&world.brandt, &world.admin] {
        assert_eq!(code(tests(stranger).await), ProblemCode::NotFound);
    }
    assert_eq!(code(tests(&world.maya).await), ProblemCode::Forbidden, "their pages are others");
}
