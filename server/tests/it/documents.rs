//! Documents and the whole record through the door. These routes of the pages are no server functions, so that the
//! access matrix does not know them: who may is walked here.

use std::{sync::Arc, task::Poll, time::Duration};

use axum::body::{Body, Bytes};
use domain::testing::TestPerson;
use http::header;
use jiff::{SignedDuration, civil::date};
use rstest::rstest;
use server::{Limits, state::Pace};
use tokio::sync::Notify;
use tower::ServiceExt;

use crate::support::{BOUNDARY, Caller, Engine, Reply, TestApp, UNHURRIED, multipart};

const PAGE: &str = "/records/documents";
const DIARY: (&str, &[u8]) = ("diary.txt", "Größe: no pain today.\n".as_bytes());
/// The name of a place as a camera notes it.
const PLACE: &[u8] = b"ZURICH HARBOUR";

/// One grey dot, with notes of the camera when there are any.
pub fn jpeg(notes: &[u8]) -> Vec<u8> {
    let segment = |marker: u8, payload: &[u8]| {
        let length = u16::try_from(payload.len() + 2).unwrap().to_be_bytes();
        [&[0xFF, marker], &length[..], payload].concat()
    };
    let code = |class: u8| segment(0xC4, &[&[class, 1][..], &[0; 15], &[0]].concat());
    let notes = if notes.is_empty() { Vec::new() } else { segment(0xE1, &[b"Exif\0\0", notes].concat()) };
    [
        b"\xFF\xD8".to_vec(),
        notes,
        segment(0xDB, &[&[0][..], &[1; 64]].concat()),
        segment(0xC0, &[8, 0, 1, 0, 1, 1, 1, 0x11, 0]),
        code(0x00),
        code(0x10),
        segment(0xDA, &[1, 1, 0, 0, 63, 0]),
        b"\x3F\xFF\xD9".to_vec(),
    ]
    .concat()
}

/// Where an accepted document is.
#[track_caller]
fn reference(reply: &Reply) -> String {
    assert_eq!(reply.status, 303, "{reply:?}");
    let entry = reply.header("location").strip_suffix("?done=added").unwrap_or_else(|| panic!("{reply:?}"));
    entry.strip_prefix("/records/").unwrap().to_owned()
}

#[rstest]
#[tokio::test]
async fn a_document_is_brought_and_taken_home_and_never_shown(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let maya = app.browser(&app.world.maya).await;
    assert!(maya.open("/records/documents/new").await.body.contains("enctype=\"multipart/form-data\""));
    let added = maya.upload(PAGE, &[("note", "From home"), ("unknown", "x")], DIARY).await;
    let reference = reference(&added);
    let page = maya.open(&format!("/records/{reference}?done=added")).await.body;
    for words in ["diary.txt", "From home", "Document added", &format!("/records/{reference}/file")] {
        assert!(page.contains(words), "{words}");
    }
    assert!(maya.open("/records?show=documents").await.body.contains("diary.txt"));
    let request =
        maya.request("GET", &format!("/records/{reference}/file")).header(header::ACCEPT_ENCODING, "gzip, br");
    let file = app.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!((file.status.as_u16(), &file.bytes[..]), (200, DIARY.1));
    for (name, value) in [
        ("content-type", "text/plain; charset=utf-8"),
        ("content-length", &DIARY.1.len().to_string()),
        ("content-disposition", "attachment; filename=\"diary.txt\"; filename*=UTF-8''diary.txt"),
        ("content-security-policy", "sandbox; default-src 'none'"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
        ("content-encoding", ""),
    ] {
        assert_eq!(file.header(name), value, "{name}");
    }
    let list = maya.open(PAGE).await;
    assert_eq!((list.status.as_u16(), list.header("location")), (303, "/records?show=documents"));
}

#[rstest]
#[case("/api/medical-records", "/api/medical-records/documents/")]
#[case("/api/v1/medical_records", "/api/v1/medical_records/documents")]
#[tokio::test]
async fn a_program_brings_a_picture_which_comes_back_without_the_notes_of_its_camera(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] prefix: &str,
    #[case] path: &str,
) {
    let app = TestApp::new(engine).await;
    let maya = app.program(&app.world.maya).await;
    let sent = jpeg(PLACE);
    assert!(sent.windows(PLACE.len()).any(|part| part == PLACE));
    let added = maya.upload(path, &[("note", "Rash")], ("rash.png", &sent)).await;
    assert_eq!(added.status, 201, "{added:?}");
    let record = added.json();
    assert_eq!((record["record_type"].as_str(), record["diagnosis"].as_str()), (Some("document"), Some("rash.jpg")));
    assert!(added.header("location").ends_with(&format!("/api/medical-records/records/{}/", record["id"])));
    let file = maya.get(&format!("{prefix}/records/{}/download/", record["id"])).await;
    assert_eq!((file.status.as_u16(), file.header("content-type")), (200, "image/jpeg"));
    assert_eq!(&file.bytes[..], &jpeg(&[])[..], "the same picture, and nothing else");
    for stranger in [&app.world.jonas, &app.world.rivera, &app.world.admin] {
        let caller = app.program(stranger).await;
        let refused = caller.get(&format!("{prefix}/records/{}/download/", record["id"])).await;
        assert_eq!(refused.problem(), "404 NOT_FOUND", "{}", stranger.username);
    }
    let json = maya.post(path, &serde_json::json!({"file": "hello"})).await;
    assert_eq!(json.problem(), "415 UNSUPPORTED_MEDIA_TYPE");
    let refused = maya.upload(path, &[], ("heart.svg", b"<svg/>")).await;
    assert_eq!(refused.problem(), "422 VALIDATION_ERROR");
    assert!(refused.json()["details"]["file"][0].as_str().unwrap().starts_with("This kind of file"));
}

