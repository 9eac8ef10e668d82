//! Readings at once: each has its event, and none is shown without it.

use domain::{
    Result, appointments,
    testing::{Engine, TestPerson, TestWorld},
    types::{ProblemCode, appointments::AppointmentFilter},
};
use futures::future::join_all;
use rstest::rstest;
use sea_orm::ConnectionTrait;

/// Reads somebody's own list of visits that many times at once.
async fn read_at_once(world: &TestWorld, who: &TestPerson, times: usize) -> Vec<Result<()>> {
    let actor = world.actor(who).await;
    let readings = (0..times).map(|_| {
        let (services, actor) = (world.services.clone(), actor.clone());
        tokio::spawn(async move {
            appointments::list(&services, &actor, AppointmentFilter::default())
                .await
                .map(|list| drop(list.into_inner()))
        })
    });
    join_all(readings).await.into_iter().map(|reading| reading.unwrap()).collect()
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_of_many_readings_at_once_has_exactly_one_event(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let read = read_at_once(&world, &world.maya, 300).await;
    assert!(read.iter().all(Result::is_ok), "{read:?}");
    assert_eq!(world.noted("appointments.list").await, 300);
}

/// From here on the database refuses every event of one person.
async fn refuse_events_of(world: &TestWorld, who: &TestPerson, engine: Engine) {
    let user = who.user;
    let statements = match engine {
        Engine::Sqlite => vec![format!(
            "CREATE TRIGGER refused BEFORE INSERT ON audit_event WHEN NEW.actor_user_id = {user}
             BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )],
        Engine::Postgres => vec![
            "CREATE FUNCTION refused() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN RAISE EXCEPTION 'refused'; END $$"
                .to_owned(),
            format!(
                "CREATE TRIGGER refused BEFORE INSERT ON audit_event
                 FOR EACH ROW WHEN (NEW.actor_user_id = {user}) EXECUTE FUNCTION refused()"
            ),
        ],
    };
    for statement in statements {
        world.raw().execute_unprepared(&statement).await.unwrap();
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whose_event_is_refused_sees_nothing_and_everybody_else_goes_on(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    refuse_events_of(&world, &world.maya, engine).await;
    let (maya, jonas) = tokio::join!(read_at_once(&world, &world.maya, 40), read_at_once(&world, &world.jonas, 40));
    for refused in maya {
        assert_eq!(refused.unwrap_err().to_problem().code, ProblemCode::Internal);
    }
    assert!(jonas.iter().all(Result::is_ok), "{jonas:?}");
    assert_eq!(world.noted("appointments.list").await, 40, "Jonas's");
}

#[rstest]
#[tokio::test]
async fn what_is_not_somebodys_is_noted_as_denied(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let maya = world.actor(&world.maya).await;
    let refused = appointments::detail(&world.services, &maya, "APT-00000000").await.unwrap_err();
    assert_eq!(refused.to_problem().code, ProblemCode::NotFound);
    assert_eq!(world.noted("appointments.read").await, 1);
}
