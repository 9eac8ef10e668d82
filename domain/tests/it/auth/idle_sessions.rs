//! How long a session lasts when nothing is done in it, and at most.

use domain::{
    Error,
    auth::{Activity, SessionKind, Tokens, authenticate, refresh},
    testing::{Engine, TestPerson, TestWorld},
    types::auth::SessionClock,
};
use jiff::SignedDuration;
use rstest::rstest;

use super::support::*;

/// A request with the newest tokens, as a browser makes it: whatever is too old is renewed first.
async fn request(world: &TestWorld, tokens: &mut Tokens, activity: Activity) -> Result<Option<SessionClock>, Error> {
    let found = match authenticate(&world.services, &tokens.access, activity).await {
        Err(Error::TokenNotValid) => {
            *tokens = refresh(&world.services, &anybody(), &tokens.refresh, activity).await?;
            authenticate(&world.services, &tokens.access, activity).await?
        }
        found => found?,
    };
    Ok(found.viewer().unwrap().clock)
}

async fn is_over(world: &TestWorld, tokens: &mut Tokens) -> bool {
    match request(world, tokens, Activity::Passive).await {
        Ok(_) => false,
        Err(Error::TokenNotValid) => true,
        Err(other) => panic!("{other:?}"),
    }
}

fn person<'a>(world: &'a TestWorld, name: &str) -> &'a TestPerson {
    match name {
        "maya" => &world.maya,
        "rivera" => &world.rivera,
        _ => &world.admin,
    }
}

#[rstest]
#[case("maya", 30)]
#[case("rivera", 15)]
#[case("admin", 15)]
#[tokio::test]
async fn a_session_of_the_pages_ends_after_a_while_without_a_request(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] name: &str,
    #[case] minutes: i64,
) {
    let world = TestWorld::new(engine).await;
    let mut tokens = world.tokens(person(&world, name), SessionKind::Web).await;
    // Whoever does something now and then stays.
    for _ in 0..4 {
        world.wait(MINUTE * i32::try_from(minutes).unwrap() - SECOND);
        request(&world, &mut tokens, Activity::Active).await.unwrap();
    }
    world.wait(SignedDuration::from_mins(minutes) - SECOND);
    assert!(!is_over(&world, &mut tokens).await);
    world.wait(SECOND);
    assert!(is_over(&world, &mut tokens).await);
    let refused = authenticate(&world.services, &tokens.access, Activity::Active).await;
    assert!(matches!(refused, Err(Error::TokenNotValid)), "and nothing that is done later revives it: {refused:?}");
}

#[rstest]
#[tokio::test]
async fn what_a_page_asks_by_itself_keeps_no_session_alive(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let mut tokens = world.tokens(&world.maya, SessionKind::Web).await;
    for _ in 0..29 {
        world.wait(MINUTE);
        assert!(!is_over(&world, &mut tokens).await);
    }
    world.wait(MINUTE);
    assert!(is_over(&world, &mut tokens).await);
}

#[rstest]
#[tokio::test]
async fn the_page_is_told_how_long_it_still_lasts(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let mut tokens = world.tokens(&world.maya, SessionKind::Web).await;
    let clock = |seconds_left, may_extend| Some(SessionClock { seconds_left, may_extend });
    assert_eq!(request(&world, &mut tokens, Activity::Passive).await.unwrap(), clock(1_800, true));
    world.wait(MINUTE);
    assert_eq!(request(&world, &mut tokens, Activity::Passive).await.unwrap(), clock(1_740, true));
    assert_eq!(request(&world, &mut tokens, Activity::Active).await.unwrap(), clock(1_800, true));
    for _ in 0..35 {
        world.wait(MINUTE * 20);
        request(&world, &mut tokens, Activity::Active).await.unwrap();
    }
    // Eleven hours and 41 minutes after the sign-in.
    assert_eq!(request(&world, &mut tokens, Activity::Active).await.unwrap(), clock(19 * 60, false));
    let mut program = world.tokens(&world.maya, SessionKind::Rest).await;
    assert_eq!(request(&world, &mut program, Activity::Active).await.unwrap(), None);
}

