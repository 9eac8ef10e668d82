//! What was signed opens for as long as it is kept, however the types grow that read it.

use domain::{
    records::{self, Which},
    testing::{Engine, TestWorld},
    types::{
        ProblemCode, RecordId,
        records::{Content, RecordDetail, RecordType},
    },
};
use rstest::rstest;
use sea_orm::ConnectionTrait;

/// What version 1 wrote of a kind.
fn golden(name: &str) -> String {
    let file = format!("{}/tests/golden/v1/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"))
}

async fn read(world: &TestWorld, id: i64) -> Result<RecordDetail, ProblemCode> {
    let actor = world.actor(&world.maya).await;
    let found = records::detail(&world.services, &actor, &Which::Id(RecordId(id))).await;
    found.map(domain::access::Audited::into_inner).map_err(|error| error.to_problem().code)
}

#[rstest]
#[tokio::test]
async fn what_version_1_signed_is_shown_as_it_was_signed(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    for (kind, name) in [
        (RecordType::Consultation, "report"),
        (RecordType::Consultation, "addition"),
        (RecordType::Prescription, "prescription"),
        (RecordType::Vitals, "vitals"),
        (RecordType::Immunisation, "immunisation"),
        (RecordType::Document, "document"),
        (RecordType::Problem, "problem"),
        (RecordType::Allergy, "allergy"),
        (RecordType::NoKnownAllergies, "no_known_allergies"),
        (RecordType::Medication, "medication"),
    ] {
        let (id, reference) = world.write_texts(&world.maya, &world.rivera, kind, &golden(name), &[]).await;
        let record = read(&world, id).await.unwrap_or_else(|code| panic!("{name}: {code:?}")).record;
        let stored: Content = serde_json::from_str(golden(name).strip_prefix("1\n").unwrap()).unwrap();
        assert_eq!((record.reference, record.content), (reference, Some(stored)), "{name}");
        assert_eq!(record.signed.unwrap().hash.len(), 64, "{name}");
    }
    let results = [golden("lab_result"), golden("lab_result").replace("6.9", "4.1")];
    let (id, _) =
        world.write_texts(&world.maya, &world.rivera, RecordType::LabReport, &golden("report"), &results).await;
    let shown: Vec<String> = read(&world, id).await.unwrap().results.into_iter().map(|one| one.value.value).collect();
    assert_eq!(shown, ["6.9", "4.1"]);
}

/// `time`, `carried` and `coded`, and of a result `code` and `mark`, are fields that a text may be without.
#[rstest]
#[tokio::test]
async fn what_was_signed_before_a_type_had_grown_still_verifies(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let report = "1\n{\"is\":\"report\",\"subjective\":\"\",\"objective\":\"\",\"assessment\":\"Blood\",\"plan\":\"\"}";
    let result = "1\n{\"test\":\"Potassium\",\"value\":\"6.9\",\"unit\":\"mmol/L\",\"low\":\"3.5\",\"high\":\"5.1\",\"flag\":\"high\"}";
    let (id, _) =
        world.write_texts(&world.maya, &world.rivera, RecordType::LabReport, report, &[result.to_owned()]).await;
    let detail = read(&world, id).await.unwrap();
    assert_eq!(detail.record.title(), "Blood");
    assert_eq!(detail.results[0].value.value, "6.9");
    let allergy =
        "1\n{ \"severity\": \"severe\", \"reaction\": \"\", \"substance\": \"Penicillin\", \"is\": \"allergy\" }";
    let (id, _) = world.write_texts(&world.maya, &world.rivera, RecordType::Allergy, allergy, &[]).await;
    let understood = read(&world, id).await.unwrap().record.understood.unwrap();
    assert_eq!(understood.read_as, ["penicillin"], "in whatever order it was written");
}

#[rstest]
#[tokio::test]
async fn what_a_newer_version_wrote_is_not_shown_in_part(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    for text in [
        "2\n{\"is\":\"problem\",\"name\":\"Asthma\"}",
        "{\"is\":\"problem\",\"name\":\"Asthma\"}",
        "1\n{\"is\":\"omen\"}",
    ] {
        let (id, _) = world.write_texts(&world.maya, &world.rivera, RecordType::Problem, text, &[]).await;
        assert_eq!(read(&world, id).await.map(|_| ()), Err(ProblemCode::Internal), "{text}");
    }
}

#[rstest]
#[tokio::test]
async fn whatever_stands_clear_beside_a_signed_entry_is_signed_too(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    // Whoever breaks in has taken the triggers away first.
    for (trigger, table) in
        [("medical_record_final_on_update", "medical_record"), ("lab_result_final_on_delete", "lab_result")]
    {
        let off = match engine {
            Engine::Sqlite => format!("DROP TRIGGER IF EXISTS {trigger}"),
            Engine::Postgres => format!("ALTER TABLE {table} DISABLE TRIGGER USER"),
        };
        world.raw().execute_unprepared(&off).await.unwrap();
    }
    let other = world.write_record(&world.maya, &world.rivera, "Migraine").await;
    let results = [golden("lab_result"), golden("lab_result").replace("6.9", "4.1")];
    let entry = async || {
        world.write_texts(&world.maya, &world.rivera, RecordType::LabReport, &golden("report"), &results).await.0
    };
    let brandt = (world.brandt.doctor.unwrap(), world.brandt.user);
    for change in [
        "record_date = '2020-01-01'".to_owned(),
        "record_type = 'imaging'".to_owned(),
        format!("doctor_id = {}", brandt.0),
        format!("signed_by_user_id = {}", brandt.1),
        format!("about_id = {other}"),
        "signed_at = created_at - 1".to_owned(),
    ] {
        let id = entry().await;
        assert!(read(&world, id).await.is_ok(), "before: {change}");
        let change = match engine {
            Engine::Postgres => change.replace("created_at - 1", "created_at - interval '1 second'"),
            Engine::Sqlite => change.replace("created_at - 1", "datetime(created_at, '-1 second')"),
        };
        world.raw().execute_unprepared(&format!("UPDATE medical_record SET {change} WHERE id = {id}")).await.unwrap();
        assert_eq!(read(&world, id).await.map(|_| ()), Err(ProblemCode::Internal), "{change}");
    }
    let id = entry().await;
    world
        .raw()
        .execute_unprepared(&format!("DELETE FROM lab_result WHERE record_id = {id} AND position = 1"))
        .await
        .unwrap();
    assert_eq!(read(&world, id).await.map(|_| ()), Err(ProblemCode::Internal), "a result was taken away");
}
