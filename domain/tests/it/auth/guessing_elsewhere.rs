//! Guesses from one address, guesses of the owner, and guesses from within a session.

use domain::{
    Error,
    auth::{Device, SessionKind, change_password, step_up},
    testing::{Engine, PASSWORD, TestWorld},
    types::auth::{ChangePassword, Proof},
};
use rstest::rstest;

use super::support::*;

async fn wrong(world: &TestWorld, name: &str, device: Device) -> Result<(), Error> {
    match try_sign_in(&world.services, name, "not the password", device).await {
        Err(Error::InvalidCredentials) => Ok(()),
        Err(error) => Err(error),
        Ok(outcome) => panic!("{outcome:?}"),
    }
}

#[rstest]
#[tokio::test]
async fn from_the_thirtieth_guess_from_one_address_the_next_waits_whatever_the_names(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let known = done(try_sign_in(&world.services, "maya", PASSWORD, browser("192.0.2.1")).await).device_token;
    for number in 0..30 {
        wrong(&world, &format!("name{number}"), at("192.0.2.1")).await.unwrap();
    }
    for name in ["another", "jonas"] {
        let refused = wrong(&world, name, at("192.0.2.1")).await;
        assert!(matches!(refused, Err(Error::TooManyGuesses { retry_after: 30 })), "{refused:?}");
    }
    wrong(&world, "another", at("192.0.2.2")).await.unwrap();
    // Somebody else at the same address, in a browser that they used before, is not shut out by it.
    let own = Device { known, ..browser("192.0.2.1") };
    done(try_sign_in(&world.services, "maya", PASSWORD, own).await);
    world.wait(SECOND * 30);
    wrong(&world, "another", at("192.0.2.1")).await.unwrap();
    let refused = wrong(&world, "yet-another", at("192.0.2.1")).await;
    assert!(matches!(refused, Err(Error::TooManyGuesses { retry_after: 60 })), "{refused:?}");
}

#[rstest]
#[tokio::test]
async fn ones_own_password_does_not_buy_more_guesses_at_others(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    for number in 0..30 {
        wrong(&world, &format!("name{number}"), at("192.0.2.1")).await.unwrap();
        if number < 29 {
            done(try_sign_in(&world.services, "jonas", PASSWORD, at("192.0.2.1")).await);
        }
    }
    let refused = wrong(&world, "another", at("192.0.2.1")).await;
    assert!(matches!(refused, Err(Error::TooManyGuesses { .. })), "{refused:?}");
}

#[rstest]
#[tokio::test]
async fn strangers_never_shut_the_owner_out(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let token = done(try_sign_in(&world.services, "maya", PASSWORD, browser("203.0.113.1")).await).device_token;
    world.wait(DAY);
    for number in 0..5 {
        wrong(&world, "maya", at(&format!("192.0.2.{number}"))).await.unwrap();
    }
    let stranger = try_sign_in(&world.services, "maya", PASSWORD, browser("198.51.100.1")).await;
    assert!(matches!(stranger, Err(Error::TooManyGuesses { .. })), "{stranger:?}");
    let from_the_known_address = browser("203.0.113.1");
    done(try_sign_in(&world.services, "maya", PASSWORD, from_the_known_address).await);
    let in_the_known_browser = Device { known: token.clone(), ..browser("198.51.100.2") };
    done(try_sign_in(&world.services, "maya", PASSWORD, in_the_known_browser).await);
    // What is known of one person is not known of another, and nobody's invention is known.
    for number in 0..5 {
        wrong(&world, "jonas", at(&format!("192.0.2.{number}"))).await.unwrap();
    }
    for known in [token, Some("x".repeat(43)), Some(String::new())] {
        let refused = wrong(&world, "jonas", Device { known, ..browser("203.0.113.1") }).await;
        assert!(matches!(refused, Err(Error::TooManyGuesses { .. })), "{refused:?}");
    }
}

#[rstest]
#[tokio::test]
async fn the_owner_is_let_in_from_their_own_network_whatever_a_stranger_behind_it_tries(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values("203.0.113.1", "2001:db8:1:2::1")] own: &str,
) {
    let world = TestWorld::new(engine).await;
    done(try_sign_in(&world.services, "maya", PASSWORD, at(own)).await);
    let beside = if own.contains(':') { "2001:db8:1:2::99" } else { own };
    for number in 0..30 {
        wrong(&world, &format!("name{number}"), at(beside)).await.unwrap();
    }
    for number in 0..5 {
        wrong(&world, "maya", at(&format!("192.0.2.{number}"))).await.unwrap();
    }
    // Nothing tells the stranger that the owner was here.
    for name in ["maya", "nobody", "maya", "nobody"] {
        let before = world.services.passwords().computed();
        let refused = wrong(&world, name, at(beside)).await;
        assert!(matches!(refused, Err(Error::TooManyGuesses { retry_after: 30 })), "{name}: {refused:?}");
        assert_eq!(world.services.passwords().computed() - before, 1, "{name}");
    }
    let jonas = try_sign_in(&world.services, "jonas", PASSWORD, at(own)).await;
    assert!(matches!(jonas, Err(Error::TooManyGuesses { .. })), "he was never here: {jonas:?}");
    done(try_sign_in(&world.services, "maya", PASSWORD, at(own)).await);
}

#[rstest]
#[tokio::test]
async fn who_guesses_at_the_owners_name_behind_their_network_does_not_shut_them_out(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    done(try_sign_in(&world.services, "maya", PASSWORD, at("203.0.113.1")).await);
    // Where nobody of this name was ever signed in, it looks the same.
    for name in ["maya", "nobody"] {
        for number in 0..30 {
            assert_eq!(wrong(&world, name, at("203.0.113.1")).await.is_ok(), number < 5, "{name}, {number}");
        }
    }
    done(try_sign_in(&world.services, "maya", PASSWORD, at("203.0.113.1")).await);
}

