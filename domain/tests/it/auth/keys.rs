//! The keys that sign access tokens.

use domain::{
    access::Actor,
    auth::{
        ACCESS_LIFETIME, Activity, SessionKind, authenticate, forget_expired, public_keys, refresh, rotate_aged_keys,
        rotate_keys,
    },
    testing::{Engine, TestWorld},
};
use futures::future::join_all;
use rstest::rstest;

use super::support::*;

const OPERATOR: Actor = Actor::system("test");

async fn kids(world: &TestWorld) -> Vec<String> {
    public_keys(&world.services, &anybody()).await.unwrap().into_iter().map(|key| key.kid).collect()
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_first_use_makes_one_key_however_many_come_at_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let other = world.second_server().await;
    assert!(all::<entity::signing_key::Entity>(&world).await.is_empty());
    let asked = (0..20).map(|number| {
        let services = if number % 2 == 0 { world.services.clone() } else { other.clone() };
        tokio::spawn(async move { public_keys(&services, &anybody()).await })
    });
    let mut seen = Vec::new();
    for outcome in join_all(asked).await {
        seen.push(outcome.unwrap().unwrap());
    }
    assert_eq!(all::<entity::signing_key::Entity>(&world).await.len(), 1);
    assert!(seen.iter().all(|keys| *keys == seen[0]));
    assert_eq!(trail(&world).await, ["auth.make_signing_key"]);
}

#[rstest]
#[tokio::test]
async fn the_public_keys_are_in_the_form_that_others_read(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    rotate_keys(&world.services, &OPERATOR, false).await.unwrap();
    rotate_keys(&world.services, &OPERATOR, false).await.unwrap();
    let keys = public_keys(&world.services, &anybody()).await.unwrap();
    assert_eq!(keys.len(), 2);
    for key in &keys {
        let json = serde_json::to_value(key).unwrap();
        assert_eq!((json["kty"].as_str(), json["crv"].as_str()), (Some("OKP"), Some("Ed25519")));
        assert_eq!((json["use"].as_str(), json["alg"].as_str()), (Some("sig"), Some("EdDSA")));
        assert_eq!(data_encoding::BASE64URL_NOPAD.decode(json["x"].as_str().unwrap().as_bytes()).unwrap().len(), 32);
        assert_eq!(json.as_object().unwrap().len(), 6, "and nothing else, above all not the private half");
    }
    let tokens = world.tokens(&world.maya, SessionKind::Rest).await;
    let header = tokens.access.split('.').next().unwrap();
    let header = data_encoding::BASE64URL_NOPAD.decode(header.as_bytes()).unwrap();
    assert!(String::from_utf8(header).unwrap().contains(&keys[0].kid), "the newest key stands first and signs");
}

#[rstest]
#[tokio::test]
async fn a_change_of_keys_is_noticed_by_nobody(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let old = world.tokens(&world.maya, SessionKind::Rest).await;
    let kid = rotate_keys(&world.services, &OPERATOR, false).await.unwrap();
    let new = world.tokens(&world.maya, SessionKind::Rest).await;
    assert_eq!(kids(&world).await[0], kid);
    world.wait(ACCESS_LIFETIME);
    assert!(lives(&world, &old).await && lives(&world, &new).await, "each token works to its end");
    world.wait(MINUTE);
    assert_eq!(kids(&world).await, std::slice::from_ref(&kid), "then the old key is gone");
    let renewed = refresh(&world.services, &anybody(), &old.refresh, Activity::Active).await.unwrap();
    assert!(lives(&world, &renewed).await);
    assert_eq!(all::<entity::signing_key::Entity>(&world).await.len(), 2);
    world.wait(DAY + SECOND);
    forget_expired(&world.services).await.unwrap();
    assert_eq!(all::<entity::signing_key::Entity>(&world).await.len(), 1);
}

