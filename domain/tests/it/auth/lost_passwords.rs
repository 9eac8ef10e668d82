//! A new password for whoever lost theirs and still reads their mail.

use domain::{
    Error,
    auth::{Device, SessionKind, may_reset_password, request_password_reset, reset_password},
    testing::{Engine, PASSWORD, TestWorld},
    types::auth::{NextSignInStep, ResetPassword},
};
use futures::future::join_all;
use rstest::rstest;

use super::support::*;

fn reset(token: &str, password: &str) -> ResetPassword {
    ResetPassword { token: token.into(), password: password.into(), password_confirm: Some(password.into()) }
}

/// The token of a link that was just mailed to Maya.
async fn mailed(world: &TestWorld) -> String {
    request_password_reset(&world.services, &anybody(), " Maya@Example.org ", &somewhere()).await.unwrap();
    token_in(&world.mail_to("maya@example.org").await.unwrap())
}

#[rstest]
#[tokio::test]
async fn the_answer_is_the_same_whoever_has_an_account(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    run(&world, "UPDATE \"user\" SET is_active = FALSE WHERE username = 'jonas'").await;
    run(&world, "UPDATE \"user\" SET email_verified_at = NULL WHERE username = 'rivera'").await;
    registered(&world, ana()).await;
    let before = world.services.passwords().computed();
    for (email, mails) in [
        ("maya@example.org", 1),
        ("nobody@example.org", 0),
        ("jonas@example.org", 0),
        ("rivera@example.org", 0),
        ("ana@example.org", 1),
    ] {
        let events = trail(&world).await.len();
        let answer = request_password_reset(&world.services, &anybody(), email, &somewhere()).await;
        assert!(matches!(answer, Ok(())), "{email}: {answer:?}");
        assert_eq!(trail(&world).await.len(), events + 1, "each costs the same: {email}");
        let unanswered = all::<entity::mail_request::Entity>(&world).await.pop().unwrap();
        assert_eq!((unanswered.answered_at, unanswered.is_mailed), (None, false), "nothing was looked up: {email}");
        assert_eq!(subjects(&world, email).await.len(), mails, "{email}");
    }
    assert_eq!(world.mail_to("maya@example.org").await.unwrap().subject, "Choose a new password");
    assert_eq!(world.services.passwords().computed(), before);
    assert_eq!(
        wrong_field(request_password_reset(&world.services, &anybody(), "nonsense", &somewhere()).await),
        "email"
    );
}

#[rstest]
#[tokio::test]
async fn the_link_sets_another_password_once_and_all_sessions_end(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let sessions =
        [world.tokens(&world.maya, SessionKind::Web).await, world.tokens(&world.maya, SessionKind::Rest).await];
    let foreign = world.tokens(&world.jonas, SessionKind::Web).await;
    let token = mailed(&world).await;
    for _ in 0..3 {
        assert!(may_reset_password(&world.services, &anybody(), &token).await.unwrap(), "looking uses nothing up");
    }
    assert!(lives(&world, &sessions[0]).await, "asking changes nothing");
    reset_password(&world.services, &anybody(), reset(&token, STRONG)).await.unwrap();
    for session in &sessions {
        assert!(!lives(&world, session).await);
    }
    assert!(lives(&world, &foreign).await);
    assert_eq!(world.mail_to("maya@example.org").await.unwrap().subject, "Your password was changed");
    assert!(!may_reset_password(&world.services, &anybody(), &token).await.unwrap());
    assert_eq!(wrong_field(reset_password(&world.services, &anybody(), reset(&token, STRONGER)).await), "token");
    let old = try_sign_in(&world.services, "maya", PASSWORD, at("203.0.113.1")).await;
    assert!(matches!(old, Err(Error::InvalidCredentials)));
    done(try_sign_in(&world.services, "maya", STRONG, at("203.0.113.1")).await);
}

#[rstest]
#[tokio::test]
async fn a_link_works_for_thirty_minutes(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let token = mailed(&world).await;
    world.wait(MINUTE * 30 - SECOND);
    assert!(may_reset_password(&world.services, &anybody(), &token).await.unwrap());
    world.wait(SECOND);
    assert!(!may_reset_password(&world.services, &anybody(), &token).await.unwrap());
    let before = world.services.passwords().computed();
    for token in [token.as_str(), "", "x"] {
        assert_eq!(wrong_field(reset_password(&world.services, &anybody(), reset(token, STRONG)).await), "token");
    }
    assert_eq!(world.services.passwords().computed(), before, "nothing is hashed for a link that does not work");
}

