//! What stands in the lines, in which order, and who may read them.

use domain::{
    access::Actor,
    records::{self, Which},
    testing::{Engine, TestWorld},
    types::{
        AuditEventId, ProblemCode, RecordId,
        records::{Looker, LooksQuery, RecordFilter},
    },
};
use entity::emergency_access;
use jiff::{SignedDuration, civil::datetime};
use rstest::rstest;
use sea_orm::{ActiveModelTrait, Set};

use super::{ALL, OTHERS, Read, at, events, looks, newest, note, note_of, said};

#[rstest]
#[tokio::test]
async fn a_patient_reads_what_others_did_and_on_request_what_they_did_themselves(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let record = RecordId(world.write_record(&world.maya, &world.rivera, "Hypertension").await);
    world.book(&world.maya, &world.rivera, datetime(2026, 11, 25, 9, 30, 0, 0)).await.unwrap();
    let rivera = world.actor(&world.rivera).await;
    let _ = records::detail(&world.services, &rivera, &Which::Id(record)).await.unwrap();
    note_of(&world, None, "system: test", "records.erase", "[]", &[&world.maya]).await;
    note(&world, &world.admin, "appointments.step", &[&world.maya]).await;

    let others = looks(&world, &world.maya, OTHERS).await;
    assert_eq!(
        said(&others.looks),
        [
            ("The front desk (Ada Nolan)", "updated the status of your appointment", 1),
            ("SecureMed (automatic)", "erased the content of your record", 1),
            ("Dr. Elena Rivera, Cardiology", "read an entry in your record", 1),
        ]
    );
    let read = &others.looks[2];
    assert_eq!((read.role, read.may_ask, read.is_emergency), (Looker::Doctor, true, false));
    assert_eq!((read.day_label.as_str(), read.time_label().as_str()), ("Today, Monday 23 November", "08:00"));
    assert_eq!(read.entry.as_ref().unwrap().label, "Consultation of 20 November 2026");
    assert_eq!((others.newer, others.older), (None, None));

    let all = looks(&world, &world.maya, ALL).await;
    let own: Vec<_> = all.looks.iter().filter(|look| look.role == Looker::You).collect();
    assert_eq!(
        own.iter().map(|look| (look.who.as_str(), look.what.as_str(), look.may_ask)).collect::<Vec<_>>(),
        [("You", "viewed the access log of your record", false), ("You", "booked your appointment", false)]
    );
    assert_eq!(all.looks.len(), 5);
}

#[rstest]
#[tokio::test]
async fn reading_the_lines_is_one_event_that_is_not_among_those_of_others(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let maya = world.actor(&world.maya).await;
    let before = events(&world).await;
    for read in 1..=2 {
        let page = records::looks(&world.services, &maya, OTHERS).await.unwrap().into_inner();
        assert!(page.rows.is_empty(), "{:?}", page.rows);
        assert_eq!(events(&world).await, before + read);
    }
    assert_eq!(newest(&world).await, ("looks.list".into(), "allowed".into(), None));
}

#[rstest]
#[tokio::test]
async fn an_event_about_several_patients_stands_in_its_place_with_each_of_them(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    for (patient, hour) in [(&world.maya, 9), (&world.jonas, 10)] {
        world.write_record(patient, &world.rivera, "Hypertension").await;
        world.book(patient, &world.rivera, datetime(2026, 11, 25, hour, 0, 0, 0)).await.unwrap();
    }
    let rivera = world.actor(&world.rivera).await;
    note(&world, &world.rivera, "records.chart", &[&world.maya]).await;
    let _ = records::list(&world.services, &rivera, RecordFilter::default()).await.unwrap();
    note(&world, &world.rivera, "vitals.list", &[&world.maya]).await;
    let doctor = "Dr. Elena Rivera, Cardiology";
    let (chart, list, vitals) =
        ("opened your chart", "saw a list of entries in your record", "viewed your vital signs");
    let maya = looks(&world, &world.maya, OTHERS).await;
    assert_eq!(said(&maya.looks), [(doctor, vitals, 1), (doctor, list, 1), (doctor, chart, 1)]);
    let jonas = looks(&world, &world.jonas, OTHERS).await;
    assert_eq!(said(&jonas.looks), [(doctor, list, 1)]);
    assert_eq!(jonas.looks[0].event, maya.looks[1].event, "one event, in both lists");
}

