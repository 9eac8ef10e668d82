//! Another master key, without anything being lost.

use domain::{
    Error, Services,
    auth::{
        Activity, SessionKind, authenticate, finish_sign_in, public_keys, request_password_reset, reseal, rotate_keys,
    },
    key_check,
    mail::deliver_due,
    secrets::{MasterKey, MasterKeys},
    testing::{Engine, PASSWORD, TestWorld},
    types::auth::{NextSignInStep, SecondProof},
};
use rstest::rstest;

use super::support::*;

async fn signs_in(world: &TestWorld, services: &Services, secret: &str) -> Result<(), Error> {
    let device = world.device(SessionKind::Rest);
    let outcome = try_sign_in(services, "maya", PASSWORD, device.clone()).await;
    let ticket = unfinished(outcome, NextSignInStep::Code);
    let proof = SecondProof::Otp(world.app_code(secret));
    finish_sign_in(services, &anybody(), &ticket, proof, device).await.map(drop)
}

#[rstest]
#[tokio::test]
async fn what_was_sealed_opens_under_the_earlier_key_moves_and_then_the_earlier_key_may_go(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let (secret, _) = world.set_up_app(&world.maya).await;
    world.set_up_app(&world.jonas).await;
    rotate_keys(&world.services, &anybody(), false).await.unwrap();
    let tokens = world.tokens(&world.maya, SessionKind::Rest).await;
    request_password_reset(&world.services, &anybody(), "maya@example.org", &somewhere()).await.unwrap();
    let new = MasterKey::generate();
    let both = world.under(MasterKeys { current: new.clone(), previous: vec![world.master_key()] });
    let alone = world.under(new.into());
    let actor = domain::access::Actor::system("test");

    // The database knows its key: another one alone is told so, and remembers nothing of itself.
    assert!(key_check::fits(&world.services).await.unwrap(), "the first key is its key");
    for _ in 0..2 {
        assert!(!key_check::fits(&alone).await.unwrap());
    }
    assert!(key_check::fits(&both).await.unwrap());

    // Without the earlier key nothing works, and nothing is let in for it.
    let refused = authenticate(&alone, &tokens.access, Activity::Active).await;
    assert!(matches!(refused, Err(Error::Internal { .. })), "{refused:?}");
    assert!(matches!(signs_in(&world, &alone, &secret).await, Err(Error::Internal { .. })));
    let refused = reseal(&alone, &actor).await;
    assert!(matches!(refused, Err(Error::Internal { .. })), "{refused:?}");

    // With it everything does: tokens, apps, and mail that was not sent yet.
    authenticate(&both, &tokens.access, Activity::Active).await.unwrap();
    signs_in(&world, &both, &secret).await.unwrap();
    assert!(deliver_due(&both).await.unwrap() >= 1);
    assert!(token_in(&world.mail_to("maya@example.org").await.unwrap()).len() == 43);

    let keys = public_keys(&both, &anybody()).await.unwrap().len() as u64;
    assert_eq!(reseal(&both, &actor).await.unwrap(), 2 + keys);
    assert_eq!(reseal(&both, &actor).await.unwrap(), 0, "everything moved");
    assert!(key_check::fits(&alone).await.unwrap());
    assert!(!key_check::fits(&world.services).await.unwrap());
    world.wait(MINUTE);
    authenticate(&alone, &tokens.access, Activity::Active).await.unwrap();
    signs_in(&world, &alone, &secret).await.unwrap();
    let gone = signs_in(&world, &world.services, &secret).await;
    assert!(
        matches!(gone, Err(Error::Internal { .. })),
        "under the earlier key alone nothing opens any more: {gone:?}"
    );
}
