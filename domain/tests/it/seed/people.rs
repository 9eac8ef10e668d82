//! The seeded people: who sees whom, what is written about them, and that none of them can be reached.

use std::collections::{HashMap, HashSet};

use domain::{
    access::Actor,
    appointments,
    seed::SeedOptions,
    testing::Engine,
    time::{date_from_db, from_db},
    types::{appointments::DoctorFilter, auth::ProfileForm},
};
use entity::{appointment, doctor, specialty, user};
use jiff::ToSpan;
use rstest::rstest;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{Rows, dublin, empty_world, fill, small};

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn records_belong_to_completed_visits_of_the_same_two_people(#[case] engine: Engine) {
    let world = empty_world(engine).await;
    fill(&world, small()).await;
    let rows = Rows::read(&world).await;
    let visits: HashMap<i64, &appointment::Model> = rows.visits.iter().map(|visit| (visit.id, visit)).collect();
    let today = world.services.now().to_zoned(dublin()).date();
    for record in &rows.records {
        assert!(from_db(record.created_at) <= world.services.now());
        assert_eq!(record.signature.is_some(), record.status == "final");
        // What patients brought along belongs to no visit.
        let Some(visit) = record.appointment_id.map(|visit| visits[&visit]) else { continue };
        assert_eq!((record.patient_id, record.doctor_id), (visit.patient_id, Some(visit.doctor_id)));
        assert_eq!(visit.status, "completed");
        let day = date_from_db(record.record_date).unwrap();
        // Blood is taken up to two days before a follow-up.
        let earliest = from_db(visit.starts_at).to_zoned(dublin()).date().checked_sub(2.days()).unwrap();
        assert!(day <= today && day >= earliest);
    }
    let completed = rows.visits.iter().filter(|visit| visit.status == "completed").count();
    assert!(rows.records.len() >= completed);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn children_see_pediatricians_and_nobody_can_be_reached_by_accident(#[case] engine: Engine) {
    let world = empty_world(engine).await;
    fill(&world, SeedOptions { patients: 200, ..small() }).await;
    let rows = Rows::read(&world).await;
    for user in &rows.users {
        let domain = user.email.split_once('@').unwrap().1;
        assert!(["example.org", "example.com", "example.net"].contains(&domain), "{}", user.email);
        assert!(user.email.is_ascii() && user.email == user.email.to_lowercase());
    }
    let pediatrics = specialty::Entity::find()
        .filter(specialty::Column::Code.eq("pediatrics"))
        .one(world.raw())
        .await
        .unwrap()
        .unwrap();
    let today = world.services.now().to_zoned(dublin()).date();
    let doctors: HashMap<i64, &doctor::Model> = rows.doctors.iter().map(|doctor| (doctor.id, doctor)).collect();
    let mut children = HashSet::new();
    let numbers = rows.patients.iter().flat_map(|patient| [&patient.phone, &patient.emergency_contact_phone]).flatten();
    for phone in numbers {
        assert!(phone.starts_with("+353 20 91") && phone.len() == 16, "{phone}");
    }
    for patient in &rows.patients {
        let born = date_from_db(patient.date_of_birth.unwrap()).unwrap();
        if born.saturating_add(jiff::Span::new().years(16)) > today {
            children.insert(patient.id);
            assert!(from_db(patient.created_at).to_zoned(dublin()).date() > born);
        }
    }
    assert!(!children.is_empty());
    for visit in &rows.visits {
        let is_pediatric = doctors[&visit.doctor_id].specialty_id == pediatrics.id;
        assert_eq!(children.contains(&visit.patient_id), is_pediatric);
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn profiles_are_such_as_patients_could_have_written_and_a_few_are_left_open(#[case] engine: Engine) {
    let world = empty_world(engine).await;
    fill(&world, SeedOptions { patients: 200, ..small() }).await;
    let rows = Rows::read(&world).await;
    let users: HashMap<i64, &user::Model> = rows.users.iter().map(|user| (user.id, user)).collect();
    let latest = world.services.now().to_zoned(dublin()).date();
    let written = |text: &Option<String>| text.clone().unwrap_or_default();
    for patient in &rows.patients {
        let user = users[&patient.user_id];
        let form = ProfileForm {
            first_name: user.first_name.clone(),
            last_name: user.last_name.clone(),
            date_of_birth: date_from_db(patient.date_of_birth.unwrap()).unwrap().to_string(),
            gender: written(&patient.gender),
            phone: written(&patient.phone),
            address: written(&patient.address),
            emergency_contact_name: written(&patient.emergency_contact_name),
            emergency_contact_phone: written(&patient.emergency_contact_phone),
        };
        let change = form.parse(latest).unwrap();
        assert_eq!(
            (change.address, change.emergency_contact_name),
            (patient.address.clone(), patient.emergency_contact_name.clone())
        );
        assert_eq!(patient.emergency_contact_name.is_some(), patient.emergency_contact_phone.is_some());
    }
    let of = |word: Option<&str>| rows.patients.iter().filter(|patient| patient.gender.as_deref() == word).count();
    assert!(of(Some("female")) > 60 && of(Some("male")) > 60 && of(None) > 0);
    let open = rows.patients.iter().filter(|patient| patient.address.is_none()).count();
    assert!((1..40).contains(&open), "{open} without an address");
    for (username, gender) in [("patient", "female"), ("patient2", "male")] {
        let patient = rows.patient(username);
        assert_eq!(patient.gender.as_deref(), Some(gender));
        assert!(patient.address.is_some() && patient.emergency_contact_name.is_some());
    }
}

/// One doctor of each field, and what people type.
#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn every_field_is_found_by_what_it_treats_and_by_what_its_doctors_are_called(#[case] engine: Engine) {
    let world = empty_world(engine).await;
    fill(&world, SeedOptions { doctors: 10, ..small() }).await;
    let searches = [
        ("general", ["check-up", "GP", "family"]),
        ("cardiology", ["heart", "cardiologist", "blood pressure"]),
        ("neurology", ["headache", "neurologist", "brain"]),
        ("orthopedics", ["knee", "orthopaedist", "back"]),
        ("pediatrics", ["kids", "paediatrician", "child"]),
        ("dermatology", ["skin", "dermatologist", "mole"]),
        ("psychiatry", ["anxiety", "psychiatrist", "mood"]),
        ("radiology", ["x-ray", "radiologist", "MRI"]),
    ];
    for (code, words) in searches {
        for word in words {
            let filter = DoctorFilter { search: Some(word.into()), ..DoctorFilter::default() };
            let found = appointments::doctors(&world.services, &Actor::anonymous(), filter).await.unwrap();
            assert!(found.count > 0, "{word} finds nobody");
            let others: Vec<_> = found.results.iter().filter(|row| row.specialty_code != code).collect();
            assert!(others.is_empty(), "{word}: {others:?}");
        }
    }
}
