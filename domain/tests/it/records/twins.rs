//! What was signed or written down twice is shown once, and ended as one.

use domain::{
    access::Actor,
    records::{self, Ending, PrescribedFor, Weighed, Which},
    testing::{Engine, TestWorld},
    types::records::{Chart, ListForm, PrescriptionForm, RecordView},
};
use rstest::rstest;

use super::{in_care, looks, maya};

async fn signed(world: &TestWorld, actor: &Actor, name: &str, dosage: &str) -> RecordView {
    let form = PrescriptionForm {
        medication_name: name.into(),
        dosage: dosage.into(),
        frequency: "Once a day".into(),
        duration: "28 days".into(),
        instructions: String::new(),
    };
    let whose = PrescribedFor::Patient(maya());
    let rx = records::write_prescription(&world.services, actor, &whose, &form, None).await.unwrap().into_inner();
    let draft = records::prescription_draft(&world.services, actor, &rx.reference).await.unwrap().into_inner();
    let weighed = Weighed { seen: Some(draft.seen), because: "Meant".into() };
    let which = Which::Reference(rx.reference);
    records::sign_prescription(&world.services, actor, &which, &weighed, None).await.unwrap().into_inner()
}

async fn chart(world: &TestWorld, actor: &Actor) -> Chart {
    records::chart(&world.services, actor, &maya()).await.unwrap().into_inner()
}

async fn is_cancelled(world: &TestWorld, actor: &Actor, rx: &RecordView) -> bool {
    records::detail(&world.services, actor, &Which::Id(rx.id)).await.unwrap().into_inner().record.is_cancelled
}

#[rstest]
#[tokio::test]
async fn a_prescription_signed_twice_is_shown_once_and_ended_whole(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(0, 1, 2)] ended: usize,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let rivera = world.actor(&world.rivera).await;
    let mut twins = Vec::new();
    for (name, dosage) in [("Amlodipine", "5 mg"), ("amlodipine ", "5mg"), ("AMLODIPINE", "5  MG")] {
        twins.push(signed(&world, &rivera, name, dosage).await);
    }
    let other = signed(&world, &rivera, "Amlodipine", "10 mg").await;
    let shown = chart(&world, &rivera).await.overview.prescriptions;
    assert_eq!(shown.iter().map(|rx| rx.id).collect::<Vec<_>>(), [other.id, twins[2].id], "the newest stands for all");
    assert_eq!(shown[1].stands_for.len(), 2, "and says so");
    let asked = records::detail(&world.services, &rivera, &Which::Id(twins[ended].id)).await.unwrap().into_inner();
    assert_eq!(asked.record.stands_for.len(), 2, "whoever ends one is told of the others");

    let which = Which::Id(twins[ended].id);
    let _ = records::cancel_prescription(&world.services, &rivera, &which, "Swollen ankles", None).await.unwrap();
    let left = chart(&world, &rivera).await.overview.prescriptions;
    assert_eq!(left.iter().map(|rx| rx.id).collect::<Vec<_>>(), [other.id], "none comes back");
    for twin in &twins {
        assert!(is_cancelled(&world, &rivera, twin).await);
    }
    assert!(!is_cancelled(&world, &rivera, &other).await, "another strength goes on");
    let again = records::cancel_prescription(&world.services, &rivera, &which, "Again", None).await;
    assert!(again.unwrap_err().to_problem().for_field("reason").is_some());
}

#[rstest]
#[tokio::test]
async fn a_brand_and_another_unit_end_with_it_and_the_trail_names_them_all(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let rivera = world.actor(&world.rivera).await;
    let one = signed(&world, &rivera, "Atorvastatin", "20mg").await;
    let brand = signed(&world, &rivera, "Lipitor", "20 mg").await;
    let other_unit = signed(&world, &rivera, "Atorvastatin", "0.02 g").await;
    let other_strength = signed(&world, &rivera, "Lipitor", "40 mg").await;
    let not_understood = signed(&world, &rivera, "Atorvastatin H", "20 mg").await;

    let asked = records::detail(&world.services, &rivera, &Which::Id(one.id)).await.unwrap().into_inner().record;
    let shown: Vec<String> = asked.stands_for.iter().map(|twin| twin.reference.clone()).collect();
    assert_eq!(shown, [brand.reference.clone(), other_unit.reference.clone()]);
    assert!(asked.stands_for[0].words.starts_with("Lipitor 20 mg, "), "{:?}", asked.stands_for);

    let which = Which::Id(one.id);
    let ending = |shown: &[String]| Ending { reason: "Pain".into(), only_this: false, shown: Some(shown.to_vec()) };
    let refused = records::cancel_prescription(&world.services, &rivera, &which, ending(&shown[..1]), None).await;
    assert!(refused.unwrap_err().to_problem().for_field("which").is_some(), "one of them was not shown");
    assert!(!is_cancelled(&world, &rivera, &one).await);

    let ended = records::cancel_prescription(&world.services, &rivera, &which, ending(&shown), None).await.unwrap();
    assert_eq!(ended.into_inner().ended_with, [brand.id, other_unit.id]);
    let (_, outcome, objects) = looks(&world).await.pop().unwrap();
    assert_eq!((outcome.as_str(), objects), ("allowed", format!("[{},{},{}]", one.id, brand.id, other_unit.id)));
    for (rx, is_ended) in
        [(&one, true), (&brand, true), (&other_unit, true), (&other_strength, false), (&not_understood, false)]
    {
        assert_eq!(is_cancelled(&world, &rivera, rx).await, is_ended, "{}", rx.title());
    }
}

