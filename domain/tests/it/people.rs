//! How people are found and in which order they stand, in every search and list.

use domain::{
    Error, admin,
    appointments::{self, visit_list},
    records, seed,
    testing::{Engine, TestPerson, TestWorld},
    types::{
        admin::UserFilter,
        appointments::{DoctorFilter, DoctorOrder, VisitQuery},
        records::OpenEmergency,
    },
};
use jiff::civil::datetime;
use rstest::rstest;
use sea_orm::ConnectionTrait;

/// Names as people have them, each in the care of Dr. Rivera.
const NAMES: [(&str, &str, &str); 8] = [
    ("plain1", "Bríd", "Ní Chonaill"),
    ("brid", "Una", "Plain"),
    ("plain2", "Nora", "O’Hanlon"),
    ("plain3", "Anne-Marie", "de la Cruz"),
    ("plain4", "Łukasz", "Groß"),
    ("plain5", "İrem", "Yıldız"),
    ("plain6", "Zoe\u{308}", "Mu\u{308}ller"),
    ("plain7", "Ita", "Nolan-O’Hara"),
];

async fn clinic(engine: Engine) -> TestWorld {
    let world = TestWorld::new(engine).await;
    for (place, (username, first, last)) in (0..).zip(NAMES) {
        let patient = world.new_patient_called(username, first, last).await;
        into_care(&world, &patient, place).await;
    }
    world
}

/// By a visit of half an hour on Wednesday.
pub(super) async fn into_care(world: &TestWorld, patient: &TestPerson, place: i8) {
    let hour = 9 + place / 2 + place / 6;
    world.book(patient, &world.rivera, datetime(2026, 11, 25, hour, place % 2 * 30, 0, 0)).await.unwrap();
}

pub(super) async fn users(world: &TestWorld, search: &str) -> Vec<String> {
    let admin = world.actor(&world.admin).await;
    let filter = UserFilter { search: Some(search.to_owned()), ..UserFilter::default() };
    admin::users(&world.services, &admin, filter).await.unwrap().results.into_iter().map(|row| row.name).collect()
}

pub(super) async fn patients(world: &TestWorld, search: &str) -> Vec<String> {
    let rivera = world.actor(&world.rivera).await;
    let list = records::search(&world.services, &rivera, search.into()).await.unwrap().into_inner();
    list.patients.into_iter().map(|row| row.head.name).collect()
}

/// Each patient of the visits that are found, once.
async fn visits(world: &TestWorld, search: &str) -> Vec<String> {
    let admin = world.actor(&world.admin).await;
    let query = VisitQuery { search: Some(search.to_owned()), ..VisitQuery::default() };
    let list = visit_list(&world.services, &admin, query).await.unwrap().into_inner();
    let mut names: Vec<_> = list.visits.results.into_iter().map(|visit| visit.patient.name).collect();
    names.sort();
    names.dedup();
    names
}

async fn doctors(world: &TestWorld, search: &str) -> Vec<String> {
    let filter = DoctorFilter { search: Some(search.into()), order: DoctorOrder::Id, ..DoctorFilter::default() };
    let page = appointments::doctors(&world.services, &domain::access::Actor::anonymous(), filter).await.unwrap();
    page.results.into_iter().map(|row| row.name).collect()
}

