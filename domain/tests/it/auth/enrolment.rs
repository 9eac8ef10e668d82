//! People who work at the clinic do not sign in without a second factor.

use domain::{
    Error,
    auth::{SessionKind, Ticket, begin_factor, confirm_enrolment, confirm_factor, enrolment},
    testing::{Engine, PASSWORD, TestPerson, TestWorld},
    types::auth::NextSignInStep,
};
use rstest::rstest;

use super::support::*;

async fn enrolment_ticket(world: &TestWorld, person: &TestPerson) -> Ticket {
    let outcome = try_sign_in(&world.services, &person.username, PASSWORD, world.device(SessionKind::Rest)).await;
    unfinished(outcome, NextSignInStep::Enrolment)
}

async fn confirm(world: &TestWorld, ticket: &Ticket, otp: &str) -> Result<domain::auth::Enrolled, Error> {
    confirm_enrolment(&world.services, &anybody(), ticket, otp, world.device(SessionKind::Rest)).await
}

#[rstest]
#[tokio::test]
async fn staff_without_an_app_are_led_to_set_one_up_and_get_ten_codes(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values("rivera", "admin")] name: &str,
) {
    let world = TestWorld::new(engine).await;
    let person = if name == "admin" { &world.admin } else { &world.rivera };
    let ticket = enrolment_ticket(&world, person).await;
    assert!(all::<entity::session::Entity>(&world).await.is_empty(), "nobody is signed in yet");
    let app = enrolment(&world.services, &anybody(), &ticket).await.unwrap();
    assert_eq!(enrolment(&world.services, &anybody(), &ticket).await.unwrap(), app, "looking changes nothing");
    assert!(app.provisioning_uri.contains(&format!("SecureMed:{name}")), "{}", app.provisioning_uri);
    let code = world.app_code(&app.secret);
    assert_eq!(wrong_field(confirm(&world, &ticket, &other_digits(&code)).await), "otp");
    let enrolled = confirm(&world, &ticket, &code).await.unwrap();
    assert_eq!(enrolled.recovery_codes.len(), 10);
    assert!(enrolled.signed_in.user.mfa_enabled);
    assert_eq!(actor_of(&world, &enrolled.signed_in.tokens).await.user_id(), Some(person.user));
    assert!(subjects(&world, &person.email).await.contains(&"Your authenticator app is on".to_owned()));
    let again = confirm(&world, &ticket, &code).await;
    assert!(matches!(again, Err(Error::TokenNotValid)), "{again:?}");
    let device = world.device(SessionKind::Rest);
    let second = unfinished(try_sign_in(&world.services, name, PASSWORD, device).await, NextSignInStep::Code);
    let used = finish(&world, &second, &code).await;
    assert!(matches!(used, Err(Error::WrongCode)), "the code that confirmed it is used: {used:?}");
    recover(&world, &second, &enrolled.recovery_codes[9]).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_patient_without_an_app_signs_in_with_the_password_alone(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let signed_in = done(try_sign_in(&world.services, "maya", PASSWORD, at("203.0.113.5")).await);
    assert!(!signed_in.user.mfa_enabled);
}

#[rstest]
#[tokio::test]
async fn an_administrator_may_let_staff_in_without_one(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    world.set("identity", r#"{"staff_second_factor":false}"#).await;
    done(try_sign_in(&world.services, "rivera", PASSWORD, at("203.0.113.5")).await);
    let demo = world.as_demo();
    world.set("identity", "{}").await;
    done(try_sign_in(&demo, "rivera", PASSWORD, at("203.0.113.5")).await);
    world.set("identity", r#"{"staff_second_factor":true}"#).await;
    unfinished(try_sign_in(&demo, "rivera", PASSWORD, at("203.0.113.5")).await, NextSignInStep::Enrolment);
}

#[rstest]
#[tokio::test]
async fn setting_one_up_may_take_twenty_minutes_and_five_tries(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let early = enrolment_ticket(&world, &world.rivera).await;
    world.wait(SECOND);
    let late = enrolment_ticket(&world, &world.rivera).await;
    world.wait(MINUTE * 20 - SECOND);
    assert!(matches!(enrolment(&world.services, &anybody(), &early).await, Err(Error::TokenNotValid)));
    let app = enrolment(&world.services, &anybody(), &late).await.unwrap();
    for _ in 0..5 {
        let wrong = confirm(&world, &late, &other_digits(&world.app_code(&app.secret))).await;
        assert_eq!(wrong_field(wrong), "otp");
    }
    let spent = confirm(&world, &late, &world.app_code(&app.secret)).await;
    assert!(matches!(spent, Err(Error::TokenNotValid)), "{spent:?}");
}

#[rstest]
#[tokio::test]
async fn a_ticket_to_set_one_up_is_dead_once_an_app_is_in_use(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let strangers = enrolment_ticket(&world, &world.rivera).await;
    let owners = enrolment_ticket(&world, &world.rivera).await;
    let app = enrolment(&world.services, &anybody(), &owners).await.unwrap();
    let owner = confirm(&world, &owners, &world.app_code(&app.secret)).await.unwrap().signed_in;
    // The owner moves to another telephone: what is set up meanwhile is not shown to whoever only has the password.
    let moving = begin_factor(&world.services, &actor_of(&world, &owner.tokens).await).await.unwrap();
    let shown = enrolment(&world.services, &anybody(), &strangers).await;
    assert!(matches!(shown, Err(Error::TokenNotValid)), "{shown:?}");
    let taken = confirm(&world, &strangers, &world.app_code(&moving.secret)).await;
    assert!(matches!(taken, Err(Error::TokenNotValid)), "{taken:?}");
}

#[rstest]
#[tokio::test]
async fn an_app_that_is_set_up_from_within_ends_tickets_too(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let ticket = enrolment_ticket(&world, &world.rivera).await;
    let owner = world.actor(&world.rivera).await;
    let app = begin_factor(&world.services, &owner).await.unwrap();
    confirm_factor(&world.services, &owner, &world.app_code(&app.secret)).await.unwrap();
    begin_factor(&world.services, &owner).await.unwrap();
    assert!(matches!(enrolment(&world.services, &anybody(), &ticket).await, Err(Error::TokenNotValid)));
}

#[rstest]
#[tokio::test]
async fn sessions_from_before_end(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let before = world.tokens(&world.rivera, SessionKind::Rest).await;
    let ticket = enrolment_ticket(&world, &world.rivera).await;
    let app = enrolment(&world.services, &anybody(), &ticket).await.unwrap();
    let enrolled = confirm(&world, &ticket, &world.app_code(&app.secret)).await.unwrap();
    assert!(!lives(&world, &before).await);
    assert!(lives(&world, &enrolled.signed_in.tokens).await);
}
