//! What is said about somebody's health is in no file of the database, and opens nowhere but in its place.

use domain::{
    access::Actor,
    auth, records,
    records::Which,
    secrets::{MasterKey, MasterKeys},
    testing::{Engine, TestWorld},
    types::{
        ProblemCode,
        records::{Content, LabValue, RecordFilter, RecordType, Report},
    },
};
use jiff::civil::date;
use rstest::rstest;
use sea_orm::{ConnectionTrait, EntityTrait};

async fn read(world: &TestWorld, services: &domain::Services, id: i64) -> Result<Option<String>, ProblemCode> {
    let actor = world.actor(&world.maya).await;
    let which = Which::Id(domain::types::RecordId(id));
    match records::detail(services, &actor, &which).await {
        Ok(detail) => Ok(detail.into_inner().record.content.map(|content| content.title())),
        Err(error) => Err(error.to_problem().code),
    }
}

#[rstest]
#[tokio::test]
async fn ciphertext_that_was_flipped_swapped_or_moved_fails_closed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let one = world.write_record(&world.maya, &world.rivera, "Hypertension").await;
    let other = world.write_record(&world.maya, &world.rivera, "Migraine").await;
    let foreign = world.write_record(&world.jonas, &world.rivera, "Eczema").await;
    assert_eq!(read(&world, &world.services, one).await, Ok(Some("Hypertension".into())));
    // Whoever breaks in has taken the triggers away first.
    let off = match engine {
        Engine::Sqlite => "DROP TRIGGER medical_record_final_on_update",
        Engine::Postgres => "ALTER TABLE medical_record DISABLE TRIGGER USER",
    };
    world.raw().execute_unprepared(off).await.unwrap();
    let stored = entity::medical_record::Entity::find_by_id(one).one(world.raw()).await.unwrap().unwrap().content;
    let spoil = async |sql: String| {
        world.raw().execute_unprepared(&sql).await.unwrap();
        assert_eq!(read(&world, &world.services, one).await, Err(ProblemCode::Internal), "{sql}");
        let actor = world.actor(&world.maya).await;
        let list = records::list(&world.services, &actor, RecordFilter::default()).await;
        assert_eq!(list.unwrap_err().to_problem().code, ProblemCode::Internal, "{sql}");
    };
    let hex = |bytes: &[u8]| {
        let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        if engine == Engine::Sqlite { format!("x'{digits}'") } else { format!("'\\x{digits}'") }
    };
    let put = |bytes: &[u8]| format!("UPDATE medical_record SET content = {} WHERE id = {one}", hex(bytes));
    for at in [0, 23, 24, stored.len() - 1] {
        let mut flipped = stored.clone();
        flipped[at] ^= 1;
        spoil(put(&flipped)).await;
    }
    spoil(put(&stored[..20])).await;
    for source in [other, foreign] {
        spoil(format!(
            "UPDATE medical_record SET content = (SELECT content FROM medical_record WHERE id = {source}) WHERE id = {one}"
        ))
        .await;
    }
    world.raw().execute_unprepared(&put(&stored)).await.unwrap();
    assert_eq!(read(&world, &world.services, one).await, Ok(Some("Hypertension".into())));
    // What stays clear was signed with the rest.
    world
        .raw()
        .execute_unprepared(&format!("UPDATE medical_record SET record_date = '2020-01-01' WHERE id = {one}"))
        .await
        .unwrap();
    assert_eq!(read(&world, &world.services, one).await, Err(ProblemCode::Internal), "another day");
    let actor = world.actor(&world.maya).await;
    let list = records::list(&world.services, &actor, RecordFilter::default()).await;
    assert_eq!(list.unwrap_err().to_problem().code, ProblemCode::Internal, "in the list too");
}