#[rstest]
#[tokio::test]
async fn a_revoked_key_is_dead_at_once_and_a_refresh_token_brings_another_access_token(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let other = world.second_server().await;
    let old = world.tokens(&world.maya, SessionKind::Rest).await;
    authenticate(&other, &old.access, Activity::Passive).await.unwrap();
    rotate_keys(&world.services, &OPERATOR, true).await.unwrap();
    assert!(!lives(&world, &old).await);
    assert_eq!(kids(&world).await.len(), 1);
    let new = refresh(&world.services, &anybody(), &old.refresh, Activity::Active).await.unwrap();
    assert!(lives(&world, &new).await);
    world.wait(SECOND);
    assert!(authenticate(&other, &old.access, Activity::Passive).await.is_err(), "elsewhere within a second");
    assert!(authenticate(&other, &new.access, Activity::Passive).await.is_ok());
}

#[rstest]
#[tokio::test]
async fn a_key_that_was_to_end_later_ends_at_once_when_it_is_revoked(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let first = world.tokens(&world.maya, SessionKind::Rest).await;
    rotate_keys(&world.services, &OPERATOR, false).await.unwrap();
    let second = world.tokens(&world.maya, SessionKind::Rest).await;
    rotate_keys(&world.services, &OPERATOR, true).await.unwrap();
    assert!(!lives(&world, &first).await && !lives(&world, &second).await);
}

#[rstest]
#[tokio::test]
async fn a_key_signs_for_thirty_days(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    assert!(!rotate_aged_keys(&world.services).await.unwrap());
    world.wait(DAY * 30 - SECOND);
    assert!(!rotate_aged_keys(&world.services).await.unwrap());
    let tokens = world.tokens(&world.maya, SessionKind::Rest).await;
    world.wait(SECOND);
    assert!(rotate_aged_keys(&world.services).await.unwrap());
    assert!(!rotate_aged_keys(&world.services).await.unwrap());
    assert_eq!(kids(&world).await.len(), 2);
    assert!(lives(&world, &tokens).await);
    world.set("identity", r#"{"signing_key_days":1}"#).await;
    world.wait(DAY);
    assert!(rotate_aged_keys(&world.services).await.unwrap());
}

#[rstest]
#[tokio::test]
async fn two_servers_accept_each_others_tokens_within_the_second_in_which_one_changed_its_key(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let other = world.second_server().await;
    let mut tokens = world.tokens(&world.maya, SessionKind::Rest).await;
    for round in 0..6 {
        let (changes, asked) = if round % 2 == 0 { (&world.services, &other) } else { (&other, &world.services) };
        // Both have a copy of this second.
        authenticate(asked, &tokens.access, Activity::Passive).await.unwrap();
        rotate_keys(changes, &OPERATOR, false).await.unwrap();
        let new = refresh(changes, &anybody(), &tokens.refresh, Activity::Active).await.unwrap();
        assert!(authenticate(asked, &new.access, Activity::Passive).await.is_ok(), "round {round}");
        assert!(authenticate(asked, &tokens.access, Activity::Passive).await.is_ok(), "round {round}");
        let theirs = refresh(asked, &anybody(), &new.refresh, Activity::Active).await.unwrap();
        assert!(authenticate(changes, &theirs.access, Activity::Passive).await.is_ok(), "round {round}");
        tokens = theirs;
    }
}

#[rstest]
#[tokio::test]
async fn a_private_half_that_was_swapped_in_the_database_signs_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    use sea_orm::{ActiveModelTrait, Set};
    let world = TestWorld::new(engine).await;
    rotate_keys(&world.services, &OPERATOR, false).await.unwrap();
    rotate_keys(&world.services, &OPERATOR, false).await.unwrap();
    let rows = all::<entity::signing_key::Entity>(&world).await;
    let swapped = entity::signing_key::ActiveModel {
        id: Set(rows[1].id),
        sealed_seed: Set(rows[0].sealed_seed.clone()),
        ..Default::default()
    };
    swapped.update(world.raw()).await.unwrap();
    let restarted = world.second_server().await;
    let refused = public_keys(&restarted, &anybody()).await;
    assert!(matches!(refused, Err(domain::Error::Internal { .. })), "{refused:?}");
}
