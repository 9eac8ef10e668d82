//! People are found whichever way their number, their name or their reference is written.

use domain::{
    auth,
    testing::{Engine, TestWorld},
    types::auth::ProfileForm,
};
use rstest::rstest;

use super::people::{into_care, patients, users};

fn called(first: &str, last: &str) -> ProfileForm {
    ProfileForm { first_name: first.into(), last_name: last.into(), ..ProfileForm::default() }
}

#[rstest]
#[tokio::test]
async fn a_number_is_found_whatever_of_it_is_stored_and_whatever_is_typed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    const WRITTEN: [&str; 6] = [
        "00353 87 555 4567",
        "087 555 4567 ext 12",
        "+353 (0)87 555 4567",
        "087 555 4567",
        "+353875554567",
        "353 87 555 4567",
    ];
    let world = TestWorld::new(engine).await;
    let nora = world.new_patient_called("nora", "Nora", "O’Hanlon").await;
    into_care(&world, &nora, 0).await;
    let actor = world.actor(&nora).await;
    for kept in WRITTEN {
        let form = ProfileForm { phone: kept.into(), ..called("Nora", "O’Hanlon") };
        let changed = auth::change_profile(&world.services, &actor, form).await.unwrap().into_inner();
        assert_eq!(changed.phone.as_deref(), Some(kept), "it stands as it was typed");
        for typed in WRITTEN {
            assert_eq!(users(&world, typed).await, ["Nora O’Hanlon"], "users: stored {kept}, typed {typed}");
            assert_eq!(patients(&world, typed).await, ["Nora O’Hanlon"], "patients: stored {kept}, typed {typed}");
        }
        assert!(
            patients(&world, "087 555 4568").await.is_empty() && patients(&world, "+44 87 555 456").await.is_empty()
        );
    }
    let without = auth::change_profile(&world.services, &actor, called("Nora", "O’Hanlon")).await.unwrap();
    assert_eq!(without.into_inner().phone, None);
    assert!(patients(&world, "087 555 4567").await.is_empty(), "a number that was given up finds nobody");
}

#[rstest]
#[tokio::test]
async fn a_name_is_found_with_what_stands_before_it_apart_or_together(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let names = ["McCabe", "Mac Donnell", "OBrien", "O Shea"];
    for (place, last) in (0..).zip(names) {
        let patient = world.new_patient_called(&format!("person{place}"), "Anne", last).await;
        into_care(&world, &patient, place).await;
    }
    let typed = [
        ("Mc Cabe", "McCabe"),
        ("anne mc cabe", "McCabe"),
        ("Mc'Cabe", "McCabe"),
        ("mccabe", "McCabe"),
        ("MacDonnell", "Mac Donnell"),
        ("mac donnell", "Mac Donnell"),
        ("O Brien", "OBrien"),
        ("O’Brien", "OBrien"),
        ("oshea", "O Shea"),
        ("O'Shea", "O Shea"),
    ];
    for (typed, last) in typed {
        let name = format!("Anne {last}");
        assert_eq!(patients(&world, typed).await, [name.as_str()], "patients: {typed}");
        assert_eq!(users(&world, typed).await, [name.as_str()], "users: {typed}");
    }
    let nora = world.new_patient_called("nora", "Nora", "Quinn").await;
    into_care(&world, &nora, 6).await;
    let reference = world.reference_of(&nora).await;
    let apart = reference.to_lowercase().replace('-', " ");
    assert_eq!(
        (patients(&world, &apart).await, users(&world, &apart).await),
        (vec!["Nora Quinn".into()], vec!["Nora Quinn".into()])
    );
}
