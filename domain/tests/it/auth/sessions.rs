use domain::{
    Error,
    auth::{ACCESS_LIFETIME, Activity, SessionKind, authenticate, refresh, sign_in, sign_out},
    testing::{Engine, PASSWORD, TestWorld},
    types::auth::SignIn,
};
use futures::future::join_all;
use rstest::rstest;

use super::support::*;

#[rstest]
#[tokio::test]
async fn an_access_token_works_for_ten_minutes(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let tokens = world.tokens(&world.maya, SessionKind::Rest).await;
    world.wait(ACCESS_LIFETIME);
    assert!(lives(&world, &tokens).await);
    world.wait(SECOND * 4);
    assert!(lives(&world, &tokens).await, "two clocks may differ by less than five seconds");
    world.wait(SECOND);
    assert!(!lives(&world, &tokens).await);
}

#[rstest]
#[tokio::test]
async fn signing_out_ends_the_session_at_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let tokens = world.tokens(&world.maya, SessionKind::Rest).await;
    let elsewhere = world.tokens(&world.maya, SessionKind::Rest).await;
    let actor = actor_of(&world, &tokens).await;
    sign_out(&world.services, &actor, Some(&tokens.refresh)).await.unwrap();
    assert!(!lives(&world, &tokens).await);
    let again = refresh(&world.services, &anybody(), &tokens.refresh, Activity::Active).await;
    assert!(matches!(again, Err(Error::TokenNotValid)));
    assert!(lives(&world, &elsewhere).await, "other sessions go on");
}

#[rstest]
#[tokio::test]
async fn somebody_elses_refresh_token_signs_nobody_out(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let actor = world.actor(&world.maya).await;
    let theirs = world.tokens(&world.jonas, SessionKind::Rest).await;
    let refused = sign_out(&world.services, &actor, Some(&theirs.refresh)).await;
    assert!(matches!(refused, Err(Error::TokenNotValid)));
    assert!(refresh(&world.services, &anybody(), &theirs.refresh, Activity::Active).await.is_ok());
}

#[rstest]
#[tokio::test]
async fn a_refresh_token_that_comes_again_after_ten_seconds_is_a_theft_and_ends_the_family(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(SessionKind::Web, SessionKind::Rest)] kind: SessionKind,
) {
    let world = TestWorld::new(engine).await;
    let elsewhere = world.tokens(&world.maya, kind).await;
    let first = world.tokens(&world.maya, kind).await;
    let again = |token: String| {
        let services = world.services.clone();
        async move { refresh(&services, &anybody(), &token, Activity::Active).await }
    };
    let second = again(first.refresh.clone()).await.unwrap();
    world.wait(SECOND * 10);
    let third = again(first.refresh.clone()).await.expect("a lost answer is forgiven");
    assert!(lives(&world, &second).await && lives(&world, &third).await);
    world.wait(SECOND);
    assert!(matches!(again(first.refresh.clone()).await, Err(Error::TokenNotValid)));
    for tokens in [first, second, third] {
        assert!(!lives(&world, &tokens).await, "access tokens end with it");
        assert!(matches!(again(tokens.refresh).await, Err(Error::TokenNotValid)));
    }
    assert!(lives(&world, &elsewhere).await, "other families go on");
    assert_eq!(
        subjects(&world, "maya@example.org").await,
        ["We signed out one of your sessions"],
        "and once is enough"
    );
}

#[rstest]
#[tokio::test]
async fn a_refresh_token_that_was_never_ours_is_refused(#[values("", "x", "' OR '1'='1")] odd: &str) {
    let world = TestWorld::new(Engine::Sqlite).await;
    let tokens = world.tokens(&world.maya, SessionKind::Rest).await;
    for odd in [odd, &tokens.access, &tokens.refresh[..42], &format!("{} ", tokens.refresh)] {
        let refused = refresh(&world.services, &anybody(), odd, Activity::Active).await;
        assert!(matches!(refused, Err(Error::TokenNotValid)), "{refused:?}");
    }
    assert!(lives(&world, &tokens).await);
}

