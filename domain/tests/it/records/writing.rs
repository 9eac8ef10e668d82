//! Notes: begun, saved, signed for good, completed.

use domain::{
    Error,
    access::Actor,
    records::{self, BeginNote, Which},
    testing::{Engine, TestPerson, TestWorld},
    types::{
        ProblemCode,
        records::{Content, NoteForm, NoteTemplate, Part, PatientRef, RecordStatus, RecordView},
    },
};
use jiff::{SignedDuration, civil::datetime};
use rstest::rstest;

use super::{in_care, looks, maya};

fn begin(visit: Option<&str>, template: NoteTemplate, from: Option<&str>) -> BeginNote {
    BeginNote { patient: maya(), visit: visit.map(str::to_owned), template, carried_from: from.map(str::to_owned) }
}

pub(super) fn words(subjective: &str, assessment: &str, plan: &str) -> NoteForm {
    NoteForm { subjective: subjective.into(), assessment: assessment.into(), plan: plan.into(), ..NoteForm::default() }
}

async fn begun(world: &TestWorld, actor: &Actor) -> RecordView {
    let note = records::begin_note(&world.services, actor, begin(None, NoteTemplate::Blank, None)).await;
    note.unwrap().into_inner()
}

/// A signed note of Dr. Rivera about Maya.
pub(super) async fn signed(world: &TestWorld, form: NoteForm) -> RecordView {
    let rivera = world.actor(&world.rivera).await;
    let note = begun(world, &rivera).await;
    let typed = Some((note.version, form));
    records::sign_note(&world.services, &rivera, &note.reference, typed).await.unwrap().into_inner()
}

async fn code_of<T>(outcome: Result<T, Error>) -> ProblemCode {
    outcome.err().expect("a refusal").to_problem().code
}

#[rstest]
#[tokio::test]
async fn a_note_is_saved_as_it_is_written_and_signed_for_good(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let rivera = world.actor(&world.rivera).await;
    let note = begun(&world, &rivera).await;
    assert_eq!((note.status, note.version), (RecordStatus::Draft, 1));
    let half = words("Palpitations at night", "", "");
    let saved = records::save_note(&world.services, &rivera, &note.reference, 1, &half).await.unwrap().into_inner();
    assert_eq!(saved.version, 2);
    let old = records::save_note(&world.services, &rivera, &note.reference, 1, &half).await;
    assert_eq!(code_of(old).await, ProblemCode::RecordChanged, "another window saved meanwhile");
    let unfinished = records::sign_note(&world.services, &rivera, &note.reference, None).await;
    let problem = unfinished.unwrap_err().to_problem();
    assert!(problem.for_field("assessment").is_some() && problem.for_field("plan").is_some());

    let whole = words("Palpitations at night", "Benign palpitations", "Less coffee");
    let done = records::sign_note(&world.services, &rivera, &note.reference, Some((2, whole.clone()))).await;
    let done = done.unwrap().into_inner();
    assert_eq!(done.status, RecordStatus::Final);
    let signature = done.signed.expect("a signature");
    assert_eq!((signature.by.as_str(), signature.hash.len()), ("Dr. Elena Rivera", 64));
    for again in [
        code_of(records::save_note(&world.services, &rivera, &note.reference, 3, &whole).await).await,
        code_of(records::sign_note(&world.services, &rivera, &note.reference, None).await).await,
        code_of(records::discard(&world.services, &rivera, &note.reference).await).await,
    ] {
        assert_eq!(again, ProblemCode::RecordSigned);
    }
    let patient = world.actor(&world.maya).await;
    let read = records::detail(&world.services, &patient, &Which::Reference(note.reference)).await.unwrap();
    assert_eq!(read.into_inner().record.title(), "Benign palpitations");
}

