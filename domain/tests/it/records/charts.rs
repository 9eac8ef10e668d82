//! What doctors are shown: patients in care, charts, what waits.

use domain::{
    Error,
    access::Audited,
    records,
    testing::{Engine, TestPerson, TestWorld},
    types::{
        ProblemCode,
        appointments::NoteStep,
        records::{Access, Chart, ListForm, PatientRef, RecordView, TimelineGroup, TimelineQuery, Vitals},
    },
};
use jiff::{
    SignedDuration,
    civil::{date, datetime},
};
use rstest::rstest;

use super::{in_care, maya};

fn code<T>(outcome: Result<T, Error>) -> ProblemCode {
    outcome.err().expect("a refusal").to_problem().code
}

async fn found(world: &TestWorld, who: &TestPerson, text: &str) -> Vec<String> {
    let actor = world.actor(who).await;
    let list = records::search(&world.services, &actor, text.into()).await.unwrap().into_inner();
    list.patients.into_iter().map(|row| row.head.name).collect()
}

#[rstest]
#[tokio::test]
async fn doctors_find_the_patients_in_their_care_by_the_beginnings_of_their_names(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    world.book(&world.jonas, &world.brandt, datetime(2026, 11, 26, 9, 30, 0, 0)).await.unwrap();
    let reference = found_reference(&world).await;
    for (text, names) in [
        ("", vec!["Maya Okafor"]),
        ("may", vec!["Maya Okafor"]),
        ("OKA ma", vec!["Maya Okafor"]),
        ("aya", vec![]),
        ("jonas", vec![]),
        ("%", vec![]),
        (reference.as_str(), vec!["Maya Okafor"]),
        (&reference[..6], vec!["Maya Okafor"]),
        ("PT-0000000", vec![]),
    ] {
        assert_eq!(found(&world, &world.rivera, text).await, names, "{text}");
    }
    assert_eq!(found(&world, &world.brandt, "").await, ["Jonas Lindqvist"]);
    for other in [&world.maya, &world.admin] {
        let actor = world.actor(other).await;
        assert_eq!(code(records::search(&world.services, &actor, "".into()).await), ProblemCode::Forbidden);
    }
}

async fn found_reference(world: &TestWorld) -> String {
    let rivera = world.actor(&world.rivera).await;
    let list = records::search(&world.services, &rivera, "".into()).await.unwrap().into_inner();
    let row = &list.patients[0];
    assert_eq!(row.next_visit.as_ref().map(|when| when.date.as_str()), Some("2026-11-25"));
    assert!(row.last_visit.is_none() && row.access == Access::InCare);
    row.head.reference.clone()
}

async fn chart(world: &TestWorld, who: &TestPerson, patient: &PatientRef) -> Result<Chart, Error> {
    let actor = world.actor(who).await;
    records::chart(&world.services, &actor, patient).await.map(Audited::into_inner)
}

async fn add(world: &TestWorld, kind: &str, name: &str) -> RecordView {
    let rivera = world.actor(&world.rivera).await;
    let form = ListForm { kind: kind.into(), name: name.into(), ..ListForm::default() };
    records::add_item(&world.services, &rivera, &maya(), &form).await.unwrap().into_inner()
}

#[rstest]
#[tokio::test]
async fn a_chart_says_whom_to_call_and_only_to_those_who_may_open_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let contact = chart(&world, &world.rivera, &maya()).await.unwrap().contact;
    let told = [contact.emergency_name, contact.emergency_phone, contact.address].map(Option::unwrap);
    assert_eq!(told, ["Sam Whelan (neighbour)", "+353 20 910 0151", "7 Heron Quay\nDublin 8"]);
    let (_, outcome, _) = looks_at_charts(&world).await.pop().unwrap();
    assert_eq!(outcome, "allowed", "who was told is in the log");
    for other in [&world.brandt, &world.admin, &world.maya] {
        assert!(chart(&world, other, &maya()).await.is_err());
    }
}

/// The events of charts that were opened: action, outcome and patient.
async fn looks_at_charts(world: &TestWorld) -> Vec<(String, String, Option<i64>)> {
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
    let events = entity::audit_event::Entity::find().filter(entity::audit_event::Column::Action.eq("records.chart"));
    let events = events.all(world.raw()).await.unwrap();
    events.into_iter().map(|event| (event.action, event.outcome, event.patient_id)).collect()
}

#[rstest]
#[tokio::test]
async fn a_chart_shows_what_holds_and_what_was_ended_is_gone_from_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let allergy = add(&world, "allergy", "Penicillin").await;
    add(&world, "problem", "Hypertension").await;
    add(&world, "medication", "Vitamin D").await;
    add(&world, "immunisation", "Tetanus").await;
    let shown = chart(&world, &world.rivera, &maya()).await.unwrap();
    let titles = |records: &[RecordView]| records.iter().map(RecordView::title).collect::<Vec<_>>();
    assert_eq!(titles(&shown.overview.allergies), ["Penicillin"]);
    assert_eq!(titles(&shown.overview.problems), ["Hypertension"]);
    assert_eq!(titles(&shown.overview.medications), ["Vitamin D"]);
    assert_eq!(titles(&shown.immunisations), ["Tetanus"]);
    assert_eq!((shown.access, shown.may_write, shown.visits.len()), (Access::InCare, true, 1));
    let own = world.actor(&world.maya).await;
    let held = async |query: TimelineQuery| {
        let timeline = records::timeline(&world.services, &own, query).await.unwrap().into_inner();
        titles(&timeline.holds.unwrap_or_default())
    };
    let whole = held(TimelineQuery::default()).await;
    assert_eq!(whole, ["Vitamin D", "Hypertension", "Penicillin"], "their patient reads them on top of the record");
    let visits = TimelineQuery { group: Some(TimelineGroup::Visits), ..TimelineQuery::default() };
    assert!(held(visits).await.is_empty());
    let rivera = world.actor(&world.rivera).await;
    let _ = records::end_item(&world.services, &rivera, &allergy.reference).await.unwrap();
    assert!(chart(&world, &world.rivera, &maya()).await.unwrap().overview.allergies.is_empty());
    assert_eq!(code(records::end_item(&world.services, &rivera, &allergy.reference).await), ProblemCode::NotFound);
}

