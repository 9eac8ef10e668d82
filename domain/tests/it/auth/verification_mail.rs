//! The mail that asks to confirm an address: how often, for whom, and what of it is stored.

use domain::{
    Error,
    auth::{pending_registration, register, request_password_reset, resend_verification, verify_email},
    mail::deliver_due,
    testing::{Engine, TestWorld},
    types::auth::VerifyEmail,
};
use futures::future::join_all;
use rstest::rstest;

use super::support::*;

#[rstest]
#[tokio::test]
async fn both_links_and_both_codes_work_until_one_of_them_was_used(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(true, false)] by_link: bool,
    #[values(true, false)] by_the_first: bool,
) {
    let world = TestWorld::new(engine).await;
    let first = registered(&world, ana()).await;
    resend_verification(&world.services, &anybody(), " ANA@example.org ", None, &somewhere()).await.unwrap();
    let second = world.mail_to("ana@example.org").await.unwrap();
    assert_ne!(token_in(&first), token_in(&second));
    for mail in [&first, &second] {
        assert!(pending_registration(&world.services, &anybody(), &token_in(mail), None).await.unwrap().is_some());
    }
    let (used, other) = if by_the_first { (&first, &second) } else { (&second, &first) };
    let proof = match by_link {
        true => VerifyEmail::Link(token_in(used)),
        false => VerifyEmail::Code { email: "ana@example.org".into(), code: code_in(used) },
    };
    verify_email(&world.services, &anybody(), proof).await.unwrap();
    let late = VerifyEmail::Link(token_in(other));
    assert_eq!(wrong_field(verify_email(&world.services, &anybody(), late).await), "token");
}

#[rstest]
#[tokio::test]
async fn the_answer_is_the_same_for_everybody_and_only_who_waits_is_mailed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    for email in ["maya@example.org", "nobody@example.org"] {
        resend_verification(&world.services, &anybody(), email, None, &somewhere()).await.unwrap();
        assert_eq!(world.mail_to(email).await, None);
    }
    assert_eq!(
        wrong_field(resend_verification(&world.services, &anybody(), "nonsense", None, &somewhere()).await),
        "email"
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_address_gets_five_of_them_an_hour_at_most_however_they_are_asked_for(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    register(&world.services, &anybody(), ana(), &somewhere()).await.unwrap();
    let tries = (0..20).map(|_| {
        let services = world.services.clone();
        tokio::spawn(
            async move { resend_verification(&services, &anybody(), "ana@example.org", None, &somewhere()).await },
        )
    });
    for outcome in join_all(tries).await {
        outcome.unwrap().unwrap();
    }
    assert_eq!(subjects(&world, "ana@example.org").await.len(), 5);
    // What was mailed last still works: what is not mailed replaces nothing.
    resend_verification(&world.services, &anybody(), "ana@example.org", None, &somewhere()).await.unwrap();
    let newest = token_in(&world.mail_to("ana@example.org").await.unwrap());
    assert!(pending_registration(&world.services, &anybody(), &newest, None).await.unwrap().is_some());
    world.wait(HOUR);
    resend_verification(&world.services, &anybody(), "ana@example.org", None, &somewhere()).await.unwrap();
    assert_eq!(subjects(&world, "ana@example.org").await.len(), 6);
}

#[rstest]
#[tokio::test]
async fn whoever_has_not_confirmed_is_nobody_and_gets_another_mail_for_the_right_password(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    registered(&world, ana()).await;
    let mut mails = 1;
    for (name, password, is_mailed) in [
        ("ana.duarte", "not the password", false),
        ("ana.duarte", STRONG, true),
        ("ana@example.org", STRONG, true),
        ("ana@example.org", "not the password", false),
    ] {
        let before = world.services.passwords().computed();
        let refused = try_sign_in(&world.services, name, password, at("203.0.113.5")).await;
        assert!(matches!(refused, Err(Error::InvalidCredentials)), "{refused:?}");
        assert_eq!(world.services.passwords().computed() - before, 1);
        mails += usize::from(is_mailed);
        assert_eq!(subjects(&world, "ana@example.org").await.len(), mails, "{name} {password}");
    }
    let newest = world.mail_to("ana@example.org").await.unwrap();
    verify_email(&world.services, &anybody(), VerifyEmail::Link(token_in(&newest))).await.unwrap();
    done(try_sign_in(&world.services, "ana.duarte", STRONG, at("203.0.113.5")).await);
}

#[rstest]
#[tokio::test]
async fn no_link_and_no_code_can_be_read_in_the_database(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    register(&world.services, &anybody(), ana(), &somewhere()).await.unwrap();
    request_password_reset(&world.services, &anybody(), "maya@example.org", &somewhere()).await.unwrap();
    domain::auth::answer_requests(&world.services).await.unwrap();
    let unsent = all::<entity::outbox_message::Entity>(&world).await;
    assert_eq!(unsent.len(), 2);
    assert!(unsent.iter().all(|message| message.sealed_words.is_some()));
    assert!(unsent.iter().all(|message| message.body_text.contains("[[link]]")));
    let mailed = all::<entity::registration_mail::Entity>(&world).await;
    assert_eq!(deliver_due(&world.services).await.unwrap(), 2);
    let sent = world.mailer.sent();
    assert!(sent.iter().all(|mail| !mail.body.contains("[[")), "the sent mail has them");
    let (token, code, reset) = (token_in(&sent[0]), code_in(&sent[0]), token_in(&sent[1]));
    let stored = all::<entity::outbox_message::Entity>(&world).await;
    assert!(stored.iter().all(|message| message.sealed_words.is_none()), "once they are sent nobody needs them");
    let waiting = all::<entity::registration::Entity>(&world).await;
    let tokens = all::<entity::one_time_token::Entity>(&world).await;
    // Before as well as after they left.
    for row in [format!("{unsent:?}"), format!("{stored:?}"), format!("{waiting:?}{mailed:?}"), format!("{tokens:?}")] {
        for secret in [&token, &reset, STRONG] {
            assert!(!row.contains(secret), "{row}");
        }
    }
    for row in unsent.iter().chain(&stored) {
        assert!(!row.body_text.contains(&code) && !row.subject.contains(&code));
    }
    let plain_hash = data_encoding::HEXLOWER.encode(&<sha2::Sha256 as sha2::Digest>::digest(code.as_bytes()));
    assert_ne!(mailed[0].code_hash, plain_hash, "a million plain hashes are quickly tried");
}
