//! The synthetic clinic: the same every time, on both engines, and nothing in it that the rules would refuse.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::{
    Error,
    seed::{self, Progress, SeedOptions, SeedReport},
    testing::{Engine, TestWorld},
    time::{date_from_db, from_db, minute_of_day, weekday_number},
    types::{
        appointments::{AppointmentStatus, VisitAction},
        auth::Password,
    },
};
use entity::{
    appointment, appointment_event, doctor, medical_record, patient, specialty, time_off, user, visit_type,
    working_hours,
};
use jiff::tz::TimeZone;
use rstest::rstest;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

const DEMO_PASSWORD: &str = "lighthouse on a hill";

/// Every row that the seed writes, in the order of its id.
#[derive(Debug, PartialEq)]
struct Rows {
    users: Vec<user::Model>,
    doctors: Vec<doctor::Model>,
    hours: Vec<working_hours::Model>,
    off: Vec<time_off::Model>,
    patients: Vec<patient::Model>,
    visits: Vec<appointment::Model>,
    events: Vec<appointment_event::Model>,
    records: Vec<medical_record::Model>,
}

impl Rows {
    async fn read(world: &TestWorld) -> Self {
        let db = world.raw();
        Self {
            users: user::Entity::find().order_by_asc(user::Column::Id).all(db).await.unwrap(),
            doctors: doctor::Entity::find().order_by_asc(doctor::Column::Id).all(db).await.unwrap(),
            hours: working_hours::Entity::find().order_by_asc(working_hours::Column::Id).all(db).await.unwrap(),
            off: time_off::Entity::find().order_by_asc(time_off::Column::Id).all(db).await.unwrap(),
            patients: patient::Entity::find().order_by_asc(patient::Column::Id).all(db).await.unwrap(),
            visits: appointment::Entity::find().order_by_asc(appointment::Column::Id).all(db).await.unwrap(),
            events: appointment_event::Entity::find()
                .order_by_asc(appointment_event::Column::Id)
                .all(db)
                .await
                .unwrap(),
            records: medical_record::Entity::find().order_by_asc(medical_record::Column::Id).all(db).await.unwrap(),
        }
    }

    /// Salts are random; everything else is not.
    fn without_hashes(mut self) -> Self {
        for user in &mut self.users {
            user.password_hash = user.password_hash.take().map(|_| String::new());
        }
        self
    }

    fn user(&self, username: &str) -> &user::Model {
        self.users.iter().find(|user| user.username == username).unwrap()
    }

    fn patient(&self, username: &str) -> &patient::Model {
        let user = self.user(username);
        self.patients.iter().find(|patient| patient.user_id == user.id).unwrap()
    }
}

/// A clinic with its schema and its essentials, and nobody in it.
async fn empty_world(engine: Engine) -> TestWorld {
    let world = TestWorld::new(engine).await;
    for table in ["patient", "working_hours", "doctor", "\"user\""] {
        world.raw().execute_unprepared(&format!("DELETE FROM {table}")).await.unwrap();
    }
    world
}

fn small() -> SeedOptions {
    SeedOptions { doctors: 9, patients: 80, days: 30, seed: 7, demo_password: Some(DEMO_PASSWORD.into()) }
}

async fn fill(world: &TestWorld, options: SeedOptions) -> SeedReport {
    seed::run(&world.services, options, &mut |_| ()).await.unwrap()
}

fn dublin() -> TimeZone {
    TimeZone::get("Europe/Dublin").unwrap()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn the_same_options_at_the_same_moment_make_the_same_clinic(#[case] engine: Engine) {
    let (first, second) = (empty_world(Engine::Sqlite).await, empty_world(engine).await);
    assert_eq!(fill(&first, small()).await, fill(&second, small()).await);
    let rows = Rows::read(&first).await.without_hashes();
    assert!(rows == Rows::read(&second).await.without_hashes(), "two runs differ");
    let third = empty_world(engine).await;
    fill(&third, SeedOptions { seed: 8, ..small() }).await;
    assert!(rows != Rows::read(&third).await.without_hashes(), "another seed makes another clinic");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn the_report_counts_the_rows(#[case] engine: Engine) {
    let world = empty_world(engine).await;
    assert!(seed::is_empty(&world.services).await.unwrap());
    let report = fill(&world, small()).await;
    let rows = Rows::read(&world).await;
    assert_eq!((report.doctors, report.patients), (9, 80));
    assert_eq!((rows.doctors.len(), rows.patients.len()), (9, 80));
    assert_eq!((rows.visits.len() as u64, rows.records.len() as u64), (report.visits, report.records));
    assert!(rows.visits.len() > 300, "a clinic of this size is busy: {}", rows.visits.len());
    assert_eq!(report.demo_password, None);
    assert!(!seed::is_empty(&world.services).await.unwrap());
}

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
        let visit = visits[&record.appointment_id.unwrap()];
        assert_eq!((record.patient_id, record.doctor_id), (visit.patient_id, visit.doctor_id));
        assert_eq!(visit.status, "completed");
        let day = date_from_db(record.record_date).unwrap();
        assert!(day <= today && day >= from_db(visit.starts_at).to_zoned(dublin()).date());
        assert!(from_db(record.created_at) <= world.services.now());
        assert!([&record.diagnosis, &record.symptoms, &record.treatment, &record.notes].iter().all(|t| !t.is_empty()));
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
    for patient in &rows.patients {
        let phone = patient.phone.as_deref().unwrap();
        assert!(phone.starts_with("+353 20 91") && phone.len() == 16, "{phone}");
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
async fn a_clinic_with_people_is_left_alone_and_new_people_get_new_ids(#[case] engine: Engine) {
    let world = empty_world(engine).await;
    fill(&world, small()).await;
    let before = Rows::read(&world).await;
    let again = seed::run(&world.services, small(), &mut |_| ()).await;
    assert!(matches!(again, Err(Error::Invalid(_))));
    assert!(before == Rows::read(&world).await);
    let newcomer = world.new_patient("newcomer").await;
    assert!(before.users.iter().all(|user| user.id != newcomer.user.0));
}

#[tokio::test]
async fn progress_never_goes_back_and_every_stage_is_finished() {
    let world = empty_world(Engine::Sqlite).await;
    let mut seen: Vec<Progress> = Vec::new();
    seed::run(&world.services, small(), &mut |progress| seen.push(progress)).await.unwrap();
    for pair in seen.windows(2).filter(|pair| pair[0].stage == pair[1].stage) {
        assert!(pair[0].done <= pair[1].done && pair[0].total == pair[1].total);
    }
    for stage in ["People", "Visits", "Free times"] {
        let last = seen.iter().rfind(|progress| progress.stage == stage).unwrap();
        assert_eq!(last.done, last.total);
    }
}

#[tokio::test]
async fn an_impossible_calendar_is_refused_before_anything_is_stored() {
    let world = empty_world(Engine::Sqlite).await;
    let options = SeedOptions { days: 1_000_000, ..small() };
    assert!(matches!(seed::run(&world.services, options, &mut |_| ()).await, Err(Error::Invalid(_))));
    assert!(seed::is_empty(&world.services).await.unwrap());
}
