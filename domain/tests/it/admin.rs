use domain::{
    Error,
    access::Actor,
    admin::{mails, overview, users},
    mail::deliver_due,
    testing::{Engine, TestWorld},
    types::{
        admin::{MailFilter, MailState, UserFilter},
        auth::Role,
    },
};
use jiff::{SignedDuration, civil::datetime};
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
    assert_eq!(names(None, "maya@example.org").await, ["Maya Okafor"]);
    for part in ["example", "example.org", "@example.org", "maya@"] {
        assert!(names(None, part).await.is_empty(), "{part}: an address finds when it is whole");
    }
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
async fn mail_that_has_not_gone_out_is_listed_as_it_is_counted(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    world.book(&world.maya, &world.rivera, datetime(2026, 11, 25, 9, 30, 0, 0)).await.unwrap();
    deliver_due(&world.services).await.unwrap();
    world.book(&world.jonas, &world.rivera, datetime(2026, 11, 25, 14, 0, 0, 0)).await.unwrap();
    world.mailer.set_down(true);
    for _ in 0..10 {
        deliver_due(&world.services).await.unwrap();
        world.wait(SignedDuration::from_hours(1));
    }
    world.book(&world.maya, &world.brandt, datetime(2026, 11, 26, 10, 0, 0, 0)).await.unwrap();
    deliver_due(&world.services).await.unwrap();
    let admin = world.actor(&world.admin).await;
    let list = async |state| {
        let filter = MailFilter { state, ..MailFilter::default() };
        let page = mails(&world.services, &admin, filter).await.unwrap();
        assert_eq!(page.count, page.results.len() as u64);
        page.results
            .into_iter()
            .map(|mail| (mail.to_address, mail.tries, mail.next_try.map(|when| when.label)))
            .collect::<Vec<_>>()
    };
    let failed = ("jonas@example.org".to_owned(), 10, None);
    let waiting = ("maya@example.org".to_owned(), 1, Some("Mon 23 November, 18:00".to_owned()));
    assert_eq!(list(Some(MailState::Failed)).await, std::slice::from_ref(&failed));
    assert_eq!(list(Some(MailState::Waiting)).await, std::slice::from_ref(&waiting));
    assert_eq!(list(None).await, [waiting, failed], "what was sent is not listed");
    let counts = overview(&world.services, &admin).await.unwrap();
    assert_eq!((counts.mails_waiting, counts.mails_failed), (1, 1));
}

#[rstest]
#[tokio::test]
async fn nobody_else_sees_the_people_or_the_counts(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    for person in [&world.maya, &world.rivera] {
        let actor = world.actor(person).await;
        assert!(matches!(users(&world.services, &actor, UserFilter::default()).await, Err(Error::OtherRole { .. })));
        assert!(matches!(overview(&world.services, &actor).await, Err(Error::OtherRole { .. })));
        assert!(matches!(mails(&world.services, &actor, MailFilter::default()).await, Err(Error::OtherRole { .. })));
    }
    let anonymous = users(&world.services, &Actor::anonymous(), UserFilter::default()).await;
    assert!(matches!(anonymous, Err(Error::Unauthenticated)));
}
