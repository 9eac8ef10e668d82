//! Guessing passwords is slow.

use domain::{
    Error, Services,
    auth::Device,
    testing::{Engine, PASSWORD, TestWorld},
    types::auth::Password,
};
use futures::{
    FutureExt,
    future::{BoxFuture, join_all},
};
use jiff::SignedDuration;
use rstest::rstest;

use super::support::*;

/// One wrong password, and how long the next has to wait: 0 when it was looked at.
async fn guess(world: &TestWorld, name: &str, device: Device) -> u32 {
    match try_sign_in(&world.services, name, "not the password", device).await {
        Err(Error::InvalidCredentials) => 0,
        Err(Error::TooManyGuesses { retry_after }) => retry_after,
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[tokio::test]
async fn from_the_fifth_wrong_password_on_the_next_waits_twice_as_long_each_time_whoever_it_is(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    for (name, address) in
        [("maya", "192.0.2.1"), ("nobody", "192.0.2.2"), ("rivera", "192.0.2.3"), ("jonas@example.org", "192.0.2.4")]
    {
        let mut waits = Vec::new();
        for _ in 0..12 {
            let wait = guess(&world, name, at(address)).await;
            waits.push(wait);
            if wait > 0 {
                // Not a second earlier; and who is refused meanwhile does not wait longer for it.
                world.wait(SignedDuration::from_secs(i64::from(wait)) - SECOND);
                assert_eq!(guess(&world, name, at(address)).await, 1, "{name}");
                world.wait(SECOND);
            }
        }
        assert_eq!(waits, [0, 0, 0, 0, 0, 30, 0, 60, 0, 120, 0, 240], "{name}");
        for expected in [480, 900, 900] {
            assert_eq!(guess(&world, name, at(address)).await, 0, "{name}");
            assert_eq!(guess(&world, name, at(address)).await, expected, "{name}");
            world.wait(SignedDuration::from_secs(i64::from(expected)));
        }
    }
}

#[rstest]
#[tokio::test]
async fn the_right_password_has_to_wait_as_well(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    for _ in 0..5 {
        assert_eq!(guess(&world, "maya", at("192.0.2.1")).await, 0);
    }
    let before = world.services.passwords().computed();
    let refused = try_sign_in(&world.services, "maya", PASSWORD, at("192.0.2.2")).await;
    assert!(matches!(refused, Err(Error::TooManyGuesses { retry_after: 30 })), "{refused:?}");
    assert_eq!(world.services.passwords().computed(), before + 1, "it takes as long as one that is looked at");
    world.wait(SECOND * 30);
    done(try_sign_in(&world.services, "maya", PASSWORD, at("192.0.2.2")).await);
}

#[rstest]
#[tokio::test]
async fn the_right_password_clears_what_was_counted_and_so_does_a_day(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    // Each time from somewhere else: where somebody signed in from is known afterwards.
    for round in 0..3 {
        for _ in 0..4 {
            assert_eq!(guess(&world, "maya", at(&format!("192.0.2.{round}"))).await, 0);
        }
        done(try_sign_in(&world.services, "maya", PASSWORD, at(&format!("192.0.2.{round}"))).await);
    }
    for _ in 0..4 {
        assert_eq!(guess(&world, "jonas", at("192.0.2.99")).await, 0);
    }
    world.wait(DAY + SECOND);
    for _ in 0..5 {
        assert_eq!(guess(&world, "jonas", at("192.0.2.99")).await, 0);
    }
    assert_eq!(guess(&world, "jonas", at("192.0.2.99")).await, 30);
}

#[rstest]
#[tokio::test]
async fn a_restart_forgets_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    for _ in 0..5 {
        assert_eq!(guess(&world, "maya", at("192.0.2.1")).await, 0);
    }
    let restarted = world.second_server().await;
    let refused = try_sign_in(&restarted, "maya", PASSWORD, at("192.0.2.1")).await;
    assert!(matches!(refused, Err(Error::TooManyGuesses { retry_after: 30 })), "{refused:?}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_a_hundred_parallel_wrong_passwords_five_are_looked_at_at_most(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values("maya", "nobody")] name: &'static str,
) {
    let world = TestWorld::new(engine).await;
    let tries = (0..100).map(|number| {
        let (services, device) = (world.services.clone(), at(&format!("192.0.2.{number}")));
        tokio::spawn(async move { try_sign_in(&services, name, "not the password", device).await })
    });
    let mut looked_at = 0;
    for outcome in join_all(tries).await {
        match outcome.unwrap() {
            Err(Error::InvalidCredentials) => looked_at += 1,
            // Nobody looked at those for whom the queue was too long.
            Err(Error::TooManyGuesses { .. } | Error::Busy { .. }) => {}
            other => panic!("{other:?}"),
        }
    }
    assert!(looked_at <= 5, "{looked_at}");
    let counters = all::<entity::guess_counter::Entity>(&world).await;
    let most = counters.iter().map(|counter| counter.failures).max();
    assert_eq!(most, Some(looked_at), "and each of them is counted");
}

#[rstest]
#[tokio::test]
async fn a_name_is_guessed_at_fifty_times_a_day_at_most(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    // The owner signs in between, from ever other places, and clears what makes guessers wait.
    for round in 0..13 {
        for _ in 0..(if round < 12 { 4 } else { 2 }) {
            assert_eq!(guess(&world, "maya", at(&format!("198.51.100.{round}"))).await, 0, "round {round}");
        }
        if round < 12 {
            done(try_sign_in(&world.services, "maya", PASSWORD, at(&format!("203.0.113.{round}"))).await);
        }
    }
    assert_eq!(guess(&world, "maya", at("198.51.100.99")).await, 16 * 3_600, "until midnight, from 08:00");
    world.wait(HOUR * 16 - SECOND);
    assert_eq!(guess(&world, "maya", at("198.51.100.99")).await, 1);
    world.wait(SECOND);
    assert_eq!(guess(&world, "maya", at("198.51.100.99")).await, 0);
}

/// Hashes that take every place in the queue and are never finished as long as they are kept. They are such as take a
/// while: the first must not be done before the others stand in line.
async fn fill_the_queue(slow: &Services) -> Vec<BoxFuture<'static, ()>> {
    let hash = || {
        let services = slow.clone();
        async move {
            let password = Password::parse("anything".into()).unwrap();
            services.passwords().hash(password).await.unwrap();
        }
        .boxed()
    };
    let mut hashes: Vec<_> = (0..4).map(|_| hash()).collect();
    for waiting in &mut hashes {
        assert!(futures::poll!(waiting).is_pending());
    }
    // The first two finish; their turns go to the next two, which nobody asks to go on.
    for running in hashes.drain(..2).collect::<Vec<_>>() {
        running.await;
    }
    for _ in 0..64 {
        let mut waiting = hash();
        assert!(futures::poll!(&mut waiting).is_pending());
        hashes.push(waiting);
    }
    hashes
}

#[rstest]
#[tokio::test]
async fn who_is_told_to_come_back_guessed_nothing_and_forgets_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    for _ in 0..4 {
        assert_eq!(guess(&world, "maya", at("192.0.2.1")).await, 0);
    }
    let slow = world.with_real_passwords();
    let full = fill_the_queue(&slow).await;
    for _ in 0..10 {
        let busy = try_sign_in(&slow, "maya", PASSWORD, at("192.0.2.1")).await;
        assert!(matches!(busy, Err(Error::Busy { retry_after: 3 })), "{busy:?}");
    }
    drop(full);
    assert_eq!(guess(&world, "maya", at("192.0.2.1")).await, 0, "this is the fifth");
    assert_eq!(guess(&world, "maya", at("192.0.2.1")).await, 30, "the four before it still count");
}
