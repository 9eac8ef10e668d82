//! A time that an address names, before anything is booked.

use domain::{
    Error,
    access::Actor,
    appointments,
    testing::{Engine, TestWorld},
    types::{DoctorId, ProblemCode, appointments::SlotChoice},
};
use jiff::civil::datetime;
use rstest::rstest;

async fn choose(world: &TestWorld, actor: &Actor, date: &str, time: &str) -> SlotChoice {
    appointments::choose(&world.services, actor, world.rivera.doctor.unwrap(), (date, time)).await.unwrap()
}

#[rstest]
#[tokio::test]
async fn a_free_time_is_shown_in_words(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let shown = async |date: &str, time: &str| {
        let choice = choose(&world, &Actor::anonymous(), date, time).await;
        assert_eq!(choice.refusal, None);
        (choice.when.unwrap().spoken(), choice.may_change_online)
    };
    assert_eq!(shown("2026-11-23", "09:30").await, ("Today, Mon 23 November, 09:30".to_owned(), false));
    assert_eq!(shown("2026-11-24", "09:00").await, ("Tomorrow, Tue 24 November, 09:00".to_owned(), true));
    assert_eq!(shown("2026-12-24", "09:00:00").await, ("Thu 24 December, 09:00".to_owned(), true));
}

#[rstest]
#[case::no_date("garbage", "09:30", None, "That date or time does not exist.", "2026-11-23")]
#[case::no_time("2026-11-24", "late", None, "That date or time does not exist.", "2026-11-24")]
#[case::no_day_of_the_calendar("2026-02-30", "09:30", None, "That date or time does not exist.", "2026-11-23")]
#[case::nothing("", "", None, "That date or time does not exist.", "2026-11-23")]
#[case::last_week("2026-11-16", "09:30", Some("Mon 16 November, 09:30"), "That time has passed.", "2026-11-23")]
#[case::this_morning("2026-11-23", "07:30", Some("Mon 23 November, 07:30"), "That time has passed.", "2026-11-23")]
#[case::next_summer(
    "2027-07-01",
    "09:30",
    Some("Thu 1 July 2027, 09:30"),
    "You can book up to 180 days ahead, until Saturday 22 May 2027.",
    "2027-05-09"
)]
#[case::a_sunday("2026-11-29", "09:30", Some("Sun 29 November, 09:30"), "The doctor does not work", "2026-11-29")]
#[case::off_the_grid("2026-11-24", "09:10", Some("Tue 24 November, 09:10"), "Appointments start every", "2026-11-24")]
#[case::at_once("2026-11-23", "08:30", Some("Mon 23 November, 08:30"), "The doctor does not work", "2026-11-23")]
#[tokio::test]
async fn a_time_that_cannot_be_booked_comes_with_the_reason_and_the_times_around_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] date: &str,
    #[case] time: &str,
    #[case] words: Option<&str>,
    #[case] sentence: &str,
    #[case] first_day: &str,
) {
    let world = TestWorld::new(engine).await;
    let choice = choose(&world, &Actor::anonymous(), date, time).await;
    assert_eq!(choice.when.map(|when| when.label).as_deref(), words);
    let refusal = choice.refusal.unwrap();
    assert_eq!(refusal.code, ProblemCode::ValidationError);
    assert!(refusal.detail.starts_with(sentence), "{}", refusal.detail);
    assert!(!refusal.detail.contains("YYYY") && !refusal.detail.contains("HH"), "{}", refusal.detail);
    assert_eq!(choice.grid.days[0].date, first_day);
    assert!(choice.grid.days.iter().any(|day| day.free() > 0), "there is something to choose");
}

