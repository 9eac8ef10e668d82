//! "I don't recognise this."

use domain::{
    Error,
    access::Actor,
    records,
    testing::{Engine, TestWorld},
    types::{AuditEventId, ProblemCode},
};
use entity::access_question;
use rstest::rstest;
use sea_orm::{EntityTrait, PaginatorTrait};

use super::{OTHERS, ask, events, looks, newest, note};

#[rstest]
#[tokio::test]
async fn a_question_stands_at_the_look_and_asked_again_it_is_the_same(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let event = note(&world, &world.rivera, "records.chart", &[&world.maya]).await;
    let maya = world.actor(&world.maya).await;
    let before = events(&world).await;
    let asked = ask(&world, &maya, event, "I have never met her.").await.unwrap();
    assert_eq!(events(&world).await, before + 1);
    assert_eq!(newest(&world).await, ("looks.ask".into(), "allowed".into(), None));
    let question = asked.question.clone().unwrap();
    assert_eq!((question.note.as_str(), question.answer), ("I have never met her.", None));
    assert!(!asked.may_ask);

    world.wait(jiff::SignedDuration::from_hours(1));
    let again = ask(&world, &maya, event, "Who is she?").await.unwrap();
    assert_eq!(again.question, asked.question, "the first words stay");
    assert_eq!(access_question::Entity::find().count(world.raw()).await.unwrap(), 1);
    let line = looks(&world, &world.maya, OTHERS).await.looks.remove(0);
    assert_eq!(line.question, asked.question);
    let page = records::look(&world.services, &maya, event).await.unwrap().into_inner();
    assert_eq!(page.question, asked.question);
    assert!(world.mail_to("admin@example.org").await.is_none(), "administrators see it on their first page");
}

#[rstest]
#[tokio::test]
async fn asked_many_times_at_once_it_is_one_question(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let event = note(&world, &world.rivera, "records.chart", &[&world.maya]).await;
    let maya = world.actor(&world.maya).await;
    let tries = (0..6).map(|_| ask(&world, &maya, event, "Who?"));
    for outcome in futures::future::join_all(tries).await {
        assert_eq!(outcome.unwrap().question.unwrap().note, "Who?");
    }
    assert_eq!(access_question::Entity::find().count(world.raw()).await.unwrap(), 1);
}

#[rstest]
#[tokio::test]
async fn nobody_asks_about_somebody_elses_looks_nor_about_their_own(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let foreign = note(&world, &world.rivera, "records.chart", &[&world.jonas]).await;
    let several = note(&world, &world.rivera, "records.list", &[&world.maya, &world.jonas]).await;
    let own = note(&world, &world.maya, "records.timeline", &[&world.maya]).await;
    let maya = world.actor(&world.maya).await;
    for event in [foreign, own, AuditEventId(999_999)] {
        let before = events(&world).await;
        let asked = ask(&world, &maya, event, "Who?").await.unwrap_err();
        assert!(matches!(asked, Error::NotFound), "{event}: {asked:?}");
        assert_eq!(events(&world).await, before + 1);
        assert_eq!(newest(&world).await, ("looks.ask".into(), "denied".into(), Some(format!("asked for {event}"))));
        let read = records::look(&world.services, &maya, event).await.unwrap_err();
        assert!(matches!(read, Error::NotFound), "{event}: {read:?}");
    }
    assert!(ask(&world, &maya, several, "").await.is_ok(), "she is one of several");
    for staff in [&world.rivera, &world.admin] {
        let actor = world.actor(staff).await;
        let refused = ask(&world, &actor, several, "").await.unwrap_err();
        assert_eq!(refused.to_problem().code, ProblemCode::Forbidden);
    }
    let nobody = ask(&world, &Actor::anonymous(), several, "").await.unwrap_err();
    assert_eq!(nobody.to_problem().code, ProblemCode::Unauthenticated);
    // Two patients of one event ask apart from each other.
    let jonas = world.actor(&world.jonas).await;
    let theirs = ask(&world, &jonas, several, "Not me.").await.unwrap();
    assert_eq!(theirs.question.unwrap().note, "Not me.");
    assert_eq!(ask(&world, &maya, several, "").await.unwrap().question.unwrap().note, "");
}

#[rstest]
#[tokio::test]
async fn later_looks_of_the_same_kind_do_not_take_the_question_with_them(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    note(&world, &world.rivera, "records.chart", &[&world.maya]).await;
    let event = note(&world, &world.rivera, "records.chart", &[&world.maya]).await;
    let maya = world.actor(&world.maya).await;
    ask(&world, &maya, event, "").await.unwrap();
    note(&world, &world.rivera, "records.chart", &[&world.maya]).await;
    let lines = looks(&world, &world.maya, OTHERS).await.looks;
    let told: Vec<_> = lines.iter().map(|look| (look.times, look.question.is_some(), look.may_ask)).collect();
    assert_eq!(told, [(1, false, true), (2, true, false)]);
}
