//! Every look at a visit, and every change of one, is in the audit trail once.

use domain::{
    Error,
    access::Actor,
    appointments,
    idempotency::IdempotencyKey,
    records,
    testing::{Engine, TestPerson, TestWorld, booking},
    types::{
        AppointmentId, PatientId, Problem,
        appointments::{
            AppointmentFilter, AppointmentView, BookAppointment, MoveAppointment, StepVisit, VisitAction, VisitQuery,
        },
    },
};
use jiff::civil::{Date, DateTime, date, datetime, time};
use rstest::rstest;
use sea_orm::{EntityTrait, QueryOrder};

const TUESDAY: Date = date(2026, 11, 24);
const TEN: DateTime = datetime(2026, 11, 24, 10, 0, 0, 0);

/// An event of the trail: action, outcome, objects, whose they are, and why it was denied.
#[derive(Clone, Debug, PartialEq)]
struct Seen {
    action: String,
    outcome: String,
    ids: String,
    patients: Vec<i64>,
    reason: Option<String>,
}

impl Seen {
    fn allowed(action: &str, visits: &[AppointmentId], patients: &[&TestPerson]) -> Self {
        let ids: Vec<i64> = visits.iter().map(|id| id.0).collect();
        Self {
            action: action.into(),
            outcome: "allowed".into(),
            ids: serde_json::to_string(&ids).unwrap(),
            patients: patients.iter().map(|person| person.patient.unwrap().0).collect(),
            reason: None,
        }
    }

    fn denied(action: &str, asked: &str) -> Self {
        Self {
            action: action.into(),
            outcome: "denied".into(),
            ids: "[]".into(),
            patients: Vec::new(),
            reason: Some(asked).filter(|asked| !asked.is_empty()).map(|asked| format!("asked for {asked}")),
        }
    }
}

/// All events that are about visits. Whatever else was written meanwhile stops the test.
async fn trail(world: &TestWorld) -> Vec<Seen> {
    use entity::{audit_event, audit_event_patient};
    let named = audit_event_patient::Entity::find().all(world.raw()).await.unwrap();
    let events = audit_event::Entity::find().order_by_asc(audit_event::Column::Id).all(world.raw()).await.unwrap();
    let ours = events.into_iter().filter(|event| event.object_kind != "signing_key");
    ours.map(|event| {
        assert_eq!(event.object_kind, "appointment", "{event:?}");
        let of_event = named.iter().filter(|row| row.event_id == event.id).map(|row| row.patient_id);
        Seen {
            patients: event.patient_id.into_iter().chain(of_event).collect(),
            action: event.action,
            outcome: event.outcome,
            ids: event.object_ids,
            reason: event.reason,
        }
    })
    .collect()
}

/// Everything that reads visits, with its name in the trail.
const READINGS: [(&str, &str); 9] = [
    ("list", "appointments.list"),
    ("visit_list", "appointments.list"),
    ("dashboard", "appointments.dashboard"),
    ("day", "appointments.day"),
    ("load", "appointments.read"),
    ("detail", "appointments.read"),
    ("calendar_file", "appointments.calendar_file"),
    ("slots_to_move", "appointments.slots"),
    ("choose_move", "appointments.choose"),
];

/// Those that ask for one visit.
fn of_one_visit() -> impl Iterator<Item = (&'static str, &'static str)> {
    READINGS.into_iter().filter(|(name, _)| !["list", "visit_list", "dashboard", "day"].contains(name))
}

async fn read(world: &TestWorld, actor: &Actor, name: &str, (id, visit): (AppointmentId, &str)) -> Result<(), Error> {
    let services = &world.services;
    match name {
        "list" => appointments::list(services, actor, AppointmentFilter::default()).await.map(drop),
        "visit_list" => appointments::visit_list(services, actor, VisitQuery::default()).await.map(drop),
        "dashboard" => appointments::dashboard(services, actor).await.map(drop),
        "day" => records::day(services, actor, Some(TUESDAY)).await.map(drop),
        "load" => appointments::load(services, actor, id).await.map(drop),
        "detail" => appointments::detail(services, actor, visit).await.map(drop),
        "calendar_file" => appointments::calendar_file(services, actor, visit).await.map(drop),
        "slots_to_move" => appointments::slots_to_move(services, actor, visit, None).await.map(drop),
        "choose_move" => appointments::choose_move(services, actor, visit, ("2026-11-25", "09:00")).await.map(drop),
        other => panic!("no reading is called {other}"),
    }
}

