//! Documents come back as they were brought, or not at all.

use domain::{
    access::Actor,
    records::{self, AddDocument, Download, Which, upload::MediaType},
    testing::{Engine, TestPerson, TestWorld},
    types::{
        ProblemCode,
        records::{Content, PatientRef, RecordView, TimelineQuery},
    },
};
use jiff::civil::datetime;
use rstest::rstest;
use sea_orm::{ActiveValue::NotSet, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::looks;

const PIECE: usize = 256 * 1024;

fn file(name: &str, bytes: impl Into<Vec<u8>>) -> AddDocument {
    AddDocument { file_name: name.into(), bytes: bytes.into(), ..AddDocument::default() }
}

/// Readable text of so many bytes, another for each `seed`.
fn text(length: usize, seed: usize) -> Vec<u8> {
    (0..length).map(|at| b"abcdefghijklmnopqrstuvwxyz\n "[(at * at / 7 + at + seed) % 28]).collect::<Vec<u8>>()
}

/// A page that weighs so much.
fn pdf(length: usize) -> Vec<u8> {
    const REST: usize = 600;
    let picture = text(length - REST, 3);
    let mut bytes =
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Kids [] >>\nendobj\n".to_vec();
    bytes.extend(format!("3 0 obj\n<< /Length {} >>\nstream\n", picture.len()).bytes());
    bytes.extend(picture);
    bytes.extend(b"\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n");
    bytes.resize(length, b'\n');
    bytes
}

async fn add(world: &TestWorld, who: &TestPerson, document: AddDocument) -> RecordView {
    let actor = world.actor(who).await;
    records::add_document(&world.services, &actor, None, document).await.unwrap().into_inner()
}

fn named(record: &RecordView) -> Which {
    Which::Reference(record.reference.clone())
}

/// The whole document, or why there is none; what came before it broke off is not given.
async fn read(world: &TestWorld, who: &TestPerson, which: &Which) -> Result<Vec<u8>, ProblemCode> {
    let actor = world.actor(who).await;
    let told = |error: domain::Error| error.to_problem().code;
    let mut stream = records::document(&world.services, &actor, which).await.map_err(told)?.into_inner();
    let mut whole = Vec::new();
    while let Some(piece) = stream.next().await.map_err(told)? {
        whole.extend(piece);
    }
    assert_eq!(whole.len() as u64, stream.size);
    Ok(whole)
}

#[rstest]
#[case::one_byte("one.txt", b"a".to_vec(), 1)]
#[case::one_piece("piece.txt", text(PIECE, 0), 1)]
#[case::a_byte_more("more.txt", text(PIECE + 1, 0), 2)]
#[case::many_pieces("many.pdf", pdf(5 * 1024 * 1024 + 17), 21)]
#[tokio::test]
async fn a_document_comes_back_byte_for_byte(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] name: &str,
    #[case] bytes: Vec<u8>,
    #[case] pieces: u64,
) {
    let world = TestWorld::new(engine).await;
    let record = add(&world, &world.maya, file(name, bytes.clone())).await;
    assert!(record.is_from_patient && record.signed.is_some());
    let Some(Content::Document(document)) = &record.content else { panic!("{record:?}") };
    assert_eq!((document.name.as_str(), document.size), (name, bytes.len() as u64));
    assert_eq!(entity::document_chunk::Entity::find().count(world.raw()).await.unwrap(), pieces);
    assert!(read(&world, &world.maya, &named(&record)).await.unwrap() == bytes);
}

#[rstest]
#[tokio::test]
async fn nothing_of_a_document_is_found_in_what_is_stored(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let words = "canary quetzalcoatl\n".repeat(20_000);
    let note = "canary of the note".to_owned();
    let record = add(&world, &world.maya, AddDocument { note, ..file("canaryname.txt", words.as_bytes()) }).await;
    assert_eq!(read(&world, &world.maya, &named(&record)).await.unwrap(), words.as_bytes());
    let stored = world.everything_stored().await;
    assert!(stored.len() > words.len(), "nothing was looked through");
    for canary in ["quetzalcoatl", "canary of", "canaryname"] {
        assert!(!stored.windows(canary.len()).any(|bytes| bytes == canary.as_bytes()), "{canary}");
    }
}

