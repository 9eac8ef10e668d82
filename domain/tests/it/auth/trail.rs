//! Each act is in the audit trail, once.

use domain::{
    auth::{self, Activity, SessionKind},
    testing::{Engine, PASSWORD, TestWorld},
    types::auth::{ChangePassword, NextSignInStep, Proof, ResetPassword, VerifyEmail},
    types::page::PageRequest,
};
use rstest::rstest;

use super::support::*;

/// Reads the trail from where it was read last.
struct Trail<'a> {
    world: &'a TestWorld,
    read: usize,
}

impl Trail<'_> {
    #[track_caller]
    fn has(&mut self, events: &[String], expected: &[&str]) {
        assert_eq!(events[self.read..], *expected);
        self.read = events.len();
    }

    async fn says(&mut self, expected: &str) {
        let events = trail(self.world).await;
        self.has(&events, &[expected]);
    }

    async fn says_nothing(&mut self, about: &str) {
        let events = trail(self.world).await;
        assert_eq!(events[self.read..], [] as [&str; 0], "{about}");
    }
}

#[rstest]
#[tokio::test]
async fn opening_an_account_and_getting_into_it(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let (services, nobody) = (&world.services, &anybody());
    let mut trail = Trail { world: &world, read: 0 };
    auth::public_keys(services, nobody).await.unwrap();
    trail.says("auth.make_signing_key").await;
    auth::register(services, nobody, ana(), &somewhere()).await.unwrap();
    trail.says("auth.register").await;
    auth::resend_verification(services, nobody, "ana@example.org", None, &somewhere()).await.unwrap();
    trail.says("auth.resend_verification").await;
    let token = token_in(&world.mail_to("ana@example.org").await.unwrap());
    auth::pending_registration(services, nobody, &token, None).await.unwrap();
    trail.says_nothing("looking at a link").await;
    auth::verify_email(services, nobody, VerifyEmail::Link(token)).await.unwrap();
    trail.says("auth.open_account").await;
    let tokens = done(try_sign_in(services, "ana.duarte", STRONG, browser("203.0.113.1")).await).tokens;
    trail.says("auth.sign_in").await;
    let ana = actor_of(&world, &tokens).await;
    auth::accept_policy(services, &ana).await.unwrap();
    trail.says("auth.accept_policy").await;
    auth::request_password_reset(services, nobody, "ana@example.org", &somewhere()).await.unwrap();
    trail.says("auth.request_password_reset").await;
    let token = token_in(&world.mail_to("ana@example.org").await.unwrap());
    trail.says("auth.mail_password_reset").await;
    let command = ResetPassword { token, password: STRONGER.into(), password_confirm: None };
    auth::reset_password(services, nobody, command).await.unwrap();
    trail.says("auth.reset_password").await;
    let outcome = try_sign_in(services, "rivera", PASSWORD, at("203.0.113.1")).await;
    let ticket = unfinished(outcome, NextSignInStep::Enrolment);
    let secret = auth::enrolment(services, nobody, &ticket).await.unwrap().secret;
    trail.says_nothing("half a sign-in").await;
    let code = world.app_code(&secret);
    auth::confirm_enrolment(services, nobody, &ticket, &code, at("203.0.113.1")).await.unwrap();
    trail.says("auth.sign_in").await;
}