#[rstest]
#[tokio::test]
async fn the_same_look_repeated_is_one_line_a_day(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    note(&world, &world.rivera, "records.chart", &[&world.maya]).await;
    world.at("2026-11-24T09:10:00Z");
    for _ in 0..3 {
        note(&world, &world.rivera, "records.chart", &[&world.maya]).await;
        world.wait(SignedDuration::from_mins(10));
    }
    note(&world, &world.brandt, "records.chart", &[&world.maya]).await;
    let shown = looks(&world, &world.maya, OTHERS).await.looks;
    let chart = "opened your chart";
    let rivera = "Dr. Elena Rivera, Cardiology";
    assert_eq!(said(&shown), [("Dr. Tomas Brandt, Dermatology", chart, 1), (rivera, chart, 3), (rivera, chart, 1)]);
    assert_eq!(shown[1].time_label(), "09:10 to 09:30");
    assert_eq!(shown[2].day_label, "Monday 23 November");
}

#[rstest]
#[tokio::test]
async fn what_one_person_did_on_one_day_is_one_row(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    for day in ["2026-11-24T09:10:00Z", "2026-11-25T09:10:00Z"] {
        world.at(day);
        for act in ["records.chart", "vitals.list", "records.chart"] {
            for doctor in [&world.rivera, &world.brandt] {
                note(&world, doctor, act, &[&world.maya]).await;
                world.wait(SignedDuration::from_mins(1));
            }
        }
    }
    let read = looks(&world, &world.maya, OTHERS).await;
    let told: Vec<_> = read
        .rows
        .iter()
        .map(|row| (row.looks[0].who.as_str(), row.looks[0].day_label.as_str(), row.count_label(), row.time_label()))
        .map(|(who, day, count, time)| (who.split(',').next().unwrap(), day.to_owned(), count, time))
        .collect();
    let row = |who, day: &str, time: &str| (who, day.to_owned(), "3 accesses".to_owned(), time.to_owned());
    let (rivera, brandt) = ("Dr. Elena Rivera", "Dr. Tomas Brandt");
    let (tuesday, today) = ("Tuesday 24 November", "Today, Wednesday 25 November");
    assert_eq!(
        told,
        [
            row(brandt, today, "09:11 to 09:15"),
            row(rivera, today, "09:10 to 09:14"),
            row(brandt, tuesday, "09:11 to 09:15"),
            row(rivera, tuesday, "09:10 to 09:14"),
        ]
    );
    assert!(read.looks.iter().all(|look| look.may_ask), "each of them can be asked about");
}

#[rstest]
#[tokio::test]
async fn an_entry_is_named_only_when_it_is_a_signed_one_of_this_patient(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let foreign = world.write_record(&world.jonas, &world.rivera, "Eczema").await;
    let (lab, reference) = world.write_lab_report(&world.maya, &world.rivera, "Ferritin", "11", "µg/L").await;
    for id in [foreign, 999_999, lab] {
        let ids = format!("[{id}]");
        note_of(&world, Some(&world.rivera), "doctor", "records.download", &ids, &[&world.maya]).await;
    }
    let shown = looks(&world, &world.maya, OTHERS).await.looks;
    let named: Vec<_> = shown.iter().map(|look| (look.times, look.entry.as_ref().map(|e| &e.reference))).collect();
    assert_eq!(named, [(1, Some(&reference)), (2, None)]);
    assert!(shown[0].entry.as_ref().unwrap().label.starts_with("Lab report of "));
}