#[rstest]
#[tokio::test]
async fn a_piece_that_was_changed_swapped_moved_lost_or_added_is_seen_to(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let bytes = text(2 * PIECE + 100, 1);
    let one = add(&world, &world.maya, file("one.txt", bytes.clone())).await;
    let other = add(&world, &world.maya, file("other.txt", text(2 * PIECE + 100, 2))).await;
    let foreign = add(&world, &world.jonas, file("foreign.txt", text(2 * PIECE + 100, 3))).await;
    // Whoever breaks in has taken the triggers away first.
    for name in ["update", "delete"] {
        let off = match engine {
            Engine::Sqlite => format!("DROP TRIGGER IF EXISTS document_chunk_final_on_{name}"),
            Engine::Postgres => "ALTER TABLE document_chunk DISABLE TRIGGER USER".to_owned(),
        };
        world.raw().execute_unprepared(&off).await.unwrap();
    }
    let piece = |record: &RecordView, position: i32| {
        format!("SELECT content FROM document_chunk WHERE record_id = {} AND position = {position}", record.id)
    };
    let stored = entity::document_chunk::Entity::find().all(world.raw()).await.unwrap();
    let restore = async || {
        entity::document_chunk::Entity::delete_many().exec(world.raw()).await.unwrap();
        for row in stored.clone() {
            let mut row: entity::document_chunk::ActiveModel = row.into();
            row.id = NotSet;
            entity::document_chunk::Entity::insert(row).exec_without_returning(world.raw()).await.unwrap();
        }
    };
    let put = |position: i32, source: String| {
        format!("UPDATE document_chunk SET content = ({source}) WHERE record_id = {} AND position = {position}", one.id)
    };
    let flipped = |position: i32, at: usize| {
        let row = stored.iter().find(|row| row.record_id == one.id.0 && row.position == position).unwrap();
        let mut content = row.content.clone();
        let at = at.min(content.len() - 1);
        content[at] ^= 1;
        let digits: String = content.iter().map(|byte| format!("{byte:02x}")).collect();
        put(
            position,
            if engine == Engine::Sqlite {
                format!("SELECT x'{digits}'")
            } else {
                format!("SELECT '\\x{digits}'::bytea")
            },
        )
    };
    let attacks = [
        ("flipped at its beginning", flipped(1, 0)),
        ("flipped at its end", flipped(3, usize::MAX)),
        ("swapped with the next", put(1, piece(&one, 2))),
        ("taken from another document", put(1, piece(&other, 1))),
        ("the last one of another document", put(3, piece(&other, 3))),
        ("taken from another patient", put(2, piece(&foreign, 2))),
        ("lost", format!("DELETE FROM document_chunk WHERE record_id = {} AND position = 3", one.id)),
        (
            "added",
            format!(
                "INSERT INTO document_chunk (record_id, position, content) SELECT {}, 4, content FROM document_chunk WHERE record_id = {} AND position = 3",
                one.id, one.id
            ),
        ),
    ];
    for (what, attack) in attacks {
        assert!(read(&world, &world.maya, &named(&one)).await.unwrap() == bytes, "before one was {what}");
        world.raw().execute_unprepared(&attack).await.unwrap();
        assert_eq!(read(&world, &world.maya, &named(&one)).await, Err(ProblemCode::Internal), "{what}");
        restore().await;
    }
}

#[rstest]
#[tokio::test]
async fn patients_bring_their_own_and_doctors_add_for_those_in_their_care_with_one_event_each(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let maya = PatientRef::Id(world.maya.patient.unwrap());
    let added = async |who: &TestPerson, patient: Option<&PatientRef>| {
        let actor = world.actor(who).await;
        let outcome = records::add_document(&world.services, &actor, patient, file("a.txt", "hello")).await;
        outcome.map(|record| record.into_inner()).map_err(|error| error.to_problem().code)
    };
    let own = added(&world.maya, Some(&maya)).await.unwrap();
    let event = |action: &str, outcome: &str, ids: String| (action.to_owned(), outcome.to_owned(), ids);
    assert_eq!(looks(&world).await, [event("documents.upload", "allowed", format!("[{}]", own.id))]);
    for (who, patient, code) in [
        (&world.jonas, Some(&maya), ProblemCode::NotFound),
        (&world.rivera, Some(&maya), ProblemCode::NotFound),
        (&world.admin, Some(&maya), ProblemCode::Forbidden),
        (&world.rivera, None, ProblemCode::ValidationError),
    ] {
        assert_eq!(added(who, patient).await.unwrap_err(), code, "{}", who.username);
        assert_eq!(read(&world, who, &named(&own)).await, Err(ProblemCode::NotFound), "{}", who.username);
    }
    let denied = looks(&world).await.split_off(1);
    assert_eq!(denied.iter().filter(|event| event.0 == "documents.upload").count(), 3, "{denied:?}");
    assert_eq!(denied.iter().filter(|event| event.0 == "documents.download").count(), 4, "{denied:?}");
    assert!(denied.iter().all(|event| event.1 == "denied" && event.2 == "[]"), "{denied:?}");
    world.book(&world.maya, &world.rivera, datetime(2026, 11, 25, 9, 30, 0, 0)).await.unwrap();
    let theirs = added(&world.rivera, Some(&maya)).await.unwrap();
    assert_eq!((theirs.doctor_name.as_str(), theirs.is_from_patient), ("Dr. Elena Rivera", false));
    for who in [&world.maya, &world.rivera] {
        let before = looks(&world).await.len();
        assert_eq!(read(&world, who, &named(&theirs)).await.unwrap(), b"hello");
        let all = looks(&world).await;
        assert_eq!(all[before..], [event("documents.download", "allowed", format!("[{}]", theirs.id))]);
    }
    let nobody = records::add_document(&world.services, &Actor::anonymous(), None, file("a.txt", "hello")).await;
    assert_eq!(nobody.unwrap_err().to_problem().code, ProblemCode::Unauthenticated);
}