#[rstest]
#[tokio::test]
async fn behind_the_owners_network_fifty_guesses_a_day_are_looked_at_as_anywhere(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    done(try_sign_in(&world.services, "maya", PASSWORD, at("203.0.113.1")).await);
    let mut waits = Vec::new();
    for name in ["maya", "nobody"] {
        for _ in 0..50 {
            let _ = wrong(&world, name, at("203.0.113.1")).await;
        }
        let refused = try_sign_in(&world.services, name, PASSWORD, at("203.0.113.1")).await;
        let Err(Error::TooManyGuesses { retry_after }) = refused else { panic!("{name}: {refused:?}") };
        waits.push(retry_after);
    }
    assert_eq!(waits[0], waits[1], "nothing tells who was here");
    assert_eq!(waits[0], 16 * 3600, "until the day ends in UTC");
    world.wait(DAY);
    done(try_sign_in(&world.services, "maya", PASSWORD, at("203.0.113.1")).await);
}

#[rstest]
#[tokio::test]
async fn a_user_name_and_its_address_do_not_tell_by_their_counters_that_they_belong_together(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    for (name, address) in [("maya", "maya@example.org"), ("nobody", "nobody@example.org")] {
        for number in 0..5 {
            wrong(&world, name, at(&format!("192.0.2.{number}"))).await.unwrap();
        }
        wrong(&world, name, at("192.0.2.9")).await.unwrap_err();
        for number in 0..5 {
            wrong(&world, address, at(&format!("192.0.2.{number}"))).await.unwrap();
        }
        wrong(&world, address, at("192.0.2.9")).await.unwrap_err();
    }
}

#[rstest]
#[tokio::test]
async fn guesses_are_counted_by_network_however_many_addresses_it_has(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    for number in 0..30 {
        wrong(&world, &format!("name{number}"), at(&format!("2001:db8:1:2::{number:x}"))).await.unwrap();
    }
    let refused = wrong(&world, "another", at("2001:db8:1:2:ffff::1")).await;
    assert!(matches!(refused, Err(Error::TooManyGuesses { .. })), "{refused:?}");
    wrong(&world, "another", at("2001:db8:1:3::1")).await.unwrap();
    for number in 0..30 {
        let address = if number % 2 == 0 { "198.51.100.7" } else { "::ffff:198.51.100.7" };
        wrong(&world, &format!("other{number}"), at(address)).await.unwrap();
    }
    let refused = wrong(&world, "another", at("198.51.100.7")).await;
    assert!(matches!(refused, Err(Error::TooManyGuesses { .. })), "{refused:?}");
}

#[rstest]
#[tokio::test]
async fn in_a_known_browser_guesses_are_counted_too(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let known = done(try_sign_in(&world.services, "maya", PASSWORD, browser("203.0.113.1")).await).device_token;
    let own = || Device { known: known.clone(), ..browser("203.0.113.1") };
    for _ in 0..5 {
        wrong(&world, "maya", own()).await.unwrap();
    }
    let refused = try_sign_in(&world.services, "maya", PASSWORD, own()).await;
    assert!(matches!(refused, Err(Error::TooManyGuesses { retry_after: 30 })), "{refused:?}");
}

#[rstest]
#[tokio::test]
async fn an_address_is_known_for_thirty_days(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    done(try_sign_in(&world.services, "maya", PASSWORD, at("203.0.113.1")).await);
    world.wait(DAY * 30 + SECOND);
    for number in 0..5 {
        wrong(&world, "maya", at(&format!("192.0.2.{number}"))).await.unwrap();
    }
    let refused = wrong(&world, "maya", at("203.0.113.1")).await;
    assert!(matches!(refused, Err(Error::TooManyGuesses { .. })), "{refused:?}");
}

#[rstest]
#[tokio::test]
async fn within_a_session_guesses_are_counted_apart_from_sign_ins(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let owner = world.actor(&world.maya).await;
    for _ in 0..5 {
        let refused = step_up(&world.services, &owner, Proof::Password("not the password".into())).await;
        assert_eq!(wrong_field(refused), "password");
    }
    let refused = step_up(&world.services, &owner, Proof::Password(PASSWORD.into())).await;
    assert!(matches!(refused, Err(Error::TooManyGuesses { retry_after: 30 })), "{refused:?}");
    let change = ChangePassword { current_password: PASSWORD.into(), password: STRONG.into(), password_confirm: None };
    let refused = change_password(&world.services, &owner, change).await;
    assert!(matches!(refused, Err(Error::TooManyGuesses { .. })), "the same password is guessed at: {refused:?}");
    done(try_sign_in(&world.services, "maya", PASSWORD, world.device(SessionKind::Rest)).await);
    world.wait(SECOND * 30);
    step_up(&world.services, &owner, Proof::Password(PASSWORD.into())).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn nobodys_name_and_address_are_kept_for_having_guessed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    wrong(&world, "nobody@example.org", at("192.0.2.77")).await.unwrap();
    let counters = format!("{:?}", all::<entity::guess_counter::Entity>(&world).await);
    assert!(!counters.contains("nobody") && !counters.contains("192.0.2"), "{counters}");
    world.wait(DAY * 3);
    assert!(domain::auth::forget_expired(&world.services).await.unwrap() >= 2);
    assert!(all::<entity::guess_counter::Entity>(&world).await.is_empty());
}
