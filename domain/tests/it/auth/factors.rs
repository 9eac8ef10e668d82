//! The authenticator app of an account.

use domain::{
    Error,
    auth::{SessionKind, begin_factor, confirm_factor, pending_factor, remove_factor, renew_recovery_codes, security},
    testing::{Engine, PASSWORD, TestWorld},
};
use rstest::rstest;
use sea_orm::{ActiveModelTrait, EntityTrait, Set};

use super::support::*;

#[rstest]
#[tokio::test]
async fn setting_up_an_app_needs_a_fresh_proof(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let tokens = world.tokens(&world.maya, SessionKind::Rest).await;
    world.wait(MINUTE * 5 - SECOND);
    let fresh = actor_of(&world, &tokens).await;
    let app = begin_factor(&world.services, &fresh).await.unwrap();
    assert_eq!(pending_factor(&world.services, &fresh).await.unwrap(), Some(app.clone()));
    world.wait(SECOND);
    let stale = actor_of(&world, &tokens).await;
    assert!(matches!(begin_factor(&world.services, &stale).await, Err(Error::StepUpRequired)));
    assert!(matches!(pending_factor(&world.services, &stale).await, Err(Error::StepUpRequired)));
    let code = world.app_code(&app.secret);
    assert!(matches!(confirm_factor(&world.services, &stale, &code).await, Err(Error::StepUpRequired)));
    assert!(matches!(begin_factor(&world.services, &anybody()).await, Err(Error::Unauthenticated)));
}

#[rstest]
#[tokio::test]
async fn the_app_in_use_goes_on_until_a_code_of_the_new_one_was_typed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let (old, old_codes) = world.set_up_app(&world.maya).await;
    let owner = world.actor(&world.maya).await;
    let abandoned = begin_factor(&world.services, &owner).await.unwrap();
    let app = begin_factor(&world.services, &owner).await.unwrap();
    for wrong in [world.app_code(&old), world.app_code(&abandoned.secret), other_digits(&world.app_code(&app.secret))] {
        assert_eq!(wrong_field(confirm_factor(&world.services, &owner, &wrong).await), "otp");
    }
    finish(&world, &ticket(&world, &world.maya).await, &world.app_code(&old)).await.unwrap();
    let codes = confirm_factor(&world.services, &owner, &world.app_code(&app.secret)).await.unwrap();
    assert_eq!(codes.len(), 10);
    world.wait(MINUTE);
    let second = ticket(&world, &world.maya).await;
    assert!(matches!(finish(&world, &second, &world.app_code(&old)).await, Err(Error::WrongCode)));
    assert!(matches!(recover(&world, &second, &old_codes[0]).await, Err(Error::WrongCode)));
    finish(&world, &second, &world.app_code(&app.secret)).await.unwrap();
    assert_eq!(wrong_field(confirm_factor(&world.services, &owner, "123456").await), "otp");
}

#[rstest]
#[tokio::test]
async fn another_app_ends_all_other_sessions(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    for _ in 0..2 {
        let other = world.tokens(&world.maya, SessionKind::Web).await;
        let foreign = world.tokens(&world.jonas, SessionKind::Web).await;
        let mine = world.tokens(&world.maya, SessionKind::Web).await;
        let owner = actor_of(&world, &mine).await;
        let app = begin_factor(&world.services, &owner).await.unwrap();
        assert!(lives(&world, &other).await);
        confirm_factor(&world.services, &owner, &world.app_code(&app.secret)).await.unwrap();
        assert_eq!([lives(&world, &other).await, lives(&world, &mine).await], [false, true]);
        assert!(lives(&world, &foreign).await);
    }
}

#[rstest]
#[tokio::test]
async fn turning_it_off_takes_the_password_and_a_code_and_ends_all_other_sessions(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let (secret, codes) = world.set_up_app(&world.maya).await;
    let other = world.tokens(&world.maya, SessionKind::Web).await;
    let owner = world.actor(&world.maya).await;
    let code = world.app_code(&secret);
    let wrong = remove_factor(&world.services, &owner, "not the password".into(), &code).await;
    assert_eq!(wrong_field(wrong), "password");
    let wrong = remove_factor(&world.services, &owner, PASSWORD.into(), &other_digits(&code)).await;
    assert_eq!(wrong_field(wrong), "otp");
    let wrong = remove_factor(&world.services, &owner, PASSWORD.into(), &codes[0]).await;
    assert_eq!(wrong_field(wrong), "otp");
    assert!(lives(&world, &other).await);
    remove_factor(&world.services, &owner, PASSWORD.into(), &code).await.unwrap();
    assert!(!lives(&world, &other).await);
    assert!(all::<entity::factor::Entity>(&world).await.is_empty());
    assert!(all::<entity::recovery_code::Entity>(&world).await.is_empty());
    done(try_sign_in(&world.services, "maya", PASSWORD, at("203.0.113.5")).await);
}

