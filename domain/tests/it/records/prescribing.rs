//! Prescriptions: compared with the record, signed, ended.

use domain::{
    Error,
    access::Actor,
    idempotency::IdempotencyKey,
    records::{self, PrescribedFor, Weighed, Which},
    testing::{Engine, TestWorld},
    types::{
        ProblemCode, RecordId,
        page::PageRequest,
        records::{ListForm, PrescriptionForm, PrescriptionStatus, RecordView},
    },
};
use jiff::civil::datetime;
use rstest::rstest;
use sea_orm::ConnectionTrait;

use super::{in_care, maya, writing};

fn medicine(name: &str, dosage: &str) -> PrescriptionForm {
    PrescriptionForm {
        medication_name: name.into(),
        dosage: dosage.into(),
        frequency: "Once a day".into(),
        duration: "28 days".into(),
        instructions: "In the morning".into(),
    }
}

async fn written(world: &TestWorld, actor: &Actor, form: &PrescriptionForm) -> RecordView {
    let whose = PrescribedFor::Patient(maya());
    records::write_prescription(&world.services, actor, &whose, form, None).await.unwrap().into_inner()
}

fn named(record: &RecordView) -> Which {
    Which::Reference(record.reference.clone())
}

async fn allergic_to(world: &TestWorld, substance: &str) -> RecordView {
    let form = ListForm {
        kind: "allergy".into(),
        name: substance.into(),
        reaction: "Rash".into(),
        severity: "severe".into(),
        ..ListForm::default()
    };
    let rivera = world.actor(&world.rivera).await;
    records::add_item(&world.services, &rivera, &maya(), &form).await.unwrap().into_inner()
}

fn code<T>(outcome: Result<T, Error>) -> ProblemCode {
    outcome.err().expect("a refusal").to_problem().code
}

#[rstest]
#[tokio::test]
async fn nobody_signs_past_an_allergy_that_they_were_not_shown(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let allergy = allergic_to(&world, "Penicillin").await;
    let rivera = world.actor(&world.rivera).await;
    let rx = written(&world, &rivera, &medicine("Amoxicillin", "500 mg")).await;
    let sign = async |seen: Option<&str>, because: &str| {
        let weighed = Weighed { seen: seen.map(str::to_owned), because: because.into() };
        records::sign_prescription(&world.services, &rivera, &named(&rx), &weighed, None).await
    };
    for unseen in [None, Some(""), Some("something else")] {
        let problem = sign(unseen, "Tolerated before").await.unwrap_err().to_problem();
        assert!(problem.for_field("warnings").is_some_and(|text| text.contains("enicillin")), "{problem:?}");
    }
    let draft = records::prescription_draft(&world.services, &rivera, &rx.reference).await.unwrap().into_inner();
    assert!(draft.warnings[0].is_danger, "{:?}", draft.warnings);
    assert_eq!(draft.allergies.len(), 1);
    let mute = sign(Some(&draft.seen), "  ").await.unwrap_err().to_problem();
    assert!(mute.for_field("because").is_some(), "a danger needs a reason: {mute:?}");
    let done = sign(Some(&draft.seen), "Tolerated before").await.unwrap().into_inner();
    assert_eq!(done.prescription_status(), PrescriptionStatus::Active);
    let domain::types::records::Content::Prescription(said) = done.content.unwrap() else { panic!("a prescription") };
    assert_eq!(said.warned.len(), draft.warnings.len(), "what was shown is signed with it");
    assert_eq!(said.signed_because, "Tolerated before");

    let _ = records::end_item(&world.services, &rivera, &allergy.reference).await.unwrap();
    let other = written(&world, &rivera, &medicine("Cefalexin", "250 mg")).await;
    let draft = records::prescription_draft(&world.services, &rivera, &other.reference).await.unwrap().into_inner();
    assert!(draft.warnings.iter().all(|warning| !warning.text.contains("llerg")), "{:?}", draft.warnings);
}

#[rstest]
#[tokio::test]
async fn what_is_taken_already_is_told_until_it_is_ended(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let rivera = world.actor(&world.rivera).await;
    let first = written(&world, &rivera, &medicine("Simvastatin", "20 mg")).await;
    let draft = records::prescription_draft(&world.services, &rivera, &first.reference).await.unwrap().into_inner();
    assert!(draft.warnings.is_empty() && !draft.remark.is_empty(), "{draft:?}");
    let _ =
        records::sign_prescription(&world.services, &rivera, &named(&first), &Weighed::default(), None).await.unwrap();
    let second = written(&world, &rivera, &medicine("Atorvastatin", "40 mg")).await;
    let warned = async || {
        let draft = records::prescription_draft(&world.services, &rivera, &second.reference).await;
        draft.unwrap().into_inner().warnings.len()
    };
    assert_eq!(warned().await, 1);
    let _ = records::cancel_prescription(&world.services, &rivera, &named(&first), "Replaced", None).await.unwrap();
    assert_eq!(warned().await, 0);
}

