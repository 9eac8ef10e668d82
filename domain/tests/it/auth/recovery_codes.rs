//! The ten codes on paper.

use domain::{
    Error,
    auth::{renew_recovery_codes, security},
    testing::{Engine, PASSWORD, TestWorld},
};
use rstest::rstest;

use super::support::*;

#[rstest]
#[tokio::test]
async fn a_recovery_code_signs_in_once_and_its_owner_is_told_how_many_are_left(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let (_, codes) = world.set_up_app(&world.maya).await;
    assert_eq!(codes.len(), 10);
    let signed_in = recover(&world, &ticket(&world, &world.maya).await, &codes[0]).await.unwrap();
    let mail = world.mail_to("maya@example.org").await.unwrap();
    let told = world.mailer.sent().into_iter().find(|mail| mail.subject == "A recovery code was used").unwrap();
    assert!(told.body.contains("You have 9 left."), "{}", told.body);
    assert!(!told.body.contains(&codes[0]) && !mail.body.contains(&codes[0]));
    let again = recover(&world, &ticket(&world, &world.maya).await, &codes[0]).await;
    assert!(matches!(again, Err(Error::WrongCode)), "{again:?}");
    let actor = actor_of(&world, &signed_in.tokens).await;
    assert_eq!(security(&world.services, &actor).await.unwrap().recovery_codes_left, 9);
}

#[rstest]
#[tokio::test]
async fn a_recovery_code_is_read_as_people_type_it_and_belongs_to_one_person(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let (_, codes) = world.set_up_app(&world.maya).await;
    world.set_up_app(&world.jonas).await;
    let foreign = recover(&world, &ticket(&world, &world.jonas).await, &codes[1]).await;
    assert!(matches!(foreign, Err(Error::WrongCode)), "{foreign:?}");
    let typed = format!("  {}  ", codes[1].replace('-', " ").to_uppercase());
    recover(&world, &ticket(&world, &world.maya).await, &typed).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn recovery_codes_are_guessed_no_faster_than_those_of_the_app(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let (secret, codes) = world.set_up_app(&world.maya).await;
    let first = ticket(&world, &world.maya).await;
    for number in 0..5 {
        let wrong = match number % 2 {
            0 => recover(&world, &first, "0000-0000-0000-0000").await,
            _ => finish(&world, &first, &other_digits(&world.app_code(&secret))).await,
        };
        assert!(matches!(wrong, Err(Error::WrongCode)), "{wrong:?}");
    }
    let early = recover(&world, &ticket(&world, &world.maya).await, &codes[0]).await;
    assert!(matches!(early, Err(Error::TooManyGuesses { .. })), "{early:?}");
}

#[rstest]
#[tokio::test]
async fn new_recovery_codes_replace_the_earlier_ones(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let (_, codes) = world.set_up_app(&world.maya).await;
    let owner = world.actor(&world.maya).await;
    let wrong = renew_recovery_codes(&world.services, &owner, "not the password".into()).await;
    assert_eq!(wrong_field(wrong), "password");
    let new = renew_recovery_codes(&world.services, &owner, PASSWORD.into()).await.unwrap();
    assert_eq!(new.len(), 10);
    assert!(new.iter().all(|code| !codes.contains(code)));
    assert_eq!(world.mail_to("maya@example.org").await.unwrap().subject, "You have new recovery codes");
    let old = recover(&world, &ticket(&world, &world.maya).await, &codes[0]).await;
    assert!(matches!(old, Err(Error::WrongCode)), "{old:?}");
    recover(&world, &ticket(&world, &world.maya).await, &new[0]).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn there_are_none_without_an_app_and_none_without_a_fresh_proof(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let jonas = world.actor(&world.jonas).await;
    assert_eq!(wrong_field(renew_recovery_codes(&world.services, &jonas, PASSWORD.into()).await), "password");
    let (_, codes) = world.set_up_app(&world.maya).await;
    let tokens = world.tokens(&world.maya, domain::auth::SessionKind::Rest).await;
    world.wait(MINUTE * 5);
    let stale = actor_of(&world, &tokens).await;
    let refused = renew_recovery_codes(&world.services, &stale, PASSWORD.into()).await;
    assert!(matches!(refused, Err(Error::StepUpRequired)), "{refused:?}");
    recover(&world, &ticket(&world, &world.maya).await, &codes[0]).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn recovery_codes_cannot_be_read_in_the_database(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let (_, codes) = world.set_up_app(&world.maya).await;
    let rows = format!("{:?}", all::<entity::recovery_code::Entity>(&world).await);
    for code in codes {
        assert!(!rows.contains(&code) && !rows.contains(&code.replace('-', "")));
    }
}
