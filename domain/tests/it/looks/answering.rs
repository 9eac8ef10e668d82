//! Administrators answer, once and for good, and never for themselves.

use domain::{
    Error,
    access::Actor,
    admin::overview,
    records,
    testing::{Engine, TestPerson, TestWorld},
    types::{
        AccessQuestionId, ProblemCode,
        records::{AccessReview, AnswerQuestion, QuestionFilter, QuestionState},
    },
};
use rstest::rstest;
use sea_orm::ConnectionTrait;

use super::{OTHERS, ask, events, looks, newest, note};

async fn questions(world: &TestWorld, actor: &Actor, state: QuestionState) -> Vec<AccessReview> {
    let filter = QuestionFilter { state, ..QuestionFilter::default() };
    let page = records::questions(&world.services, actor, filter).await.unwrap().into_inner();
    assert_eq!(page.count, page.results.len() as u64);
    page.results
}

async fn answer(world: &TestWorld, actor: &Actor, question: i64, words: &str) -> Result<AccessReview, Error> {
    let command = AnswerQuestion { question: AccessQuestionId(question), answer: words.into() };
    records::answer(&world.services, actor, command).await.map(domain::access::Audited::into_inner)
}

/// Maya asks about what somebody did.
async fn asked(world: &TestWorld, who: &TestPerson, note_of_hers: &str) {
    let event = note(world, who, "records.chart", &[&world.maya]).await;
    let maya = world.actor(&world.maya).await;
    ask(world, &maya, event, note_of_hers).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn an_administrator_reads_the_question_and_the_patient_reads_the_answer(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    asked(&world, &world.rivera, "I have never met her.").await;
    let admin = world.actor(&world.admin).await;
    assert_eq!(overview(&world.services, &admin).await.unwrap().questions_open, 1);
    let before = events(&world).await;
    let open = questions(&world, &admin, QuestionState::Open).await;
    assert_eq!(events(&world).await, before + 1);
    let review = &open[0];
    assert_eq!((review.patient_name.as_str(), review.who.as_str()), ("Maya Okafor", "Dr. Elena Rivera, Cardiology"));
    assert_eq!((review.what.as_str(), review.may_answer), ("opened the patient’s chart", true));
    assert_eq!((review.question.note.as_str(), &review.question.answer), ("I have never met her.", &None));

    let answered = answer(&world, &admin, review.id.0, "She looked at your referral.").await.unwrap();
    assert_eq!(events(&world).await, before + 2);
    assert_eq!(newest(&world).await, ("looks.answer".into(), "allowed".into(), None));
    assert!(!answered.may_answer);
    assert_eq!(overview(&world.services, &admin).await.unwrap().questions_open, 0);
    assert!(questions(&world, &admin, QuestionState::Open).await.is_empty());
    assert_eq!(questions(&world, &admin, QuestionState::Answered).await, [answered]);

    let lines = looks(&world, &world.maya, OTHERS).await.looks;
    let told = lines.iter().find_map(|look| look.question.clone()).unwrap().answer.unwrap();
    assert_eq!((told.text.as_str(), told.by.as_str()), ("She looked at your referral.", "Ada Nolan"));
    assert!(
        lines.iter().any(|look| look.what == "answered your question about an access to your record"),
        "and that it was read and answered is a look too: {lines:?}"
    );
    let mail = world.mail_to("maya@example.org").await.unwrap();
    assert_eq!(mail.subject, "We have answered your question");
    let text = format!("{mail:?}");
    assert!(text.contains("/account/looks/"), "{text}");
    assert!(!text.contains("referral") && !text.contains("Rivera") && !text.contains("never met"), "{text}");
}

#[rstest]
#[tokio::test]
async fn an_answer_is_final(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    asked(&world, &world.rivera, "").await;
    let admin = world.actor(&world.admin).await;
    let id = questions(&world, &admin, QuestionState::Open).await[0].id.0;
    answer(&world, &admin, id, "She was on duty.").await.unwrap();
    let before = events(&world).await;
    let refused = answer(&world, &admin, id, "Never mind.").await.unwrap_err().to_problem();
    assert_eq!(refused.code, ProblemCode::ValidationError);
    assert_eq!(refused.detail, "This question was already answered. Answers cannot be changed.");
    assert_eq!(events(&world).await, before, "nothing happened, and nobody saw anything");
    assert!(world.raw().execute_unprepared("UPDATE access_question SET answer = note").await.is_err());
    let kept = questions(&world, &admin, QuestionState::Answered).await.remove(0).question.answer.unwrap();
    assert_eq!(kept.text, "She was on duty.");
    let sent = world.mailer.sent().len();
    domain::mail::deliver_due(&world.services).await.unwrap();
    assert_eq!(world.mailer.sent().len(), sent + 1, "one message for one answer");
}

#[rstest]
#[tokio::test]
async fn nobody_answers_for_their_own_look_and_the_try_is_noted(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    asked(&world, &world.admin, "").await;
    let admin = world.actor(&world.admin).await;
    let review = questions(&world, &admin, QuestionState::Open).await.remove(0);
    assert!(!review.may_answer);
    let refused = answer(&world, &admin, review.id.0, "It was nothing.").await.unwrap_err();
    assert!(matches!(refused, Error::OwnLook));
    assert_eq!(
        refused.to_problem().detail,
        "This question is about your own access. Another administrator must answer it."
    );
    let reason = Some(format!("asked for {}", review.id));
    assert_eq!(newest(&world).await, ("looks.answer".into(), "denied".into(), reason));
    assert_eq!(questions(&world, &admin, QuestionState::Open).await.len(), 1);
}

#[rstest]
#[tokio::test]
async fn questions_are_for_administrators_alone(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    asked(&world, &world.rivera, "").await;
    for person in [&world.maya, &world.jonas, &world.rivera] {
        let actor = world.actor(person).await;
        let before = events(&world).await;
        let listed = records::questions(&world.services, &actor, QuestionFilter::default()).await.unwrap_err();
        let answered = answer(&world, &actor, 1, "It was me.").await.unwrap_err();
        for refused in [listed, answered] {
            assert!(matches!(refused, Error::OtherRole { .. }), "{}: {refused:?}", person.username);
        }
        assert_eq!(events(&world).await, before + 2);
    }
    let admin = world.actor(&world.admin).await;
    let unknown = answer(&world, &admin, 999_999, "Who?").await.unwrap_err();
    assert!(matches!(unknown, Error::NotFound));
    let nobody = answer(&world, &Actor::anonymous(), 1, "Who?").await.unwrap_err();
    assert!(matches!(nobody, Error::Unauthenticated));
}

#[rstest]
#[tokio::test]
async fn open_questions_come_oldest_first_and_answered_ones_latest_first(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    for words in ["one", "two", "three"] {
        asked(&world, &world.rivera, words).await;
    }
    let admin = world.actor(&world.admin).await;
    let notes = async |state| -> Vec<String> {
        questions(&world, &admin, state).await.into_iter().map(|review| review.question.note).collect()
    };
    assert_eq!(notes(QuestionState::Open).await, ["one", "two", "three"]);
    for review in questions(&world, &admin, QuestionState::Open).await {
        world.wait(jiff::SignedDuration::from_mins(1));
        answer(&world, &admin, review.id.0, "She was on duty.").await.unwrap();
    }
    assert_eq!(notes(QuestionState::Answered).await, ["three", "two", "one"]);
}

#[rstest]
#[tokio::test]
async fn what_was_asked_and_answered_is_in_no_file_of_the_database_and_goes_with_the_patients_key(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let (note, reply) = ("canary-note-quetzalcoatl", "canary-answer-quetzalcoatl");
    asked(&world, &world.rivera, note).await;
    let admin = world.actor(&world.admin).await;
    let review = questions(&world, &admin, QuestionState::Open).await.remove(0);
    answer(&world, &admin, review.id.0, reply).await.unwrap();
    let stored = world.everything_stored().await;
    assert!(stored.windows(9).any(|bytes| bytes == b"looks.ask"), "nothing was looked through");
    for canary in [note, reply] {
        assert!(!stored.windows(canary.len()).any(|bytes| bytes == canary.as_bytes()), "{canary}");
    }
    records::erase(&world.services, &Actor::system("test"), &review.patient_reference).await.unwrap();
    let erased = questions(&world, &admin, QuestionState::Answered).await.remove(0).question;
    assert_eq!(erased.note, "This text was erased.");
    assert_eq!(erased.answer.unwrap().text, "This text was erased.");
}