#[rstest]
#[tokio::test]
async fn a_refused_document_leads_back_to_its_form_with_the_sentence_beside_the_field(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let maya = app.browser(&app.world.maya).await;
    let refused = maya.upload(PAGE, &[("note", "My heart")], ("heart.svg", b"<svg/>")).await;
    assert_eq!(refused.status, 303, "{refused:?}");
    let back = refused.header("location").to_owned();
    assert!(back.starts_with("/records/documents/new?flash="), "{back}");
    let page = maya.open(&back).await.body;
    for words in ["id=\"field-file-error\"", "This kind of file cannot be stored.", "My heart", "choose the file again"]
    {
        assert!(page.contains(words), "{words}");
    }
    assert!(!maya.open("/records/documents/new").await.body.contains("field-file-error"), "told once");
}

/// Nobody, own patient, other patient, own doctor, other doctor, administrator: what each is answered.
#[rstest]
#[tokio::test]
async fn the_routes_of_files_answer_everybody_as_they_should(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let world = &app.world;
    world.book(&world.maya, &world.rivera, date(2026, 11, 25).at(9, 0, 0, 0)).await.unwrap();
    let chart = maya_of(&app).await;
    let own = reference(&app.browser(&world.maya).await.upload(PAGE, &[], DIARY).await);
    let people: [Option<&TestPerson>; 6] =
        [None, Some(&world.maya), Some(&world.jonas), Some(&world.rivera), Some(&world.brandt), Some(&world.admin)];
    let mut found: [Vec<String>; 6] = Default::default();
    for person in people {
        let caller = match person {
            Some(person) => app.browser(person).await,
            None => app.anonymous(),
        };
        let told = |reply: Reply| match reply.status.as_u16() {
            303 | 302 if reply.header("location").starts_with("/login?next=") => "sign in".to_owned(),
            303 if reply.header("location").ends_with("?done=added") => "added".to_owned(),
            303 => "back".to_owned(),
            other => other.to_string(),
        };
        found[0].push(told(caller.open(&format!("/records/{own}/file")).await));
        found[1].push(told(caller.upload(PAGE, &[("patient", &chart)], DIARY).await));
        found[2].push(told(caller.upload(PAGE, &[], DIARY).await));
        found[3].push(told(caller.open("/records/summary.pdf").await));
        found[4].push(told(caller.open("/records/documents/new").await));
        found[5].push(told(caller.open(&format!("/patients/{chart}/documents/new")).await));
    }
    assert_eq!(found[0], ["sign in", "200", "404", "200", "404", "404"], "the file");
    // By reference a patient is named by those who work here.
    assert_eq!(found[1], ["sign in", "back", "back", "added", "back", "back"], "adding for Maya");
    assert_eq!(found[2], ["sign in", "added", "added", "back", "back", "back"], "adding to one's own");
    assert_eq!(found[3], ["sign in", "200", "200", "403", "403", "403"], "the whole record");
    assert_eq!(found[4], ["sign in", "200", "200", "403", "403", "403"], "the form");
    assert_eq!(found[5], ["sign in", "403", "403", "200", "404", "403"], "the form about Maya");
}

