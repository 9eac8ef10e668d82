//! What a patient is told of what is being written about them: that it was signed, and before that only who looked.

use domain::{
    access::Actor,
    records::{self, BeginNote},
    testing::{Engine, TestWorld},
    types::{
        PatientId, ProblemCode,
        records::{AskAboutLook, NoteForm, NoteTemplate, PatientRef, RecordView},
    },
};
use jiff::{SignedDuration, civil::datetime};
use rstest::rstest;

use super::{OTHERS, looks, said};

const RIVERA: &str = "Dr. Elena Rivera, Cardiology";

/// Maya is in Dr. Rivera's care, who begins a note about her and opens it three times.
async fn begun_and_opened(world: &TestWorld) -> (Actor, RecordView) {
    world.book(&world.maya, &world.rivera, datetime(2026, 11, 25, 9, 30, 0, 0)).await.unwrap();
    let rivera = world.actor(&world.rivera).await;
    let patient = PatientRef::Id(PatientId(world.maya.patient.unwrap().0));
    let command = BeginNote { patient, visit: None, template: NoteTemplate::Blank, carried_from: None };
    let note = records::begin_note(&world.services, &rivera, command).await.unwrap().into_inner();
    for _ in 0..3 {
        let _ = records::note_draft(&world.services, &rivera, &note.reference).await.unwrap();
        world.wait(SignedDuration::from_secs(20));
    }
    (rivera, note)
}

fn words() -> NoteForm {
    NoteForm { assessment: "Benign palpitations".into(), plan: "Less coffee".into(), ..NoteForm::default() }
}

#[rstest]
#[tokio::test]
async fn a_note_that_was_begun_opened_three_times_and_signed_is_one_line(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let (rivera, note) = begun_and_opened(&world).await;
    let saved = records::save_note(&world.services, &rivera, &note.reference, 1, &words()).await.unwrap().into_inner();
    let typed = Some((saved.version, words()));
    let _ = records::sign_note(&world.services, &rivera, &note.reference, typed).await.unwrap();
    let told = looks(&world, &world.maya, OTHERS).await.looks;
    assert_eq!(said(&told), [(RIVERA, "signed a note in your record", 1)]);
    assert_eq!(told[0].entry.as_ref().unwrap().reference, note.reference, "which note it was");
}

/// Beside the editor stand allergies, problems, medicines and results: whoever opened it has seen them, signed or not.
#[rstest]
#[tokio::test]
async fn until_then_the_opening_is_told_as_a_look_and_the_writing_is_not(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let (rivera, note) = begun_and_opened(&world).await;
    let before = looks(&world, &world.maya, OTHERS).await.looks;
    assert_eq!(said(&before), [(RIVERA, "viewed your chart", 3)]);
    assert!(before[0].entry.is_none(), "nobody learns that something is being written");
    let _ = records::discard(&world.services, &rivera, &note.reference).await.unwrap();
    let after = looks(&world, &world.maya, OTHERS).await.looks;
    assert_eq!(said(&after), [(RIVERA, "viewed your chart", 3)], "a note that was thrown away hides no look");
}

#[rstest]
#[tokio::test]
async fn an_opening_that_was_asked_about_stays_with_its_question(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let (rivera, note) = begun_and_opened(&world).await;
    let maya = world.actor(&world.maya).await;
    let events = events_of(&world, "records.open_draft").await;
    let command = AskAboutLook { event: domain::types::AuditEventId(events[1]), note: "I had no visit".into() };
    let _ = records::ask(&world.services, &maya, command).await.unwrap();
    let _ = records::sign_note(&world.services, &rivera, &note.reference, Some((1, words()))).await.unwrap();
    let told = looks(&world, &world.maya, OTHERS).await.looks;
    assert_eq!(said(&told), [(RIVERA, "signed a note in your record", 1), (RIVERA, "viewed your chart", 1)]);
    assert_eq!(told[1].question.as_ref().unwrap().note, "I had no visit");
    // What is told otherwise, and what was never told, is no page.
    for event in [events[0], events_of(&world, "records.write").await[0]] {
        let refused = records::look(&world.services, &maya, domain::types::AuditEventId(event)).await;
        assert_eq!(refused.unwrap_err().to_problem().code, ProblemCode::NotFound);
    }
}

/// The events of one act, the oldest first.
async fn events_of(world: &TestWorld, act: &str) -> Vec<i64> {
    use entity::audit_event::{Column, Entity};
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
    let found = Entity::find().filter(Column::Action.eq(act)).order_by_asc(Column::Id).all(world.raw()).await.unwrap();
    found.into_iter().map(|event| event.id).collect()
}
