//! Several people register at once with one name or one address, and nobody takes over what another began.

use domain::{
    Error,
    auth::{pending_registration, register, resend_verification, verify_email},
    mail::{SentMail, deliver_due},
    testing::{Engine, TestWorld},
    types::auth::{ConfirmAddress, Register, VerifyEmail},
};
use rstest::rstest;

use super::support::*;

/// A stranger who knows what Ana typed, and has another password.
fn stranger() -> Register {
    Register { password: STRONGER.into(), password_confirm: None, first_name: "Mallory".into(), ..ana() }
}

fn by_link(mail: &SentMail) -> VerifyEmail {
    VerifyEmail::Link(token_in(mail))
}

fn by_code(mail: &SentMail) -> VerifyEmail {
    VerifyEmail::Code { email: "ana@example.org".into(), code: code_in(mail) }
}

async fn first_name_of(world: &TestWorld, username: &str) -> String {
    let users = all::<entity::user::Entity>(world).await;
    users.into_iter().find(|user| user.username == username).expect("an account").first_name
}

#[rstest]
#[tokio::test]
async fn the_first_link_and_code_confirm_what_their_owner_typed_whatever_a_stranger_registers_afterwards(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(true, false)] uses_link: bool,
    #[values("ana.duarte", "other.name")] username: &str,
) {
    let world = TestWorld::new(engine).await;
    let hers = registered(&world, ana()).await;
    let foreign = registered(&world, Register { username: username.into(), ..stranger() }).await;
    let proof = if uses_link { by_link(&hers) } else { by_code(&hers) };
    verify_email(&world.services, &anybody(), proof).await.unwrap();
    assert_eq!(first_name_of(&world, "ana.duarte").await, "Ana");
    let refused = try_sign_in(&world.services, "ana.duarte", STRONGER, at("203.0.113.5")).await;
    assert!(matches!(refused, Err(Error::InvalidCredentials)), "{refused:?}");
    done(try_sign_in(&world.services, "ana.duarte", STRONG, at("203.0.113.5")).await);
    assert_eq!(wrong_field(verify_email(&world.services, &anybody(), by_link(&foreign)).await), "token");
    assert_eq!(wrong_field(verify_email(&world.services, &anybody(), by_code(&foreign)).await), "code");
}

#[rstest]
#[tokio::test]
async fn a_registration_does_not_move_to_a_strangers_address(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let hers = registered(&world, ana()).await;
    let foreign = registered(&world, Register { email: "mallory@example.org".into(), ..ana() }).await;
    verify_email(&world.services, &anybody(), by_link(&hers)).await.unwrap();
    done(try_sign_in(&world.services, "ana@example.org", STRONG, at("203.0.113.5")).await);
    // Whoever is later chooses another user name.
    assert_eq!(wrong_field(verify_email(&world.services, &anybody(), by_link(&foreign)).await), "username");
    let other = ConfirmAddress { username: "mallory".into(), ..by_link(&foreign).into() };
    verify_email(&world.services, &anybody(), other).await.unwrap();
    done(try_sign_in(&world.services, "mallory", STRONG, at("203.0.113.5")).await);
}

#[rstest]
#[tokio::test]
async fn the_user_name_of_an_account_is_answered_like_a_free_one_and_settled_by_whoever_reads_the_mail(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(true, false)] uses_link: bool,
) {
    let world = TestWorld::new(engine).await;
    let mail = registered(&world, Register { username: " MAYA ".into(), ..ana() }).await;
    let proof = || ConfirmAddress::from(if uses_link { by_link(&mail) } else { by_code(&mail) });
    let pending = pending_registration(&world.services, &anybody(), &token_in(&mail), None).await.unwrap().unwrap();
    assert!(pending.is_username_taken && !pending.is_own);
    assert_eq!(wrong_field(verify_email(&world.services, &anybody(), proof()).await), "username");
    for odd in ["jonas", "a b"] {
        let command = ConfirmAddress { username: odd.into(), ..proof() };
        assert_eq!(wrong_field(verify_email(&world.services, &anybody(), command).await), "username", "{odd}");
    }
    let command = ConfirmAddress { username: "Ana.D".into(), ..proof() };
    verify_email(&world.services, &anybody(), command).await.unwrap();
    done(try_sign_in(&world.services, "ana.d", STRONG, at("203.0.113.5")).await);
}

#[rstest]
#[tokio::test]
async fn whoever_confirms_finds_out_about_ten_user_names_at_most(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let mail = registered(&world, Register { username: "maya".into(), ..ana() }).await;
    for _ in 0..10 {
        assert_eq!(wrong_field(verify_email(&world.services, &anybody(), by_link(&mail)).await), "username");
    }
    assert_eq!(wrong_field(verify_email(&world.services, &anybody(), by_link(&mail)).await), "token");
}

