//! Where somebody is signed in, and ending it from elsewhere.

use domain::{
    Error,
    access::Actor,
    auth::{Device, SessionKind, end_other_sessions, end_session, sessions},
    testing::{Engine, PASSWORD, TestWorld},
    types::{SessionId, auth::SessionRow, page::PageRequest},
};
use rstest::rstest;

use super::support::*;

async fn list(world: &TestWorld, actor: &Actor) -> Vec<SessionRow> {
    sessions(&world.services, actor, PageRequest::new(1, 100)).await.unwrap().results
}

#[rstest]
#[tokio::test]
async fn the_list_names_devices_and_places_and_says_which_one_is_this(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    world.tokens(&world.jonas, SessionKind::Web).await;
    let there = done(try_sign_in(&world.services, "maya", PASSWORD, browser("203.0.113.1")).await);
    world.wait(MINUTE);
    let here = done(try_sign_in(&world.services, "maya", PASSWORD, at("203.0.113.2")).await);
    let actor = actor_of(&world, &here.tokens).await;
    let rows = list(&world, &actor).await;
    let told: Vec<_> = rows.iter().map(|row| (row.device.as_str(), row.address.as_str(), row.is_current)).collect();
    assert_eq!(told, [("curl", "203.0.113.2", true), ("Firefox on Linux", "203.0.113.1", false)]);
    assert_eq!(rows[1].created.label, "Mon 23 November, 08:00");
    assert_eq!(rows[1].last_used.label, "Mon 23 November, 08:00");
    actor_of(&world, &there.tokens).await;
    assert_eq!(
        list(&world, &actor).await.iter().map(|row| row.last_used.label.as_str()).max(),
        Some("Mon 23 November, 08:01")
    );
    let second = sessions(&world.services, &actor, PageRequest::new(2, 1)).await.unwrap();
    assert_eq!((second.results, second.count), (vec![list(&world, &actor).await.remove(1)], 2));
    assert!(matches!(sessions(&world.services, &anybody(), PageRequest::default()).await, Err(Error::Unauthenticated)));
}

#[rstest]
#[tokio::test]
async fn this_device_comes_first_though_another_was_used_later(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let here = done(try_sign_in(&world.services, "maya", PASSWORD, at("203.0.113.2")).await);
    let actor = actor_of(&world, &here.tokens).await;
    world.wait(MINUTE);
    let there = done(try_sign_in(&world.services, "maya", PASSWORD, browser("203.0.113.1")).await);
    actor_of(&world, &there.tokens).await;
    let told: Vec<_> = list(&world, &actor).await.iter().map(|row| row.is_current).collect();
    assert_eq!(told, [true, false]);
}

#[rstest]
#[tokio::test]
async fn what_lets_nobody_in_any_more_is_not_listed(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    world.tokens(&world.maya, SessionKind::Web).await;
    let program = world.tokens(&world.maya, SessionKind::Rest).await;
    world.wait(MINUTE * 30);
    let here = world.actor(&world.maya).await;
    assert_eq!(list(&world, &here).await.len(), 2, "the browser rested too long");
    end_session(&world.services, &here, list(&world, &here).await[1].id).await.unwrap();
    assert!(!lives(&world, &program).await);
    assert_eq!(list(&world, &here).await.len(), 1);
}

#[rstest]
#[tokio::test]
async fn one_is_ended_and_the_others_go_on(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let tokens = [
        world.tokens(&world.maya, SessionKind::Web).await,
        world.tokens(&world.maya, SessionKind::Web).await,
        world.tokens(&world.maya, SessionKind::Rest).await,
    ];
    let here = actor_of(&world, &tokens[2]).await;
    let lost = actor_of(&world, &tokens[0]).await.session_id().unwrap();
    end_session(&world.services, &here, lost).await.unwrap();
    assert!(!lives(&world, &tokens[0]).await);
    assert!(lives(&world, &tokens[1]).await && lives(&world, &tokens[2]).await);
    let again = end_session(&world.services, &here, lost).await;
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
    end_session(&world.services, &here, here.session_id().unwrap()).await.unwrap();
    assert!(!lives(&world, &tokens[2]).await, "this one can be ended too");
}

#[rstest]
#[tokio::test]
async fn what_is_somebody_elses_or_unknown_is_not_found(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let theirs = world.tokens(&world.jonas, SessionKind::Web).await;
    let foreign = actor_of(&world, &theirs).await.session_id().unwrap();
    for actor in [world.actor(&world.maya).await, world.actor(&world.admin).await] {
        for id in [foreign, SessionId(999_999), SessionId(0), SessionId(-1), SessionId(i64::MAX)] {
            let refused = end_session(&world.services, &actor, id).await;
            assert!(matches!(refused, Err(Error::NotFound)), "{id}: {refused:?}");
        }
    }
    assert!(lives(&world, &theirs).await);
    assert!(matches!(end_session(&world.services, &anybody(), foreign).await, Err(Error::Unauthenticated)));
}

#[rstest]
#[tokio::test]
async fn all_others_are_ended_at_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let others =
        [world.tokens(&world.maya, SessionKind::Web).await, world.tokens(&world.maya, SessionKind::Rest).await];
    let theirs = world.tokens(&world.jonas, SessionKind::Web).await;
    let mine = world.tokens(&world.maya, SessionKind::Web).await;
    let here = actor_of(&world, &mine).await;
    assert_eq!(end_other_sessions(&world.services, &here).await.unwrap(), 2);
    for other in &others {
        assert!(!lives(&world, other).await);
    }
    assert!(lives(&world, &mine).await && lives(&world, &theirs).await);
    assert_eq!(end_other_sessions(&world.services, &here).await.unwrap(), 0);
}

#[rstest]
#[tokio::test]
async fn what_a_device_says_of_itself_is_cut_short(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let device = Device { user_agent: "é".repeat(10_000), address: "x".repeat(1_000), ..at("") };
    let signed_in = done(try_sign_in(&world.services, "maya", PASSWORD, device).await);
    let actor = actor_of(&world, &signed_in.tokens).await;
    assert_eq!(list(&world, &actor).await[0].address.len(), 64);
    assert_eq!(all::<entity::session::Entity>(&world).await[0].user_agent.chars().count(), 300);
}
