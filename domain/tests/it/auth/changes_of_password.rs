//! Another password, by whoever is signed in.

use domain::{
    Error,
    auth::{Device, SessionKind, change_password, may_reset_password, request_password_reset},
    testing::{Engine, PASSWORD, TestWorld},
    types::auth::{ChangePassword, NextSignInStep},
};
use rstest::rstest;

use super::support::*;

fn change(current: &str, new: &str) -> ChangePassword {
    ChangePassword { current_password: current.into(), password: new.into(), password_confirm: Some(new.into()) }
}

#[rstest]
#[tokio::test]
async fn it_ends_all_other_sessions_and_the_owner_is_told(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let mine = world.tokens(&world.maya, SessionKind::Web).await;
    let others =
        [world.tokens(&world.maya, SessionKind::Web).await, world.tokens(&world.maya, SessionKind::Rest).await];
    let foreign = world.tokens(&world.jonas, SessionKind::Web).await;
    let owner = actor_of(&world, &mine).await;
    change_password(&world.services, &owner, change(PASSWORD, STRONG)).await.unwrap();
    assert!(lives(&world, &mine).await && lives(&world, &foreign).await);
    for other in &others {
        assert!(!lives(&world, other).await);
    }
    assert_eq!(world.mail_to("maya@example.org").await.unwrap().subject, "Your password was changed");
    let old = try_sign_in(&world.services, "maya", PASSWORD, at("203.0.113.1")).await;
    assert!(matches!(old, Err(Error::InvalidCredentials)));
    done(try_sign_in(&world.services, "maya", STRONG, at("203.0.113.1")).await);
}

#[rstest]
#[case::not_the_present_one(change("not the password", STRONG), "current_password")]
#[case::nothing(change("", STRONG), "current_password")]
#[case::too_short(change(PASSWORD, "eleven char"), "password")]
#[case::easy(change(PASSWORD, "password12345"), "password")]
#[case::with_the_user_name(change(PASSWORD, "violet maya lamp seven"), "password")]
#[case::with_the_last_name(change(PASSWORD, "violet okafor lamp seven"), "password")]
#[case::the_same(change(PASSWORD, PASSWORD), "password")]
#[case::two_different(
    ChangePassword { password_confirm: Some(STRONGER.into()), ..change(PASSWORD, STRONG) },
    "password_confirm"
)]
#[tokio::test]
async fn what_is_wrong_is_told_and_nothing_changes(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] command: ChangePassword,
    #[case] field: &str,
) {
    let world = TestWorld::new(engine).await;
    let other = world.tokens(&world.maya, SessionKind::Web).await;
    let owner = world.actor(&world.maya).await;
    assert_eq!(wrong_field(change_password(&world.services, &owner, command).await), field);
    assert!(lives(&world, &other).await);
    assert_eq!(world.mail_to("maya@example.org").await, None);
    done(try_sign_in(&world.services, "maya", PASSWORD, at("203.0.113.1")).await);
}

#[rstest]
#[case::wrong_and_weak(change("not the password", "short"), &["current_password", "password"])]
#[case::nothing_at_all(change("", ""), &["current_password", "password"])]
#[case::wrong_weak_and_different(
    ChangePassword { password_confirm: Some(STRONG.into()), ..change("not the password", "short") },
    &["current_password", "password", "password_confirm"]
)]
#[case::the_same_but_not_the_present_one(change("violet harbour lamp eight", "violet harbour lamp eight"), &["current_password"])]
#[tokio::test]
async fn all_that_is_wrong_is_told_together(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] command: ChangePassword,
    #[case] fields: &[&str],
) {
    let world = TestWorld::new(engine).await;
    let owner = world.actor(&world.maya).await;
    let refused = change_password(&world.services, &owner, command).await;
    let Err(Error::Invalid(wrong)) = refused else { panic!("{refused:?}") };
    assert_eq!(wrong.keys().map(String::as_str).collect::<Vec<_>>(), fields);
}

#[rstest]
#[tokio::test]
async fn what_began_with_the_old_password_does_not_end_well(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let (secret, _) = world.set_up_app(&world.maya).await;
    let for_a_code = ticket(&world, &world.maya).await;
    let outcome = try_sign_in(&world.services, "rivera", PASSWORD, at("203.0.113.1")).await;
    let for_enrolment = unfinished(outcome, NextSignInStep::Enrolment);
    request_password_reset(&world.services, &anybody(), "maya@example.org", &somewhere()).await.unwrap();
    let link = token_in(&world.mail_to("maya@example.org").await.unwrap());
    for person in [&world.maya, &world.rivera] {
        let owner = world.actor(person).await;
        change_password(&world.services, &owner, change(PASSWORD, STRONG)).await.unwrap();
    }
    let refused = finish(&world, &for_a_code, &world.app_code(&secret)).await;
    assert!(matches!(refused, Err(Error::TokenNotValid)), "{refused:?}");
    let refused = domain::auth::enrolment(&world.services, &anybody(), &for_enrolment).await;
    assert!(matches!(refused, Err(Error::TokenNotValid)), "{refused:?}");
    assert!(!may_reset_password(&world.services, &anybody(), &link).await.unwrap());
}

#[rstest]
#[tokio::test]
async fn every_browser_is_a_stranger_afterwards(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let token = done(try_sign_in(&world.services, "maya", PASSWORD, browser("203.0.113.1")).await).device_token;
    let owner = world.actor(&world.maya).await;
    change_password(&world.services, &owner, change(PASSWORD, STRONG)).await.unwrap();
    let known = Device { known: token, ..browser("203.0.113.2") };
    done(try_sign_in(&world.services, "maya", STRONG, known).await);
    assert!(subjects(&world, "maya@example.org").await.contains(&"A new sign-in to your account".to_owned()));
}

#[rstest]
#[tokio::test]
async fn nobody_who_is_not_signed_in_changes_a_password() {
    let world = TestWorld::new(Engine::Sqlite).await;
    let refused = change_password(&world.services, &anybody(), change(PASSWORD, STRONG)).await;
    assert!(matches!(refused, Err(Error::Unauthenticated)), "{refused:?}");
}
