//! The link and the code, and how long they work.

use domain::{
    Error,
    auth::{pending_registration, resend_verification, verify_email},
    testing::{Engine, TestWorld},
    types::auth::{Register, VerifyEmail},
};
use futures::future::join_all;
use rstest::rstest;

use super::support::*;

fn code(digits: &str) -> VerifyEmail {
    VerifyEmail::Code { email: "ana@example.org".into(), code: digits.into() }
}

#[rstest]
#[tokio::test]
async fn looking_at_a_link_uses_nothing_up_and_it_works_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let token = token_in(&registered(&world, ana()).await);
    for _ in 0..3 {
        let pending = pending_registration(&world.services, &anybody(), &token, None).await.unwrap().unwrap();
        assert_eq!((pending.username.as_str(), pending.email.as_str()), ("ana.duarte", "ana@example.org"));
    }
    verify_email(&world.services, &anybody(), VerifyEmail::Link(token.clone())).await.unwrap();
    assert_eq!(pending_registration(&world.services, &anybody(), &token, None).await.unwrap(), None);
    let again = verify_email(&world.services, &anybody(), VerifyEmail::Link(token)).await;
    assert_eq!(wrong_field(again), "token");
    for unknown in ["", "a", &"x".repeat(10_000)] {
        assert_eq!(pending_registration(&world.services, &anybody(), unknown, None).await.unwrap(), None);
        let refused = verify_email(&world.services, &anybody(), VerifyEmail::Link(unknown.into())).await;
        assert_eq!(wrong_field(refused), "token");
    }
}

#[rstest]
#[tokio::test]
async fn a_link_works_for_a_day(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let ana_token = token_in(&registered(&world, ana()).await);
    world.wait(SECOND);
    let ben = Register { username: "ben".into(), email: "ben@example.org".into(), ..ana() };
    let ben_token = token_in(&registered(&world, ben).await);
    world.wait(DAY - SECOND);
    let late = verify_email(&world.services, &anybody(), VerifyEmail::Link(ana_token)).await;
    assert_eq!(wrong_field(late), "token");
    verify_email(&world.services, &anybody(), VerifyEmail::Link(ben_token)).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_code_works_for_ten_minutes(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let digits = code_in(&registered(&world, ana()).await);
    world.wait(MINUTE * 10);
    assert_eq!(wrong_field(verify_email(&world.services, &anybody(), code(&digits)).await), "code");
    resend_verification(&world.services, &anybody(), "ana@example.org", None, &somewhere()).await.unwrap();
    let digits = code_in(&world.mail_to("ana@example.org").await.unwrap());
    world.wait(MINUTE * 10 - SECOND);
    verify_email(&world.services, &anybody(), code(&digits)).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_code_is_for_its_address_alone(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let digits = code_in(&registered(&world, ana()).await);
    for email in ["ben@example.org", "maya@example.org", "", "nonsense"] {
        let proof = VerifyEmail::Code { email: email.into(), code: digits.clone() };
        assert_eq!(wrong_field(verify_email(&world.services, &anybody(), proof).await), "code", "{email}");
    }
    verify_email(&world.services, &anybody(), code(&digits)).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn after_five_wrong_codes_the_right_one_has_to_wait_and_the_link_still_works(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let mail = registered(&world, ana()).await;
    let right = code_in(&mail);
    for _ in 0..5 {
        assert_eq!(wrong_field(verify_email(&world.services, &anybody(), code(&other_digits(&right))).await), "code");
    }
    let refused = verify_email(&world.services, &anybody(), code(&right)).await;
    assert!(matches!(refused, Err(Error::TooManyGuesses { retry_after: 30 })), "{refused:?}");
    verify_email(&world.services, &anybody(), VerifyEmail::Link(token_in(&mail))).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn the_fifth_try_of_a_code_is_still_looked_at(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let right = code_in(&registered(&world, ana()).await);
    for _ in 0..4 {
        assert_eq!(wrong_field(verify_email(&world.services, &anybody(), code(&other_digits(&right))).await), "code");
    }
    verify_email(&world.services, &anybody(), code(&right)).await.unwrap();
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_a_hundred_parallel_wrong_codes_five_are_evaluated(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let right = code_in(&registered(&world, ana()).await);
    let tries = (0..100).map(|_| {
        let (services, wrong) = (world.services.clone(), other_digits(&right));
        tokio::spawn(async move { verify_email(&services, &anybody(), code(&wrong)).await })
    });
    let mut evaluated = 0;
    for outcome in join_all(tries).await {
        match outcome.unwrap() {
            Err(Error::TooManyGuesses { .. }) => {}
            other => {
                assert_eq!(wrong_field(other), "code");
                evaluated += 1;
            }
        }
    }
    assert_eq!(evaluated, 5);
    let refused = verify_email(&world.services, &anybody(), code(&right)).await;
    assert!(matches!(refused, Err(Error::TooManyGuesses { .. })), "{refused:?}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn parallel_verifications_make_one_account(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let users = all::<entity::user::Entity>(&world).await.len();
    let patients = all::<entity::patient::Entity>(&world).await.len();
    // Two registrations of one address, and the code of the newer beside both links.
    let first = registered(&world, ana()).await;
    let second = registered(&world, Register { username: "ana2".into(), ..ana() }).await;
    let proofs = (0..24).map(|number| match number % 3 {
        0 => VerifyEmail::Link(token_in(&first)),
        1 => VerifyEmail::Link(token_in(&second)),
        _ => code(&code_in(&second)),
    });
    let tries = proofs.map(|proof| {
        let services = world.services.clone();
        tokio::spawn(async move { verify_email(&services, &anybody(), proof).await })
    });
    let outcomes: Vec<_> = join_all(tries).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
    for refused in outcomes.into_iter().filter(Result::is_err) {
        if !matches!(refused, Err(Error::TooManyGuesses { .. })) {
            wrong_field(refused);
        }
    }
    assert_eq!(all::<entity::user::Entity>(&world).await.len(), users + 1);
    assert_eq!(all::<entity::patient::Entity>(&world).await.len(), patients + 1);
    assert!(all::<entity::registration::Entity>(&world).await.is_empty());
}
