use domain::{
    Error,
    access::Actor,
    auth::{ACCESS_LIFETIME, REST_SESSION, SessionKind, WEB_SESSION, authenticate, refresh, sign_out},
    testing::{Engine, TestWorld},
};
use futures::future::join_all;
use jiff::SignedDuration;
use rstest::rstest;
use sea_orm::ConnectionTrait;

const SECOND: SignedDuration = SignedDuration::from_secs(1);

#[rstest]
#[tokio::test]
async fn an_access_token_works_for_ten_minutes(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let tokens = world.tokens(&world.maya, SessionKind::Rest).await;
    world.wait(ACCESS_LIFETIME);
    assert!(authenticate(&world.services, &tokens.access).await.is_ok());
    world.wait(SECOND * 5);
    assert!(matches!(authenticate(&world.services, &tokens.access).await, Err(Error::TokenNotValid)));
}

#[rstest]
#[tokio::test]
async fn signing_out_ends_the_session_at_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let tokens = world.tokens(&world.maya, SessionKind::Rest).await;
    let elsewhere = world.tokens(&world.maya, SessionKind::Rest).await;
    let actor = authenticate(&world.services, &tokens.access).await.unwrap();
    sign_out(&world.services, &actor, Some(&tokens.refresh)).await.unwrap();
    assert!(matches!(authenticate(&world.services, &tokens.access).await, Err(Error::TokenNotValid)));
    let again = refresh(&world.services, &Actor::anonymous(), &tokens.refresh).await;
    assert!(matches!(again, Err(Error::TokenNotValid)));
    assert!(authenticate(&world.services, &elsewhere.access).await.is_ok(), "other sessions go on");
}

#[rstest]
#[tokio::test]
async fn somebody_elses_refresh_token_signs_nobody_out(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let actor = world.actor(&world.maya).await;
    let theirs = world.tokens(&world.jonas, SessionKind::Rest).await;
    let refused = sign_out(&world.services, &actor, Some(&theirs.refresh)).await;
    assert!(matches!(refused, Err(Error::TokenNotValid)));
    assert!(refresh(&world.services, &Actor::anonymous(), &theirs.refresh).await.is_ok());
}

#[rstest]
#[tokio::test]
async fn a_refresh_token_is_exchanged_once_and_its_theft_ends_the_family(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let anonymous = Actor::anonymous();
    let first = world.tokens(&world.maya, SessionKind::Rest).await;
    let second = refresh(&world.services, &anonymous, &first.refresh).await.unwrap();
    world.wait(SECOND * 10);
    assert!(refresh(&world.services, &anonymous, &first.refresh).await.is_ok(), "a lost answer is forgiven");
    world.wait(SECOND);
    let replay = refresh(&world.services, &anonymous, &first.refresh).await;
    assert!(matches!(replay, Err(Error::TokenNotValid)));
    assert!(matches!(refresh(&world.services, &anonymous, &second.refresh).await, Err(Error::TokenNotValid)));
    assert!(matches!(authenticate(&world.services, &second.access).await, Err(Error::TokenNotValid)));
}

#[rstest]
#[tokio::test]
async fn parallel_refreshes_with_one_token_all_succeed_in_one_family(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let anonymous = Actor::anonymous();
    let first = world.tokens(&world.maya, SessionKind::Web).await;
    let all = join_all((0..50).map(|_| refresh(&world.services, &anonymous, &first.refresh))).await;
    assert!(all.iter().all(Result::is_ok));
    let sessions = "SELECT count(*) AS n FROM session WHERE revoked_at IS NULL";
    let statement = sea_orm::Statement::from_string(world.raw().get_database_backend(), sessions);
    let row = world.raw().query_one_raw(statement).await.unwrap().unwrap();
    assert_eq!(row.try_get::<i64>("", "n").unwrap(), 1);
}

#[rstest]
#[tokio::test]
async fn a_web_session_ends_after_twelve_hours_and_a_programs_after_seven_idle_days(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let anonymous = Actor::anonymous();
    let web = world.tokens(&world.maya, SessionKind::Web).await;
    let rest = world.tokens(&world.maya, SessionKind::Rest).await;
    world.wait(WEB_SESSION - SECOND);
    let web = refresh(&world.services, &anonymous, &web.refresh).await.unwrap();
    let rest = refresh(&world.services, &anonymous, &rest.refresh).await.unwrap();
    world.wait(SECOND);
    assert!(matches!(refresh(&world.services, &anonymous, &web.refresh).await, Err(Error::TokenNotValid)));
    assert!(matches!(authenticate(&world.services, &web.access).await, Err(Error::TokenNotValid)));
    world.wait(REST_SESSION - SECOND * 2);
    let rest = refresh(&world.services, &anonymous, &rest.refresh).await.unwrap();
    world.wait(REST_SESSION);
    assert!(matches!(refresh(&world.services, &anonymous, &rest.refresh).await, Err(Error::TokenNotValid)));
}

#[rstest]
#[tokio::test]
async fn a_disabled_account_is_out_on_the_next_request(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let tokens = world.tokens(&world.maya, SessionKind::Rest).await;
    let disable = "UPDATE \"user\" SET is_active = FALSE WHERE username = 'maya'";
    world.raw().execute_unprepared(disable).await.unwrap();
    assert!(matches!(authenticate(&world.services, &tokens.access).await, Err(Error::TokenNotValid)));
    let again = refresh(&world.services, &Actor::anonymous(), &tokens.refresh).await;
    assert!(matches!(again, Err(Error::TokenNotValid)));
}

#[rstest]
#[tokio::test]
async fn two_servers_accept_each_others_tokens_and_see_each_others_sign_outs() {
    let world = TestWorld::new(Engine::Postgres).await;
    let other = world.second_server().await;
    let tokens = world.tokens(&world.maya, SessionKind::Rest).await;
    let actor = authenticate(&other, &tokens.access).await.unwrap();
    sign_out(&other, &actor, None).await.unwrap();
    assert!(matches!(authenticate(&world.services, &tokens.access).await, Err(Error::TokenNotValid)));
}
