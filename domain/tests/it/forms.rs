use std::collections::BTreeMap;

use domain::{
    forms,
    testing::{Engine, TestWorld},
    types::Problem,
};
use jiff::SignedDuration;
use rstest::rstest;

fn typed() -> BTreeMap<String, String> {
    BTreeMap::from([("reason".to_owned(), "Chest pain".to_owned())])
}

#[rstest]
#[tokio::test]
async fn a_kept_form_comes_back_once_to_whoever_typed_it(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let problem = Problem::field("appointment_time", "Choose a time.");
    let token = forms::keep(&world.services, "maya", Some(&problem), &typed()).await.unwrap();
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
    use sea_orm::EntityTrait;
    let world = TestWorld::new(engine).await;
    let problem = Problem::field("reason", "Too long.");
    let token = forms::keep(&world.services, "maya", Some(&problem), &typed()).await.unwrap();
    let row = entity::kept_form::Entity::find().one(world.raw()).await.unwrap().unwrap();
    assert!(!row.sealed.windows(10).any(|bytes| bytes == b"Chest pain"));
    world.wait(SignedDuration::from_mins(10));
    assert!(forms::take(&world.services, "maya", &token).await.unwrap().is_none());
    assert_eq!(forms::forget_expired(&world.services).await.unwrap(), 1);
}
