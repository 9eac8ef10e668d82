//! From a form to an account.

use domain::{
    Error,
    auth::{me, register, registration_is_open, verify_email},
    testing::{Engine, TestWorld},
    types::auth::{Register, Role, VerifyEmail},
};
use futures::future::join_all;
use rstest::rstest;

use super::support::*;

#[rstest]
#[tokio::test]
async fn the_mailed_link_or_the_code_beside_it_opens_the_account_of_a_patient(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(true, false)] by_link: bool,
) {
    let world = TestWorld::new(engine).await;
    let users = all::<entity::user::Entity>(&world).await.len();
    let mail = registered(&world, ana()).await;
    assert_eq!(mail.subject, "Confirm your e-mail address");
    assert!(mail.body.contains("“ana.duarte”"), "it says which user name it is about: {}", mail.body);
    assert_eq!(all::<entity::user::Entity>(&world).await.len(), users, "there is no account yet");
    let code = code_in(&mail);
    let proof = match by_link {
        true => VerifyEmail::Link(token_in(&mail)),
        false => {
            VerifyEmail::Code { email: " ANA@example.org".into(), code: format!("{} {} ", &code[..3], &code[3..]) }
        }
    };
    verify_email(&world.services, &anybody(), proof).await.unwrap();
    for name in ["ana.duarte", "ana@example.org"] {
        let signed_in = done(try_sign_in(&world.services, name, STRONG, at("203.0.113.5")).await);
        assert_eq!((signed_in.user.role, signed_in.user.mfa_enabled), (Role::Patient, false));
        assert!(!signed_in.requires_policy_acceptance, "they agreed when they registered");
        let actor = actor_of(&world, &signed_in.tokens).await;
        assert!(actor.person().unwrap().patient().is_some());
        assert_eq!(me(&world.services, &actor).await.unwrap().email, "ana@example.org");
    }
    let patient = all::<entity::patient::Entity>(&world).await.into_iter().max_by_key(|patient| patient.id).unwrap();
    assert_eq!(patient.phone.as_deref(), Some("+353 20 910 0100"));
    assert_eq!(patient.date_of_birth.unwrap().to_string(), "1986-03-14");
    assert_eq!(patient.gender.as_deref(), Some("female"));
    assert!(all::<entity::registration::Entity>(&world).await.is_empty());
}

#[rstest]
#[tokio::test]
async fn a_taken_address_gets_the_answer_of_a_new_one_for_the_same_price_and_its_owner_is_told(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    run(&world, "UPDATE \"user\" SET is_active = FALSE WHERE username = 'jonas'").await;
    for (email, subject) in [
        ("ana@example.org", "Confirm your e-mail address"),
        ("Maya@Example.ORG", "You already have an account"),
        ("jonas@example.org", "You already have an account"),
    ] {
        let command = Register { username: format!("new{}", email.len()), email: email.into(), ..ana() };
        let before = world.services.passwords().computed();
        let answer = register(&world.services, &anybody(), command, &somewhere()).await;
        assert!(answer.is_ok(), "{email}: {answer:?}");
        assert_eq!(world.services.passwords().computed() - before, 1, "{email}");
        let address = email.to_lowercase();
        let mail = world.mail_to(&address).await.unwrap();
        assert_eq!(mail.subject, subject);
        assert_eq!(subjects(&world, &address).await.len(), 1);
    }
    let waiting = all::<entity::registration::Entity>(&world).await;
    assert_eq!(waiting.len(), 3, "each is kept the same way");
    assert_eq!(all::<entity::registration_mail::Entity>(&world).await.len(), 1, "only a new address can be confirmed");
    let told = world.mail_to("maya@example.org").await.unwrap().body;
    assert!(told.starts_with("Hello Maya,") && told.contains("/forgot-password"), "{told}");
    assert!(!told.contains("Ana"), "nothing of what the stranger typed is in it: {told}");
    let users = "SELECT count(*) AS n FROM \"user\" WHERE username LIKE 'new%'";
    assert_eq!(count(&world, users).await, 0);
}

#[rstest]
#[tokio::test]
async fn nobody_is_mailed_more_than_five_times_an_hour_because_others_type_their_address(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    for number in 0..8 {
        let command = Register { username: format!("new{number}"), email: "maya@example.org".into(), ..ana() };
        register(&world.services, &anybody(), command, &somewhere()).await.unwrap();
    }
    assert_eq!(subjects(&world, "maya@example.org").await.len(), 5);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_form_that_is_sent_many_times_at_once_is_one_registration(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let tries = (0..20).map(|_| {
        let services = world.services.clone();
        let command = in_browser(&browser_token('a'));
        tokio::spawn(async move { register(&services, &anybody(), command, &somewhere()).await })
    });
    for outcome in join_all(tries).await {
        assert_eq!(outcome.unwrap().unwrap(), browser_token('a'));
    }
    assert_eq!(all::<entity::registration::Entity>(&world).await.len(), 1);
    let mails = subjects(&world, "ana@example.org").await.len();
    assert!((1..=5).contains(&mails), "{mails} mails");
}

#[rstest]
#[tokio::test]
async fn registration_can_be_closed(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    assert!(registration_is_open(&world.services, &anybody()).await.unwrap());
    world.set("identity", r#"{"registration_open":false}"#).await;
    assert!(!registration_is_open(&world.services, &anybody()).await.unwrap());
    let refused = register(&world.services, &anybody(), ana(), &somewhere()).await;
    assert!(matches!(refused, Err(Error::RegistrationClosed)), "{refused:?}");
    assert!(all::<entity::registration::Entity>(&world).await.is_empty());
    assert_eq!(world.services.passwords().computed(), 1, "that is the one of the test people");
}
