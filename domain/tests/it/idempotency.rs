use domain::{
    Error, appointments,
    idempotency::IdempotencyKey,
    testing::{Engine, TestWorld, booking},
    types::appointments::AppointmentFilter,
};
use futures::future::join_all;
use jiff::{
    SignedDuration,
    civil::{date, time},
};
use rstest::rstest;
use sea_orm::EntityTrait;
use sha2::Digest;

fn key(key: &str, body: &str) -> IdempotencyKey {
    IdempotencyKey::parse(key, "appointments/book", body.as_bytes()).unwrap()
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_parallel_repeats_are_one_booking(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let maya = world.actor(&world.maya).await;
    let repeats = (0..100).map(|_| {
        let (services, actor) = (world.services.clone(), maya.clone());
        let command = booking(&world.rivera, date(2026, 11, 24), time(9, 30, 0, 0));
        tokio::spawn(async move { appointments::book(&services, &actor, command, Some(key("k1", "body"))).await })
    });
    let references: std::collections::HashSet<_> =
        join_all(repeats).await.into_iter().map(|outcome| outcome.unwrap().unwrap().reference).collect();
    assert_eq!(references.len(), 1);
    let all = appointments::list(&world.services, &maya, AppointmentFilter::default()).await.unwrap().into_inner();
    assert_eq!(all.count, 1);
}

#[rstest]
#[tokio::test]
async fn a_key_that_comes_with_another_body_is_refused(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let maya = world.actor(&world.maya).await;
    let at = |hour| booking(&world.rivera, date(2026, 11, 24), time(hour, 0, 0, 0));
    appointments::book(&world.services, &maya, at(9), Some(key("k1", "nine"))).await.unwrap();
    let refused = appointments::book(&world.services, &maya, at(10), Some(key("k1", "ten"))).await;
    assert!(matches!(refused, Err(Error::IdempotencyMismatch)));
}

#[rstest]
#[tokio::test]
async fn a_refused_request_does_not_use_its_key_up_and_keys_are_each_persons_own(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let (maya, jonas) = (world.actor(&world.maya).await, world.actor(&world.jonas).await);
    let at = |hour| booking(&world.rivera, date(2026, 11, 24), time(hour, 0, 0, 0));
    assert!(appointments::book(&world.services, &maya, at(12), Some(key("k1", "noon"))).await.is_err());
    appointments::book(&world.services, &maya, at(9), Some(key("k1", "nine"))).await.unwrap();
    appointments::book(&world.services, &jonas, at(10), Some(key("k1", "ten"))).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_key_is_forgotten_after_a_day(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let maya = world.actor(&world.maya).await;
    let at = |hour| booking(&world.rivera, date(2026, 11, 26), time(hour, 0, 0, 0));
    appointments::book(&world.services, &maya, at(9), Some(key("k1", "nine"))).await.unwrap();
    world.wait(SignedDuration::from_hours(24));
    appointments::book(&world.services, &maya, at(10), Some(key("k1", "ten"))).await.unwrap();
    world.wait(SignedDuration::from_hours(24));
    assert_eq!(domain::idempotency::forget_expired(&world.services).await.unwrap(), 1);
}

#[test]
fn a_key_is_short_and_printable() {
    for wrong in ["", "two words", "tab\t", "é", &"k".repeat(201)] {
        assert!(IdempotencyKey::parse(wrong, "appointments/book", b"").is_err(), "{wrong:?}");
    }
}

#[rstest]
#[tokio::test]
async fn what_was_sent_cannot_be_guessed_from_what_is_stored(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let maya = world.actor(&world.maya).await;
    let at = |hour| booking(&world.rivera, date(2026, 11, 24), time(hour, 0, 0, 0));
    for (hour, name) in [(9, "k1"), (10, "k2")] {
        appointments::book(&world.services, &maya, at(hour), Some(key(name, "body"))).await.unwrap();
    }
    let stored = entity::idempotency_key::Entity::find().all(world.raw()).await.unwrap();
    assert_eq!(stored[0].request_hash, stored[1].request_hash, "the same request is recognised");
    let plain = data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(b"body"));
    assert!(stored.iter().all(|row| row.request_hash != plain), "anybody could compute this one");
}
