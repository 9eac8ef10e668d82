use domain::{
    Error,
    access::Actor,
    admin::{overview, users},
    testing::{Engine, TestWorld},
    types::{admin::UserFilter, auth::Role},
};
use jiff::civil::datetime;
use rstest::rstest;

#[rstest]
#[tokio::test]
async fn administrators_find_people_by_role_and_by_part_of_a_name(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let admin = world.actor(&world.admin).await;
    let names = async |role, search: &str| {
        let filter = UserFilter { role, search: Some(search.to_owned()), ..UserFilter::default() };
        let page = users(&world.services, &admin, filter).await.unwrap();
        page.results.into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    assert_eq!(names(Some(Role::Doctor), "").await, ["Tomas Brandt", "Elena Rivera"]);
    assert_eq!(names(None, "LIND").await, ["Jonas Lindqvist"]);
    assert_eq!(names(None, "okafor maya").await, ["Maya Okafor"]);
    assert!(names(None, "%").await.is_empty(), "a percent sign is a percent sign");
    assert!(names(None, "_").await.is_empty());
}

#[rstest]
#[tokio::test]
async fn the_overview_counts_rows(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    world.book(&world.maya, &world.rivera, datetime(2026, 11, 23, 14, 0, 0, 0)).await.unwrap();
    world.book(&world.jonas, &world.rivera, datetime(2026, 11, 25, 14, 0, 0, 0)).await.unwrap();
    let admin = world.actor(&world.admin).await;
    let counts = overview(&world.services, &admin).await.unwrap();
    assert_eq!((counts.patients, counts.doctors, counts.admins), (2, 2, 1));
    assert_eq!((counts.visits_today, counts.visits_next_seven_days, counts.mails_waiting), (1, 2, 2));
}

#[rstest]
#[tokio::test]
async fn nobody_else_sees_the_people_or_the_counts(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    for person in [&world.maya, &world.rivera] {
        let actor = world.actor(person).await;
        assert!(matches!(users(&world.services, &actor, UserFilter::default()).await, Err(Error::Forbidden)));
        assert!(matches!(overview(&world.services, &actor).await, Err(Error::Forbidden)));
    }
    let anonymous = users(&world.services, &Actor::anonymous(), UserFilter::default()).await;
    assert!(matches!(anonymous, Err(Error::Unauthenticated)));
}
