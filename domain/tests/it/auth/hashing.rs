//! How passwords are hashed.

use domain::{
    Error,
    testing::{Engine, PASSWORD, TestWorld},
};
use rstest::rstest;

use super::support::*;

async fn hash_of(world: &TestWorld, name: &str) -> String {
    let users = all::<entity::user::Entity>(world).await;
    users.into_iter().find(|user| user.username == name).unwrap().password_hash.unwrap()
}

#[rstest]
#[tokio::test]
async fn a_hash_that_became_too_cheap_is_renewed_at_the_next_sign_in(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let cheap = hash_of(&world, "maya").await;
    assert!(cheap.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{cheap}");
    let grown = world.with_real_passwords();
    let refused = try_sign_in(&grown, "maya", "not the password", at("203.0.113.1")).await;
    assert!(matches!(refused, Err(Error::InvalidCredentials)));
    assert_eq!(hash_of(&world, "maya").await, cheap, "a wrong password changes nothing");
    done(try_sign_in(&grown, "maya", PASSWORD, at("203.0.113.1")).await);
    let renewed = hash_of(&world, "maya").await;
    assert!(renewed.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"), "{renewed}");
    let before = grown.passwords().computed();
    done(try_sign_in(&grown, "maya", PASSWORD, at("203.0.113.1")).await);
    assert_eq!((hash_of(&world, "maya").await, grown.passwords().computed() - before), (renewed.clone(), 1));
    // An installation that computes less does not weaken it.
    done(try_sign_in(&world.services, "maya", PASSWORD, at("203.0.113.1")).await);
    assert_eq!(hash_of(&world, "maya").await, renewed);
}
