//! Allergies as they are entered: none known is no allergy, and what is almost a known name is asked about.

use domain::{
    Error,
    access::{Actor, Audited},
    records::{self, PrescribedFor},
    testing::{Engine, TestPerson, TestWorld},
    types::{
        PatientId, Problem, ProblemCode,
        records::{AllergyList, AllergyStatus, Content, ListForm, PrescriptionForm, RecordType, RecordView},
    },
};
use rstest::rstest;

use super::{in_care, maya};

fn form(kind: &str, name: &str) -> ListForm {
    ListForm { kind: kind.into(), name: name.into(), ..ListForm::default() }
}

async fn add(world: &TestWorld, actor: &Actor, form: ListForm) -> Result<RecordView, Problem> {
    let added = records::add_item(&world.services, actor, &maya(), &form).await;
    added.map(Audited::into_inner).map_err(|error| error.to_problem())
}

async fn list(world: &TestWorld, who: &TestPerson) -> Result<AllergyList, Error> {
    let actor = world.actor(who).await;
    records::allergies(&world.services, &actor, PatientId(1)).await.map(Audited::into_inner)
}

async fn ready(engine: Engine) -> (TestWorld, Actor) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let rivera = world.actor(&world.rivera).await;
    (world, rivera)
}

#[rstest]
#[tokio::test]
async fn none_known_is_a_state_with_who_asked_and_when_and_never_an_allergy(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values("NKDA", "None known", "nil known", "No known allergies", "N.K.A.", "aucune")] typed: &str,
) {
    let (world, rivera) = ready(engine).await;
    let before = list(&world, &world.maya).await.unwrap();
    assert_eq!((before.status, before.none_known), (AllergyStatus::NotAsked, None));
    let asked = add(&world, &rivera, form("allergy", typed)).await.unwrap();
    assert_eq!(asked.kind, RecordType::NoKnownAllergies);
    let chart = records::chart(&world.services, &rivera, &maya()).await.unwrap().into_inner();
    assert!(chart.overview.allergies.is_empty(), "{chart:?}");
    let said = chart.overview.none_known.unwrap();
    let words = if typed == "NKDA" { "No known drug allergies" } else { "No known allergies" };
    assert_eq!(said.title(), words);
    assert_eq!(said.asked_words(), "Asked by Dr. Elena Rivera on 23 November 2026.");
    for who in [&world.maya, &world.rivera] {
        let after = list(&world, who).await.unwrap();
        assert_eq!((after.status, after.none_known.map(|asked| asked.id)), (AllergyStatus::NoneKnown, Some(asked.id)));
    }
}

#[rstest]
#[tokio::test]
async fn none_known_is_asked_anew_and_ends_with_the_first_allergy(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, rivera) = ready(engine).await;
    let first = add(&world, &rivera, form("no_known_allergies", "No known allergies")).await.unwrap();
    let second = add(&world, &rivera, form("no_known_allergies", "No known drug allergies")).await.unwrap();
    assert_ne!(first.id, second.id);
    let shown = list(&world, &world.rivera).await.unwrap().none_known.unwrap();
    assert_eq!((shown.id, shown.title()), (second.id, "No known drug allergies".to_owned()));
    let allergy = add(&world, &rivera, form("allergy", "Penicillin")).await.unwrap();
    let after = list(&world, &world.rivera).await.unwrap();
    assert_eq!((after.status, after.none_known), (AllergyStatus::Recorded, None));
    for typed in ["NKDA", "none known", "No allergies"] {
        let refused = add(&world, &rivera, form("allergy", typed)).await.unwrap_err();
        assert!(refused.for_field("name").is_some_and(|said| said.contains("Penicillin")), "{refused:?}");
    }
    let refused = add(&world, &rivera, form("no_known_allergies", "")).await.unwrap_err();
    assert!(refused.for_field("name").is_some(), "{refused:?}");
    let _ = records::end_item(&world.services, &rivera, &allergy.reference).await.unwrap();
    assert_eq!(list(&world, &world.rivera).await.unwrap().status, AllergyStatus::NotAsked, "who asks again says so");
    assert!(add(&world, &rivera, form("allergy", "NKDA")).await.is_ok());
}

#[rstest]
#[case::nobody_knows("unknown")]
#[case::nobody_asked("n/a")]
#[case::a_dash("-")]
#[case::a_denial("no penicillin allergy")]
#[case::all_but_one("NKDA except codeine")]
#[tokio::test]
async fn what_names_no_allergy_is_refused_with_words(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] typed: &str,
) {
    let (world, rivera) = ready(engine).await;
    let refused = add(&world, &rivera, form("allergy", typed)).await.unwrap_err();
    assert_eq!(refused.code, ProblemCode::ValidationError);
    assert!(refused.for_field("name").is_some());
    assert_eq!(list(&world, &world.rivera).await.unwrap().status, AllergyStatus::NotAsked);
    let contradiction = ListForm { reaction: "Rash".into(), ..form("allergy", "none") };
    assert!(add(&world, &rivera, contradiction).await.unwrap_err().for_field("name").is_some());
}

