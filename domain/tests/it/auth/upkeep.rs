//! What is over is forgotten, and nothing else.

use domain::{
    auth::{SessionKind, forget_expired, request_password_reset},
    testing::{Engine, PASSWORD, TestWorld},
};
use rstest::rstest;

use super::support::*;

#[rstest]
#[tokio::test]
async fn what_expired_is_forgotten_and_what_still_works_is_not(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    registered(&world, ana()).await;
    done(try_sign_in(&world.services, "maya", PASSWORD, browser("203.0.113.1")).await);
    world.set_up_app(&world.jonas).await;
    request_password_reset(&world.services, &anybody(), "maya@example.org", &somewhere()).await.unwrap();
    domain::auth::answer_requests(&world.services).await.unwrap();
    world.wait(MINUTE * 29);
    ticket(&world, &world.jonas).await;
    world.wait(SECOND * 29);
    forget_expired(&world.services).await.unwrap();
    assert_eq!(all::<entity::one_time_token::Entity>(&world).await.len(), 2);
    world.wait(SECOND * 31);
    forget_expired(&world.services).await.unwrap();
    assert_eq!(all::<entity::one_time_token::Entity>(&world).await.len(), 1, "the link is over, the ticket is not");
    assert_eq!(all::<entity::registration::Entity>(&world).await.len(), 1);
    world.wait(DAY);
    forget_expired(&world.services).await.unwrap();
    assert!(all::<entity::one_time_token::Entity>(&world).await.is_empty());
    assert!(all::<entity::registration::Entity>(&world).await.is_empty());
    assert!(all::<entity::registration_mail::Entity>(&world).await.is_empty());
    assert!(all::<entity::mail_request::Entity>(&world).await.is_empty());
    assert_eq!(all::<entity::known_device::Entity>(&world).await.len(), 1);
    world.wait(DAY * 365);
    let alive = world.tokens(&world.maya, SessionKind::Rest).await;
    forget_expired(&world.services).await.unwrap();
    assert!(all::<entity::known_device::Entity>(&world).await.is_empty());
    assert_eq!(all::<entity::session::Entity>(&world).await.len(), 1);
    assert!(lives(&world, &alive).await);
    assert_eq!(all::<entity::factor::Entity>(&world).await.len(), 1, "what somebody set up stays");
    assert_eq!(all::<entity::recovery_code::Entity>(&world).await.len(), 10);
    assert_eq!(forget_expired(&world.services).await.unwrap(), 0);
}
