//! An allergy that stands there with another reaction or severity is asked about; what names nothing enters no list.

use domain::{
    access::{Actor, Audited},
    records::{self, PrescribedFor},
    testing::{Engine, TestWorld},
    types::{
        Problem,
        records::{ListForm, PrescriptionForm, RecordView, Severity, Twice},
    },
};
use rstest::rstest;

use super::{in_care, looks, maya};

async fn ready(engine: Engine) -> (TestWorld, Actor) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let rivera = world.actor(&world.rivera).await;
    (world, rivera)
}

fn allergy(name: &str, reaction: &str, severity: &str) -> ListForm {
    let [kind, name, reaction, severity] = ["allergy", name, reaction, severity].map(str::to_owned);
    ListForm { kind, name, reaction, severity, ..ListForm::default() }
}

fn medicine(name: &str) -> PrescriptionForm {
    let [dosage, frequency, duration] = ["500 mg", "Once a day", "7 days"].map(str::to_owned);
    PrescriptionForm { medication_name: name.into(), dosage, frequency, duration, instructions: String::new() }
}

async fn add(world: &TestWorld, actor: &Actor, form: &ListForm) -> Result<RecordView, Problem> {
    let added = records::add_item(&world.services, actor, &maya(), form).await;
    added.map(Audited::into_inner).map_err(|error| error.to_problem())
}

async fn held(world: &TestWorld, actor: &Actor) -> Vec<RecordView> {
    records::chart(&world.services, actor, &maya()).await.unwrap().into_inner().overview.allergies
}

#[rstest]
#[case::the_same_word("Penicillin", "mild", "")]
#[case::another_case("penicillin", "", "Rash")]
#[case::another_spelling("PENICILLIN ", "moderate", "Hives")]
#[case::another_name_for_it("Penicillins", "mild", "")]
#[tokio::test]
async fn an_allergy_that_stands_there_otherwise_is_asked_about(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(Twice::End, Twice::Keep)] answer: Twice,
    #[case] name: &str,
    #[case] severity: &str,
    #[case] reaction: &str,
) {
    let (world, rivera) = ready(engine).await;
    let first = add(&world, &rivera, &allergy("penicillin", "Swelling", "severe")).await.unwrap();
    let second = allergy(name, reaction, severity);
    let asked = add(&world, &rivera, &second).await.unwrap_err();
    let sentence = asked.for_field("name").unwrap();
    for word in ["penicillin", "Swelling, severe", "23 November 2026", "Dr. Elena Rivera"] {
        assert!(sentence.contains(word), "{word}: {sentence}");
    }
    assert_eq!(asked.fields["twice"], std::slice::from_ref(&first.reference));
    assert_eq!(held(&world, &rivera).await.len(), 1, "nothing was entered");

    let about_another = ListForm { twice: answer.as_str().into(), twice_of: "REC-1".into(), ..second };
    assert!(add(&world, &rivera, &about_another).await.is_err(), "the answer was about another entry");
    let answered = ListForm { twice_of: first.reference.clone(), ..about_another };
    let added = add(&world, &rivera, &answered).await.unwrap();
    let events = looks(&world).await;
    let (_, _, noted) =
        events.iter().rfind(|(action, outcome, _)| action == "lists.add" && outcome == "allowed").unwrap();
    let stands = held(&world, &rivera).await.iter().map(RecordView::severity).collect::<Vec<_>>();
    match answer {
        Twice::End => {
            assert_eq!(stands, [added.severity()]);
            assert_eq!(*noted, format!("[{},{}]", added.id, first.id), "what ended is in the log too");
        }
        Twice::Keep => {
            assert_eq!(stands, [Some(Severity::Severe), added.severity()], "the more severe one first");
            assert_eq!(*noted, format!("[{}]", added.id));
        }
    }
}

