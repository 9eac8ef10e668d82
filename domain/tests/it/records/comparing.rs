//! What is said of a comparison, wherever it is said: nothing that was not compared passes in silence.

use domain::{
    access::Actor,
    records::{self, PrescribedFor, Weighed, Which},
    testing::{Engine, TestWorld},
    types::records::{Content, ListForm, PrescriptionDraft, PrescriptionForm, RecordView},
};
use rstest::rstest;

use super::{in_care, maya};

/// Said only when everything was compared.
const NOTHING: &str = "lists nothing against this medicine";

async fn listed(world: &TestWorld, actor: &Actor, kind: &str, name: &str) {
    let (kind, name, severity): (String, String, String) = (kind.into(), name.into(), "severe".into());
    // Kept as it was typed, whatever it may have meant.
    let (meant, meant_for) = (String::clone(&name), String::clone(&name));
    let form = ListForm { kind, name, severity, meant, meant_for, ..ListForm::default() };
    let _ = records::add_item(&world.services, actor, &maya(), &form).await.unwrap();
}

async fn written(world: &TestWorld, actor: &Actor, name: &str, dosage: &str) -> (RecordView, PrescriptionDraft) {
    let form = PrescriptionForm {
        medication_name: name.into(),
        dosage: dosage.into(),
        frequency: "Twice a day".into(),
        duration: "7 days".into(),
        instructions: String::new(),
    };
    let whose = PrescribedFor::Patient(maya());
    let rx = records::write_prescription(&world.services, actor, &whose, &form, None).await.unwrap().into_inner();
    let draft = records::prescription_draft(&world.services, actor, &rx.reference).await.unwrap().into_inner();
    (rx, draft)
}

async fn sign(
    world: &TestWorld,
    actor: &Actor,
    rx: &RecordView,
    seen: Option<&str>,
) -> Result<RecordView, domain::Error> {
    let weighed = Weighed { seen: seen.map(str::to_owned), because: "Meant".into() };
    let which = Which::Id(rx.id);
    Ok(records::sign_prescription(&world.services, actor, &which, &weighed, None).await?.into_inner())
}

#[rstest]
#[case::a_known_part_silences_nothing("Penicillin", "Amoxicilin/clavulanic acid", "875/125 mg")]
#[case::a_mistyped_allergy("Pencillin", "Amoxicillin", "500 mg")]
#[case::an_abbreviation("PCN", "Co-amoxyclav", "500/125 mg")]
#[case::a_brand("Augmentin", "flucloxacilin", "250 mg")]
#[case::a_class("sulfa", "Cotrimoxazol", "960 mg")]
#[tokio::test]
async fn nobody_signs_past_an_allergy_however_it_was_written(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] allergy: &str,
    #[case] medicine: &str,
    #[case] dosage: &str,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let rivera = world.actor(&world.rivera).await;
    listed(&world, &rivera, "allergy", allergy).await;
    let (rx, draft) = written(&world, &rivera, medicine, dosage).await;
    assert!(draft.warnings[0].is_danger, "{draft:?}");
    let problem = sign(&world, &rivera, &rx, None).await.unwrap_err().to_problem();
    assert!(problem.fields["warnings"][0].contains("Recorded allergy"), "{problem:?}");
    assert!(sign(&world, &rivera, &rx, Some(&draft.seen)).await.is_ok());
}

#[rstest]
#[case::of_the_medicine("Latex", "", "Amoxicillin/zorblax", "“zorblax”")]
#[case::the_whole_medicine("Latex", "", "Zorblax", "“Zorblax”")]
#[case::an_allergy("Zorblax", "", "Amoxicillin", "allergy to “Zorblax”")]
#[case::part_of_an_allergy("Latex and zorblax", "", "Amoxicillin", "allergy to “zorblax”")]
#[case::what_is_taken("Latex", "Zorblax tablets", "Amoxicillin", "other medicine “Zorblax”")]
#[tokio::test]
async fn what_was_not_compared_is_named_and_signed_with_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] allergy: &str,
    #[case] taken: &str,
    #[case] medicine: &str,
    #[case] named: &str,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let rivera = world.actor(&world.rivera).await;
    listed(&world, &rivera, "allergy", allergy).await;
    if !taken.is_empty() {
        listed(&world, &rivera, "medication", taken).await;
    }
    let (rx, draft) = written(&world, &rivera, medicine, "500 mg").await;
    let sentence = draft.not_compared.iter().find(|sentence| sentence.contains(named)).expect(named);
    assert!(sentence.starts_with("Not compared: "), "{sentence}");
    assert!(!draft.remark.contains(NOTHING) && !draft.remark.is_empty(), "{}", draft.remark);
    let unseen = sign(&world, &rivera, &rx, None).await;
    if taken.is_empty() {
        let problem = unseen.unwrap_err().to_problem();
        assert!(problem.fields["warnings"].contains(sentence), "{problem:?}");
        assert_eq!(problem.for_field("seen"), Some(draft.seen.as_str()));
        let signed = sign(&world, &rivera, &rx, Some(&draft.seen)).await.unwrap();
        let Some(Content::Prescription(said)) = &signed.content else { panic!("a prescription") };
        assert_eq!(said.not_compared, draft.not_compared);
        let facts = signed.content.as_ref().unwrap().facts(signed.kind);
        assert!(facts.iter().any(|(_, text)| text.contains(named)), "{facts:?}");
    } else {
        assert!(unseen.is_ok(), "the allergies were compared");
    }
}

#[rstest]
#[tokio::test]
async fn nothing_speaks_against_it_only_when_everything_was_compared(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let rivera = world.actor(&world.rivera).await;
    listed(&world, &rivera, "allergy", "Latex").await;
    listed(&world, &rivera, "medication", "Paracetamol 1 g").await;
    let (rx, draft) = written(&world, &rivera, "Amoxicillin (as trihydrate)", "500 mg capsules").await;
    assert!(draft.warnings.is_empty() && draft.not_compared.is_empty(), "{draft:?}");
    assert!(draft.remark.contains(NOTHING));
    listed(&world, &rivera, "medication", "Zorblax").await;
    let draft = records::prescription_draft(&world.services, &rivera, &rx.reference).await.unwrap().into_inner();
    assert!(!draft.remark.contains(NOTHING) && draft.not_compared.len() == 1, "{draft:?}");
}