#[rstest]
#[tokio::test]
async fn each_link_works_until_one_of_them_was_used(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(true, false)] by_the_first: bool,
) {
    let world = TestWorld::new(engine).await;
    let (first, second) = (mailed(&world).await, mailed(&world).await);
    for token in [&first, &second] {
        assert!(may_reset_password(&world.services, &anybody(), token).await.unwrap());
    }
    let (used, other) = if by_the_first { (first, second) } else { (second, first) };
    reset_password(&world.services, &anybody(), reset(&used, STRONG)).await.unwrap();
    assert!(!may_reset_password(&world.services, &anybody(), &other).await.unwrap());
    assert_eq!(wrong_field(reset_password(&world.services, &anybody(), reset(&other, STRONGER)).await), "token");
}

#[rstest]
#[tokio::test]
async fn a_password_that_is_refused_does_not_use_the_link_up(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let token = mailed(&world).await;
    for weak in ["short", "password12345", "violet maya lamp seven"] {
        assert_eq!(wrong_field(reset_password(&world.services, &anybody(), reset(&token, weak)).await), "password");
    }
    let differing = ResetPassword { password_confirm: Some(STRONGER.into()), ..reset(&token, STRONG) };
    assert_eq!(wrong_field(reset_password(&world.services, &anybody(), differing).await), "password_confirm");
    reset_password(&world.services, &anybody(), reset(&token, STRONG)).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn the_second_factor_is_asked_for_afterwards(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let (secret, _) = world.set_up_app(&world.maya).await;
    let began_before = ticket(&world, &world.maya).await;
    let token = mailed(&world).await;
    reset_password(&world.services, &anybody(), reset(&token, STRONG)).await.unwrap();
    let refused = finish(&world, &began_before, &world.app_code(&secret)).await;
    assert!(matches!(refused, Err(Error::TokenNotValid)), "{refused:?}");
    let outcome = try_sign_in(&world.services, "maya", STRONG, at("203.0.113.1")).await;
    let ticket = unfinished(outcome, NextSignInStep::Code);
    finish(&world, &ticket, &world.app_code(&secret)).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn the_link_of_an_account_that_was_disabled_meanwhile_is_dead(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let token = mailed(&world).await;
    run(&world, "UPDATE \"user\" SET is_active = FALSE WHERE username = 'maya'").await;
    assert_eq!(wrong_field(reset_password(&world.services, &anybody(), reset(&token, STRONG)).await), "token");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn however_often_it_is_asked_for_at_once_five_mails_leave_and_one_link_is_used_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let asked = (0..20).map(|_| {
        let services = world.services.clone();
        tokio::spawn(
            async move { request_password_reset(&services, &anybody(), "maya@example.org", &somewhere()).await },
        )
    });
    for outcome in join_all(asked).await {
        outcome.unwrap().unwrap();
    }
    domain::mail::deliver_due(&world.services).await.unwrap();
    let tokens: Vec<_> = world.mailer.sent().iter().map(token_in).collect();
    assert_eq!(tokens.len(), 5);
    for token in &tokens {
        assert!(may_reset_password(&world.services, &anybody(), token).await.unwrap());
    }
    let tries = (0..20).map(|number| {
        let (services, token) = (world.services.clone(), tokens[number % 5].clone());
        tokio::spawn(async move { reset_password(&services, &anybody(), reset(&token, STRONG)).await })
    });
    let outcomes: Vec<_> = join_all(tries).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
    for refused in outcomes.into_iter().filter(Result::is_err) {
        assert_eq!(wrong_field(refused), "token");
    }
}

#[rstest]
#[tokio::test]
async fn strangers_do_not_use_up_the_mails_that_the_owner_may_ask_for(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let ask = async |device: Device| {
        request_password_reset(&world.services, &anybody(), "maya@example.org", &device).await.unwrap();
        subjects(&world, "maya@example.org").await.len()
    };
    let known = done(try_sign_in(&world.services, "maya", PASSWORD, browser("203.0.113.1")).await).device_token;
    for _ in 0..8 {
        ask(at("192.0.2.1")).await;
    }
    assert_eq!(ask(at("192.0.2.1")).await, 5, "one network causes five");
    assert_eq!(ask(at("192.0.2.2")).await, 6, "and takes nothing from another");
    for number in 3..40 {
        ask(at(&format!("192.0.2.{number}"))).await;
    }
    assert_eq!(ask(at("192.0.2.99")).await, 15, "all of them cause fifteen");
    let own = || Device { known: known.clone(), ..browser("198.51.100.1") };
    for number in 1..=5 {
        assert_eq!(ask(own()).await, 15 + number);
    }
    assert_eq!(ask(own()).await, 20);
    let foreign = Device { known: Some("x".repeat(43)), ..browser("198.51.100.1") };
    assert_eq!(ask(foreign).await, 20);
    // Whoever gets no further mail has one whose link still works.
    let newest = token_in(&world.mail_to("maya@example.org").await.unwrap());
    world.wait(MINUTE * 29);
    assert!(may_reset_password(&world.services, &anybody(), &newest).await.unwrap());
    world.wait(MINUTE + SECOND);
    assert_eq!(ask(at("192.0.2.1")).await, 21);
}
