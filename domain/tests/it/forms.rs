use std::collections::BTreeMap;

use domain::{
    forms::{self, Source},
    testing::{Engine, TestWorld},
    types::Problem,
};
use jiff::SignedDuration;
use rstest::rstest;
use sea_orm::{EntityTrait, PaginatorTrait};

const HERE: Source<'static> = Source::Session("1");

fn typed() -> BTreeMap<String, String> {
    BTreeMap::from([("reason".to_owned(), "Chest pain".to_owned())])
}

#[rstest]
#[tokio::test]
async fn a_kept_form_comes_back_once_to_whoever_typed_it(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let problem = Problem::field("appointment_time", "Choose a time.");
    let token = forms::keep(&world.services, "maya", HERE, Some(&problem), &typed()).await.unwrap();
    assert!(forms::take(&world.services, "jonas", &token).await.unwrap().is_none());
    assert!(forms::take(&world.services, "maya", "another").await.unwrap().is_none());
    assert_eq!(forms::take(&world.services, "maya", &token).await.unwrap(), Some((Some(problem), typed())));
    assert!(forms::take(&world.services, "maya", &token).await.unwrap().is_none());
}

#[rstest]
#[tokio::test]
async fn a_kept_form_is_sealed_and_forgotten_after_ten_minutes(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let problem = Problem::field("reason", "Too long.");
    let token = forms::keep(&world.services, "maya", HERE, Some(&problem), &typed()).await.unwrap();
    let row = entity::kept_form::Entity::find().one(world.raw()).await.unwrap().unwrap();
    assert!(!row.sealed.windows(10).any(|bytes| bytes == b"Chest pain"));
    world.wait(SignedDuration::from_mins(10));
    assert!(forms::take(&world.services, "maya", &token).await.unwrap().is_none());
    assert_eq!(forms::forget_expired(&world.services).await.unwrap(), 1);
}

async fn kept(world: &TestWorld) -> u64 {
    entity::kept_form::Entity::find().count(world.raw()).await.unwrap()
}

#[rstest]
#[tokio::test]
async fn a_note_as_long_as_it_may_be_is_kept_and_what_a_stranger_sends_is_bounded(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let part = "\u{10348}".repeat(domain::types::records::LONGEST_TEXT);
    let note: BTreeMap<_, _> =
        ["subjective", "objective", "assessment", "plan"].map(|n| (n.into(), part.clone())).into();
    let token = forms::keep(&world.services, "doctor", HERE, None, &note).await.unwrap();
    assert_eq!(forms::take(&world.services, "doctor", &token).await.unwrap(), Some((None, note.clone())));

    let mut fields = typed();
    fields.insert("address".into(), "x".repeat(1_000_000));
    let stranger = Source::Address("198.51.100.7");
    let token = forms::keep(&world.services, "browser", stranger, None, &fields).await.unwrap();
    let row = entity::kept_form::Entity::find().one(world.raw()).await.unwrap().unwrap();
    assert!(row.sealed.len() < 10_000, "{} bytes", row.sealed.len());
    let back = forms::take(&world.services, "browser", &token).await.unwrap().unwrap().1;
    assert_eq!(back, typed(), "what fits is kept whole, and nothing is cut");
}

#[rstest]
#[tokio::test]
async fn so_many_forms_are_kept_of_one_sender_and_the_newest_of_them(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let mut tokens = Vec::new();
    for turn in 0..40 {
        // Each from another browser and another address of one customer's network.
        let address = format!("2001:db8:1:2::{turn:x}");
        let owner = format!("browser {turn}");
        let kept = forms::keep(&world.services, &owner, Source::Address(&address), None, &typed()).await.unwrap();
        tokens.push((owner, kept));
    }
    assert_eq!(kept(&world).await, 32);
    let other = Source::Address("2001:db8:1:3::1");
    forms::keep(&world.services, "other", other, None, &typed()).await.unwrap();
    assert_eq!(kept(&world).await, 33, "nobody else loses theirs");
    let (owner, token) = tokens.last().unwrap();
    assert!(forms::take(&world.services, owner, token).await.unwrap().is_some());
    let (owner, token) = &tokens[0];
    assert!(forms::take(&world.services, owner, token).await.unwrap().is_none());
    for _ in 0..10 {
        forms::keep(&world.services, "maya", HERE, None, &typed()).await.unwrap();
    }
    assert_eq!(kept(&world).await, 38);
}
