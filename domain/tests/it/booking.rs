use domain::{
    Error,
    access::Actor,
    appointments,
    testing::{Engine, TestWorld, booking},
    types::{
        DoctorId, PatientId, ProblemCode,
        appointments::{AppointmentStatus, BookAppointment},
    },
};
use jiff::civil::{Date, Time, date, datetime, time};
use rstest::rstest;

const TUESDAY: Date = date(2026, 11, 24);

fn fields(error: Error) -> Vec<String> {
    let problem = error.to_problem();
    assert_eq!(problem.code, ProblemCode::ValidationError);
    problem.fields.into_keys().collect()
}

#[rstest]
#[tokio::test]
async fn a_patient_books_a_free_time(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let visit = world.book(&world.maya, &world.rivera, datetime(2026, 11, 24, 9, 30, 0, 0)).await.unwrap();
    assert_eq!(visit.status, AppointmentStatus::Scheduled);
    assert_eq!(visit.starts.label, "Tue 24 November, 09:30");
    assert_eq!((visit.doctor_name.as_str(), visit.duration_minutes), ("Dr. Elena Rivera", 30));
    assert_eq!(visit.reason.as_deref(), Some("Palpitations after climbing stairs"));
    assert!(visit.reference.starts_with("APT-"));
    let slots = appointments::slots_on(&world.services, &Actor::anonymous(), visit.doctor, TUESDAY).await.unwrap();
    let slot = slots.slots.iter().find(|slot| slot.time == "09:30").unwrap();
    assert!(!slot.available, "the booked time is no longer offered");
}

#[rstest]
#[case::yesterday(date(2026, 11, 22), time(9, 0, 0, 0), "appointment_date")]
#[case::earlier_today(date(2026, 11, 23), time(7, 30, 0, 0), "appointment_time")]
#[case::within_the_notice(date(2026, 11, 23), time(8, 30, 0, 0), "appointment_time")]
#[case::before_hours(TUESDAY, time(8, 30, 0, 0), "appointment_time")]
#[case::at_three_in_the_night(TUESDAY, time(3, 7, 0, 0), "appointment_time")]
#[case::in_the_lunch_break(TUESDAY, time(12, 0, 0, 0), "appointment_time")]
#[case::at_the_end_of_hours(TUESDAY, time(17, 0, 0, 0), "appointment_time")]
#[case::off_the_grid(TUESDAY, time(9, 10, 0, 0), "appointment_time")]
#[case::with_seconds(TUESDAY, time(9, 30, 15, 0), "appointment_time")]
#[case::on_a_sunday(date(2026, 11, 29), time(9, 30, 0, 0), "appointment_time")]
#[case::beyond_the_horizon(date(2027, 6, 1), time(9, 30, 0, 0), "appointment_date")]
#[case::at_the_end_of_time(date(9999, 12, 31), time(9, 30, 0, 0), "appointment_date")]
#[case::at_the_beginning_of_time(date(-9999, 1, 1), time(9, 30, 0, 0), "appointment_date")]
#[tokio::test]
async fn a_time_that_cannot_be_booked_is_refused_beside_its_field(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] date: Date,
    #[case] time: Time,
    #[case] field: &str,
) {
    let world = TestWorld::new(engine).await;
    let refused = world.book(&world.maya, &world.rivera, date.to_datetime(time)).await.unwrap_err();
    assert_eq!(fields(refused), [field]);
}

#[rstest]
#[tokio::test]
async fn an_unknown_doctor_and_an_unknown_visit_type_are_refused_beside_their_fields(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let maya = world.actor(&world.maya).await;
    let command = booking(&world.rivera, TUESDAY, time(9, 30, 0, 0));
    let other_doctor = BookAppointment { doctor: DoctorId(987_654), ..command.clone() };
    let refused = appointments::book(&world.services, &maya, other_doctor, None).await.unwrap_err();
    assert_eq!(fields(refused), ["doctor"]);
    let other_kind = BookAppointment { visit_type: Some(domain::types::VisitTypeId(987_654)), ..command };
    let refused = appointments::book(&world.services, &maya, other_kind, None).await.unwrap_err();
    assert_eq!(fields(refused), ["visit_type"]);
}

#[rstest]
#[tokio::test]
async fn a_taken_time_is_a_conflict_that_offers_the_three_nearest(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let at = datetime(2026, 11, 24, 9, 30, 0, 0);
    world.book(&world.maya, &world.rivera, at).await.unwrap();
    let problem = world.book(&world.jonas, &world.rivera, at).await.unwrap_err().to_problem();
    assert_eq!(problem.code, ProblemCode::SlotTaken);
    let offered: Vec<_> = problem.nearest_slots.iter().map(|s| format!("{} {}", s.date, s.time)).collect();
    assert_eq!(offered, ["2026-11-24 09:00", "2026-11-24 10:00", "2026-11-24 10:30"]);
}