#[rstest]
#[tokio::test]
async fn a_name_is_found_however_it_is_typed_in_every_search(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = clinic(engine).await;
    for (typed, name) in [
        ("Brid ni", NAMES[0]),
        ("NÍ CHONAILL, BRÍD", NAMES[0]),
        ("Bri\u{301}d chon", NAMES[0]),
        ("o'hanlon", NAMES[2]),
        ("O’Hanlon", NAMES[2]),
        ("OʼHANLON", NAMES[2]),
        ("OHanlon", NAMES[2]),
        ("hanlon", NAMES[2]),
        ("marie", NAMES[3]),
        ("Cruz Anne", NAMES[3]),
        ("annemarie", NAMES[3]),
        ("lukasz", NAMES[4]),
        ("GROSS", NAMES[4]),
        ("groß", NAMES[4]),
        ("irem yildiz", NAMES[5]),
        ("İREM", NAMES[5]),
        ("Zoë Müller", NAMES[6]),
        ("zoe mueller", NAMES[6]),
        ("muller", NAMES[6]),
        ("ohara", NAMES[7]),
        ("O'Hara", NAMES[7]),
        ("nolan-ohara", NAMES[7]),
        ("Ita NolanOHara", NAMES[7]),
        ("Mrs O’Hanlon", NAMES[2]),
        ("Ms. Müller, Zoë", NAMES[6]),
        ("Mr Groß", NAMES[4]),
        ("Dr. Yıldız", NAMES[5]),
    ] {
        let name = [format!("{} {}", name.1, name.2)];
        assert_eq!(users(&world, typed).await, name, "users: {typed}");
        assert_eq!(patients(&world, typed).await, name, "patients: {typed}");
        assert_eq!(visits(&world, typed).await, name, "visits: {typed}");
    }
    for nobody in ["%", "_", "%%", "a%", "example", "example.org", "@example.org", "org", "onaill", "'", "brid zoe"] {
        assert!(users(&world, nobody).await.is_empty(), "users: {nobody}");
        assert!(patients(&world, nobody).await.is_empty(), "patients: {nobody}");
        assert!(visits(&world, nobody).await.is_empty(), "visits: {nobody}");
    }
    assert_eq!(patients(&world, "Brid").await, ["Bríd Ní Chonaill", "Una Plain"], "by name and by user name");
}

#[rstest]
#[tokio::test]
async fn references_days_of_birth_and_addresses_are_found_in_every_search(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = clinic(engine).await;
    let born = "UPDATE patient SET date_of_birth = '1990-05-03' WHERE user_id = \
                (SELECT id FROM \"user\" WHERE username = 'plain2')";
    world.raw().execute_unprepared(born).await.unwrap();
    let rivera = world.actor(&world.rivera).await;
    let head =
        records::search(&world.services, &rivera, "hanlon".into()).await.unwrap().into_inner().patients.remove(0).head;
    let admin = world.actor(&world.admin).await;
    let query = VisitQuery { search: Some("hanlon".into()), ..VisitQuery::default() };
    let visit = visit_list(&world.services, &admin, query).await.unwrap().into_inner().visits.results.remove(0);
    let nora = ["Nora O’Hanlon"];
    for typed in [
        head.reference.as_str(),
        &head.reference.to_lowercase(),
        &head.reference[3..],
        "plain2@example.org",
        " PLAIN2@Example.Org ",
        "1990-05-03",
        "3 May 1990",
        "03/05/1990",
        "Hanlon 3 May 1990",
    ] {
        assert_eq!(users(&world, typed).await, nora, "users: {typed}");
        assert_eq!(patients(&world, typed).await, nora, "patients: {typed}");
        assert_eq!(visits(&world, typed).await, nora, "visits: {typed}");
    }
    for typed in [visit.reference.clone(), visit.reference.to_lowercase()] {
        assert_eq!(patients(&world, &typed).await, nora);
        assert_eq!(visits(&world, &typed).await, nora);
        assert_eq!(users(&world, &typed).await, ["Nora O’Hanlon", "Elena Rivera"], "whose appointment it is");
    }
    let brandt = world.actor(&world.brandt).await;
    for typed in [&head.reference, &visit.reference, "1990-05-03", "plain2@example.org"] {
        let list = records::search(&world.services, &brandt, typed.into()).await.unwrap().into_inner();
        assert!(list.patients.is_empty(), "{typed}: nobody is found who is not in care");
    }
    for nobody in ["31/02/1990", "1990-05-04", "nora@example.org", "PT-00000000"] {
        assert!(users(&world, nobody).await.is_empty() && visits(&world, nobody).await.is_empty(), "{nobody}");
    }
}

