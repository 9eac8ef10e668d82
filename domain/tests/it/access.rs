use domain::{
    Error, appointments,
    testing::{Engine, TestPerson, TestWorld},
    types::appointments::{AppointmentFilter, AppointmentStatus, Scope},
};
use jiff::civil::{date, datetime};
use rstest::rstest;

async fn patients(world: &TestWorld, who: &TestPerson, filter: AppointmentFilter) -> Vec<String> {
    let actor = world.actor(who).await;
    let page = appointments::list(&world.services, &actor, filter).await.unwrap().into_inner();
    page.results.into_iter().map(|visit| visit.patient.name).collect()
}

#[rstest]
#[tokio::test]
async fn everybody_lists_the_visits_that_are_theirs_to_see(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    world.book(&world.maya, &world.rivera, datetime(2026, 11, 24, 9, 0, 0, 0)).await.unwrap();
    world.book(&world.jonas, &world.brandt, datetime(2026, 11, 24, 10, 0, 0, 0)).await.unwrap();
    let all = AppointmentFilter::default;
    assert_eq!(patients(&world, &world.maya, all()).await, ["Maya Okafor"]);
    assert_eq!(patients(&world, &world.jonas, all()).await, ["Jonas Lindqvist"]);
    assert_eq!(patients(&world, &world.rivera, all()).await, ["Maya Okafor"]);
    assert_eq!(patients(&world, &world.brandt, all()).await, ["Jonas Lindqvist"]);
    assert_eq!(patients(&world, &world.admin, all()).await, ["Jonas Lindqvist", "Maya Okafor"]);
}

#[rstest]
#[tokio::test]
async fn lists_are_narrowed_by_status_day_doctor_and_scope(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let first = world.book(&world.maya, &world.rivera, datetime(2026, 11, 24, 9, 0, 0, 0)).await.unwrap();
    world.book(&world.maya, &world.brandt, datetime(2026, 11, 26, 9, 0, 0, 0)).await.unwrap();
    let admin = world.actor(&world.admin).await;
    let all = AppointmentFilter::default;
    let count = async |filter| appointments::list(&world.services, &admin, filter).await.unwrap().into_inner().count;
    assert_eq!(count(AppointmentFilter { from: Some(date(2026, 11, 25)), ..all() }).await, 1);
    assert_eq!(count(AppointmentFilter { to: Some(date(2026, 11, 24)), ..all() }).await, 1);
    assert_eq!(count(AppointmentFilter { doctor: world.brandt.doctor, ..all() }).await, 1);
    assert_eq!(count(AppointmentFilter { scope: Some(Scope::Upcoming), ..all() }).await, 2);
    appointments::cancel(&world.services, &admin, first.id).await.unwrap();
    assert_eq!(count(AppointmentFilter { status: Some(AppointmentStatus::Cancelled), ..all() }).await, 1);
    assert_eq!(count(AppointmentFilter { scope: Some(Scope::Upcoming), ..all() }).await, 1);
    assert_eq!(count(AppointmentFilter { scope: Some(Scope::Past), ..all() }).await, 1);
    world.at("2026-11-27T09:00:00Z");
    let admin = world.actor(&world.admin).await;
    let past = AppointmentFilter { scope: Some(Scope::Past), ..all() };
    assert_eq!(appointments::list(&world.services, &admin, past).await.unwrap().into_inner().count, 2);
}

#[rstest]
#[tokio::test]
async fn a_dashboard_shows_the_next_visit_and_is_for_patients_alone(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let maya = world.actor(&world.maya).await;
    assert!(appointments::dashboard(&world.services, &maya).await.unwrap().into_inner().next_visit.is_none());
    world.book(&world.maya, &world.brandt, datetime(2026, 11, 26, 9, 0, 0, 0)).await.unwrap();
    world.book(&world.maya, &world.rivera, datetime(2026, 11, 24, 9, 0, 0, 0)).await.unwrap();
    let dashboard = appointments::dashboard(&world.services, &maya).await.unwrap().into_inner();
    assert_eq!(dashboard.first_name, "Maya");
    assert_eq!(dashboard.next_visit.unwrap().starts.label, "Tue 24 November, 09:00");
    assert_eq!((dashboard.later_visits.len(), dashboard.upcoming_count), (1, 2));
    for person in [&world.rivera, &world.admin] {
        let actor = world.actor(person).await;
        assert!(matches!(appointments::dashboard(&world.services, &actor).await, Err(Error::OtherRole { .. })));
    }
}