#[rstest]
#[tokio::test]
async fn an_erased_patient_leaves_entries_that_say_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let id = world.write_record(&world.maya, &world.rivera, "Hypertension").await;
    let reference = entity::patient::Entity::find_by_id(world.maya.patient.unwrap().0)
        .one(world.raw())
        .await
        .unwrap()
        .unwrap()
        .reference;
    let desk = Actor::system("test");
    let admin = world.actor(&world.admin).await;
    let refused = records::erase(&world.services, &admin, &reference).await.unwrap_err();
    assert_eq!(refused.to_problem().code, ProblemCode::Forbidden);
    let nobody = records::erase(&world.services, &Actor::anonymous(), &reference).await.unwrap_err();
    assert_eq!(nobody.to_problem().code, ProblemCode::Unauthenticated);
    assert_eq!(read(&world, &world.services, id).await, Ok(Some("Hypertension".into())), "nothing was erased so far");
    records::erase(&world.services, &desk, &reference).await.unwrap();
    assert_eq!(read(&world, &world.services, id).await, Ok(None));
    let again = records::erase(&world.services, &desk, &reference).await.unwrap_err();
    assert_eq!(again.to_problem().code, ProblemCode::NotFound);
    let event = entity::audit_event::Entity::find()
        .all(world.raw())
        .await
        .unwrap()
        .into_iter()
        .find(|event| event.action == "records.erase");
    assert_eq!(event.unwrap().actor_role, "system: test");
}

#[rstest]
#[tokio::test]
async fn another_master_key_wraps_the_keys_anew_and_touches_no_entry(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let id = world.write_record(&world.maya, &world.rivera, "Hypertension").await;
    let content =
        async || entity::medical_record::Entity::find_by_id(id).one(world.raw()).await.unwrap().unwrap().content;
    let before = content().await;
    let new = MasterKey::generate();
    let both = world.under(MasterKeys { current: new.clone(), previous: vec![world.master_key()] });
    assert_eq!(read(&world, &both, id).await, Ok(Some("Hypertension".into())));
    assert!(auth::reseal(&both, &Actor::system("test")).await.unwrap() >= 1);
    let alone = world.under(new.into());
    assert_eq!(read(&world, &alone, id).await, Ok(Some("Hypertension".into())));
    assert_eq!(content().await, before);
    assert_eq!(read(&world, &world.services, id).await, Err(ProblemCode::Internal), "the old key alone opens nothing");
}

/// Fifty things that nobody may find: in the file of the database, in its log, in a dump.
#[rstest]
#[tokio::test]
async fn planted_words_are_in_no_file_of_the_database_and_in_no_dump(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let canaries: Vec<String> = (0..50).map(|number| format!("canary{number:02}quetzalcoatl")).collect();
    for five in canaries.chunks(5) {
        let content = Content::Report(Report {
            subjective: five[0].clone(),
            objective: five[1].clone(),
            assessment: five[2].clone(),
            plan: five[3].clone(),
            time: None,
            carried: None,
        });
        let result = LabValue {
            test: five[4].clone(),
            code: five[4].clone(),
            value: five[4].clone(),
            unit: five[4].clone(),
            low: None,
            high: None,
            flag: domain::types::records::Flag::Unknown,
            mark: None,
            note: five[4].clone(),
        };
        world
            .write_entry(&world.maya, &world.rivera, RecordType::LabReport, date(2026, 11, 20), content, &[result])
            .await;
    }
    let actor = world.actor(&world.maya).await;
    let page = records::list(&world.services, &actor, RecordFilter::default()).await.unwrap().into_inner();
    let said = format!("{:?}", page.results);
    assert!(said.contains(&canaries[0]) && said.contains("canary48"), "its patient reads them");
    let stored = world.everything_stored().await;
    assert!(stored.windows(4).any(|bytes| bytes == b"REC-"), "nothing was looked through");
    for canary in &canaries {
        assert!(!stored.windows(canary.len()).any(|bytes| bytes == canary.as_bytes()), "{canary}");
    }
}