#[rstest]
#[tokio::test]
async fn one_that_was_signed_by_mistake_can_be_ended_alone(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let rivera = world.actor(&world.rivera).await;
    let first = signed(&world, &rivera, "Amlodipine", "5 mg").await;
    let second = signed(&world, &rivera, "Amlodipine", "5 mg").await;
    let ending = Ending { reason: "Entered twice".into(), only_this: true, shown: Some(Vec::new()) };
    let which = Which::Id(second.id);
    let _ = records::cancel_prescription(&world.services, &rivera, &which, ending, None).await.unwrap();
    let shown = chart(&world, &rivera).await.overview.prescriptions;
    assert_eq!(shown.iter().map(|rx| rx.id).collect::<Vec<_>>(), [first.id]);
    assert!(shown[0].stands_for.is_empty());
}

#[rstest]
#[tokio::test]
async fn twins_that_are_ended_at_once_are_ended_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let rivera = world.actor(&world.rivera).await;
    let one = signed(&world, &rivera, "Amlodipine", "5 mg").await;
    let other = signed(&world, &rivera, "Amlodipine", "5 mg").await;
    let end = |id| {
        let (services, rivera) = (world.services.clone(), rivera.clone());
        tokio::spawn(async move {
            records::cancel_prescription(&services, &rivera, &Which::Id(id), "Stopped", None).await.map(drop)
        })
    };
    let outcomes = futures::future::join_all((0..6).map(|n| end(if n % 2 == 0 { one.id } else { other.id }))).await;
    assert_eq!(outcomes.into_iter().map(Result::unwrap).filter(Result::is_ok).count(), 1);
    assert!(chart(&world, &rivera).await.overview.prescriptions.is_empty());
}

#[rstest]
#[tokio::test]
async fn a_listed_thing_that_was_entered_twice_is_ended_whole(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values("allergy", "problem", "medication")] kind: &str,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let rivera = world.actor(&world.rivera).await;
    let add_beside = async |name: &str, more: &str, twice_of: &str| {
        let [reaction, note] = [more, more].map(str::to_owned);
        let (kind, name, twice, twice_of) = (kind.into(), name.into(), "keep".into(), twice_of.into());
        let form = ListForm { kind, name, reaction, note, twice, twice_of, ..ListForm::default() };
        records::add_item(&world.services, &rivera, &maya(), &form).await.unwrap().into_inner()
    };
    let add = async |name: &str, more: &str| add_beside(name, more, "").await;
    let held = async || {
        let chart = chart(&world, &rivera).await;
        [chart.overview.allergies, chart.overview.problems, chart.overview.medications].concat()
    };
    let first = add("Ibuprofen", "Swelling").await;
    assert_eq!(add("ibuprofen", "swelling").await.id, first.id, "the same once more is the same entry");
    let other = add_beside("IBUPROFEN", "Wheezing", &first.reference).await;
    add("Paracetamol", "").await;
    let shown = held().await;
    assert_eq!(shown.len(), 3, "what says something else is not hidden: {shown:?}");
    assert_eq!(shown.iter().filter(|item| item.stands_for.len() == 1).count(), 2);
    let _ = records::end_item(&world.services, &rivera, &first.reference).await.unwrap();
    let left = held().await;
    assert_eq!(left.iter().map(RecordView::title).collect::<Vec<_>>(), ["Paracetamol"]);
    assert!(records::end_item(&world.services, &rivera, &other.reference).await.is_err(), "it was ended with it");
}