#[rstest]
#[tokio::test]
async fn what_is_being_written_is_nobodys_business_but_its_authors(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    world.book(&world.maya, &world.brandt, datetime(2026, 11, 26, 9, 30, 0, 0)).await.unwrap();
    let rivera = world.actor(&world.rivera).await;
    let note = begun(&world, &rivera).await;
    for other in [&world.maya, &world.brandt, &world.admin, &world.jonas] {
        let other = world.actor(other).await;
        let which = Which::Reference(note.reference.clone());
        let read = records::detail(&world.services, &other, &which).await;
        assert_eq!(code_of(read).await, ProblemCode::NotFound);
        let saved = records::save_note(&world.services, &other, &note.reference, 1, &words("x", "y", "z")).await;
        assert!(matches!(code_of(saved).await, ProblemCode::NotFound | ProblemCode::Forbidden));
        let discarded = records::discard(&world.services, &other, &note.reference).await;
        assert!(matches!(code_of(discarded).await, ProblemCode::NotFound | ProblemCode::Forbidden));
    }
    let own = records::note_draft(&world.services, &rivera, &note.reference).await.unwrap().into_inner();
    assert_eq!((own.record.reference, own.patient.name.as_str()), (note.reference.clone(), "Maya Okafor"));
    let _ = records::discard(&world.services, &rivera, &note.reference).await.unwrap();
    let gone = records::note_draft(&world.services, &rivera, &note.reference).await;
    assert_eq!(code_of(gone).await, ProblemCode::NotFound);
}

#[rstest]
#[tokio::test]
async fn only_doctors_who_care_for_a_patient_write_about_them(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let write = async |who: &TestPerson| {
        let actor = world.actor(who).await;
        code_of(records::begin_note(&world.services, &actor, begin(None, NoteTemplate::Blank, None)).await).await
    };
    assert_eq!(write(&world.brandt).await, ProblemCode::NotFound);
    assert_eq!(write(&world.maya).await, ProblemCode::Forbidden);
    assert_eq!(write(&world.admin).await, ProblemCode::Forbidden);
    let rivera = world.actor(&world.rivera).await;
    for unknown in ["PT-00000000", "999999", "no reference at all"] {
        let command = BeginNote { patient: PatientRef::parse(unknown), ..begin(None, NoteTemplate::Blank, None) };
        let refused = records::begin_note(&world.services, &rivera, command).await;
        assert_eq!(code_of(refused).await, ProblemCode::NotFound, "{unknown}");
    }
}

#[rstest]
#[tokio::test]
async fn a_note_of_a_visit_is_begun_once_and_has_its_day(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let visit = in_care(&world).await;
    let foreign = world.book(&world.jonas, &world.rivera, datetime(2026, 11, 26, 9, 30, 0, 0)).await.unwrap();
    let rivera = world.actor(&world.rivera).await;
    let start = async |visit: &str| {
        let command = begin(Some(visit), NoteTemplate::FollowUp, None);
        records::begin_note(&world.services, &rivera, command).await.map(domain::access::Audited::into_inner)
    };
    let note = start(&visit.reference).await.unwrap();
    assert_eq!((note.date.as_str(), note.visit.as_deref()), ("2026-11-25", Some(visit.reference.as_str())));
    let Some(Content::Report(report)) = &note.content else { panic!("a report") };
    assert!(report.plan.contains("Follow-up:"), "the template's headings: {report:?}");
    assert_eq!(start(&visit.reference).await.unwrap().reference, note.reference, "begun before");
    assert_eq!(code_of(start(&foreign.reference).await).await, ProblemCode::NotFound, "somebody else's visit");
}

#[rstest]
#[tokio::test]
async fn signing_needs_a_fresh_proof_and_nothing_typed_is_needed_for_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let tokens = world.tokens(&world.rivera, domain::auth::SessionKind::Rest).await;
    let rivera = world.actor(&world.rivera).await;
    let note = begun(&world, &rivera).await;
    world.wait(SignedDuration::from_mins(5));
    let active = domain::auth::Activity::Active;
    let stale = domain::auth::authenticate(&world.services, &tokens.access, active).await.unwrap();
    let typed = Some((1, words("a", "b", "c")));
    let refused = records::sign_note(&world.services, &stale, &note.reference, typed).await;
    assert_eq!(code_of(refused).await, ProblemCode::StepUpRequired);
    let added = records::add_to(&world.services, &stale, &note.reference, "more", None).await;
    assert_eq!(code_of(added).await, ProblemCode::StepUpRequired);
    let saved = records::save_note(&world.services, &stale, &note.reference, 1, &words("a", "b", "c")).await;
    assert_eq!(saved.unwrap().into_inner().version, 2, "writing needs none");
}