#[rstest]
#[case::svg("heart.svg", b"<svg onload=\"alert(1)\" xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec())]
#[case::svg_named_png("heart.png", b"<?xml version=\"1.0\"?><svg/>".to_vec())]
#[case::gif_that_is_a_pdf("letter.pdf", b"GIF89a/*%PDF-1.7\n1 0 obj\n%%EOF\n".to_vec())]
#[case::archive_named_pdf("letter.pdf", b"PK\x03\x04\x14\0\x06\0[Content_Types].xml".to_vec())]
#[case::text_named_pdf("letter.pdf", b"hello".to_vec())]
#[case::script_in_a_pdf("form.pdf", b"%PDF-1.7\n<< /S /JavaScript >>\n%%EOF".to_vec())]
#[case::too_large("scan.pdf", vec![b' '; 25 * 1024 * 1024])]
#[case::empty("empty.pdf", Vec::new())]
#[case::none_chosen("", Vec::new())]
#[tokio::test]
async fn what_cannot_be_stored_is_refused_beside_its_field_and_leaves_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] name: &str,
    #[case] bytes: Vec<u8>,
) {
    let world = TestWorld::new(engine).await;
    let actor = world.actor(&world.maya).await;
    let document = AddDocument { note: "x".repeat(2_001), ..file(name, bytes) };
    let problem = records::add_document(&world.services, &actor, None, document).await.unwrap_err().to_problem();
    let fields: Vec<_> = problem.fields.keys().map(String::as_str).collect();
    assert_eq!(fields, ["file", "note"], "all that is wrong is told at once");
    assert!(problem.for_field("file").unwrap().to_lowercase().contains("please"));
    assert_eq!(entity::document_chunk::Entity::find().count(world.raw()).await.unwrap(), 0);
    assert_eq!(entity::medical_record::Entity::find().count(world.raw()).await.unwrap(), 0);
    assert!(looks(&world).await.is_empty(), "nobody saw or changed anything");
}

#[tokio::test]
async fn a_name_that_leads_elsewhere_is_stored_as_a_plain_one() {
    let world = TestWorld::new(Engine::Sqlite).await;
    for (given, name) in [("../../etc/passwd", "passwd.txt"), ("C:\\temp\\diary.txt", "diary.txt")] {
        assert_eq!(add(&world, &world.maya, file(given, "hello")).await.title(), name);
    }
}

#[rstest]
#[tokio::test]
async fn an_erased_document_does_not_exist_and_what_is_none_is_printed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let document = add(&world, &world.maya, file("a.txt", "hello")).await;
    let note = world.write_record(&world.maya, &world.rivera, "Hypertension").await;
    let note = Which::Id(domain::types::RecordId(note));
    assert_eq!(read(&world, &world.maya, &note).await, Err(ProblemCode::NotFound), "a note is no document");
    let maya = world.actor(&world.maya).await;
    let before = looks(&world).await.len();
    let printed = records::download(&world.services, &maya, &note).await.unwrap();
    assert!(matches!(printed, Download::Printed(printed) if printed.bytes.starts_with(b"%PDF-")));
    let kept = records::download(&world.services, &maya, &named(&document)).await.unwrap();
    let Download::Document(mut stream) = kept else { panic!("the document itself") };
    assert_eq!((stream.media_type, stream.next().await.unwrap()), (MediaType::Text, Some(b"hello".to_vec())));
    assert_eq!(stream.next().await.unwrap(), None);
    let events: Vec<_> = looks(&world).await.split_off(before).into_iter().map(|event| event.0).collect();
    assert_eq!(events, ["records.download", "documents.download"]);
    records::erase(&world.services, &Actor::system("test"), &document.patient_reference).await.unwrap();
    assert_eq!(read(&world, &world.maya, &named(&document)).await, Err(ProblemCode::NotFound));
    let gone = records::download(&world.services, &maya, &named(&document)).await.unwrap_err();
    assert_eq!(gone.to_problem().code, ProblemCode::NotFound);
}

#[rstest]
#[tokio::test]
async fn sent_twice_with_the_same_key_it_is_one_document(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = TestWorld::new(engine).await;
    let sent = |bytes: &str| AddDocument { key: Some("key-1".into()), ..file("a.txt", bytes) };
    let first = add(&world, &world.maya, sent("hello")).await;
    assert_eq!(add(&world, &world.maya, sent("hello")).await.id, first.id);
    let maya = world.actor(&world.maya).await;
    let other = records::add_document(&world.services, &maya, None, sent("goodbye")).await.unwrap_err();
    assert_eq!(other.to_problem().code, ProblemCode::IdempotencyMismatch);
    let rows = entity::document_chunk::Entity::find().filter(entity::document_chunk::Column::RecordId.eq(first.id.0));
    assert_eq!(rows.count(world.raw()).await.unwrap(), 1);
    let timeline = records::timeline(&world.services, &maya, TimelineQuery::default()).await.unwrap().into_inner();
    assert_eq!(timeline.entries.len(), 1);
}