#[rstest]
#[tokio::test]
async fn after_twelve_hours_a_session_of_the_pages_is_over_whatever_is_done(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let mut tokens = world.tokens(&world.maya, SessionKind::Web).await;
    for _ in 0..72 {
        assert!(!is_over(&world, &mut tokens).await);
        request(&world, &mut tokens, Activity::Active).await.unwrap();
        world.wait(MINUTE * 10);
    }
    assert!(is_over(&world, &mut tokens).await);
}

#[rstest]
#[tokio::test]
async fn a_program_rests_as_long_as_it_likes_and_refreshes_within_seven_days(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let mut tokens = world.tokens(&world.maya, SessionKind::Rest).await;
    for _ in 0..3 {
        world.wait(DAY * 7 - SECOND);
        request(&world, &mut tokens, Activity::Active).await.unwrap();
    }
    world.wait(DAY * 7);
    assert!(is_over(&world, &mut tokens).await);
}

#[rstest]
#[case("maya", DAY * 30, DAY * 6)]
#[case("rivera", HOUR * 12, HOUR)]
#[case("admin", HOUR * 12, HOUR)]
#[tokio::test]
async fn a_programs_session_has_an_absolute_end_however_often_it_refreshes(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] name: &str,
    #[case] in_all: SignedDuration,
    #[case] each: SignedDuration,
) {
    let world = TestWorld::new(engine).await;
    let mut tokens = world.tokens(person(&world, name), SessionKind::Rest).await;
    let mut passed = SignedDuration::ZERO;
    while passed + each < in_all {
        world.wait(each);
        passed += each;
        request(&world, &mut tokens, Activity::Active).await.unwrap();
    }
    world.wait(in_all - passed - SECOND);
    assert!(!is_over(&world, &mut tokens).await);
    world.wait(SECOND);
    assert!(is_over(&world, &mut tokens).await);
}

#[rstest]
#[tokio::test]
async fn all_of_these_times_are_settings(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let json = r#"{"staff_idle_minutes":5,"patient_idle_minutes":7,"web_session_hours":1,"rest_session_days":2,"rest_patient_days":4,"rest_staff_hours":3}"#;
    world.set("identity", json).await;
    for (person, minutes) in [(&world.rivera, 5), (&world.maya, 7)] {
        let mut tokens = world.tokens(person, SessionKind::Web).await;
        world.wait(SignedDuration::from_mins(minutes) - SECOND);
        assert!(!is_over(&world, &mut tokens).await);
        world.wait(SECOND);
        assert!(is_over(&world, &mut tokens).await);
    }
    let mut web = world.tokens(&world.maya, SessionKind::Web).await;
    let mut rest = world.tokens(&world.maya, SessionKind::Rest).await;
    for _ in 0..12 {
        request(&world, &mut web, Activity::Active).await.unwrap();
        world.wait(MINUTE * 5);
    }
    assert!(is_over(&world, &mut web).await);
    world.wait(DAY * 2 - HOUR - SECOND);
    assert!(!is_over(&world, &mut rest).await);
    world.wait(DAY * 2);
    assert!(is_over(&world, &mut rest).await);
    for (person, in_all) in [(&world.maya, DAY * 4), (&world.rivera, HOUR * 3)] {
        let mut rest = world.tokens(person, SessionKind::Rest).await;
        for _ in 0..4 {
            request(&world, &mut rest, Activity::Active).await.unwrap();
            world.wait(in_all / 4);
        }
        assert!(is_over(&world, &mut rest).await);
    }
}

#[rstest]
#[tokio::test]
async fn what_is_over_is_forgotten_thirty_days_later(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    world.tokens(&world.maya, SessionKind::Web).await;
    world.wait(DAY * 30);
    domain::auth::forget_expired(&world.services).await.unwrap();
    assert_eq!(all::<entity::session::Entity>(&world).await.len(), 1);
    world.wait(HOUR * 12 + SECOND);
    let mut alive = world.tokens(&world.maya, SessionKind::Rest).await;
    domain::auth::forget_expired(&world.services).await.unwrap();
    assert_eq!(all::<entity::session::Entity>(&world).await.len(), 1);
    assert_eq!(all::<entity::refresh_token::Entity>(&world).await.len(), 1);
    assert!(!is_over(&world, &mut alive).await);
}