#[rstest]
#[tokio::test]
async fn refresh_tokens_are_stored_hashed(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let tokens = world.tokens(&world.maya, SessionKind::Rest).await;
    let rows = format!("{:?}", all::<entity::refresh_token::Entity>(&world).await);
    assert!(!rows.contains(&tokens.refresh), "{rows}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_parallel_refreshes_with_one_token_leave_one_living_family(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let first = world.tokens(&world.maya, SessionKind::Web).await;
    let tries = (0..100).map(|_| {
        let (services, token) = (world.services.clone(), first.refresh.clone());
        tokio::spawn(async move { refresh(&services, &anybody(), &token, Activity::Active).await })
    });
    let mut next = Vec::new();
    for outcome in join_all(tries).await {
        next.push(outcome.unwrap().expect("each of them lost its answer"));
    }
    assert_eq!(count(&world, "SELECT count(*) AS n FROM session WHERE revoked_at IS NULL").await, 1);
    assert_eq!(count(&world, "SELECT count(*) AS n FROM refresh_token WHERE used_at IS NULL").await, 1);
    assert!(next.iter().all(|tokens| tokens.refresh == next[0].refresh), "all of them go on with one successor");
    assert!(lives(&world, &next[0]).await);
}

#[rstest]
#[tokio::test]
async fn a_disabled_account_is_out_on_the_next_request(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values("is_active = FALSE", "email_verified_at = NULL", "role = 'admin'")] change: &str,
) {
    let world = TestWorld::new(engine).await;
    let tokens = world.tokens(&world.maya, SessionKind::Rest).await;
    run(&world, &format!("UPDATE \"user\" SET {change} WHERE username = 'maya'")).await;
    assert!(!lives(&world, &tokens).await);
    let again = refresh(&world.services, &anybody(), &tokens.refresh, Activity::Active).await;
    assert!(matches!(again, Err(Error::TokenNotValid)));
}

#[rstest]
#[tokio::test]
async fn what_was_taken_away_and_given_back_revives_no_session(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(("is_active = FALSE", "is_active = TRUE"), ("role = 'admin'", "role = 'patient'"))] change: (&str, &str),
    #[values(SessionKind::Web, SessionKind::Rest)] kind: SessionKind,
) {
    let world = TestWorld::new(engine).await;
    let tokens = world.tokens(&world.maya, kind).await;
    let others = world.tokens(&world.jonas, kind).await;
    for change in [change.0, change.1] {
        run(&world, &format!("UPDATE \"user\" SET {change} WHERE username = 'maya'")).await;
    }
    assert!(!lives(&world, &tokens).await);
    let again = refresh(&world.services, &anybody(), &tokens.refresh, Activity::Active).await;
    assert!(matches!(again, Err(Error::TokenNotValid)));
    assert!(lives(&world, &others).await, "nobody else is signed out");
    assert!(lives(&world, &world.tokens(&world.maya, kind).await).await, "and a new sign-in works");
    run(&world, "UPDATE \"user\" SET first_name = 'May' WHERE username = 'jonas'").await;
    assert!(lives(&world, &others).await, "a new name ends nothing");
}

#[rstest]
#[tokio::test]
async fn a_second_sign_in_in_the_same_browser_ends_the_first_session(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values("maya", "jonas")] next: &str,
) {
    let world = TestWorld::new(engine).await;
    let first = done(try_sign_in(&world.services, "maya", PASSWORD, browser("203.0.113.5")).await).tokens;
    let elsewhere = world.tokens(&world.maya, SessionKind::Web).await;
    let program = world.tokens(&world.maya, SessionKind::Rest).await;
    let here = actor_of(&world, &first).await;
    let command = SignIn { username: next.into(), password: PASSWORD.into() };
    let second = done(sign_in(&world.services, &here, command, browser("203.0.113.5")).await).tokens;
    assert!(!lives(&world, &first).await);
    let again = refresh(&world.services, &anybody(), &first.refresh, Activity::Active).await;
    assert!(matches!(again, Err(Error::TokenNotValid)));
    for tokens in [second, elsewhere, program] {
        assert!(lives(&world, &tokens).await);
    }
}

#[rstest]
#[tokio::test]
async fn two_servers_accept_each_others_tokens_and_see_each_others_sign_outs(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let other = world.second_server().await;
    let tokens = world.tokens(&world.maya, SessionKind::Rest).await;
    let actor = authenticate(&other, &tokens.access, Activity::Active).await.unwrap();
    sign_out(&other, &actor, None).await.unwrap();
    assert!(!lives(&world, &tokens).await);
}