#[rstest]
#[tokio::test]
async fn an_addition_stands_with_what_it_completes_which_stays(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let note = signed(&world, words("Palpitations", "Benign palpitations", "Less coffee")).await;
    let rivera = world.actor(&world.rivera).await;
    let empty = records::add_to(&world.services, &rivera, &note.reference, "  ", None).await;
    assert!(empty.unwrap_err().to_problem().for_field("text").is_some());
    let added =
        records::add_to(&world.services, &rivera, &note.reference, "Tea as well", None).await.unwrap().into_inner();
    let nested = records::add_to(&world.services, &rivera, &added.reference, "and more", None).await;
    assert_eq!(code_of(nested).await, ProblemCode::NotFound, "additions belong to the note");
    let maya = world.actor(&world.maya).await;
    let which = Which::Reference(note.reference.clone());
    let detail = records::detail(&world.services, &maya, &which).await.unwrap().into_inner();
    assert_eq!(detail.record.title(), "Benign palpitations");
    assert_eq!(detail.addenda.iter().map(RecordView::title).collect::<Vec<_>>(), ["Tea as well"]);
    let timeline = records::timeline(&world.services, &maya, domain::types::records::TimelineQuery::default()).await;
    assert_eq!(timeline.unwrap().into_inner().entries.len(), 1, "not a line of its own");
}

#[rstest]
#[tokio::test]
async fn words_that_are_carried_over_and_left_say_so(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let earlier = signed(&world, words("Palpitations at night", "Benign palpitations", "Less coffee")).await;
    let rivera = world.actor(&world.rivera).await;
    let command = begin(None, NoteTemplate::Blank, Some(&earlier.reference));
    let note = records::begin_note(&world.services, &rivera, command).await.unwrap().into_inner();
    let carried = |record: &RecordView| match &record.content {
        Some(Content::Report(report)) => report.carried.clone().expect("carried over"),
        other => panic!("{other:?}"),
    };
    assert_eq!(carried(&note).parts, [Part::Assessment, Part::Subjective, Part::Plan]);
    let changed = words("Palpitations at night", "Benign palpitations", "No coffee at all");
    let typed = Some((note.version, changed));
    let done = records::sign_note(&world.services, &rivera, &note.reference, typed).await.unwrap().into_inner();
    assert_eq!(carried(&done).parts, [Part::Assessment, Part::Subjective]);
    assert_eq!((carried(&done).from, carried(&done).date), (earlier.reference, earlier.date));

    world.book(&world.jonas, &world.rivera, datetime(2026, 11, 26, 9, 30, 0, 0)).await.unwrap();
    let jonas = PatientRef::Id(world.jonas.patient.unwrap());
    let command = BeginNote { patient: jonas, ..begin(None, NoteTemplate::Blank, Some(&done.reference)) };
    let foreign = records::begin_note(&world.services, &rivera, command).await;
    assert_eq!(code_of(foreign).await, ProblemCode::NotFound, "no words of one patient in the record of another");
}

#[rstest]
#[tokio::test]
async fn of_two_who_sign_at_once_one_does(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    in_care(&world).await;
    let rivera = world.actor(&world.rivera).await;
    let note = begun(&world, &rivera).await;
    let sign = || {
        let (services, rivera, reference) = (world.services.clone(), rivera.clone(), note.reference.clone());
        let typed = Some((1, words("a", "b", "c")));
        tokio::spawn(async move { records::sign_note(&services, &rivera, &reference, typed).await.map(drop) })
    };
    let outcomes = futures::future::join_all((0..10).map(|_| sign())).await;
    let outcomes: Vec<_> = outcomes.into_iter().map(Result::unwrap).collect();
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    for refused in outcomes.into_iter().filter_map(Result::err) {
        let code = refused.to_problem().code;
        assert!(matches!(code, ProblemCode::RecordSigned | ProblemCode::RecordChanged), "{code}");
    }
    let events: Vec<_> = looks(&world).await.into_iter().filter(|(action, ..)| action == "records.sign").collect();
    assert_eq!(events.len(), 1, "{events:?}");
}
