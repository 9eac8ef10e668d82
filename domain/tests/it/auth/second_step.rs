//! The second step of a sign-in.

use domain::{
    Error,
    auth::{Device, SessionKind, Ticket, confirm_enrolment, enrolment, finish_sign_in},
    testing::{Engine, PASSWORD, TestWorld},
    types::auth::{NextSignInStep, SecondProof},
};
use futures::future::join_all;
use jiff::SignedDuration;
use rstest::rstest;

use super::support::*;

const STEP: SignedDuration = SignedDuration::from_secs(30);

#[rstest]
#[tokio::test]
async fn the_password_alone_opens_nothing_and_a_code_of_the_app_does(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let (secret, _) = world.set_up_app(&world.maya).await;
    let sessions = all::<entity::session::Entity>(&world).await.len();
    let ticket = ticket(&world, &world.maya).await;
    assert_eq!(all::<entity::session::Entity>(&world).await.len(), sessions);
    let signed_in = finish(&world, &ticket, &world.app_code(&secret)).await.unwrap();
    assert!(signed_in.user.mfa_enabled);
    assert_eq!(actor_of(&world, &signed_in.tokens).await.user_id(), Some(world.maya.user));
    let again = finish(&world, &ticket, &world.app_code(&secret)).await;
    assert!(matches!(again, Err(Error::TokenNotValid)), "a ticket works once: {again:?}");
}

