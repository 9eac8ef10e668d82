//! The seeded calendar: nothing in it that the rules would refuse.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::{
    seed::SeedOptions,
    testing::{Engine, TestPerson},
    time::{from_db, minute_of_day, weekday_number},
    types::{
        PatientId, UserId,
        appointments::{AppointmentFilter, AppointmentStatus, VisitAction},
        auth::Role,
    },
};
use entity::{appointment, appointment_event, visit_type};
use rstest::rstest;
use sea_orm::EntityTrait;

use super::{Rows, dublin, empty_world, fill, small};

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn no_two_visits_of_a_doctor_or_of_a_patient_overlap(#[case] engine: Engine) {
    let world = empty_world(engine).await;
    fill(&world, small()).await;
    let rows = Rows::read(&world).await;
    for key in [|visit: &appointment::Model| visit.doctor_id, |visit: &appointment::Model| visit.patient_id] {
        let mut by: BTreeMap<i64, Vec<&appointment::Model>> = BTreeMap::new();
        for visit in &rows.visits {
            by.entry(key(visit)).or_default().push(visit);
        }
        for visits in by.values_mut() {
            visits.sort_by_key(|visit| visit.starts_at);
            assert!(visits.windows(2).all(|pair| pair[0].blocks_until <= pair[1].starts_at));
        }
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn every_visit_lies_on_the_grid_of_its_doctors_hours_and_outside_time_off(#[case] engine: Engine) {
    let world = empty_world(engine).await;
    fill(&world, small()).await;
    let rows = Rows::read(&world).await;
    let kinds: HashMap<i64, visit_type::Model> =
        visit_type::Entity::find().all(world.raw()).await.unwrap().into_iter().map(|kind| (kind.id, kind)).collect();
    for visit in &rows.visits {
        let (from, to) = (from_db(visit.starts_at).to_zoned(dublin()), from_db(visit.ends_at).to_zoned(dublin()));
        let (starts, ends) = (minute_of_day(from.time()), minute_of_day(to.time()));
        assert!(
            rows.hours.iter().any(|hours| hours.doctor_id == visit.doctor_id
                && hours.weekday == weekday_number(from.weekday())
                && hours.starts_minute <= starts
                && ends <= hours.ends_minute
                && (starts - hours.starts_minute) % 30 == 0),
            "{from} is outside the hours"
        );
        assert_eq!(ends - starts, kinds[&visit.visit_type_id].duration_minutes);
        let away = rows.off.iter().filter(|off| off.doctor_id == visit.doctor_id);
        assert!(away.into_iter().all(|off| visit.ends_at <= off.starts_at || off.ends_at <= visit.starts_at));
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn every_history_follows_the_status_machine_up_to_now(#[case] engine: Engine) {
    let world = empty_world(engine).await;
    // In the middle of a working day, so that every status occurs.
    world.at("2026-11-24T10:50:00Z");
    fill(&world, SeedOptions { doctors: 20, patients: 300, ..small() }).await;
    let rows = Rows::read(&world).await;
    let now = world.services.now();
    let mut histories: HashMap<i64, Vec<&appointment_event::Model>> = HashMap::new();
    for event in &rows.events {
        histories.entry(event.appointment_id).or_default().push(event);
    }
    let mut statuses = HashSet::new();
    for visit in &rows.visits {
        let history = &histories[&visit.id];
        let (first, last) = (history.first().unwrap(), history.last().unwrap());
        assert_eq!((first.kind.as_str(), first.from_status.as_deref()), ("booked", None));
        assert_eq!((&last.to_status, last.to_starts_at, last.at), (&visit.status, visit.starts_at, visit.updated_at));
        assert_eq!((first.at, first.actor_user_id), (visit.created_at, visit.created_by_user_id));
        assert!(from_db(last.at) <= now);
        for pair in history.windows(2) {
            assert!(pair[0].at <= pair[1].at, "{pair:?}");
            assert_eq!(pair[1].from_status.as_deref(), Some(pair[0].to_status.as_str()));
            let [from, to] = [&pair[0], &pair[1]].map(|event| AppointmentStatus::parse(&event.to_status).unwrap());
            if pair[1].kind == "moved" {
                assert_eq!((from, pair[1].from_starts_at), (to, Some(pair[0].to_starts_at)));
            } else {
                assert_eq!(VisitAction::leading_to(to).and_then(|step| from.after(step)), Some(to));
                assert_eq!((pair[1].kind.as_str(), pair[1].to_starts_at), (to.as_str(), pair[0].to_starts_at));
            }
        }
        let checked_in = history.iter().find(|event| event.kind == "checked_in").map(|event| event.at);
        assert_eq!(visit.checked_in_at, checked_in);
        let status = AppointmentStatus::parse(&visit.status).unwrap();
        assert!(from_db(visit.ends_at) > now || status.is_final(), "over and still open: {visit:?}");
        statuses.insert(status);
    }
    assert_eq!(statuses.len(), AppointmentStatus::ALL.len(), "{statuses:?}");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn every_step_was_taken_by_somebody_of_that_visit_and_none_by_who_tries_the_demo_as_administrator(
    #[case] engine: Engine,
) {
    let world = empty_world(engine).await;
    fill(&world, small()).await;
    let rows = Rows::read(&world).await;
    let desk = rows.user("front.desk");
    assert_eq!((desk.role.as_str(), &desk.password_hash), ("admin", &None));
    let visits: HashMap<i64, &appointment::Model> = rows.visits.iter().map(|visit| (visit.id, visit)).collect();
    let mut by_role = HashSet::new();
    for event in &rows.events {
        let visit = visits[&event.appointment_id];
        let patient = rows.patients.iter().find(|patient| patient.id == visit.patient_id).unwrap().user_id;
        let doctor = rows.doctors.iter().find(|doctor| doctor.id == visit.doctor_id).unwrap().user_id;
        let by = event.actor_user_id.unwrap();
        let plausible = match event.kind.as_str() {
            "booked" | "moved" | "cancelled" => [patient, desk.id],
            "checked_in" => [desk.id, desk.id],
            "confirmed" => [desk.id, doctor],
            _ => [doctor, doctor],
        };
        assert!(plausible.contains(&by), "{} by {by}, not one of {plausible:?}", event.kind);
        by_role.insert((by == patient, by == doctor, by == desk.id));
    }
    assert_eq!(by_role.len(), 3, "patients, doctors and the desk all did something");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_is_said_about_visits_is_sealed_and_its_patient_reads_it(#[case] engine: Engine) {
    let world = empty_world(engine).await;
    fill(&world, small()).await;
    let rows = Rows::read(&world).await;
    let (user, patient) = (rows.user("patient"), rows.patient("patient"));
    let maya = TestPerson {
        user: UserId(user.id),
        username: user.username.clone(),
        email: user.email.clone(),
        role: Role::Patient,
        patient: Some(PatientId(patient.id)),
        doctor: None,
    };
    let actor = world.actor(&maya).await;
    let page = domain::appointments::list(&world.services, &actor, AppointmentFilter::default()).await.unwrap();
    let visits = page.into_inner().results;
    let reasons: Vec<String> = visits.iter().filter_map(|visit| visit.reason.clone()).collect();
    assert!(!visits.is_empty() && reasons.len() == visits.len());
    assert!(rows.visits.iter().any(|visit| visit.sealed_notes.is_some()), "some visits have notes");
    let stored = world.everything_stored().await;
    for said in [&reasons[0], "Please bring the list of your medicines."] {
        assert!(!stored.windows(said.len()).any(|bytes| bytes == said.as_bytes()), "{said}");
    }
}