#[rstest]
#[tokio::test]
async fn a_taken_time_comes_with_the_nearest_in_words_and_without_the_patients_own_visits(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    world.book(&world.jonas, &world.rivera, datetime(2026, 11, 24, 9, 0, 0, 0)).await.unwrap();
    world.book(&world.maya, &world.brandt, datetime(2026, 11, 24, 9, 30, 0, 0)).await.unwrap();
    let offered = |choice: SlotChoice| {
        let refusal = choice.refusal.unwrap();
        assert_eq!(refusal.code, ProblemCode::SlotTaken);
        refusal.nearest_slots.into_iter().map(|slot| slot.label).collect::<Vec<_>>()
    };
    let nobody = choose(&world, &Actor::anonymous(), "2026-11-24", "09:00").await;
    assert_eq!(offered(nobody), ["Tue 24 November, 09:30", "Tue 24 November, 10:00", "Tue 24 November, 10:30"]);
    let maya = world.actor(&world.maya).await;
    let own = choose(&world, &maya, "2026-11-24", "09:00").await;
    assert_eq!(offered(own), ["Tue 24 November, 10:00", "Tue 24 November, 10:30", "Tue 24 November, 11:00"]);
}

#[rstest]
#[tokio::test]
async fn a_time_that_the_patient_booked_already_is_theirs_and_nothing_else_is_offered(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let visit = world.book(&world.maya, &world.rivera, datetime(2026, 11, 24, 9, 0, 0, 0)).await.unwrap();
    let maya = world.actor(&world.maya).await;
    let choice = choose(&world, &maya, "2026-11-24", "09:00").await;
    let own = choice.own.unwrap();
    assert_eq!((own.reference, own.is_this), (visit.reference, true));
    let refusal = choice.refusal.unwrap();
    assert_eq!((refusal.code, refusal.nearest_slots.len()), (ProblemCode::SlotTaken, 0));
    for other in [Actor::anonymous(), world.actor(&world.jonas).await, world.actor(&world.rivera).await] {
        let choice = choose(&world, &other, "2026-11-24", "09:00").await;
        assert_eq!((choice.own, choice.refusal.unwrap().nearest_slots.len()), (None, 3), "it is nobody else's to know");
    }
    appointments::cancel(&world.services, &maya, visit.id).await.unwrap();
    let choice = choose(&world, &maya, "2026-11-24", "09:00").await;
    assert_eq!((choice.own, choice.refusal), (None, None), "a cancelled visit takes no time");
}

#[rstest]
#[tokio::test]
async fn a_time_at_which_the_patient_is_elsewhere_is_refused_with_the_visit_that_is_in_the_way(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let visit = world.book(&world.maya, &world.brandt, datetime(2026, 11, 24, 9, 30, 0, 0)).await.unwrap();
    let maya = world.actor(&world.maya).await;
    let choice = choose(&world, &maya, "2026-11-24", "09:30").await;
    let own = choice.own.unwrap();
    assert_eq!((own.reference, own.is_this), (visit.reference, false));
    assert_eq!((own.doctor_name.as_str(), own.starts.label.as_str()), ("Dr. Tomas Brandt", "Tue 24 November, 09:30"));
    let refusal = choice.refusal.unwrap();
    assert_eq!((refusal.code, refusal.nearest_slots.len()), (ProblemCode::PatientBusy, 3));
    let jonas = world.actor(&world.jonas).await;
    assert_eq!(choose(&world, &jonas, "2026-11-24", "09:30").await.refusal, None, "for others it is free");
}

#[rstest]
#[tokio::test]
async fn the_grid_leaves_out_times_at_which_the_patient_is_elsewhere(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    world.book(&world.maya, &world.brandt, datetime(2026, 11, 24, 9, 30, 0, 0)).await.unwrap();
    let rivera = world.rivera.doctor.unwrap();
    for (actor, is_free) in [
        (world.actor(&world.maya).await, false),
        (world.actor(&world.jonas).await, true),
        (world.actor(&world.admin).await, true),
        (Actor::anonymous(), true),
    ] {
        let grid = appointments::slots(&world.services, &actor, rivera, None).await.unwrap();
        let free = |time: &str| grid.days[1].slots.iter().any(|slot| slot.time == time && slot.available);
        assert_eq!((free("09:00"), free("09:30"), free("10:00")), (true, is_free, true));
    }
}

#[rstest]
#[tokio::test]
async fn a_doctor_who_does_not_exist_has_no_times(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let unknown = DoctorId(987_654);
    let refused = appointments::choose(&world.services, &Actor::anonymous(), unknown, ("2026-11-24", "09:00")).await;
    assert!(matches!(refused, Err(Error::NotFound)));
}
