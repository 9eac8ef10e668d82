//! The accounts of the demo: their passwords, and that there is something to see when one signs in.

use std::collections::HashSet;

use domain::{
    Error, records,
    seed::{self, SeedOptions},
    testing::{Engine, TestPerson},
    time::from_db,
    types::{
        DoctorId, UserId,
        auth::{Password, Role},
    },
};
use rstest::rstest;

use super::{DEMO_PASSWORD, Rows, dublin, empty_world, fill, small};

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn only_the_demo_accounts_have_a_password(#[case] engine: Engine) {
    let world = empty_world(engine).await;
    fill(&world, small()).await;
    let rows = Rows::read(&world).await;
    let with_password: Vec<_> = rows.users.iter().filter(|user| user.password_hash.is_some()).collect();
    let names: HashSet<_> = with_password.iter().map(|user| user.username.as_str()).collect();
    assert_eq!(names, HashSet::from(["admin", "dr.rivera", "patient", "patient2"]));
    for user in with_password {
        let password = Password::parse(DEMO_PASSWORD.into()).unwrap();
        assert!(world.services.passwords().verify(password, user.password_hash.clone()).await.unwrap());
        assert!(user.email.ends_with("@example.org") && user.email_verified_at.is_some());
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn without_a_given_password_a_random_one_is_told_once(#[case] engine: Engine) {
    let mut told = HashSet::new();
    for _ in 0..2 {
        let world = empty_world(engine).await;
        let options = SeedOptions { doctors: 1, patients: 2, days: 3, demo_password: None, ..small() };
        let password = fill(&world, options).await.demo_password.unwrap();
        let hash = Rows::read(&world).await.user("patient").password_hash.clone();
        let typed = Password::parse(password.clone()).unwrap();
        assert!(world.services.passwords().verify(typed, hash).await.unwrap());
        told.insert(password);
    }
    assert_eq!(told.len(), 2);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn the_demo_password_can_be_changed(#[case] engine: Engine) {
    let world = empty_world(engine).await;
    assert!(!seed::demo_accounts_present(&world.services).await.unwrap());
    fill(&world, small()).await;
    assert!(seed::demo_accounts_present(&world.services).await.unwrap());
    seed::set_demo_password(&world.services, "another plain sentence").await.unwrap();
    let rows = Rows::read(&world).await;
    for username in ["admin", "dr.rivera", "patient", "patient2"] {
        let hash = rows.user(username).password_hash.clone();
        let fits = |text: &str| world.services.passwords().verify(Password::parse(text.into()).unwrap(), hash.clone());
        assert!(fits("another plain sentence").await.unwrap());
        assert!(!fits(DEMO_PASSWORD).await.unwrap());
    }
    assert!(matches!(seed::set_demo_password(&world.services, "").await, Err(Error::Invalid(_))));
}

/// Weekdays and weekends, before, during and after working hours, and a clinic that has no one but the demo doctor.
#[rstest]
#[case::monday_morning("2026-11-23T08:00:00Z", 9)]
#[case::friday_evening("2026-11-27T21:30:00Z", 9)]
#[case::saturday_noon("2026-11-28T12:10:00Z", 9)]
#[case::sunday_night("2026-11-29T23:50:00Z", 9)]
#[case::summer("2027-07-14T09:05:00Z", 9)]
#[case::clocks_change_tonight("2027-03-27T18:00:00Z", 40)]
#[case::alone("2026-11-25T10:00:00Z", 1)]
#[tokio::test]
async fn the_demo_accounts_have_plausible_stories_whenever_the_demo_starts(#[case] now: &str, #[case] doctors: u32) {
    let world = empty_world(Engine::Sqlite).await;
    world.at(now);
    fill(&world, SeedOptions { doctors, ..small() }).await;
    let rows = Rows::read(&world).await;
    let now = world.services.now();
    let today = now.to_zoned(dublin()).date();
    let rivera = rows.doctors.iter().find(|row| row.user_id == rows.user("dr.rivera").id).unwrap();
    let mut with_rivera_soon = 0;
    for username in ["patient", "patient2"] {
        let id = rows.patient(username).id;
        let visits: Vec<_> = rows.visits.iter().filter(|visit| visit.patient_id == id).collect();
        let coming = visits.iter().filter(|visit| from_db(visit.starts_at) > now).count();
        assert!((1..=2).contains(&coming), "{username} has {coming} coming visits");
        let done = visits.iter().filter(|visit| visit.status == "completed").count();
        assert!(done >= 3, "{username} has {done} visits behind them");
        let records = rows.records.iter().filter(|record| record.patient_id == id).count();
        assert!(records >= 8, "{username} has {records} records");
        with_rivera_soon += visits
            .iter()
            .filter(|visit| visit.doctor_id == rivera.id)
            .filter(|visit| {
                let day = from_db(visit.starts_at).to_zoned(dublin()).date();
                day == today || day == today.tomorrow().unwrap()
            })
            .count();
    }
    assert_eq!(with_rivera_soon, 2);
    let account = rows.user("dr.rivera");
    let doctor = TestPerson {
        user: UserId(account.id),
        username: account.username.clone(),
        email: account.email.clone(),
        role: Role::Doctor,
        patient: None,
        doctor: Some(DoctorId(rivera.id)),
    };
    let inbox = records::inbox(&world.services, &world.actor(&doctor).await).await.unwrap().into_inner();
    assert!(inbox.results.len() >= 3, "{} results wait for the demo doctor", inbox.results.len());
}

#[tokio::test]
async fn the_demo_doctor_has_a_busy_day() {
    let world = empty_world(Engine::Sqlite).await;
    fill(&world, SeedOptions { patients: 200, ..small() }).await;
    let rows = Rows::read(&world).await;
    let rivera = rows.doctors.iter().find(|row| row.user_id == rows.user("dr.rivera").id).unwrap();
    let today = world.services.now().to_zoned(dublin()).date();
    let visits = rows.visits.iter().filter(|visit| visit.doctor_id == rivera.id);
    let days = visits.map(|visit| from_db(visit.starts_at).to_zoned(dublin()).date());
    let today = days.filter(|day| *day == today).count();
    assert!((8..16).contains(&today), "{today} visits");
    assert!(rivera.next_free_at.is_some());
}
