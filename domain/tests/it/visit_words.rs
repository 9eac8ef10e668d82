//! Why somebody comes, and the notes of a visit, are sealed under the key of the patient.

use domain::{
    Error,
    access::Actor,
    appointments, records,
    testing::{Engine, TestPerson, TestWorld, booking},
    types::{
        ProblemCode,
        appointments::{
            AppointmentFilter, AppointmentView, BookAppointment, DayEntry, MoveAppointment, Reason, VisitQuery,
        },
    },
};
use jiff::civil::{Date, DateTime, date, datetime, time};
use rstest::rstest;
use sea_orm::{ConnectionTrait, EntityTrait};

const TUESDAY: Date = date(2026, 11, 24);
const TEN: DateTime = datetime(2026, 11, 24, 10, 0, 0, 0);
const PALPITATIONS: &str = "Palpitations after climbing stairs";

/// What is said about a visit: the reason and the notes.
type Said = (Option<String>, Option<String>);

fn said(visit: AppointmentView) -> Said {
    (visit.reason, visit.notes)
}

/// The same visit by every way that shows what is said about it.
async fn read_everywhere(world: &TestWorld, who: &TestPerson, visit: &AppointmentView) -> Vec<Result<Said, Error>> {
    let (services, actor) = (&world.services, &world.actor(who).await);
    let list = appointments::list(services, actor, AppointmentFilter::default()).await;
    let visits = appointments::visit_list(services, actor, VisitQuery::default()).await;
    let load = appointments::load(services, actor, visit.id).await;
    let detail = appointments::detail(services, actor, &visit.reference).await;
    let is_it = |other: &AppointmentView| other.id == visit.id;
    let mut all = vec![
        list.map(|page| said(page.into_inner().results.into_iter().find(is_it).unwrap())),
        visits.map(|list| said(list.into_inner().visits.results.into_iter().find(is_it).unwrap())),
        load.map(|view| said(view.into_inner())),
        detail.map(|detail| said(detail.into_inner().visit)),
    ];
    if who.patient.is_some() {
        let page = appointments::dashboard(services, actor).await;
        all.push(page.map(|page| said(page.into_inner().next_visit.unwrap())));
    }
    if who.doctor.is_some() {
        let entry = |entry| match entry {
            DayEntry::Visit { visit, .. } if is_it(&visit) => Some(said(*visit)),
            _ => None,
        };
        let day = records::day(services, actor, Some(TUESDAY)).await;
        all.push(day.map(|day| day.into_inner().entries.into_iter().find_map(entry).unwrap()));
    }
    all
}

async fn assert_all_say(world: &TestWorld, who: &TestPerson, visit: &AppointmentView, wanted: &Said) {
    for (place, said) in read_everywhere(world, who, visit).await.into_iter().enumerate() {
        assert_eq!(&said.unwrap(), wanted, "{} at {place}", who.username);
    }
}

#[rstest]
#[tokio::test]
async fn the_people_of_a_visit_read_what_is_said_about_it_and_administrators_do_not(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let visit = world.book(&world.maya, &world.rivera, TEN).await.unwrap();
    world.note_at(&visit, "Bring the list of your medicines.").await;
    let both = (Some(PALPITATIONS.to_owned()), Some("Bring the list of your medicines.".to_owned()));
    assert_all_say(&world, &world.maya, &visit, &both).await;
    assert_all_say(&world, &world.rivera, &visit, &both).await;
    assert_all_say(&world, &world.admin, &visit, &(None, None)).await;
}

#[rstest]
#[tokio::test]
async fn a_reason_is_in_no_file_of_the_database_and_in_no_dump(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let maya = world.actor(&world.maya).await;
    let canaries: Vec<String> = (0..10).map(|number| format!("canary{number:02}quetzalcoatl")).collect();
    for (canary, hour) in canaries.iter().zip([9, 10, 11, 13, 14, 15, 16].into_iter().cycle()) {
        let command = BookAppointment {
            reason: Reason::parse(canary).unwrap(),
            ..booking(&world.rivera, TUESDAY, time(hour, 0, 0, 0))
        };
        let visit = appointments::book(&world.services, &maya, command, None).await.unwrap();
        world.note_at(&visit, &format!("noted {canary}")).await;
        let to = MoveAppointment { appointment: visit.id, date: TUESDAY, time: time(hour, 30, 0, 0) };
        appointments::reschedule(&world.services, &maya, to).await.unwrap();
        let gone = appointments::cancel(&world.services, &maya, visit.id).await.unwrap();
        assert_eq!(said(gone), (Some(canary.clone()), Some(format!("noted {canary}"))), "its patient reads them");
    }
    let stored = world.everything_stored().await;
    assert!(stored.windows(4).any(|bytes| bytes == b"APT-"), "nothing was looked through");
    for canary in &canaries {
        assert!(!stored.windows(canary.len()).any(|bytes| bytes == canary.as_bytes()), "{canary}");
    }
}