#[rstest]
#[tokio::test]
async fn what_somebody_does_with_their_account(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let services = &world.services;
    let tokens = world.tokens(&world.maya, SessionKind::Rest).await;
    let maya = actor_of(&world, &tokens).await;
    let mut trail = Trail { world: &world, read: 1 };
    let secret = auth::begin_factor(services, &maya).await.unwrap().secret;
    trail.says("auth.begin_factor").await;
    auth::confirm_factor(services, &maya, &world.app_code(&secret)).await.unwrap();
    trail.says("auth.confirm_factor").await;
    auth::renew_recovery_codes(services, &maya, PASSWORD.into()).await.unwrap();
    trail.says("auth.renew_recovery_codes").await;
    world.wait(MINUTE);
    auth::step_up(services, &maya, Proof::Otp(world.app_code(&secret))).await.unwrap();
    trail.says("auth.step_up").await;
    world.wait(MINUTE);
    finish(&world, &ticket(&world, &world.maya).await, &world.app_code(&secret)).await.unwrap();
    trail.says("auth.sign_in").await;
    world.wait(MINUTE);
    auth::remove_factor(services, &maya, PASSWORD.into(), &world.app_code(&secret)).await.unwrap();
    trail.says("auth.remove_factor").await;
    let command = ChangePassword { current_password: PASSWORD.into(), password: STRONG.into(), password_confirm: None };
    auth::change_password(services, &maya, command).await.unwrap();
    trail.says("auth.change_password").await;
    let other = world.actor(&world.maya).await.session_id().unwrap();
    auth::end_session(services, &maya, other).await.unwrap();
    trail.says("auth.end_session").await;
    auth::end_other_sessions(services, &maya).await.unwrap();
    trail.says("auth.end_other_sessions").await;
    auth::refresh(services, &anybody(), &tokens.refresh, Activity::Active).await.unwrap();
    trail.says_nothing("a refresh").await;
    world.wait(MINUTE);
    auth::refresh(services, &anybody(), &tokens.refresh, Activity::Active).await.unwrap_err();
    trail.says("auth.end_stolen_session").await;
    let jonas = world.actor(&world.jonas).await;
    for _ in 0..2 {
        auth::sign_out(services, &jonas, None).await.unwrap();
    }
    trail.says("auth.sign_out").await;
    auth::rotate_keys(services, &domain::access::Actor::system("test"), true).await.unwrap();
    trail.says("auth.make_signing_key").await;
    auth::reseal(services, &domain::access::Actor::system("test")).await.unwrap();
    trail.says("auth.reseal").await;
}

#[rstest]
#[tokio::test]
async fn what_is_refused_or_only_looked_at_is_no_act(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let services = &world.services;
    let (_, _) = world.set_up_app(&world.maya).await;
    let maya = world.actor(&world.maya).await;
    let ticket = ticket(&world, &world.maya).await;
    let mut trail = Trail { world: &world, read: trail(&world).await.len() };
    try_sign_in(services, "maya", "not the password", at("203.0.113.1")).await.unwrap_err();
    finish(&world, &ticket, "123456").await.unwrap_err();
    auth::step_up(services, &maya, Proof::Otp("123456".into())).await.unwrap_err();
    auth::confirm_factor(services, &maya, "123456").await.unwrap_err();
    auth::remove_factor(services, &maya, PASSWORD.into(), "123456").await.unwrap_err();
    auth::renew_recovery_codes(services, &maya, "not the password".into()).await.unwrap_err();
    auth::end_session(services, &maya, domain::types::SessionId(987_654)).await.unwrap_err();
    trail.says_nothing("what is refused").await;
    auth::security(services, &maya).await.unwrap();
    auth::sessions(services, &maya, PageRequest::default()).await.unwrap();
    auth::me(services, &maya).await.unwrap();
    auth::pending_factor(services, &maya).await.unwrap();
    trail.says_nothing("what is looked at").await;
}

#[rstest]
#[tokio::test]
async fn an_event_names_who_did_it_and_to_which_account(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let maya = world.actor(&world.maya).await.with_request_id("r-7".into());
    auth::step_up(&world.services, &maya, Proof::Password(PASSWORD.into())).await.unwrap();
    let event = all::<entity::audit_event::Entity>(&world).await.pop().unwrap();
    assert_eq!((event.action.as_str(), event.actor_role.as_str()), ("auth.step_up", "patient"));
    assert_eq!(event.actor_user_id, Some(world.maya.user.0));
    assert_eq!(event.object_ids, format!("[{}]", world.maya.user));
    assert_eq!((event.outcome.as_str(), event.request_id.as_deref()), ("allowed", Some("r-7")));
    auth::register(&world.services, &anybody(), ana(), &somewhere()).await.unwrap();
    let event = all::<entity::audit_event::Entity>(&world).await.into_iter().max_by_key(|event| event.id).unwrap();
    assert_eq!((event.actor_role.as_str(), event.object_ids.as_str()), ("anonymous", "[]"));
}
