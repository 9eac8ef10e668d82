//! Browsers that somebody used before, and the word to the owner about others.

use domain::{
    auth::{Device, SessionKind},
    testing::{Engine, PASSWORD, TestWorld},
};
use futures::future::join_all;
use rstest::rstest;

use super::support::*;

#[rstest]
#[tokio::test]
async fn the_owner_is_told_of_a_device_that_was_not_seen_before(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let first = done(try_sign_in(&world.services, "maya", PASSWORD, browser("203.0.113.5")).await);
    assert_eq!(world.mail_to("maya@example.org").await, None, "the very first sign-in is no news");
    let known = Device { known: first.device_token.clone(), ..browser("198.51.100.1") };
    let again = done(try_sign_in(&world.services, "maya", PASSWORD, known).await);
    assert_eq!(again.device_token, None, "it has its token already");
    assert_eq!(world.mail_to("maya@example.org").await, None);
    let other = done(try_sign_in(&world.services, "maya", PASSWORD, browser("198.51.100.2")).await);
    assert_ne!(other.device_token, first.device_token);
    let mail = world.mail_to("maya@example.org").await.unwrap();
    assert_eq!(mail.subject, "A new sign-in to your account");
    for part in ["Firefox on Linux", "198.51.100.2", "Mon 23 November, 08:00"] {
        assert!(mail.body.contains(part), "{part} is missing in {}", mail.body);
    }
}

#[rstest]
#[tokio::test]
async fn a_program_is_known_by_its_address(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    for address in ["203.0.113.5", "203.0.113.5", "203.0.113.6", "203.0.113.6", "203.0.113.5"] {
        let signed_in = done(try_sign_in(&world.services, "maya", PASSWORD, at(address)).await);
        assert_eq!(signed_in.device_token, None);
    }
    assert_eq!(subjects(&world, "maya@example.org").await, ["A new sign-in to your account"]);
}

#[rstest]
#[tokio::test]
async fn one_browser_is_known_to_several_people_of_a_household_by_a_token_of_each(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let maya = done(try_sign_in(&world.services, "maya", PASSWORD, browser("203.0.113.5")).await).device_token;
    let shared = Device { known: maya.clone(), ..browser("203.0.113.5") };
    let both = done(try_sign_in(&world.services, "jonas", PASSWORD, shared).await).device_token;
    let shared = || Device { known: both.clone(), ..browser("203.0.113.5") };
    for name in ["maya", "jonas"] {
        assert_eq!(done(try_sign_in(&world.services, name, PASSWORD, shared()).await).device_token, None);
    }
    // What was in the browser before Jonas came is no token of his.
    let planted = Device { known: maya, ..browser("203.0.113.5") };
    assert!(done(try_sign_in(&world.services, "jonas", PASSWORD, planted).await).device_token.is_some());
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_sign_ins_at_once_from_one_browser_all_succeed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let token = done(try_sign_in(&world.services, "maya", PASSWORD, browser("203.0.113.5")).await).device_token;
    let tries = (0..4).map(|_| {
        let (services, known) = (world.services.clone(), token.clone());
        tokio::spawn(async move {
            try_sign_in(&services, "jonas", PASSWORD, Device { known, ..browser("203.0.113.5") }).await
        })
    });
    for outcome in join_all(tries).await {
        done(outcome.unwrap());
    }
}

#[rstest]
#[tokio::test]
async fn a_browser_is_a_stranger_again_after_a_year(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let token = done(try_sign_in(&world.services, "maya", PASSWORD, browser("203.0.113.5")).await).device_token;
    world.wait(DAY * 366);
    let known = Device { known: token.clone(), ..browser("203.0.113.5") };
    let signed_in = done(try_sign_in(&world.services, "maya", PASSWORD, known).await);
    assert!(signed_in.device_token.is_some() && signed_in.device_token != token);
    assert_eq!(subjects(&world, "maya@example.org").await, ["A new sign-in to your account"]);
}

#[rstest]
#[tokio::test]
async fn what_no_token_of_ours_looks_like_is_replaced(#[values("", "weak", "../../etc/passwd")] odd: &str) {
    let world = TestWorld::new(Engine::Sqlite).await;
    let device = Device { known: Some(odd.into()), ..world.device(SessionKind::Web) };
    let token = done(try_sign_in(&world.services, "maya", PASSWORD, device).await).device_token.unwrap();
    assert_eq!(token.len(), 43);
}
