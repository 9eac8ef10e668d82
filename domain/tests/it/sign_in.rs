use domain::{
    Error,
    access::Actor,
    auth::{Device, SessionKind, me, sign_in},
    testing::{Engine, PASSWORD, TestWorld},
    types::auth::{Role, SignIn},
};
use rstest::rstest;
use sea_orm::ConnectionTrait;

fn device() -> Device {
    Device { kind: SessionKind::Rest, user_agent: "Firefox".into(), address: "127.0.0.1".into() }
}

fn with(username: &str, password: &str) -> SignIn {
    SignIn { username: username.into(), password: password.into() }
}

#[rstest]
#[tokio::test]
async fn a_user_name_or_an_address_and_the_password_open_a_session(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values("maya", "MAYA", " maya@example.org ", "Maya@Example.Org")] name: &str,
) {
    let world = TestWorld::new(engine).await;
    let signed_in = sign_in(&world.services, &Actor::anonymous(), with(name, PASSWORD), device()).await.unwrap();
    assert_eq!((signed_in.user.username.as_str(), signed_in.user.role), ("maya", Role::Patient));
    assert!(signed_in.requires_policy_acceptance);
    let actor = domain::auth::authenticate(&world.services, &signed_in.tokens.access).await.unwrap();
    assert_eq!(me(&world.services, &actor).await.unwrap(), signed_in.user);
}

#[rstest]
#[tokio::test]
async fn every_failure_gets_the_same_answer_for_the_price_of_one_hash(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let users = "UPDATE \"user\" SET is_active = FALSE WHERE username = 'jonas'";
    world.raw().execute_unprepared(users).await.unwrap();
    let unverified = "UPDATE \"user\" SET email_verified_at = NULL WHERE username = 'rivera'";
    world.raw().execute_unprepared(unverified).await.unwrap();
    let no_password = "UPDATE \"user\" SET password_hash = NULL WHERE username = 'brandt'";
    world.raw().execute_unprepared(no_password).await.unwrap();
    let tries =
        [("nobody", PASSWORD), ("maya", "wrong"), ("jonas", PASSWORD), ("rivera", PASSWORD), ("brandt", PASSWORD)];
    for (name, password) in tries {
        let before = world.services.passwords().computed();
        let refused = sign_in(&world.services, &Actor::anonymous(), with(name, password), device()).await;
        assert!(matches!(refused, Err(Error::InvalidCredentials)), "{name}: {refused:?}");
        assert_eq!(world.services.passwords().computed() - before, 1, "{name}");
    }
}

#[rstest]
#[case("", PASSWORD)]
#[case("maya", "")]
#[case("maya", &"x".repeat(10_000))]
#[case("maya\0", PASSWORD)]
#[tokio::test]
async fn odd_input_is_a_failed_sign_in_and_nothing_else(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] name: &str,
    #[case] password: &str,
) {
    let world = TestWorld::new(engine).await;
    let refused = sign_in(&world.services, &Actor::anonymous(), with(name, password), device()).await;
    assert!(matches!(refused, Err(Error::InvalidCredentials)), "{refused:?}");
}