#[rstest]
#[tokio::test]
async fn a_chart_opens_for_care_alone(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    assert!(chart(&world, &world.rivera, &maya()).await.is_ok());
    for unknown in [PatientRef::parse("PT-00000000"), PatientRef::parse("4711"), PatientRef::parse("\u{0}")] {
        assert_eq!(code(chart(&world, &world.rivera, &unknown).await), ProblemCode::NotFound);
    }
    assert_eq!(code(chart(&world, &world.brandt, &maya()).await), ProblemCode::NotFound);
    assert_eq!(code(chart(&world, &world.admin, &maya()).await), ProblemCode::NotFound);
    assert_eq!(code(chart(&world, &world.maya, &maya()).await), ProblemCode::Forbidden, "their pages are others");
}

#[rstest]
#[tokio::test]
async fn a_completed_visit_without_a_note_waits_and_is_asked_about_in_the_chart(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let visit = in_care(&world).await;
    world.at("2026-11-25T09:30:00Z");
    let rivera = world.actor(&world.rivera).await;
    for action in ["check_in", "start", "complete"] {
        let action = domain::types::appointments::VisitAction::parse(action).unwrap();
        let step = domain::types::appointments::StepVisit { appointment: visit.id, action, seen: None };
        domain::appointments::step(&world.services, &rivera, step).await.unwrap();
    }
    let waiting = async || {
        let inbox = records::inbox(&world.services, &rivera).await.unwrap().into_inner();
        let chart = records::chart(&world.services, &rivera, &maya()).await.unwrap().into_inner();
        (inbox.visits.len(), chart.visits[0].note.clone())
    };
    assert_eq!(waiting().await, (1, Some(NoteStep::Write)));
    let begin = records::BeginNote {
        patient: maya(),
        visit: Some(visit.reference.clone()),
        template: domain::types::records::NoteTemplate::Blank,
        carried_from: None,
    };
    let note = records::begin_note(&world.services, &rivera, begin).await.unwrap().into_inner();
    let inbox = records::inbox(&world.services, &rivera).await.unwrap().into_inner();
    assert_eq!((inbox.visits.len(), inbox.drafts.len()), (0, 1), "what is begun waits as a draft");
    let typed = Some((1, super::writing::words("a", "b", "c")));
    let _ = records::sign_note(&world.services, &rivera, &note.reference, typed).await.unwrap();
    assert_eq!(waiting().await, (0, Some(NoteStep::Open(note.reference))));
}

#[rstest]
#[tokio::test]
async fn values_out_of_range_stand_in_the_chart_and_lead_to_their_line_over_time(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let value = domain::types::records::LabValue {
        test: "LDL cholesterol".into(),
        code: String::new(),
        value: "4.4".into(),
        unit: "mmol/L".into(),
        low: None,
        high: Some("3.0".into()),
        flag: domain::types::records::Flag::High,
        mark: None,
        note: String::new(),
    };
    let content = domain::types::records::Content::Report(domain::types::records::Report::default());
    let kind = domain::types::records::RecordType::LabReport;
    world.write_entry(&world.maya, &world.rivera, kind, date(2026, 11, 20), content, &[value]).await;
    let shown = chart(&world, &world.rivera, &maya()).await.unwrap();
    let results = shown.overview.results;
    assert!(results.len() == 1 && results[0].level().is_out_of_range(), "{results:?}");
    let over_time = async |who: &TestPerson, test: &str| {
        let actor = world.actor(who).await;
        records::trend_of(&world.services, &actor, &maya(), test).await.map(Audited::into_inner)
    };
    let slug = results[0].slug.as_str();
    let found = over_time(&world.rivera, slug).await.unwrap();
    assert_eq!((found.patient.name.as_str(), found.trend.series[0].results.len()), ("Maya Okafor", 1));
    assert_eq!(code(over_time(&world.rivera, "ferritin").await), ProblemCode::NotFound);
    assert_eq!(code(over_time(&world.brandt, slug).await), ProblemCode::NotFound);
    assert_eq!(code(over_time(&world.maya, slug).await), ProblemCode::Forbidden);
}

#[rstest]
#[tokio::test]
async fn a_chart_shows_each_reading_as_it_was_taken_last(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let rivera = world.actor(&world.rivera).await;
    let measure = async |vitals: Vitals| {
        records::enter_vitals(&world.services, &rivera, Some(&maya()), vitals, None).await.unwrap().into_inner()
    };
    let whole = Vitals { heart_rate: Some(72), weight_grams: Some(70_500), ..Vitals::default() };
    let first = measure(whole).await;
    world.wait(SignedDuration::from_hours(20));
    let second = measure(Vitals { heart_rate: Some(64), ..Vitals::default() }).await;
    let shown = chart(&world, &world.rivera, &maya()).await.unwrap().overview.vitals;
    let shown: Vec<_> = shown.iter().map(|one| (one.value.as_str(), one.record_reference.as_str())).collect();
    assert_eq!(shown, [("64 per minute", second.reference.as_str()), ("70.5 kg", first.reference.as_str())]);
}
