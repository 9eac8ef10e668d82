//! A patient's own profile: read, changed, and nobody else's business.

use domain::{
    Error,
    access::Actor,
    auth::{change_profile, profile},
    testing::{Engine, TestPerson, TestWorld},
    types::auth::{Gender, ProfileForm, ProfileView},
};
use entity::audit_event;
use futures::future::join_all;
use rstest::rstest;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::support::*;

/// Everything that somebody can say.
fn whole() -> ProfileForm {
    ProfileForm {
        first_name: " Maya  Ada ".into(),
        last_name: "Okafor-Byrne".into(),
        date_of_birth: "1986-03-14".into(),
        gender: "female".into(),
        phone: "+353 20 910 0160".into(),
        address: "Apartment 4\r\n12 Linnet Grove\r\n\r\nDublin 7".into(),
        emergency_contact_name: "Chidi Okafor (brother)".into(),
        emergency_contact_phone: "+353 20 910 0161".into(),
    }
}

async fn profile_of(world: &TestWorld, person: &TestPerson) -> ProfileView {
    profile(&world.services, &world.actor(person).await).await.unwrap().into_inner()
}

/// The events of profiles, in their order.
async fn events(world: &TestWorld) -> Vec<audit_event::Model> {
    let of_profiles = audit_event::Column::Action.starts_with("profile.");
    let mut events = audit_event::Entity::find().filter(of_profiles).all(world.raw()).await.unwrap();
    events.sort_by_key(|event| event.id);
    events
}

async fn user_row(world: &TestWorld, person: &TestPerson) -> entity::user::Model {
    entity::user::Entity::find_by_id(person.user.0).one(world.raw()).await.unwrap().unwrap()
}

#[rstest]
#[tokio::test]
async fn patients_read_their_own_profile_and_each_look_is_one_event(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let seen = profile_of(&world, &world.maya).await;
    assert_eq!(Some(seen.id), world.maya.patient);
    assert!(seen.reference.starts_with("PT-"), "{}", seen.reference);
    assert_eq!((seen.username.as_str(), seen.email.as_str()), ("maya", "maya@example.org"));
    assert_eq!((seen.first_name.as_str(), seen.last_name.as_str()), ("Maya", "Okafor"));
    assert_eq!((seen.date_of_birth.as_deref(), seen.gender), (Some("1988-04-12"), Some(Gender::Other)));
    assert_eq!(seen.phone.as_deref(), Some("+353 20 910 0150"));
    assert_eq!(seen.address.as_deref(), Some("7 Heron Quay\nDublin 8"));
    assert_eq!(seen.emergency_contact_name.as_deref(), Some("Sam Whelan (neighbour)"));
    assert_eq!(seen.emergency_contact_phone.as_deref(), Some("+353 20 910 0151"));
    let events = events(&world).await;
    let [event] = &events[..] else { panic!("{events:?}") };
    assert_eq!((event.action.as_str(), event.object_kind.as_str()), ("profile.read", "patient"));
    assert_eq!((event.outcome.as_str(), event.actor_user_id), ("allowed", Some(world.maya.user.0)));
    assert_eq!(event.patient_id, world.maya.patient.map(|patient| patient.0));
    assert_eq!(event.object_ids, format!("[{}]", seen.id));
}

#[rstest]
#[tokio::test]
async fn a_change_stands_for_the_whole_profile_and_is_one_event(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let (maya, jonas) = (world.actor(&world.maya).await, profile_of(&world, &world.jonas).await);
    let before = events(&world).await.len();
    let changed = change_profile(&world.services, &maya, whole()).await.unwrap().into_inner();
    assert_eq!((changed.first_name.as_str(), changed.last_name.as_str()), ("Maya Ada", "Okafor-Byrne"));
    assert_eq!((changed.date_of_birth.as_deref(), changed.gender), (Some("1986-03-14"), Some(Gender::Female)));
    assert_eq!(changed.address.as_deref(), Some("Apartment 4\n12 Linnet Grove\nDublin 7"));
    assert_eq!(changed.phone.as_deref(), Some("+353 20 910 0160"));
    assert_eq!(changed.emergency_contact_name.as_deref(), Some("Chidi Okafor (brother)"));
    assert_eq!(changed.emergency_contact_phone.as_deref(), Some("+353 20 910 0161"));
    assert_eq!((changed.username.as_str(), changed.email.as_str()), ("maya", "maya@example.org"));
    let told = events(&world).await;
    let [event] = &told[before..] else { panic!("{told:?}") };
    assert_eq!((event.action.as_str(), event.object_kind.as_str()), ("profile.change", "patient"));
    assert_eq!(event.object_ids, format!("[{}]", changed.id));
    assert_eq!(event.patient_id, Some(changed.id.0));
    assert_eq!(profile_of(&world, &world.maya).await, changed, "it is stored");

    let names = ProfileForm { first_name: "Maya".into(), last_name: "Okafor".into(), ..ProfileForm::default() };
    let emptied = change_profile(&world.services, &maya, names).await.unwrap().into_inner();
    let expected = ProfileView {
        first_name: "Maya".into(),
        last_name: "Okafor".into(),
        date_of_birth: None,
        gender: None,
        phone: None,
        address: None,
        emergency_contact_name: None,
        emergency_contact_phone: None,
        ..changed
    };
    assert_eq!(emptied, expected);
    assert_eq!(profile_of(&world, &world.maya).await, expected);
    assert_eq!(profile_of(&world, &world.jonas).await, jonas, "nobody else’s changes");
}

