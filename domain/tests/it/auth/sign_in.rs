use domain::{
    Error,
    auth::{SessionKind, change_password, me, sign_in},
    testing::{Engine, PASSWORD, TestWorld},
    types::auth::{ChangePassword, Role, SignIn},
};
use futures::future::join_all;
use rstest::rstest;

use super::support::*;

#[rstest]
#[tokio::test]
async fn a_user_name_or_an_address_and_the_password_open_a_session(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values("maya", "MAYA", " maya@example.org ", "Maya@Example.Org")] name: &str,
) {
    let world = TestWorld::new(engine).await;
    let signed_in = done(try_sign_in(&world.services, name, PASSWORD, at("127.0.0.1")).await);
    assert_eq!((signed_in.user.username.as_str(), signed_in.user.role), ("maya", Role::Patient));
    assert!(signed_in.requires_policy_acceptance);
    let actor = actor_of(&world, &signed_in.tokens).await;
    assert_eq!(me(&world.services, &actor).await.unwrap(), signed_in.user);
}

#[rstest]
#[tokio::test]
async fn every_failure_gets_the_same_answer_for_the_price_of_one_hash(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    run(&world, "UPDATE \"user\" SET is_active = FALSE WHERE username = 'jonas'").await;
    run(&world, "UPDATE \"user\" SET email_verified_at = NULL WHERE username = 'rivera'").await;
    run(&world, "UPDATE \"user\" SET password_hash = NULL WHERE username = 'brandt'").await;
    registered(&world, ana()).await;
    let tries = [
        ("nobody", PASSWORD),
        ("nobody@example.org", PASSWORD),
        ("maya", "wrong"),
        ("maya@example.org", "wrong"),
        ("jonas", PASSWORD),
        ("rivera", PASSWORD),
        ("brandt", PASSWORD),
        ("admin", "wrong"),
        ("ana.duarte", "wrong"),
        ("ana.duarte", STRONG),
        ("ana@example.org", STRONG),
    ];
    for (name, password) in tries {
        let before = world.services.passwords().computed();
        let refused = try_sign_in(&world.services, name, password, at("127.0.0.1")).await;
        assert!(matches!(refused, Err(Error::InvalidCredentials)), "{name}: {refused:?}");
        assert_eq!(world.services.passwords().computed() - before, 1, "{name}");
    }
    assert!(all::<entity::session::Entity>(&world).await.is_empty());
}

#[rstest]
#[case("maya", &"x".repeat(10_000))]
#[case("maya\0", PASSWORD)]
#[case(&"m".repeat(10_000), PASSWORD)]
#[case("maya' OR '1'='1", PASSWORD)]
#[tokio::test]
async fn odd_input_is_a_failed_sign_in_and_nothing_else(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] name: &str,
    #[case] password: &str,
) {
    let world = TestWorld::new(engine).await;
    let refused = try_sign_in(&world.services, name, password, at("127.0.0.1")).await;
    assert!(matches!(refused, Err(Error::InvalidCredentials)), "{refused:?}");
}

#[rstest]
#[case(" ", "", &["password: Enter your password.", "username: Enter your user name."])]
#[case("maya", "", &["password: Enter your password."])]
#[case("", PASSWORD, &["username: Enter your user name."])]
#[tokio::test]
async fn what_was_not_typed_is_told_by_its_field_and_is_no_guess(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] name: &str,
    #[case] password: &str,
    #[case] told: &[&str],
) {
    let world = TestWorld::new(engine).await;
    for _ in 0..12 {
        let refused = try_sign_in(&world.services, name, password, at("127.0.0.1")).await;
        let wrong: Vec<_> = wrong_fields(refused).into_iter().map(|(field, why)| format!("{field}: {why}")).collect();
        assert_eq!(wrong, told);
    }
    done(try_sign_in(&world.services, "maya", PASSWORD, at("127.0.0.1")).await);
}

#[rstest]
#[tokio::test]
async fn every_sign_in_is_a_new_session(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let mut seen = std::collections::BTreeSet::new();
    for kind in [SessionKind::Web, SessionKind::Web, SessionKind::Rest] {
        let signed_in = done(try_sign_in(&world.services, "maya", PASSWORD, world.device(kind)).await);
        assert!(seen.insert(actor_of(&world, &signed_in.tokens).await.session_id().unwrap()));
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_password_that_was_changed_while_it_was_judged_opens_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let owner = world.actor(&world.maya).await;
    let tries = (0..20).map(|_| {
        let (services, device) = (world.services.clone(), world.device(SessionKind::Rest));
        tokio::spawn(async move {
            let command = SignIn { username: "maya".into(), password: PASSWORD.into() };
            sign_in(&services, &anybody(), command, device).await
        })
    });
    let tries: Vec<_> = tries.collect();
    let command = ChangePassword { current_password: PASSWORD.into(), password: STRONG.into(), password_confirm: None };
    change_password(&world.services, &owner, command).await.unwrap();
    for outcome in join_all(tries).await {
        match outcome.unwrap() {
            Ok(_) | Err(Error::InvalidCredentials | Error::TooManyGuesses { .. }) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    let alive = "SELECT count(*) AS n FROM session WHERE revoked_at IS NULL";
    assert_eq!(count(&world, alive).await, 1, "whoever had the old password is out, whenever they came");
}
