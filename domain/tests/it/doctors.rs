use domain::{
    Error,
    access::Actor,
    appointments, seed,
    testing::{Engine, TestPerson, TestWorld},
    types::{
        DoctorId,
        appointments::{DoctorFilter, DoctorOrder},
    },
};
use jiff::civil::{date, datetime};
use rstest::rstest;
use sea_orm::ConnectionTrait;

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
#[case::pain_where_it_is("my chest pain", "Dr. Elena Rivera")]
#[case::an_attack("heart attack", "Dr. Elena Rivera")]
#[case::an_examination("ECG", "Dr. Elena Rivera")]
#[case::a_problem("problems with the skin", "Dr. Tomas Brandt")]
#[case::in_a_sentence("my child’s itchy rash hurts", "")]
#[case::a_language("Portuguese", "Dr. Tomas Brandt")]
#[case::a_language_and_a_field("skin doctor who speaks portuguese", "Dr. Tomas Brandt")]
#[case::a_language_of_another("cardiologist portuguese", "")]
#[case::the_middle_of_a_language("nish", "")]
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
    speaks(&world, &world.brandt, "English, Portuguese").await;
    let names = found(&world, DoctorFilter { search: Some(search.into()), ..DoctorFilter::default() }).await;
    assert_eq!(names.join(" and "), expected);
}

async fn speaks(world: &TestWorld, doctor: &TestPerson, languages: &str) {
    let id = doctor.doctor.unwrap();
    let update =
        format!("UPDATE doctor SET languages = '{languages}', search_key = lower('{languages}') WHERE id = {id}");
    world.raw().execute_unprepared(&update).await.unwrap();
}

#[rstest]
#[case::everything_matches("heart rivera", "Dr. Elena Rivera", false)]
#[case::one_word_means_nothing("blurry chest", "Dr. Elena Rivera", true)]
#[case::name_and_field_are_of_two("skin rivera", "Dr. Elena Rivera and Dr. Tomas Brandt", true)]
#[case::the_complaint_before_the_language("heart portuguese", "Dr. Elena Rivera", true)]
#[case::a_language_is_better_than_nothing("kids portuguese", "Dr. Tomas Brandt", true)]
#[case::nothing_matches("quantum gravity", "", false)]
#[case::nor_does_a_single_word("astrology", "", false)]
#[tokio::test]
async fn where_nobody_matches_every_word_those_who_match_the_most_are_shown_and_it_is_said(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] search: &str,
    #[case] expected: &str,
    #[case] is_partial: bool,
) {
    let world = TestWorld::new(engine).await;
    speaks(&world, &world.brandt, "English, Portuguese").await;
    let filter = DoctorFilter { search: Some(search.into()), order: DoctorOrder::Id, ..DoctorFilter::default() };
    let found = appointments::directory(&world.services, &Actor::anonymous(), filter).await.unwrap();
    let names: Vec<_> = found.doctors.results.into_iter().map(|row| row.name).collect();
    assert_eq!((names.join(" and ").as_str(), found.is_partial), (expected, is_partial));
    assert_eq!((found.doctors.count, found.is_urgent), (names.len() as u64, false));
}

#[rstest]
#[tokio::test]
async fn a_search_within_a_field_stays_in_it_and_one_that_cannot_wait_is_marked(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let within = |specialty: &str, search: &str| {
        let filter =
            DoctorFilter { specialty: Some(specialty.into()), search: Some(search.into()), ..DoctorFilter::default() };
        async { appointments::directory(&world.services, &Actor::anonymous(), filter).await.unwrap() }
    };
    let skin = within("dermatology", "heart attack").await;
    assert_eq!((skin.doctors.count, skin.is_partial, skin.is_urgent), (0, false, true));
    let heart = within("cardiology", "heart attack").await;
    assert_eq!((heart.doctors.count, heart.is_partial, heart.is_urgent), (1, false, true));
}

#[rstest]
#[tokio::test]
async fn the_words_of_a_specialty_are_brought_up_to_date(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let search = || DoctorFilter { search: Some("ecg".into()), ..DoctorFilter::default() };
    let old = "UPDATE specialty SET search_key = 'cardiology the heart', name = 'Heart medicine' \
               WHERE code = 'cardiology'";
    world.raw().execute_unprepared(old).await.unwrap();
    assert!(found(&world, search()).await.is_empty());
    seed::essentials(&world.services).await.unwrap();
    assert_eq!(found(&world, search()).await, ["Dr. Elena Rivera"]);
    let all = appointments::specialties(&world.services, &Actor::anonymous()).await.unwrap();
    assert_eq!(all[0].name, "Heart medicine", "what the clinic calls it stays");
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
    assert_eq!(last.zone, "Dublin time");
}

#[rstest]
#[tokio::test]
async fn specialties_are_those_that_have_doctors(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let all = appointments::specialties(&world.services, &Actor::anonymous()).await.unwrap();
    let codes: Vec<_> = all.iter().map(|s| (s.code.as_str(), s.doctors)).collect();
    assert_eq!(codes, [("cardiology", 1), ("dermatology", 1)]);
}