#[rstest]
#[tokio::test]
async fn a_code_that_was_not_typed_is_asked_for_and_is_no_try(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let (secret, _) = world.set_up_app(&world.maya).await;
    let ticket = ticket(&world, &world.maya).await;
    for _ in 0..12 {
        let wrong = wrong_fields(finish(&world, &ticket, " ").await);
        assert_eq!(wrong, [("otp".to_owned(), "Enter the code from your app.".to_owned())]);
        let proof = SecondProof::Recovery(String::new());
        let device = world.device(SessionKind::Rest);
        let refused = finish_sign_in(&world.services, &anybody(), &ticket, proof, device).await;
        assert_eq!(wrong_field(refused), "recovery_code");
    }
    finish(&world, &ticket, &world.app_code(&secret)).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_ticket_has_five_tries(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let (secret, _) = world.set_up_app(&world.maya).await;
    let first = ticket(&world, &world.maya).await;
    for _ in 0..5 {
        let wrong = finish(&world, &first, &other_digits(&world.app_code(&secret))).await;
        assert!(matches!(wrong, Err(Error::WrongCode)), "{wrong:?}");
    }
    let spent = finish(&world, &first, &world.app_code(&secret)).await;
    assert!(matches!(spent, Err(Error::TokenNotValid)), "{spent:?}");
    // Another ticket does not help at once: the codes were counted at the account as well.
    let second = ticket(&world, &world.maya).await;
    let early = finish(&world, &second, &world.app_code(&secret)).await;
    assert!(matches!(early, Err(Error::TooManyGuesses { retry_after: 30 })), "{early:?}");
    world.wait(STEP);
    finish(&world, &second, &world.app_code(&secret)).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_ticket_works_for_five_minutes(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let (secret, _) = world.set_up_app(&world.maya).await;
    let early = ticket(&world, &world.maya).await;
    world.wait(SECOND);
    let late = ticket(&world, &world.maya).await;
    world.wait(MINUTE * 5 - SECOND);
    let refused = finish(&world, &early, &world.app_code(&secret)).await;
    assert!(matches!(refused, Err(Error::TokenNotValid)), "{refused:?}");
    finish(&world, &late, &world.app_code(&secret)).await.unwrap();
    for unknown in ["", "x", &"x".repeat(43)] {
        let refused = finish(&world, &Ticket(unknown.into()), &world.app_code(&secret)).await;
        assert!(matches!(refused, Err(Error::TokenNotValid)), "{refused:?}");
    }
}

#[rstest]
#[tokio::test]
async fn what_is_no_code_is_a_wrong_one(
    #[values("12345", "1234567", "abcdef", "٠١٢٣٤٥", "x7k2-01ab")] odd: &str
) {
    let world = TestWorld::new(Engine::Sqlite).await;
    world.set_up_app(&world.maya).await;
    let ticket = ticket(&world, &world.maya).await;
    assert!(matches!(finish(&world, &ticket, odd).await, Err(Error::WrongCode)));
    assert!(matches!(recover(&world, &ticket, odd).await, Err(Error::WrongCode)));
}

/// Fifty browsers that the owner used before: each has a counter of guesses of its own, so that nothing but the code
/// itself stands between it and fifty sessions.
async fn fifty_known_browsers(world: &TestWorld) -> Vec<Device> {
    let mut browsers = Vec::new();
    for number in 0..50 {
        let stranger = browser(&format!("192.0.2.{number}"));
        let known = done(try_sign_in(&world.services, "maya", PASSWORD, stranger.clone()).await).device_token;
        browsers.push(Device { known, ..stranger });
    }
    browsers
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_code_at_fifty_places_at_once_opens_one_session(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(true, false)] from_the_paper: bool,
) {
    let world = TestWorld::new(engine).await;
    let browsers = fifty_known_browsers(&world).await;
    let (secret, codes) = world.set_up_app(&world.maya).await;
    let mut tries = Vec::new();
    for device in browsers {
        let outcome = try_sign_in(&world.services, "maya", PASSWORD, device.clone()).await;
        tries.push((unfinished(outcome, NextSignInStep::Code), device));
    }
    let tries = tries.into_iter().map(|(ticket, device)| {
        let services = world.services.clone();
        let proof = match from_the_paper {
            true => SecondProof::Recovery(codes[3].clone()),
            false => SecondProof::Otp(world.app_code(&secret)),
        };
        tokio::spawn(async move { finish_sign_in(&services, &anybody(), &ticket, proof, device).await })
    });
    let outcomes: Vec<_> = join_all(tries).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
    for refused in outcomes.into_iter().filter_map(Result::err) {
        assert!(matches!(refused, Error::WrongCode), "{refused:?}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_ticket_and_its_code_sent_fifty_times_at_once_open_one_session(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let (secret, _) = world.set_up_app(&world.maya).await;
    let ticket = ticket(&world, &world.maya).await;
    let tries = (0..50).map(|_| {
        let (services, ticket, device) = (world.services.clone(), ticket.clone(), world.device(SessionKind::Rest));
        let proof = SecondProof::Otp(world.app_code(&secret));
        tokio::spawn(async move { finish_sign_in(&services, &anybody(), &ticket, proof, device).await })
    });
    let outcomes: Vec<_> = join_all(tries).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
}

#[rstest]
#[tokio::test]
async fn a_code_that_was_used_opens_no_other_sign_in(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let (secret, _) = world.set_up_app(&world.maya).await;
    let earlier = world.app_code(&secret);
    world.wait(STEP);
    let code = world.app_code(&secret);
    finish(&world, &ticket(&world, &world.maya).await, &code).await.unwrap();
    let second = ticket(&world, &world.maya).await;
    // Neither the same one, nor the one before it, although the clock may still differ by that much.
    for used in [&code, &earlier] {
        let refused = finish(&world, &second, used).await;
        assert!(matches!(refused, Err(Error::WrongCode)), "{refused:?}");
    }
    world.wait(STEP);
    finish(&world, &second, &world.app_code(&secret)).await.unwrap();
}

#[rstest]
#[case::too_slow(60, false)]
#[case::slow(30, true)]
#[case::right(0, true)]
#[case::fast(-30, true)]
#[case::too_fast(-60, false)]
#[tokio::test]
async fn a_telephone_may_be_one_step_slow_or_fast(#[case] behind: i64, #[case] is_right: bool) {
    let world = TestWorld::new(Engine::Sqlite).await;
    let (secret, _) = world.set_up_app(&world.maya).await;
    world.wait(STEP * 4);
    let behind = SignedDuration::from_secs(behind);
    world.wait(-behind);
    let code = world.app_code(&secret);
    world.wait(behind);
    let outcome = finish(&world, &ticket(&world, &world.maya).await, &code).await;
    match is_right {
        true => assert!(outcome.is_ok(), "{outcome:?}"),
        false => assert!(matches!(outcome, Err(Error::WrongCode)), "{outcome:?}"),
    }
}

#[rstest]
#[tokio::test]
async fn a_ticket_for_one_step_is_not_one_for_another(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let (secret, _) = world.set_up_app(&world.maya).await;
    let for_a_code = ticket(&world, &world.maya).await;
    let device = || world.device(SessionKind::Rest);
    let outcome = try_sign_in(&world.services, "rivera", PASSWORD, device()).await;
    let for_enrolment = unfinished(outcome, NextSignInStep::Enrolment);
    let refused = finish(&world, &for_enrolment, &world.app_code(&secret)).await;
    assert!(matches!(refused, Err(Error::TokenNotValid)), "{refused:?}");
    let refused = enrolment(&world.services, &anybody(), &for_a_code).await;
    assert!(matches!(refused, Err(Error::TokenNotValid)), "{refused:?}");
    let code = world.app_code(&secret);
    let refused = confirm_enrolment(&world.services, &anybody(), &for_a_code, &code, device()).await;
    assert!(matches!(refused, Err(Error::TokenNotValid)), "{refused:?}");
    domain::auth::request_password_reset(&world.services, &anybody(), "maya@example.org", &somewhere()).await.unwrap();
    let for_a_password = Ticket(token_in(&world.mail_to("maya@example.org").await.unwrap()));
    let refused = finish(&world, &for_a_password, &code).await;
    assert!(matches!(refused, Err(Error::TokenNotValid)), "{refused:?}");
}

#[rstest]
#[tokio::test]
async fn an_account_that_was_disabled_after_the_first_step_stays_out(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let (secret, codes) = world.set_up_app(&world.maya).await;
    let ticket = ticket(&world, &world.maya).await;
    run(&world, "UPDATE \"user\" SET is_active = FALSE WHERE username = 'maya'").await;
    assert!(matches!(finish(&world, &ticket, &world.app_code(&secret)).await, Err(Error::TokenNotValid)));
    assert!(matches!(recover(&world, &ticket, &codes[0]).await, Err(Error::TokenNotValid)));
}