#[rstest]
#[tokio::test]
async fn what_is_almost_a_known_name_is_asked_about_once_and_can_be_kept(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values("allergy", "medication")] kind: &str,
) {
    let (world, rivera) = ready(engine).await;
    let (typed, meant) = ("Amoxicilin/clavulanc acid", "Amoxicillin/clavulanic acid");
    let question = add(&world, &rivera, form(kind, typed)).await.unwrap_err();
    assert!(question.for_field("name").is_some_and(|said| said.contains(meant)), "{question:?}");
    assert_eq!(question.fields["meant"], [meant]);
    let answer = |meant_for: &str, meant: &str| ListForm {
        meant: meant.into(),
        meant_for: meant_for.into(),
        ..form(kind, typed)
    };
    let about_another = add(&world, &rivera, answer("Pencillin", meant)).await;
    assert!(about_another.is_err(), "the answer was about another name");
    let chosen = add(&world, &rivera, answer(typed, meant)).await.unwrap();
    assert_eq!(chosen.title(), meant);
    let kept = add(&world, &rivera, answer(typed, typed)).await.unwrap();
    assert_eq!(kept.title(), typed);
    if kind == "allergy" {
        let codes = |record: &RecordView| match &record.content {
            Some(Content::Allergy(allergy)) => allergy.coded.clone(),
            _ => panic!("an allergy"),
        };
        assert_eq!(codes(&chosen), ["amoxicillin", "clavulanic acid"]);
        assert!(codes(&kept).is_empty(), "a guess is no code");
        assert!(kept.understood.unwrap().is_guessed, "and is told beside the allergy");
    }
}

#[rstest]
#[case("Penicillin", &["penicillin"], &[])]
#[case("PCN", &["penicillin"], &[])]
#[case("Augmentin", &["co-amoxiclav"], &[])]
#[case("ASA", &["aspirin"], &[])]
#[case("NSAIDs", &["NSAID"], &[])]
#[case("sulfa", &["sulfa"], &[])]
#[case("Peanuts", &["arachis oil"], &[])]
#[case("Latex", &["latex"], &[])]
#[case("Zorblax", &[], &["Zorblax"])]
#[tokio::test]
async fn an_allergy_says_how_it_is_understood(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] typed: &str,
    #[case] read_as: &[&str],
    #[case] not_compared: &[&str],
) {
    let (world, rivera) = ready(engine).await;
    let added = add(&world, &rivera, form("allergy", typed)).await.unwrap();
    assert_eq!(added.title(), typed);
    let shown = list(&world, &world.maya).await.unwrap().allergies.remove(0).understood.unwrap();
    assert_eq!(
        (shown.read_as, shown.not_compared),
        (
            read_as.iter().map(|&name| name.to_owned()).collect(),
            not_compared.iter().map(|&piece| piece.to_owned()).collect()
        )
    );
}

#[rstest]
#[tokio::test]
async fn a_check_says_that_nobody_asked_until_somebody_did(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, rivera) = ready(engine).await;
    let medicine = PrescriptionForm {
        medication_name: "Amlodipine".into(),
        dosage: "5 mg".into(),
        frequency: "Once a day".into(),
        duration: "28 days".into(),
        instructions: String::new(),
    };
    let whose = PrescribedFor::Patient(maya());
    let rx = records::write_prescription(&world.services, &rivera, &whose, &medicine, None).await.unwrap().into_inner();
    let checked = async || {
        let draft = records::prescription_draft(&world.services, &rivera, &rx.reference).await.unwrap().into_inner();
        (draft.not_compared, draft.remark)
    };
    let (not_compared, remark) = checked().await;
    assert!(not_compared[0].contains("No one has recorded asking"), "{not_compared:?}");
    assert!(!remark.contains("lists nothing against"), "{remark}");
    add(&world, &rivera, form("allergy", "NKDA")).await.unwrap();
    let (not_compared, remark) = checked().await;
    assert!(not_compared.is_empty() && remark.contains("lists nothing against"), "{not_compared:?} {remark}");
}

#[rstest]
#[tokio::test]
async fn allergies_are_read_by_their_patient_and_by_who_cares_for_them(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, _) = ready(engine).await;
    for who in [&world.maya, &world.rivera] {
        assert!(list(&world, who).await.is_ok());
    }
    for who in [&world.jonas, &world.brandt, &world.admin] {
        assert_eq!(list(&world, who).await.unwrap_err().to_problem().code, ProblemCode::NotFound);
    }
}