#[rstest]
#[tokio::test]
async fn a_prescription_stays_as_it_was_signed_and_is_ended_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let rivera = world.actor(&world.rivera).await;
    let rx = written(&world, &rivera, &medicine("Amlodipine", "5 mg")).await;
    let early = records::cancel_prescription(&world.services, &rivera, &named(&rx), "Wrong", None).await;
    assert_eq!(code(early), ProblemCode::NotFound, "a draft is thrown away instead");
    let signed =
        records::sign_prescription(&world.services, &rivera, &named(&rx), &Weighed::default(), None).await.unwrap();
    let signed = signed.into_inner();
    let changed =
        records::save_prescription(&world.services, &rivera, &rx.reference, signed.version, &medicine("A", "B")).await;
    assert_eq!(code(changed), ProblemCode::RecordSigned);
    let mute = records::cancel_prescription(&world.services, &rivera, &named(&rx), " ", None).await;
    assert!(mute.unwrap_err().to_problem().for_field("reason").is_some());
    let end = || {
        let (services, rivera, which) = (world.services.clone(), rivera.clone(), named(&rx));
        tokio::spawn(async move {
            records::cancel_prescription(&services, &rivera, &which, "Swollen ankles", None).await.map(drop)
        })
    };
    let outcomes = futures::future::join_all((0..8).map(|_| end())).await;
    let ended = outcomes.into_iter().map(Result::unwrap).filter(Result::is_ok).count();
    assert_eq!(ended, 1, "of all who end it at once one does");
    let maya = world.actor(&world.maya).await;
    let detail = records::detail(&world.services, &maya, &named(&rx)).await.unwrap().into_inner();
    assert!(detail.record.is_cancelled);
    assert_eq!(detail.cancellation.unwrap().summary(), "Swollen ankles");
    assert_eq!(detail.record.signed, signed.signed);
}

#[rstest]
#[tokio::test]
async fn a_signature_is_verified_against_what_the_prescription_says_now(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let rivera = world.actor(&world.rivera).await;
    let rx = written(&world, &rivera, &medicine("Amlodipine", "5 mg")).await;
    let maya = world.actor(&world.maya).await;
    let verify = async || records::verify(&world.services, &maya, rx.id).await.map(domain::access::Audited::into_inner);
    assert_eq!(code(verify().await), ProblemCode::NotFound, "nothing is signed yet");
    let _ = records::sign_prescription(&world.services, &rivera, &named(&rx), &Weighed::default(), None).await.unwrap();
    assert!(verify().await.unwrap().1);
    let off = match engine {
        Engine::Sqlite => "DROP TRIGGER medical_record_final_on_update",
        Engine::Postgres => "ALTER TABLE medical_record DISABLE TRIGGER USER",
    };
    world.raw().execute_unprepared(off).await.unwrap();
    world.raw().execute_unprepared("UPDATE medical_record SET record_date = '2026-11-01'").await.unwrap();
    assert!(!verify().await.unwrap().1, "another day was signed");
    for stranger in [&world.jonas, &world.brandt, &world.admin] {
        let stranger = world.actor(stranger).await;
        assert_eq!(code(records::verify(&world.services, &stranger, rx.id).await), ProblemCode::NotFound);
    }
}

#[rstest]
#[tokio::test]
async fn a_prescription_belongs_to_its_note_and_is_listed_for_its_people(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let note = writing::signed(&world, writing::words("Dizzy", "Hypertension", "Amlodipine")).await;
    let rivera = world.actor(&world.rivera).await;
    let whose = PrescribedFor::Note(named(&note));
    let form = medicine("Amlodipine", "5 mg");
    let rx = records::write_prescription(&world.services, &rivera, &whose, &form, None).await.unwrap().into_inner();
    assert_eq!(rx.about, Some(note.id));
    let listed = async |actor: &Actor| {
        let page = records::prescriptions(&world.services, actor, PageRequest::default()).await.unwrap();
        page.into_inner().count
    };
    let (maya, brandt) = (world.actor(&world.maya).await, world.actor(&world.brandt).await);
    assert_eq!((listed(&rivera).await, listed(&maya).await), (1, 0), "a draft is its author's");
    let _ = records::sign_prescription(&world.services, &rivera, &named(&rx), &Weighed::default(), None).await.unwrap();
    assert_eq!((listed(&rivera).await, listed(&maya).await, listed(&brandt).await), (1, 1, 0));
    let read = records::detail(&world.services, &maya, &named(&note)).await.unwrap().into_inner();
    assert_eq!(read.record.prescriptions.len(), 1);
    // Whoever cares for the patient prescribes on the note of a colleague; nobody else does.
    let refused = records::write_prescription(&world.services, &brandt, &whose, &form, None).await;
    assert_eq!(code(refused), ProblemCode::NotFound);
    world.book(&world.maya, &world.brandt, datetime(2026, 11, 26, 9, 30, 0, 0)).await.unwrap();
    assert!(records::write_prescription(&world.services, &brandt, &whose, &form, None).await.is_ok());
}

#[rstest]
#[tokio::test]
async fn a_repeated_request_writes_and_signs_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let rivera = world.actor(&world.rivera).await;
    let whose = PrescribedFor::Patient(maya());
    let form = medicine("Amlodipine", "5 mg");
    let key = |text: &str| Some(IdempotencyKey::parse(text, "prescriptions", b"body").unwrap());
    let mut ids: Vec<RecordId> = Vec::new();
    for _ in 0..3 {
        let rx = records::write_prescription(&world.services, &rivera, &whose, &form, key("one")).await.unwrap();
        ids.push(rx.into_inner().id);
    }
    assert!(ids.iter().all(|id| *id == ids[0]));
    for _ in 0..3 {
        let which = Which::Id(ids[0]);
        let signed =
            records::sign_prescription(&world.services, &rivera, &which, &Weighed::default(), key("two")).await;
        assert!(signed.unwrap().into_inner().signed.is_some());
    }
    let again =
        records::sign_prescription(&world.services, &rivera, &Which::Id(ids[0]), &Weighed::default(), None).await;
    assert_eq!(code(again), ProblemCode::RecordSigned);
}
