use std::collections::BTreeMap;

use domain::{
    forms::{self, KeptForm},
    testing::{Engine, TestWorld},
    types::Problem,
};
use jiff::SignedDuration;
use rstest::rstest;

fn refused(problem: &Problem) -> KeptForm {
    let fields = BTreeMap::from([("reason".to_owned(), "Chest pain".to_owned())]);
    KeptForm { problem: Some(problem.clone()), fields, act: None }
}

#[rstest]
#[tokio::test]
async fn a_kept_form_comes_back_once_to_whoever_typed_it(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let problem = Problem::field("appointment_time", "Choose a time.");
    let token = forms::keep(&world.services, "maya", &refused(&problem)).await.unwrap();
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
    use sea_orm::EntityTrait;
    let world = TestWorld::new(engine).await;
    let problem = Problem::field("reason", "Too long.");
    let token = forms::keep(&world.services, "maya", &refused(&problem)).await.unwrap();
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
