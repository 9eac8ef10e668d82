//! What the clinic shares is kept in memory, and what changes holds.

use domain::{
    Services,
    access::Actor,
    appointments,
    testing::{Engine, TestWorld},
};
use rstest::rstest;

async fn name(services: &Services) -> String {
    appointments::clinic(services, &Actor::anonymous()).await.unwrap().name
}

#[rstest]
#[tokio::test]
async fn a_change_holds_in_every_process_once_its_version_is_asked_for(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let (one, other, with_memory) = (&world.services, world.second_server().await, world.with_memory());
    world.set("clinic", r#"{"name": "First"}"#).await;
    for services in [one, &other, &with_memory] {
        assert_eq!(name(services).await, "First");
    }
    world.set("clinic", r#"{"name": "Second"}"#).await;
    assert_eq!(name(one).await, "Second");
    assert_eq!(name(&other).await, "Second");
    assert_eq!(name(&with_memory).await, "First", "within its time it is not asked for again");
}

#[rstest]
#[tokio::test]
async fn what_did_not_change_is_not_read_again(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let cost = async |services: &Services| {
        let before = services.db().statements();
        name(services).await;
        services.db().statements() - before
    };
    name(&world.services).await;
    assert_eq!(cost(&world.services).await, 1, "its version alone");
    world.set("clinic", r#"{"name": "Another"}"#).await;
    assert!(cost(&world.services).await > 1);
    assert_eq!(cost(&world.services).await, 1);
    let with_memory = world.with_memory();
    name(&with_memory).await;
    assert_eq!(cost(&with_memory).await, 0);
}