#[rstest]
#[tokio::test]
async fn staff_who_need_one_cannot_turn_it_off(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let (secret, _) = world.set_up_app(&world.rivera).await;
    let doctor = world.actor(&world.rivera).await;
    let code = world.app_code(&secret);
    let refused = remove_factor(&world.services, &doctor, PASSWORD.into(), &code).await;
    assert!(matches!(refused, Err(Error::SecondFactorRequired)), "{refused:?}");
    assert!(security(&world.services, &doctor).await.unwrap().is_app_required);
    world.set("identity", r#"{"staff_second_factor":false}"#).await;
    assert!(!security(&world.services, &doctor).await.unwrap().is_app_required);
    remove_factor(&world.services, &doctor, PASSWORD.into(), &code).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn the_owner_is_told_of_each_change(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let (secret, _) = world.set_up_app(&world.maya).await;
    let owner = world.actor(&world.maya).await;
    renew_recovery_codes(&world.services, &owner, PASSWORD.into()).await.unwrap();
    remove_factor(&world.services, &owner, PASSWORD.into(), &world.app_code(&secret)).await.unwrap();
    assert_eq!(
        subjects(&world, "maya@example.org").await,
        ["Your authenticator app is on", "You have new recovery codes", "Your authenticator app was turned off"]
    );
    let mails = world.mailer.sent();
    assert!(mails.iter().all(|mail| !mail.body.contains(&secret)));
    assert!(mails.iter().all(|mail| mail.body.contains("Mon 23 November, 08:00")));
}

#[rstest]
#[tokio::test]
async fn whoever_asks_sees_how_their_account_is_protected(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let before = security(&world.services, &world.actor(&world.maya).await).await.unwrap();
    assert_eq!((before.app_since, before.recovery_codes_left, before.is_app_required), (None, 0, false));
    world.set_up_app(&world.maya).await;
    let after = security(&world.services, &world.actor(&world.maya).await).await.unwrap();
    assert_eq!(after.app_since.unwrap().label, "Mon 23 November, 08:00");
    assert_eq!((after.recovery_codes_left, after.username.as_str()), (10, "maya"));
    assert!(matches!(security(&world.services, &anybody()).await, Err(Error::Unauthenticated)));
}

#[rstest]
#[tokio::test]
async fn the_secret_of_an_app_cannot_be_read_in_the_database(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let (secret, _) = world.set_up_app(&world.maya).await;
    let bytes = data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
    let factor = entity::factor::Entity::find().one(world.raw()).await.unwrap().unwrap();
    assert!(!factor.sealed_secret.windows(bytes.len()).any(|window| window == bytes));
    assert!(!String::from_utf8_lossy(&factor.sealed_secret).contains(&secret));
}

#[rstest]
#[tokio::test]
async fn a_secret_that_was_swapped_or_changed_in_the_database_lets_nobody_in(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let (mayas, _) = world.set_up_app(&world.maya).await;
    let (jonas, _) = world.set_up_app(&world.jonas).await;
    let rows = all::<entity::factor::Entity>(&world).await;
    let (one, two) = (&rows[0], &rows[1]);
    let mut flipped = one.sealed_secret.clone();
    *flipped.last_mut().unwrap() ^= 1;
    let sessions = all::<entity::session::Entity>(&world).await.len();
    for sealed in [two.sealed_secret.clone(), flipped, Vec::new()] {
        let change = entity::factor::ActiveModel { id: Set(one.id), sealed_secret: Set(sealed), ..Default::default() };
        change.update(world.raw()).await.unwrap();
        world.wait(MINUTE);
        for secret in [&mayas, &jonas] {
            let outcome = finish(&world, &ticket(&world, &world.maya).await, &world.app_code(secret)).await;
            assert!(matches!(outcome, Err(Error::Internal { .. } | Error::TooManyGuesses { .. })), "{outcome:?}");
        }
    }
    assert_eq!(all::<entity::session::Entity>(&world).await.len(), sessions);
}
