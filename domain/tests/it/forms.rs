use std::collections::BTreeMap;

use domain::{
    forms::{self, KeptForm, Source},
    testing::{Engine, TestWorld},
    types::Problem,
};
use jiff::SignedDuration;
use rstest::rstest;
use sea_orm::{EntityTrait, PaginatorTrait};

const HERE: Source<'static> = Source::Session("1");

fn refused(problem: &Problem) -> KeptForm {
    let fields = BTreeMap::from([("reason".to_owned(), "Chest pain".to_owned())]);
    KeptForm { problem: Some(problem.clone()), fields, act: None }
}

#[rstest]
#[tokio::test]
async fn a_kept_form_comes_back_once_to_whoever_typed_it(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let problem = Problem::field("appointment_time", "Choose a time.");
    let token = forms::keep(&world.services, "maya", HERE, &refused(&problem)).await.unwrap();
    assert!(forms::take(&world.services, "jonas", &token).await.unwrap().is_none());
    assert!(forms::take(&world.services, "maya", "another").await.unwrap().is_none());
    assert_eq!(forms::take(&world.services, "maya", &token).await.unwrap(), Some(refused(&problem)));
    assert!(forms::take(&world.services, "maya", &token).await.unwrap().is_none());
}

#[rstest]
#[tokio::test]
async fn a_kept_form_is_sealed_and_forgotten_after_ten_minutes(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let problem = Problem::field("reason", "Too long.");
    let token = forms::keep(&world.services, "maya", HERE, &refused(&problem)).await.unwrap();
    let row = entity::kept_form::Entity::find().one(world.raw()).await.unwrap().unwrap();
    assert!(!row.sealed.windows(10).any(|bytes| bytes == b"Chest pain"));
    world.wait(SignedDuration::from_mins(10));
    assert!(forms::take(&world.services, "maya", &token).await.unwrap().is_none());
    assert_eq!(forms::forget_expired(&world.services).await.unwrap(), 1);
}

#[rstest]
#[tokio::test]
async fn forms_name_each_account_and_nobody_by_a_name_of_its_own(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, other) = (TestWorld::new(engine).await, TestWorld::new(Engine::Sqlite).await);
    let name = |world: &TestWorld, account| forms::drawn_for(&world.services, account);
    let (maya, jonas) = (Some(world.maya.user), Some(world.jonas.user));
    assert_eq!(name(&world, maya), name(&world, maya));
    assert!(name(&world, maya) != name(&world, jonas) && name(&world, maya) != name(&world, None));
    assert_ne!(name(&world, None), name(&other, None), "another installation makes other names");
}

#[test]
fn nothing_that_opens_an_account_is_kept() {
    let secret = ["password", "current_password", "otp", "recovery_code", "code", "token", "new-password"];
    assert!(secret.into_iter().all(forms::is_secret));
    assert!(!["reason", "note", "dosage", "name", "key", "decode", "0-value"].into_iter().any(forms::is_secret));
}

fn form(fields: BTreeMap<String, String>) -> KeptForm {
    KeptForm { fields, ..KeptForm::default() }
}

fn typed() -> KeptForm {
    form(BTreeMap::from([("reason".to_owned(), "Chest pain".to_owned())]))
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
    let token = forms::keep(&world.services, "doctor", HERE, &form(note.clone())).await.unwrap();
    assert_eq!(forms::take(&world.services, "doctor", &token).await.unwrap(), Some(form(note)));

    let mut fields = typed().fields;
    fields.insert("address".into(), "x".repeat(1_000_000));
    let stranger = Source::Address("198.51.100.7");
    let token = forms::keep(&world.services, "browser", stranger, &form(fields)).await.unwrap();
    let row = entity::kept_form::Entity::find().one(world.raw()).await.unwrap().unwrap();
    assert!(row.sealed.len() < 10_000, "{} bytes", row.sealed.len());
    let back = forms::take(&world.services, "browser", &token).await.unwrap().unwrap();
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
        let kept = forms::keep(&world.services, &owner, Source::Address(&address), &typed()).await.unwrap();
        tokens.push((owner, kept));
    }
    assert_eq!(kept(&world).await, 32);
    let other = Source::Address("2001:db8:1:3::1");
    forms::keep(&world.services, "other", other, &typed()).await.unwrap();
    assert_eq!(kept(&world).await, 33, "nobody else loses theirs");
    let (owner, token) = tokens.last().unwrap();
    assert!(forms::take(&world.services, owner, token).await.unwrap().is_some());
    let (owner, token) = &tokens[0];
    assert!(forms::take(&world.services, owner, token).await.unwrap().is_none());
    for _ in 0..10 {
        forms::keep(&world.services, "maya", HERE, &typed()).await.unwrap();
    }
    assert_eq!(kept(&world).await, 38);
}