#[rstest]
#[tokio::test]
async fn a_patient_cannot_be_with_two_doctors_at_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let at = datetime(2026, 11, 24, 9, 30, 0, 0);
    world.book(&world.maya, &world.rivera, at).await.unwrap();
    let problem = world.book(&world.maya, &world.brandt, at).await.unwrap_err().to_problem();
    assert_eq!(problem.code, ProblemCode::PatientBusy);
    let offered: Vec<_> = problem.nearest_slots.iter().map(|slot| slot.time.as_str()).collect();
    assert_eq!(offered, ["09:00", "10:00", "10:30"], "not the time at which the patient is elsewhere");
    let problem = world.book(&world.maya, &world.rivera, at).await.unwrap_err().to_problem();
    assert_eq!(problem.code, ProblemCode::SlotTaken, "a taken slot is told before a busy patient");
}

#[rstest]
#[tokio::test]
async fn strangers_do_not_book(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let command = booking(&world.rivera, TUESDAY, time(9, 30, 0, 0));
    let refused = appointments::book(&world.services, &Actor::anonymous(), command, None).await;
    assert!(matches!(refused, Err(Error::Unauthenticated)));
}

#[rstest]
#[tokio::test]
async fn patients_book_for_themselves_alone(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let maya = world.actor(&world.maya).await;
    let command =
        BookAppointment { patient: world.jonas.patient, ..booking(&world.rivera, TUESDAY, time(9, 30, 0, 0)) };
    assert_eq!(fields(appointments::book(&world.services, &maya, command, None).await.unwrap_err()), ["patient"]);
}

#[rstest]
#[tokio::test]
async fn doctors_book_for_patients_in_their_care_and_administrators_for_anybody(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    world.book(&world.maya, &world.rivera, datetime(2026, 11, 24, 9, 30, 0, 0)).await.unwrap();
    let rivera = world.actor(&world.rivera).await;
    let admin = world.actor(&world.admin).await;
    let on_behalf = |patient: Option<PatientId>, hour: i8| BookAppointment {
        patient,
        ..booking(&world.rivera, TUESDAY, time(hour, 0, 0, 0))
    };
    let in_care = appointments::book(&world.services, &rivera, on_behalf(world.maya.patient, 10), None).await.unwrap();
    assert_eq!(Some(in_care.patient.id), world.maya.patient);
    for (actor, patient) in
        [(&rivera, world.jonas.patient), (&rivera, None), (&admin, None), (&admin, Some(PatientId(987_654)))]
    {
        let refused = appointments::book(&world.services, actor, on_behalf(patient, 11), None).await.unwrap_err();
        assert_eq!(fields(refused), ["patient"]);
    }
    let anybody = appointments::book(&world.services, &admin, on_behalf(world.jonas.patient, 11), None).await.unwrap();
    assert_eq!(anybody.reason, None, "administrators do not read why somebody comes");
}

#[rstest]
#[tokio::test]
async fn time_off_is_not_offered(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    use sea_orm::ConnectionTrait;
    let world = TestWorld::new(engine).await;
    let id = world.rivera.doctor.unwrap();
    let off = format!(
        "INSERT INTO time_off (doctor_id, starts_at, ends_at, why) \
         VALUES ({id}, '2026-11-24T09:15:00Z', '2026-11-24T10:15:00Z', 'Training')"
    );
    world.raw().execute_unprepared(&off).await.unwrap();
    let day = appointments::slots_on(&world.services, &Actor::anonymous(), id, TUESDAY).await.unwrap();
    let free: Vec<_> = day.slots.iter().filter(|s| s.available).take(2).map(|s| s.time.as_str()).collect();
    assert_eq!(free, ["10:30", "11:00"]);
    let refused = world.book(&world.maya, &world.rivera, datetime(2026, 11, 24, 10, 0, 0, 0)).await.unwrap_err();
    assert_eq!(refused.to_problem().code, ProblemCode::SlotTaken);
}

#[rstest]
#[tokio::test]
async fn the_next_free_time_moves_with_every_booking_and_cancellation(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let next = async || {
        let doctor = appointments::doctor(&world.services, &Actor::anonymous(), world.rivera.doctor.unwrap()).await;
        doctor.unwrap().row.next_free.map(|when| when.label)
    };
    assert_eq!(next().await, None, "not worked out yet");
    appointments::refresh_all_next_free(&world.services).await.unwrap();
    assert_eq!(next().await.as_deref(), Some("Mon 23 November, 09:00"));
    let visit = world.book(&world.maya, &world.rivera, datetime(2026, 11, 23, 9, 0, 0, 0)).await.unwrap();
    assert_eq!(next().await.as_deref(), Some("Mon 23 November, 09:30"));
    let admin = world.actor(&world.admin).await;
    appointments::cancel(&world.services, &admin, visit.id).await.unwrap();
    assert_eq!(next().await.as_deref(), Some("Mon 23 November, 09:00"));
    world.at("2026-11-23T09:10:00Z");
    appointments::refresh_next_free(&world.services).await.unwrap();
    assert_eq!(next().await.as_deref(), Some("Mon 23 November, 10:30"), "an hour's notice from 09:10");
}