/// Everything that changes a visit, with its name in the trail.
const CHANGES: [(&str, &str); 3] =
    [("confirm", "appointments.step"), ("reschedule", "appointments.move"), ("cancel", "appointments.cancel")];

async fn change(world: &TestWorld, actor: &Actor, name: &str, visit: AppointmentId) -> Result<AppointmentView, Error> {
    let services = &world.services;
    match name {
        "confirm" => {
            let command = StepVisit { appointment: visit, action: VisitAction::Confirm, seen: None };
            appointments::step(services, actor, command).await
        }
        "reschedule" => {
            let command = MoveAppointment { appointment: visit, date: TUESDAY, time: time(14, 0, 0, 0) };
            appointments::reschedule(services, actor, command).await.map(|done| done.visit)
        }
        "cancel" => appointments::cancel(services, actor, visit).await,
        other => panic!("no change is called {other}"),
    }
}

#[rstest]
#[tokio::test]
async fn every_reading_is_one_event_that_names_the_visits_and_their_patients(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let mayas = world.book(&world.maya, &world.rivera, TEN).await.unwrap();
    let one = (mayas.id, mayas.reference.as_str());
    let mut known = trail(&world).await.len();
    for reader in [&world.maya, &world.rivera, &world.admin] {
        let actor = world.actor(reader).await;
        for (name, action) in READINGS {
            let is_theirs = match name {
                "dashboard" => reader.patient.is_some(),
                "day" => reader.doctor.is_some(),
                _ => true,
            };
            assert_eq!(read(&world, &actor, name, one).await.is_ok(), is_theirs, "{name}");
            let events = trail(&world).await;
            let expected =
                if is_theirs { Seen::allowed(action, &[mayas.id], &[&world.maya]) } else { Seen::denied(action, "") };
            assert_eq!(events[known..], [expected], "{name} by {}", reader.username);
            known += 1;
        }
    }
}

#[rstest]
#[tokio::test]
async fn a_list_of_several_patients_names_each_of_them(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let mayas = world.book(&world.maya, &world.rivera, TEN).await.unwrap();
    let jonas = world.book(&world.jonas, &world.rivera, datetime(2026, 11, 24, 11, 0, 0, 0)).await.unwrap();
    let rivera = world.actor(&world.rivera).await;
    for (name, ids) in
        [("list", [jonas.id, mayas.id]), ("visit_list", [mayas.id, jonas.id]), ("day", [mayas.id, jonas.id])]
    {
        read(&world, &rivera, name, (mayas.id, &mayas.reference)).await.unwrap();
        let event = trail(&world).await.pop().unwrap();
        assert_eq!(event, Seen::allowed(&event.action, &ids, &[&world.maya, &world.jonas]), "{name}");
    }
}

#[rstest]
#[tokio::test]
async fn a_foreign_visit_and_an_unknown_one_leave_the_same_denial(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let visit = world.book(&world.maya, &world.rivera, TEN).await.unwrap();
    let unknown = (AppointmentId(987_654), "APT-00000000");
    let mut known = trail(&world).await.len();
    for stranger in [&world.jonas, &world.brandt] {
        let actor = world.actor(stranger).await;
        let mut told: Vec<Problem> = Vec::new();
        for (id, reference) in [(visit.id, visit.reference.as_str()), unknown] {
            for (name, action) in of_one_visit() {
                told.push(read(&world, &actor, name, (id, reference)).await.unwrap_err().to_problem());
                let asked = if name == "load" { id.to_string() } else { reference.to_owned() };
                assert_eq!(trail(&world).await[known..], [Seen::denied(action, &asked)], "{name}");
                known += 1;
            }
            for (name, action) in CHANGES {
                told.push(change(&world, &actor, name, id).await.unwrap_err().to_problem());
                assert_eq!(trail(&world).await[known..], [Seen::denied(action, &id.to_string())], "{name}");
                known += 1;
            }
        }
        assert!(told.iter().all(|problem| *problem == told[0]), "{told:?}");
    }
    assert_eq!(world.stored_visit(visit.id).await.0, "scheduled");
}