#[rstest]
#[tokio::test]
async fn words_that_were_flipped_cut_or_swapped_fail_closed_and_leave_no_event(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let visit = world.book(&world.maya, &world.rivera, TEN).await.unwrap();
    let other = world.book(&world.maya, &world.rivera, datetime(2026, 11, 24, 11, 0, 0, 0)).await.unwrap();
    let foreign = world.book(&world.jonas, &world.rivera, datetime(2026, 11, 24, 9, 0, 0, 0)).await.unwrap();
    for (visit, notes) in [(&visit, "one"), (&other, "two"), (&foreign, "three")] {
        world.note_at(visit, notes).await;
    }
    let row = entity::appointment::Entity::find_by_id(visit.id.0).one(world.raw()).await.unwrap().unwrap();
    let hex = |bytes: &[u8]| {
        let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        if engine == Engine::Sqlite { format!("x'{digits}'") } else { format!("'\\x{digits}'") }
    };
    let looks = async || {
        let events = entity::audit_event::Entity::find().all(world.raw()).await.unwrap();
        events.iter().filter(|event| event.object_kind == "appointment").count()
    };
    let before = looks().await;
    let notes = row.sealed_notes.unwrap();
    for (column, stored, neighbour) in
        [("sealed_reason", &row.sealed_reason, "sealed_notes"), ("sealed_notes", &notes, "sealed_reason")]
    {
        let put = |value: String| format!("UPDATE appointment SET {column} = {value} WHERE id = {}", visit.id);
        let mut spoilt: Vec<String> = [0, 23, 24, stored.len() - 1]
            .into_iter()
            .map(|at| {
                let mut flipped = stored.clone();
                flipped[at] ^= 1;
                put(hex(&flipped))
            })
            .collect();
        spoilt.push(put(hex(&stored[..20])));
        spoilt.push(put(neighbour.to_owned()));
        spoilt.extend(
            [other.id, foreign.id].map(|id| put(format!("(SELECT {column} FROM appointment WHERE id = {id})"))),
        );
        for sql in spoilt {
            world.raw().execute_unprepared(&sql).await.unwrap();
            for who in [&world.maya, &world.rivera] {
                for (place, outcome) in read_everywhere(&world, who, &visit).await.into_iter().enumerate() {
                    let told = outcome.unwrap_err().to_problem().code;
                    assert_eq!(told, ProblemCode::Internal, "{} at {place}: {sql}", who.username);
                }
            }
            let admin = read_everywhere(&world, &world.admin, &visit).await;
            assert!(admin.into_iter().all(|said| said.unwrap() == (None, None)), "who reads nothing is not stopped");
            world.raw().execute_unprepared(&put(hex(stored))).await.unwrap();
        }
    }
    // Four lists and pages of the administrator, for each of the sixteen things that were spoilt.
    assert_eq!(looks().await, before + 4 * 16, "nothing was shown to anybody else");
    assert_all_say(&world, &world.maya, &visit, &(Some(PALPITATIONS.into()), Some("one".into()))).await;
}

#[rstest]
#[tokio::test]
async fn a_visit_of_an_erased_patient_stays_and_says_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let visit = world.book(&world.maya, &world.rivera, TEN).await.unwrap();
    world.note_at(&visit, "Comes with a family member.").await;
    let other = world.book(&world.jonas, &world.rivera, datetime(2026, 11, 24, 11, 0, 0, 0)).await.unwrap();
    records::erase(&world.services, &Actor::system("test"), &visit.patient.reference).await.unwrap();
    for who in [&world.maya, &world.rivera, &world.admin] {
        assert_all_say(&world, who, &visit, &(None, None)).await;
    }
    assert_all_say(&world, &world.rivera, &other, &(Some(PALPITATIONS.into()), None)).await;
    let maya = world.actor(&world.maya).await;
    let cancelled = appointments::cancel(&world.services, &maya, visit.id).await.unwrap();
    assert_eq!(said(cancelled), (None, None), "it can still be called off");
    let again = world.book(&world.maya, &world.rivera, TEN).await.unwrap_err().to_problem();
    assert!(again.for_field("patient").is_some(), "nothing more is said about them: {again:?}");
}