#[rstest]
#[tokio::test]
async fn walking_to_the_end_and_back_shows_every_look_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    // Days of few and of many, some of them about another patient too.
    for number in 0..100 {
        if number % 8 == 0 {
            world.wait(SignedDuration::from_hours(24));
        }
        let both = [&world.maya, &world.jonas];
        let about: &[_] = if number % 5 == 0 { &both } else { &both[..1] };
        for _ in 0..if number == 20 { 230 } else { 1 + number % 2 } {
            note(&world, &world.rivera, if number % 2 == 0 { "records.chart" } else { "vitals.list" }, about).await;
        }
    }
    let walk = async |from: fn(&Read) -> Option<AuditEventId>, back: bool, start| {
        let (mut pages, mut query): (Vec<_>, LooksQuery) = (Vec::new(), start);
        loop {
            let page = looks(&world, &world.maya, query).await;
            let next = from(&page);
            pages.push(page.looks);
            let Some(place) = next else { return pages };
            query = if back {
                LooksQuery { newer_than: Some(place), ..OTHERS }
            } else {
                LooksQuery { older_than: Some(place), ..OTHERS }
            };
        }
    };
    let down = walk(|page| page.older, false, OTHERS).await;
    assert!(down.len() > 1, "{}", down.len());
    let count = |pages: &[Vec<domain::types::records::LookView>]| -> u32 {
        pages.iter().flatten().map(|look| look.times).sum()
    };
    assert_eq!(count(&down), 149 + 230);
    let order: Vec<_> = down.iter().flatten().map(|look| look.event.0).collect();
    assert!(order.is_sorted_by(|one, next| one > next), "{order:?}");

    let last = down.last().unwrap().first().unwrap().event;
    let up = walk(|page| page.newer, true, LooksQuery { newer_than: Some(last), ..OTHERS }).await;
    let last_page: u32 = down.last().unwrap().iter().map(|look| look.times).sum();
    assert_eq!(count(&up), count(&down) - last_page, "all but the last page");
}

#[rstest]
#[tokio::test]
async fn what_was_read_because_of_an_emergency_stands_out_and_nothing_else_does(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    note(&world, &world.brandt, "records.chart", &[&world.maya]).await;
    world.wait(SignedDuration::from_mins(1));
    let granted = world.services.now();
    let access = emergency_access::ActiveModel {
        reference: Set("EMG-00000001".into()),
        user_id: Set(world.brandt.user.0),
        patient_id: Set(world.maya.patient.unwrap().0),
        reason: Set(vec![0]),
        granted_at: Set(at(granted)),
        expires_at: Set(at(granted + SignedDuration::from_hours(1))),
        ..Default::default()
    };
    access.insert(world.raw()).await.unwrap();
    note(&world, &world.brandt, "emergency.open", &[&world.maya]).await;
    note(&world, &world.brandt, "records.chart", &[&world.maya]).await;
    note(&world, &world.rivera, "records.chart", &[&world.maya]).await;
    note(&world, &world.brandt, "records.chart", &[&world.jonas]).await;
    world.wait(SignedDuration::from_hours(1));
    note(&world, &world.brandt, "records.chart", &[&world.maya]).await;
    let marks = |looks: &[domain::types::records::LookView]| {
        looks.iter().map(|look| (look.role, look.what.clone(), look.is_emergency)).collect::<Vec<_>>()
    };
    let chart = || "opened your chart".to_owned();
    assert_eq!(
        marks(&looks(&world, &world.maya, OTHERS).await.looks),
        [
            (Looker::Doctor, chart(), false),
            (Looker::Doctor, chart(), true),
            (Looker::Doctor, "opened your record in an emergency".to_owned(), true),
            (Looker::Doctor, chart(), false),
            (Looker::Doctor, chart(), false),
        ],
        "before, after it is over, and by another doctor it is a look as any other"
    );
    assert_eq!(marks(&looks(&world, &world.jonas, OTHERS).await.looks), [(Looker::Doctor, chart(), false)]);
}

#[rstest]
#[tokio::test]
async fn these_lines_are_for_patients_alone_and_who_was_refused_is_noted(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let event = note(&world, &world.rivera, "records.chart", &[&world.maya]).await;
    for staff in [&world.rivera, &world.admin] {
        let actor = world.actor(staff).await;
        let before = events(&world).await;
        let refused = records::looks(&world.services, &actor, OTHERS).await.unwrap_err();
        assert_eq!(refused.to_problem().code, ProblemCode::Forbidden);
        assert_eq!(newest(&world).await, ("looks.list".into(), "denied".into(), None));
        let refused = records::look(&world.services, &actor, event).await.unwrap_err();
        assert_eq!(refused.to_problem().code, ProblemCode::Forbidden);
        assert_eq!(events(&world).await, before + 2);
    }
    let nobody = records::looks(&world.services, &Actor::anonymous(), OTHERS).await.unwrap_err();
    assert_eq!(nobody.to_problem().code, ProblemCode::Unauthenticated);
}