#[rstest]
#[tokio::test]
async fn telephone_numbers_and_international_addresses_are_found_however_they_are_written(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = clinic(engine).await;
    let with = "SELECT id FROM \"user\" WHERE username = 'plain2'";
    for sql in [
        format!(
            "UPDATE patient SET phone = '+353 (20) 918-5608', phone_digits = '353209185608' WHERE user_id = ({with})"
        ),
        "UPDATE \"user\" SET email = 'nora@xn--exmple-cua.com' WHERE username = 'plain2'".to_owned(),
    ] {
        world.raw().execute_unprepared(&sql).await.unwrap();
    }
    let nora = ["Nora O’Hanlon"];
    for typed in [
        "+353 20 918 5608",
        "+353209185608",
        "353209185608",
        "00353 20 918 5608",
        "020 918 5608",
        "0209185608",
        "O'Hanlon 20 918 5608",
        "O'Hanlon (+353) 20 918-5608",
        "nora@exämple.com",
        "Nora@EXÄMPLE.com",
        "nora@xn--exmple-cua.com",
    ] {
        assert_eq!(users(&world, typed).await, nora, "users: {typed}");
        assert_eq!(patients(&world, typed).await, nora, "patients: {typed}");
        assert_eq!(visits(&world, typed).await, nora, "visits: {typed}");
    }
    for nobody in ["+353 20 918 5609", "918 5608", "ora@exämple.com"] {
        assert!(users(&world, nobody).await.is_empty() && patients(&world, nobody).await.is_empty(), "{nobody}");
    }
}

#[rstest]
#[tokio::test]
async fn of_all_that_a_code_can_mean_the_appointment_comes_first(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = clinic(engine).await;
    // Zoë's appointment is the later one; the code of it is also Bríd's number as a patient.
    let admin = world.actor(&world.admin).await;
    let query = |search: &str| VisitQuery { search: Some(search.to_owned()), ..VisitQuery::default() };
    let list = async |search: &str| {
        visit_list(&world.services, &admin, query(search)).await.unwrap().into_inner().visits.results
    };
    let named = list("zoe").await.remove(0);
    let code = &named.reference[4..];
    let sql = format!(
        "UPDATE patient SET reference = 'PT-{code}' WHERE user_id = (SELECT id FROM \"user\" WHERE username = 'plain1')"
    );
    world.raw().execute_unprepared(&sql).await.unwrap();
    let found: Vec<_> = list(code).await.into_iter().map(|visit| visit.patient.name).collect();
    assert_eq!(found, [named.patient.name.as_str(), "Bríd Ní Chonaill"]);
    assert_eq!(list(&named.reference).await.len(), 1);
}

#[rstest]
#[tokio::test]
async fn lists_of_people_pass_over_accents_case_and_apostrophes(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    for (place, last) in (0..).zip(["Łukasz", "lucas", "Lukas", "Zoë", "O’Hara", "Oban"]) {
        let patient = world.new_patient_called(&format!("person{place}"), "Kim", last).await;
        into_care(&world, &patient, place).await;
    }
    let order = ["Kim lucas", "Kim Lukas", "Kim Łukasz", "Kim Oban", "Kim O’Hara", "Kim Zoë"];
    assert_eq!(users(&world, "kim").await, order);
    assert_eq!(patients(&world, "kim").await, order);
}