#[rstest]
#[tokio::test]
async fn under_another_name_somebody_is_found_and_greeted(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let maya = world.actor(&world.maya).await;
    let _ = change_profile(&world.services, &maya, whole()).await.unwrap();
    let row = user_row(&world, &world.maya).await;
    assert_eq!(row.sort_key, "okaforbyrne\tmaya ada");
    let words = entity::user_word::Entity::find().all(world.raw()).await.unwrap();
    let words: Vec<_> = words.into_iter().filter(|one| one.user_id == row.id).map(|one| one.word).collect();
    assert_eq!(words, ["ada", "byrne", "maya", "okafor", "okaforbyrne"]);
    assert_eq!(world.actor(&world.maya).await.viewer().unwrap().name, "Maya Ada Okafor-Byrne");
}

#[rstest]
#[tokio::test]
async fn staff_have_no_profile_and_every_try_is_one_denial(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    for person in [&world.rivera, &world.admin] {
        let (actor, stored, before) =
            (world.actor(person).await, user_row(&world, person).await, events(&world).await.len());
        let read = profile(&world.services, &actor).await;
        assert!(matches!(read, Err(Error::OtherRole { .. })), "{read:?}");
        let changed = change_profile(&world.services, &actor, whole()).await;
        assert!(matches!(changed, Err(Error::OtherRole { .. })), "{changed:?}");
        let unreadable = change_profile(&world.services, &actor, ProfileForm::default()).await;
        assert!(matches!(unreadable, Err(Error::OtherRole { .. })), "whatever was sent: {unreadable:?}");
        let told = events(&world).await;
        let told: Vec<_> = told[before..].iter().map(|event| (event.action.as_str(), event.outcome.as_str())).collect();
        assert_eq!(told, [("profile.read", "denied"), ("profile.change", "denied"), ("profile.change", "denied")]);
        assert_eq!(user_row(&world, person).await, stored);
    }
    let before = events(&world).await.len();
    let nobody = Actor::anonymous();
    assert!(matches!(profile(&world.services, &nobody).await, Err(Error::Unauthenticated)));
    assert!(matches!(change_profile(&world.services, &nobody, whole()).await, Err(Error::Unauthenticated)));
    assert_eq!(events(&world).await.len(), before, "nobody leaves no trace");
}

#[rstest]
#[tokio::test]
async fn every_wrong_field_is_told_at_once_and_nothing_changes(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let (maya, stored) = (world.actor(&world.maya).await, profile_of(&world, &world.maya).await);
    let before = events(&world).await.len();
    let form = ProfileForm {
        first_name: String::new(),
        last_name: "x\0y".into(),
        date_of_birth: "2026-11-25".into(),
        gender: "unheard of".into(),
        phone: "call me".into(),
        address: "x".repeat(301),
        emergency_contact_name: "x".repeat(101),
        emergency_contact_phone: "1".into(),
    };
    let wrong = wrong_fields(change_profile(&world.services, &maya, form).await);
    let fields: Vec<_> = wrong.iter().map(|(field, _)| field.as_str()).collect();
    let all = [
        "address",
        "date_of_birth",
        "emergency_contact_name",
        "emergency_contact_phone",
        "first_name",
        "gender",
        "last_name",
        "phone",
    ];
    assert_eq!(fields, all);
    assert_eq!(events(&world).await.len(), before);
    assert_eq!(profile_of(&world, &world.maya).await, stored);
}

/// Monday in Dublin, where the clinic is.
#[rstest]
#[case::today("2026-11-23", true)]
#[case::tomorrow("2026-11-24", false)]
#[case::in_1900("1900-01-01", true)]
#[case::before_1900("1899-12-31", false)]
#[tokio::test]
async fn nobody_is_born_in_the_future_or_before_1900(#[case] born: &str, #[case] is_taken: bool) {
    let world = TestWorld::new(Engine::Sqlite).await;
    let maya = world.actor(&world.maya).await;
    let form = ProfileForm { date_of_birth: born.into(), ..whole() };
    match change_profile(&world.services, &maya, form).await {
        Ok(changed) if is_taken => assert_eq!(changed.into_inner().date_of_birth.as_deref(), Some(born)),
        outcome if !is_taken => assert_eq!(wrong_field(outcome), "date_of_birth"),
        refused => panic!("{refused:?}"),
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_changes_that_come_together_one_stands_as_a_whole(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let maya = world.actor(&world.maya).await;
    let tries = (0..20).map(|number| {
        let (services, maya) = (world.services.clone(), maya.clone());
        let form =
            ProfileForm { last_name: format!("Okafor {number}"), address: format!("{number} Gorse Park"), ..whole() };
        tokio::spawn(async move { change_profile(&services, &maya, form).await.map(drop) })
    });
    for outcome in join_all(tries).await {
        outcome.unwrap().unwrap();
    }
    let stands = profile_of(&world, &world.maya).await;
    let number = stands.last_name.strip_prefix("Okafor ").unwrap();
    assert_eq!(stands.address, Some(format!("{number} Gorse Park")));
    let changes = events(&world).await.into_iter().filter(|event| event.action == "profile.change");
    assert_eq!(changes.count(), 20);
}