#[rstest]
#[tokio::test]
async fn another_allergy_is_not_asked_about(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, rivera) = ready(engine).await;
    for name in ["Penicillin", "Codeine", "Latex", "Peanuts", "codeine and latex"] {
        add(&world, &rivera, &allergy(name, "Rash", "mild")).await.unwrap();
    }
    assert_eq!(held(&world, &rivera).await.len(), 5);
    let again = add(&world, &rivera, &allergy("latex", "rash", "mild")).await.unwrap();
    assert_eq!((held(&world, &rivera).await.len(), again.title()), (5, "Latex".to_owned()), "the same once more");
}

#[rstest]
#[tokio::test]
async fn a_warning_about_the_more_severe_allergy_comes_first(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, rivera) = ready(engine).await;
    let first = add(&world, &rivera, &allergy("penicillin", "Swelling", "severe")).await.unwrap();
    let mild = ListForm { twice: "keep".into(), twice_of: first.reference, ..allergy("Penicillin", "Rash", "mild") };
    add(&world, &rivera, &mild).await.unwrap();
    let whose = PrescribedFor::Patient(maya());
    let form = medicine("Amoxicillin");
    let rx = records::write_prescription(&world.services, &rivera, &whose, &form, None).await.unwrap().into_inner();
    let draft = records::prescription_draft(&world.services, &rivera, &rx.reference).await.unwrap().into_inner();
    let warned: Vec<&str> = draft.warnings.iter().map(|warning| warning.text.as_str()).collect();
    assert!(warned[0].contains("severe") && warned.iter().skip(1).any(|text| text.contains("mild")), "{warned:?}");
}

#[rstest]
#[case("medication", "none", "one medicine that the patient takes")]
#[case("medication", "nil", "one medicine that the patient takes")]
#[case("medication", "No medicines", "one medicine that the patient takes")]
#[case("problem", "None", "one problem that the patient has")]
#[case("immunisation", "none given", "the vaccine that was given")]
#[tokio::test]
async fn what_names_nothing_is_no_entry_of_a_list(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] kind: &str,
    #[case] name: &str,
    #[case] sentence: &str,
) {
    let (world, rivera) = ready(engine).await;
    let form = ListForm { kind: kind.into(), name: name.into(), ..ListForm::default() };
    let refused = add(&world, &rivera, &form).await.unwrap_err();
    assert!(refused.for_field("name").is_some_and(|said| said.contains(sentence)), "{refused:?}");
    let overview = records::chart(&world.services, &rivera, &maya()).await.unwrap().into_inner().overview;
    assert!(overview.medications.is_empty() && overview.problems.is_empty());
}

#[rstest]
#[tokio::test]
async fn a_prescription_of_nothing_is_refused(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, rivera) = ready(engine).await;
    let whose = PrescribedFor::Patient(maya());
    let write = async |name: &str| {
        let written = records::write_prescription(&world.services, &rivera, &whose, &medicine(name), None).await;
        written.map(Audited::into_inner).map_err(|error| error.to_problem())
    };
    assert!(write("No medicines").await.unwrap_err().for_field("medication_name").is_some());
    let draft = write("Amlodipine").await.unwrap();
    let saved = records::save_prescription(&world.services, &rivera, &draft.reference, 1, &medicine("nil")).await;
    assert!(saved.unwrap_err().to_problem().for_field("medication_name").is_some());
}

#[rstest]
#[tokio::test]
async fn a_problem_cannot_have_begun_after_today(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, rivera) = ready(engine).await;
    let problem = |since: &str| {
        let [kind, name, since] = ["problem", "Asthma", since].map(str::to_owned);
        ListForm { kind, name, since, ..ListForm::default() }
    };
    for since in ["24 November 2026", "29 February 2023", "tomorrow"] {
        let refused = add(&world, &rivera, &problem(since)).await.unwrap_err();
        assert!(refused.for_field("since").is_some(), "{since}: {refused:?}");
    }
    assert!(add(&world, &rivera, &problem("23 November 2026")).await.is_ok(), "today in the clinic");
}
