//! A fresh proof of who is asking.

use domain::{
    Error,
    access::{Actor, RecentlyVerified},
    auth::{Activity, FRESH, SessionKind, authenticate, end_session, refresh, step_up},
    testing::{Engine, PASSWORD, TestWorld},
    types::auth::Proof,
};
use futures::future::join_all;
use rstest::rstest;

use super::support::*;

fn password() -> Proof {
    Proof::Password(PASSWORD.into())
}

fn is_fresh(actor: &Actor) -> bool {
    RecentlyVerified::try_from(actor).is_ok()
}

#[rstest]
#[tokio::test]
async fn a_proof_is_fresh_for_five_minutes(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(SessionKind::Web, SessionKind::Rest)] kind: SessionKind,
) {
    let world = TestWorld::new(engine).await;
    let tokens = world.tokens(&world.maya, kind).await;
    assert!(is_fresh(&actor_of(&world, &tokens).await), "signing in is a proof");
    world.wait(FRESH - SECOND);
    assert!(is_fresh(&actor_of(&world, &tokens).await));
    world.wait(SECOND);
    let stale = actor_of(&world, &tokens).await;
    assert!(!is_fresh(&stale), "and using the session is none");
    let renewed = refresh(&world.services, &anybody(), &tokens.refresh, Activity::Active).await.unwrap();
    assert!(!is_fresh(&actor_of(&world, &renewed).await), "nor is a refresh");
    let proven = step_up(&world.services, &stale, password()).await.unwrap();
    let tokens = proven.tokens.unwrap_or(renewed);
    assert!(is_fresh(&actor_of(&world, &tokens).await));
    world.wait(proven.verified_until.duration_since(world.services.now()) - SECOND);
    assert!(is_fresh(&actor_of(&world, &tokens).await));
    world.wait(SECOND);
    assert!(!is_fresh(&actor_of(&world, &tokens).await));
}

#[rstest]
#[tokio::test]
async fn a_session_of_the_pages_goes_on_under_another_id(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let old = world.tokens(&world.maya, SessionKind::Web).await;
    world.wait(HOUR / 4);
    let before = refresh(&world.services, &anybody(), &old.refresh, Activity::Active).await.unwrap();
    let actor = actor_of(&world, &before).await;
    let new = step_up(&world.services, &actor, password()).await.unwrap().tokens.unwrap();
    assert_ne!(actor_of(&world, &new).await.session_id(), actor.session_id());
    let refused = authenticate(&world.services, &before.access, Activity::Active).await;
    assert!(matches!(refused, Err(Error::SessionReplaced)), "{refused:?}");
    let refused = refresh(&world.services, &anybody(), &before.refresh, Activity::Active).await;
    assert!(matches!(refused, Err(Error::SessionReplaced)), "{refused:?}");
    assert!(lives(&world, &new).await);
    // It is the same sign-in: its twelve hours began then.
    let rows = all::<entity::session::Entity>(&world).await;
    assert_eq!((rows[0].created_at, rows[0].expires_at), (rows[1].created_at, rows[1].expires_at));
    assert_eq!((&rows[0].address, rows[0].idle_seconds), (&rows[1].address, rows[1].idle_seconds));
    assert_eq!(world.mail_to("maya@example.org").await, None);
}

#[rstest]
#[tokio::test]
async fn a_program_keeps_its_session(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let tokens = world.tokens(&world.maya, SessionKind::Rest).await;
    world.wait(MINUTE * 6);
    let actor = actor_of(&world, &tokens).await;
    assert_eq!(step_up(&world.services, &actor, password()).await.unwrap().tokens, None);
    let again = actor_of(&world, &tokens).await;
    assert_eq!(again.session_id(), actor.session_id());
    assert!(is_fresh(&again));
}

#[rstest]
#[tokio::test]
async fn whoever_has_an_app_proves_it_with_a_code_and_a_code_proves_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let (secret, codes) = world.set_up_app(&world.maya).await;
    let tokens = world.tokens(&world.maya, SessionKind::Rest).await;
    world.wait(MINUTE * 6);
    let actor = actor_of(&world, &tokens).await;
    assert_eq!(wrong_field(step_up(&world.services, &actor, password()).await), "otp");
    let code = world.app_code(&secret);
    for wrong in [other_digits(&code), String::new(), codes[0].clone()] {
        assert_eq!(wrong_field(step_up(&world.services, &actor, Proof::Otp(wrong)).await), "otp");
    }
    assert!(!is_fresh(&actor_of(&world, &tokens).await));
    step_up(&world.services, &actor, Proof::Otp(code.clone())).await.unwrap();
    assert_eq!(wrong_field(step_up(&world.services, &actor, Proof::Otp(code.clone())).await), "otp");
    let used = finish(&world, &ticket(&world, &world.maya).await, &code).await;
    assert!(matches!(used, Err(Error::WrongCode)), "{used:?}");
}

#[rstest]
#[tokio::test]
async fn whoever_has_no_app_proves_it_with_the_password(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let actor = world.actor(&world.maya).await;
    assert_eq!(wrong_field(step_up(&world.services, &actor, Proof::Otp("123456".into())).await), "password");
    for wrong in ["not the password", "", &"x".repeat(10_000)] {
        let refused = step_up(&world.services, &actor, Proof::Password(wrong.into())).await;
        assert_eq!(wrong_field(refused), "password");
    }
    let refused = step_up(&world.services, &anybody(), password()).await;
    assert!(matches!(refused, Err(Error::Unauthenticated)), "{refused:?}");
}

#[rstest]
#[tokio::test]
async fn a_session_that_ended_meanwhile_does_not_go_on_under_another_id(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(SessionKind::Web, SessionKind::Rest)] kind: SessionKind,
) {
    let world = TestWorld::new(engine).await;
    let tokens = world.tokens(&world.maya, kind).await;
    // The request was let in, and the session ended before it was done.
    let let_in = actor_of(&world, &tokens).await;
    end_session(&world.services, &world.actor(&world.maya).await, let_in.session_id().unwrap()).await.unwrap();
    let refused = step_up(&world.services, &let_in, password()).await;
    assert!(matches!(refused, Err(Error::TokenNotValid)), "{refused:?}");
    assert_eq!(count(&world, "SELECT count(*) AS n FROM session WHERE revoked_at IS NULL").await, 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_proof_that_is_sent_many_times_at_once_leaves_one_session(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let tokens = world.tokens(&world.maya, SessionKind::Web).await;
    let actor = actor_of(&world, &tokens).await;
    let tries = (0..4).map(|_| {
        let (services, actor) = (world.services.clone(), actor.clone());
        tokio::spawn(async move { step_up(&services, &actor, password()).await })
    });
    let mut won = 0;
    for outcome in join_all(tries).await {
        match outcome.unwrap() {
            Ok(_) => won += 1,
            Err(Error::SessionReplaced) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(won, 1);
    assert_eq!(count(&world, "SELECT count(*) AS n FROM session WHERE revoked_at IS NULL").await, 1);
}