#[rstest]
#[tokio::test]
async fn every_change_is_one_event_and_what_the_rules_refuse_is_none(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let maya = world.actor(&world.maya).await;
    let rivera = world.actor(&world.rivera).await;
    let key = || IdempotencyKey::parse("k1", "appointments/book", b"body").unwrap();
    let ten = || booking(&world.rivera, TUESDAY, TEN.time());
    let visit = appointments::book(&world.services, &maya, ten(), Some(key())).await.unwrap();
    let again = appointments::book(&world.services, &maya, ten(), Some(key())).await.unwrap();
    assert_eq!(again, visit, "a repeat is answered like the booking");
    let jonas = world.actor(&world.jonas).await;
    assert!(appointments::book(&world.services, &jonas, ten(), None).await.is_err(), "the time is taken");
    for (name, _) in CHANGES {
        change(&world, &rivera, name, visit.id).await.unwrap();
        assert!(name == "reschedule" || change(&world, &rivera, name, visit.id).await.is_err(), "{name} twice");
    }
    let event = |action| Seen::allowed(action, &[visit.id], &[&world.maya]);
    let expected =
        ["appointments.book", "appointments.read", "appointments.step", "appointments.move", "appointments.cancel"];
    assert_eq!(trail(&world).await, expected.map(event));
}

#[rstest]
#[tokio::test]
async fn what_a_role_may_not_do_is_one_denial(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let visit = world.book(&world.maya, &world.rivera, TEN).await.unwrap();
    let mut known = trail(&world).await.len();
    let maya = world.actor(&world.maya).await;
    assert!(matches!(change(&world, &maya, "confirm", visit.id).await, Err(Error::Forbidden)));
    assert_eq!(trail(&world).await[known..], [Seen::denied("appointments.step", &visit.id.to_string())]);
    known += 1;
    let jonas = world.jonas.patient.unwrap();
    let mut told = Vec::new();
    for (booker, patient) in [
        (&world.maya, jonas),
        (&world.rivera, jonas),
        (&world.rivera, PatientId(987_654)),
        (&world.admin, PatientId(987_654)),
    ] {
        let actor = world.actor(booker).await;
        let command = BookAppointment { patient: Some(patient), ..booking(&world.rivera, TUESDAY, time(11, 0, 0, 0)) };
        told.push(appointments::book(&world.services, &actor, command, None).await.unwrap_err().to_problem());
        let denied = Seen::denied("appointments.book", &patient.to_string());
        assert_eq!(trail(&world).await[known..], [denied], "{} for {patient}", booker.username);
        known += 1;
    }
    assert!(told.iter().all(|problem| *problem == told[0]), "{told:?}");
}

#[rstest]
#[tokio::test]
async fn a_chosen_time_is_a_reading_when_it_shows_a_visit_and_otherwise_none(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let visit = world.book(&world.maya, &world.rivera, TEN).await.unwrap();
    let other = world.book(&world.maya, &world.brandt, datetime(2026, 11, 25, 9, 0, 0, 0)).await.unwrap();
    let known = trail(&world).await.len();
    let maya = world.actor(&world.maya).await;
    let choose = async |actor: &Actor, time: &str| {
        let doctor = world.rivera.doctor.unwrap();
        appointments::choose(&world.services, actor, doctor, ("2026-11-24", time)).await.unwrap()
    };
    for stranger in [Actor::anonymous(), world.actor(&world.jonas).await, world.actor(&world.rivera).await] {
        assert_eq!(choose(&stranger, "10:00").await.own, None);
    }
    assert_eq!(choose(&maya, "11:00").await.own, None);
    assert_eq!(trail(&world).await.len(), known, "nobody saw a visit");
    assert_eq!(choose(&maya, "10:00").await.own.unwrap().reference, visit.reference);
    let seen = |ids: &[AppointmentId]| Seen::allowed("appointments.choose", ids, &[&world.maya]);
    assert_eq!(trail(&world).await[known..], [seen(&[visit.id])]);
    let wanted = ("2026-11-25", "09:00");
    let moved = appointments::choose_move(&world.services, &maya, &visit.reference, wanted).await.unwrap();
    assert_eq!(moved.into_inner().own.unwrap().reference, other.reference);
    assert_eq!(trail(&world).await[known + 1..], [seen(&[visit.id, other.id])]);
}

#[rstest]
#[tokio::test]
async fn strangers_leave_no_event(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let visit = world.book(&world.maya, &world.rivera, TEN).await.unwrap();
    let known = trail(&world).await.len();
    for (name, _) in READINGS {
        let refused = read(&world, &Actor::anonymous(), name, (visit.id, &visit.reference)).await;
        assert!(matches!(refused, Err(Error::Unauthenticated)), "{name}");
    }
    for (name, _) in CHANGES {
        let refused = change(&world, &Actor::anonymous(), name, visit.id).await;
        assert!(matches!(refused, Err(Error::Unauthenticated)), "{name}");
    }
    assert_eq!(trail(&world).await.len(), known);
}