/// `PT-…`
async fn maya_of(app: &TestApp) -> String {
    let maya = app.program(&app.world.maya).await;
    let visits = maya.get("/api/appointments/appointments").await.json();
    visits["results"][0]["patient_id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_document_from_a_page_of_another_site_is_refused() {
    let app = TestApp::open().await;
    let tokens = app.world.tokens(&app.world.maya, domain::auth::SessionKind::Web).await;
    for path in [PAGE, "/api/medical-records/documents/"] {
        let request = http::Request::post(path)
            .header(header::COOKIE, format!("securemed_access={}", tokens.access))
            .header("sec-fetch-site", "cross-site")
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"));
        let reply = app.send(request.body(multipart(&[], DIARY).into()).unwrap()).await;
        assert_eq!(reply.status, 403, "{path}");
        assert!(reply.body.contains("CROSS_SITE"), "{path}");
    }
}

/// A form that goes on and on.
fn form(caller: &Caller<'_>, path: &str, told: Option<usize>, body: Body) -> http::Request<Body> {
    let mut request =
        caller.request("POST", path).header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"));
    if let Some(length) = told {
        request = request.header(header::CONTENT_LENGTH, length);
    }
    request.body(body).unwrap()
}

#[rstest]
#[case(PAGE)]
#[case("/api/medical-records/documents/")]
#[tokio::test]
async fn a_document_has_a_larger_bound_than_other_bodies_but_has_one(#[case] path: &str) {
    let limits = Limits { body_bytes: 100, upload_bytes: 2_000, ..UNHURRIED };
    let app = TestApp::with_limits(Engine::Sqlite, limits).await;
    let maya = app.browser(&app.world.maya).await;
    let fits = multipart(&[], ("a.txt", &[b'a'; 1_000]));
    let reply = app.send(form(&maya, path, Some(fits.len()), fits.into())).await;
    assert!(matches!(reply.status.as_u16(), 201 | 303), "{reply:?}");
    let large = multipart(&[], ("a.txt", &[b'a'; 3_000]));
    let chunks: Vec<_> = large.chunks(100).map(|part| Ok::<_, std::io::Error>(Bytes::copy_from_slice(part))).collect();
    let streamed = Body::from_stream(futures::stream::iter(chunks));
    for request in [form(&maya, path, Some(large.len()), large.into()), form(&maya, path, None, streamed)] {
        let reply = app.send(request).await;
        assert_eq!(reply.status, 413, "{reply:?}");
        assert!(reply.body.contains("too large"), "{reply:?}");
    }
}

#[tokio::test]
async fn whoever_comes_while_others_are_sending_is_told_to_come_back() {
    let limits = Limits { uploads: 1, ..UNHURRIED };
    let app = TestApp::with_limits(Engine::Sqlite, limits).await;
    let maya = app.program(&app.world.maya).await;
    let path = "/api/medical-records/documents/";
    let asked_for = Arc::new(Notify::new());
    let told = Arc::clone(&asked_for);
    // Whoever asks for its bytes has taken the place already.
    let never = Body::from_stream(futures::stream::poll_fn(move |_| -> Poll<Option<Result<Bytes, std::io::Error>>> {
        told.notify_one();
        Poll::Pending
    }));
    let slow = tokio::spawn(app.router.clone().oneshot(form(&maya, path, None, never)));
    asked_for.notified().await;
    let jonas = app.program(&app.world.jonas).await;
    for (somebody, words) in [(&maya, "Another document of yours"), (&jonas, "Other documents")] {
        let reply = somebody.upload(path, &[], DIARY).await;
        assert_eq!((reply.problem().as_str(), reply.header("retry-after")), ("503 UNAVAILABLE", "5"));
        assert!(reply.body.contains(words), "{}", reply.body);
    }
    slow.abort();
    assert!(slow.await.is_err());
    assert_eq!(maya.upload(path, &[], DIARY).await.status, 201, "the place is free again");
}

#[tokio::test]
async fn a_document_that_does_not_arrive_is_given_up() {
    let limits = Limits { upload_time: std::time::Duration::from_millis(1), ..UNHURRIED };
    let app = TestApp::with_limits(Engine::Sqlite, limits).await;
    let maya = app.program(&app.world.maya).await;
    let never = Body::from_stream(futures::stream::pending::<Result<Bytes, std::io::Error>>());
    let reply = app.send(form(&maya, "/api/medical-records/documents/", None, never)).await;
    assert_eq!(reply.problem(), "408 REQUEST_TIMEOUT");
}

/// A body of which a piece comes now and then.
fn trickle(pieces: Vec<Bytes>, every: Duration) -> Body {
    Body::from_stream(futures::stream::unfold(pieces.into_iter(), move |mut pieces| async move {
        tokio::time::sleep(every).await;
        pieces.next().map(|piece| (Ok::<_, std::io::Error>(piece), pieces))
    }))
}

#[tokio::test]
async fn one_person_who_trickles_keeps_nobody_else_from_sending_and_loses_the_place() {
    let pace = Pace { bytes: 1_000, time: Duration::from_millis(200) };
    let limits = Limits { uploads: 2, upload_pace: pace, ..UNHURRIED };
    let app = TestApp::with_limits(Engine::Sqlite, limits).await;
    let (maya, jonas) = (app.program(&app.world.maya).await, app.program(&app.world.jonas).await);
    let path = "/api/medical-records/documents/";
    let file = multipart(&[], ("a.txt", &[b'a'; 8_000]));
    let bytes: Vec<_> = file.iter().map(|byte| Bytes::copy_from_slice(&[*byte])).collect();
    let slow = trickle(bytes, Duration::from_millis(20));
    let slow = tokio::spawn(app.router.clone().oneshot(form(&maya, path, None, slow)));
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(jonas.upload(path, &[], DIARY).await.status, 201, "one person has one place");
    let lost = slow.await.unwrap().unwrap();
    assert_eq!(lost.status(), 408);
    // Slow is not too slow.
    let pieces: Vec<_> = file.chunks(500).map(Bytes::copy_from_slice).collect();
    let steady = form(&maya, path, None, trickle(pieces, Duration::from_millis(30)));
    assert_eq!(app.send(steady).await.status, 201, "and has it again");
}

#[rstest]
#[tokio::test]
async fn the_whole_record_asks_for_a_fresh_proof_and_comes_back_to_its_button(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    app.world.write_record(&app.world.maya, &app.world.rivera, "Hypertension").await;
    let maya = app.browser(&app.world.maya).await;
    let page = maya.open("/records").await.body;
    assert!(page.contains("/records/summary.pdf") && page.contains("/records/documents/new"));
    let pdf = maya.open("/records/summary.pdf").await;
    assert_eq!((pdf.status.as_u16(), pdf.header("content-type")), (200, "application/pdf"));
    assert!(pdf.header("content-disposition").ends_with("-record.pdf\""), "{:?}", pdf.headers);
    assert!(pdf.bytes.starts_with(b"%PDF-"));
    app.world.wait(SignedDuration::from_mins(5));
    let proof = maya.open("/records/summary.pdf").await;
    assert_eq!(proof.status, 303);
    assert_eq!(proof.header("location"), "/account/confirm?next=%2Frecords%3Fdone%3Dconfirmed");
    assert!(maya.open("/records?done=confirmed").await.body.contains("during the next five minutes"));
}