#[rstest]
#[tokio::test]
async fn words_that_say_nothing_never_hide_a_doctor_who_is_called_so(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    for (username, first, last) in [
        ("d1", "Ruth", "Good"),
        ("d2", "Linh", "An"),
        ("d3", "Wei", "Li"),
        ("d4", "George", "Best"),
        ("d5", "Nóra", "O’Hanlon"),
        ("d6", "My", "Ní Chonaill"),
    ] {
        world.new_doctor_called(username, first, last).await;
    }
    for (typed, name) in [
        ("Good", "Dr. Ruth Good"),
        ("Dr. Good", "Dr. Ruth Good"),
        ("good, ruth", "Dr. Ruth Good"),
        ("An", "Dr. Linh An"),
        ("doctor an", "Dr. Linh An"),
        ("Li", "Dr. Linh An and Dr. Wei Li"),
        ("Dr Best", "Dr. George Best"),
        ("ohanlon", "Dr. Nóra O’Hanlon"),
        ("O'Hanlon nora", "Dr. Nóra O’Hanlon"),
        ("ni chonaill", "Dr. My Ní Chonaill"),
        ("my heart", "Dr. Elena Rivera"),
        ("a good cardiologist", "Dr. Elena Rivera"),
        ("%", ""),
    ] {
        assert_eq!(doctors(&world, typed).await.join(" and "), name, "{typed}");
    }
    assert_eq!(doctors(&world, "I need a doctor").await.len(), 8, "who says nothing sees everybody");
}

#[rstest]
#[tokio::test]
async fn in_an_emergency_names_are_compared_as_words_and_several_who_match_are_asked_for(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = clinic(engine).await;
    let open = async |who: &TestPerson, name: &str| {
        let actor = world.actor(who).await;
        let command = OpenEmergency::parse("", name, "1988-04-12", "Unconscious after a fall, alone").unwrap();
        let opened = records::open_emergency(&world.services, &actor, command, None).await;
        opened.map(|view| view.into_inner().patient_name)
    };
    for (typed, name) in [
        ("ni chonaill, brid", "Bríd Ní Chonaill"),
        ("NORA OHANLON", "Nora O’Hanlon"),
        ("Nora O'Hanlon", "Nora O’Hanlon"),
        ("anne marie de la cruz", "Anne-Marie de la Cruz"),
        ("Groß Łukasz", "Łukasz Groß"),
        ("Zoe Mueller", "Zoe\u{308} Mu\u{308}ller"),
        ("Ms Ita Nolan-OHara", "Ita Nolan-O’Hara"),
    ] {
        assert_eq!(open(&world.brandt, typed).await.unwrap(), name, "{typed}");
    }
    let asked = |outcome: Result<String, Error>| match outcome {
        Err(error @ (Error::Invalid(_) | Error::WhichPatient(_))) => {
            error.to_problem().for_field("patient").unwrap_or_default().to_owned()
        }
        other => panic!("{other:?}"),
    };
    let part = asked(open(&world.brandt, "Brid Chonaill").await);
    assert!(part.contains("Bríd Ní Chonaill, PT-") && part.contains("reference"), "{part}");
    assert!(!asked(open(&world.brandt, "Brid Murphy").await).contains("PT-"), "nobody is named who was not meant");
    assert!(!asked(open(&world.brandt, "bri chon").await).contains("PT-"), "a beginning is no name");
    world.new_patient_called("twin", "Nóra", "O'Hanlon").await;
    let two = asked(open(&world.brandt, "nora o'hanlon").await);
    assert_eq!(two.matches("PT-").count(), 2, "{two}");
    assert!(two.contains("More than one patient") && two.contains("phone ending 0150"), "{two}");
}

#[rstest]
#[tokio::test]
async fn whoever_was_stored_before_names_were_folded_is_found_after_the_next_start(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = clinic(engine).await;
    world.raw().execute_unprepared("DELETE FROM user_word").await.unwrap();
    world.raw().execute_unprepared("UPDATE \"user\" SET sort_key = ''").await.unwrap();
    assert!(users(&world, "hanlon").await.is_empty());
    seed::essentials(&world.services).await.unwrap();
    assert_eq!(users(&world, "hanlon").await, ["Nora O’Hanlon"]);
    assert_eq!(users(&world, "").await[0], "Tomas Brandt", "and in its place");
}