#[rstest]
#[tokio::test]
async fn the_same_browser_replaces_its_own_try_and_nobody_elses(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let (hers, foreign) = (browser_token('a'), browser_token('b'));
    let first = registered(&world, in_browser(&hers)).await;
    let mistyped = Register { email: "mistyped@example.org".into(), ..in_browser(&foreign) };
    let to_nobody = registered(&world, mistyped).await;
    let again = Register { password: STRONGER.into(), password_confirm: None, ..in_browser(&hers) };
    registered(&world, again).await;
    let corrected = Register { username: "ben".into(), ..in_browser(&foreign) };
    registered(&world, Register { email: "mistyped@example.org".into(), ..corrected.clone() }).await;
    registered(&world, corrected).await;
    assert_eq!(all::<entity::registration::Entity>(&world).await.len(), 2);
    let refused = verify_email(&world.services, &anybody(), by_link(&to_nobody)).await;
    assert_eq!(wrong_field(refused), "token", "it went to an address that was given up");
    let pending = pending_registration(&world.services, &anybody(), &token_in(&first), Some(&hers)).await.unwrap();
    assert!(pending.is_some_and(|pending| pending.is_own));
    // Both mails went to her, from one browser: the first confirms what she typed last.
    verify_email(&world.services, &anybody(), by_link(&first)).await.unwrap();
    done(try_sign_in(&world.services, "ana.duarte", STRONGER, at("203.0.113.5")).await);
}

#[rstest]
#[tokio::test]
async fn two_people_of_a_household_register_one_after_the_other_in_one_browser(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let token = browser_token('a');
    let first = registered(&world, in_browser(&token)).await;
    let child = Register { username: "ben".into(), email: "ben@example.org".into(), ..in_browser(&token) };
    let given = register(&world.services, &anybody(), child, &somewhere()).await.unwrap();
    assert_ne!(given, token, "it is a registration of its own");
    let second = world.mail_to("ben@example.org").await.unwrap();
    for mail in [first, second] {
        verify_email(&world.services, &anybody(), by_link(&mail)).await.unwrap();
    }
}

#[rstest]
#[tokio::test]
async fn a_strangers_wrong_codes_take_no_try_from_the_browser_that_registered(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let token = browser_token('a');
    let right = code_in(&registered(&world, in_browser(&token)).await);
    let wrong = || VerifyEmail::Code { email: "ana@example.org".into(), code: other_digits(&right) };
    for number in 0..20 {
        let foreign = ConfirmAddress { browser: (number % 2 == 0).then(|| browser_token('b')), ..wrong().into() };
        verify_email(&world.services, &anybody(), foreign).await.unwrap_err();
    }
    for _ in 0..9 {
        let own = ConfirmAddress { browser: Some(token.clone()), ..wrong().into() };
        assert_eq!(wrong_field(verify_email(&world.services, &anybody(), own).await), "code");
    }
    let proof = VerifyEmail::Code { email: "ana@example.org".into(), code: right };
    verify_email(&world.services, &anybody(), ConfirmAddress { browser: Some(token), ..proof.into() }).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_browser_has_ten_tries_of_its_codes_however_often_it_registers(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let token = browser_token('a');
    let right = code_in(&registered(&world, in_browser(&token)).await);
    let try_it = |code: String| {
        let proof = VerifyEmail::Code { email: "ana@example.org".into(), code };
        ConfirmAddress { browser: Some(token.clone()), ..proof.into() }
    };
    for number in 0..10 {
        if number == 5 {
            registered(&world, in_browser(&token)).await;
        }
        let outcome = verify_email(&world.services, &anybody(), try_it(other_digits(&right))).await;
        assert_eq!(wrong_field(outcome), "code");
    }
    assert_eq!(wrong_field(verify_email(&world.services, &anybody(), try_it(right)).await), "code");
}

#[rstest]
#[tokio::test]
async fn a_network_cannot_fill_an_address_so_that_its_owner_cannot_register(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values("192.0.2.1", "2001:db8:1:2::")] network: &str,
) {
    let world = TestWorld::new(engine).await;
    for number in 1..=20 {
        let address = if network.contains(':') { format!("{network}{number:x}") } else { network.to_owned() };
        register(&world.services, &anybody(), stranger(), &at(&address)).await.unwrap();
    }
    assert_eq!(all::<entity::registration::Entity>(&world).await.len(), 5);
    assert_eq!(subjects(&world, "ana@example.org").await.len(), 5);
    let hers = registered(&world, ana()).await;
    assert_eq!(subjects(&world, "ana@example.org").await.len(), 6);
    verify_email(&world.services, &anybody(), by_link(&hers)).await.unwrap();
    assert_eq!(first_name_of(&world, "ana.duarte").await, "Ana");
}

#[rstest]
#[tokio::test]
async fn a_flood_from_everywhere_is_bounded(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    for number in 0..30 {
        let from = at(&format!("192.0.2.{number}"));
        register(&world.services, &anybody(), stranger(), &from).await.unwrap();
        resend_verification(&world.services, &anybody(), "ana@example.org", None, &from).await.unwrap();
    }
    deliver_due(&world.services).await.unwrap();
    assert_eq!(all::<entity::registration::Entity>(&world).await.len(), 15);
    assert_eq!(subjects(&world, "ana@example.org").await.len(), 15);
}
