use domain::{
    Error,
    access::Actor,
    appointments,
    testing::{Engine, TestWorld},
    types::{
        DoctorId,
        appointments::{DoctorFilter, DoctorOrder},
    },
};
use jiff::civil::{date, datetime};
use rstest::rstest;

async fn found(world: &TestWorld, filter: DoctorFilter) -> Vec<String> {
    let page = appointments::doctors(&world.services, &Actor::anonymous(), filter).await.unwrap();
    assert_eq!(page.count, page.results.len() as u64);
    page.results.into_iter().map(|row| row.name).collect()
}

#[rstest]
#[tokio::test]
async fn doctors_are_found_by_specialty_and_by_part_of_a_name(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let specialty = |code: &str| DoctorFilter { specialty: Some(code.into()), ..DoctorFilter::default() };
    let search = |text: &str| DoctorFilter { search: Some(text.into()), ..DoctorFilter::default() };
    assert_eq!(found(&world, specialty("cardiology")).await, ["Dr. Elena Rivera"]);
    assert!(found(&world, specialty("astrology")).await.is_empty());
    assert_eq!(found(&world, specialty("")).await.len(), 2, "an empty filter is none");
    assert_eq!(found(&world, search("RIVER")).await, ["Dr. Elena Rivera"]);
    assert_eq!(found(&world, search("derma bra")).await, ["Dr. Tomas Brandt"]);
    assert!(found(&world, search("100%")).await.is_empty());
    assert!(found(&world, search("%")).await.is_empty(), "a sign is looked for as it is");
}

#[rstest]
#[case::what_it_treats("heart", "Dr. Elena Rivera")]
#[case::in_any_case("  SKIN ", "Dr. Tomas Brandt")]
#[case::who_practises_it("cardiologist", "Dr. Elena Rivera")]
#[case::several_of_them("dermatologists", "Dr. Tomas Brandt")]
#[case::one_where_several_are_named("nail", "Dr. Tomas Brandt")]
#[case::a_complaint("palpitations", "Dr. Elena Rivera")]
#[case::several_words("blood pressure", "Dr. Elena Rivera")]
#[case::a_whole_phrase("Doctor for the heart", "Dr. Elena Rivera")]
#[case::with_the_title("Dr. Brandt", "Dr. Tomas Brandt")]
#[case::field_and_name("skin, tomas", "Dr. Tomas Brandt")]
#[case::the_middle_of_a_word("ear", "")]
#[case::nobody_who_does_it("kids", "")]
#[case::a_name_of_another_field("skin rivera", "")]
#[tokio::test]
async fn doctors_are_found_by_what_they_treat_in_a_patients_words(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] search: &str,
    #[case] expected: &str,
) {
    let world = TestWorld::new(engine).await;
    let names = found(&world, DoctorFilter { search: Some(search.into()), ..DoctorFilter::default() }).await;
    assert_eq!(names.join(" and "), expected);
}

#[rstest]
#[tokio::test]
async fn a_search_that_says_nothing_finds_everybody(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    for search in ["doctor", " . ", "Dr."] {
        let filter = DoctorFilter { search: Some(search.into()), order: DoctorOrder::Id, ..DoctorFilter::default() };
        assert_eq!(found(&world, filter).await, ["Dr. Elena Rivera", "Dr. Tomas Brandt"], "{search}");
    }
}

#[rstest]
#[tokio::test]
async fn who_is_free_first_comes_first_and_who_is_never_free_comes_last(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    appointments::refresh_all_next_free(&world.services).await.unwrap();
    world.book(&world.maya, &world.rivera, datetime(2026, 11, 23, 9, 0, 0, 0)).await.unwrap();
    assert_eq!(found(&world, DoctorFilter::default()).await, ["Dr. Tomas Brandt", "Dr. Elena Rivera"]);
    let by_id = DoctorFilter { order: DoctorOrder::Id, ..DoctorFilter::default() };
    assert_eq!(found(&world, by_id).await, ["Dr. Elena Rivera", "Dr. Tomas Brandt"]);
}

#[rstest]
#[tokio::test]
async fn a_doctors_page_tells_hours_fee_and_rules(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let doctor =
        appointments::doctor(&world.services, &Actor::anonymous(), world.rivera.doctor.unwrap()).await.unwrap();
    assert_eq!(doctor.row.fee.to_string(), "€150");
    assert_eq!(doctor.row.years_of_experience, 14);
    assert_eq!(doctor.hours[0], ("Monday".to_owned(), "09:00–12:00, 13:00–17:00".to_owned()));
    assert_eq!((doctor.rules.duration_minutes, doctor.rules.cancel_cutoff_hours), (30, 24));
    let unknown = appointments::doctor(&world.services, &Actor::anonymous(), DoctorId(987_654)).await;
    assert!(matches!(unknown, Err(Error::NotFound)));
}

#[rstest]
#[tokio::test]
async fn two_weeks_of_times_start_today_and_lead_on_to_the_horizon(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let id = world.rivera.doctor.unwrap();
    let grid = async |from| appointments::slots(&world.services, &Actor::anonymous(), id, from).await.unwrap();
    let first = grid(None).await;
    assert_eq!(first.days.len(), 14);
    let changeable = |date, time| first.may_change_online(date, time);
    assert_eq!([changeable("2026-11-24", "07:30"), changeable("2026-11-24", "08:00")], [false, true]);
    assert_eq!((first.days[0].date.as_str(), first.earlier), ("2026-11-23", None));
    assert_eq!(first.later.as_deref(), Some("2026-12-07"));
    assert_eq!(first.days[0].free(), 14);
    assert_eq!(first.days[5].slots.len(), 0, "Saturday");
    let second = grid(Some(date(2026, 12, 7))).await;
    assert_eq!(second.earlier.as_deref(), Some("2026-11-23"));
    let last = grid(Some(date(9999, 12, 31))).await;
    assert_eq!((last.days[0].date.as_str(), last.later), ("2027-05-22", None));
}

#[rstest]
#[tokio::test]
async fn specialties_are_those_that_have_doctors(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let all = appointments::specialties(&world.services, &Actor::anonymous()).await.unwrap();
    let codes: Vec<_> = all.iter().map(|s| (s.code.as_str(), s.doctors)).collect();
    assert_eq!(codes, [("cardiology", 1), ("dermatology", 1)]);
}
