//! A text that was made into UTF-8 says so for good: on its page, for whoever treats the patient, and to programs.

use jiff::civil::date;
use rstest::rstest;
use serde_json::Value;

use crate::support::{Engine, TestApp};

const CONVERTED: &str = "Converted from Windows-1252 to UTF-8.";

#[rstest]
#[case::of_windows(b"Gr\xF6\xDFe 170 cm, 37 \xB0C", Some(CONVERTED))]
#[case::of_this_time("Größe 170 cm, 37 °C".as_bytes(), None)]
#[tokio::test]
async fn a_text_in_an_older_encoding_is_stored_in_utf_8_and_its_entry_says_so(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] file: &[u8],
    #[case] said: Option<&str>,
) {
    let app = TestApp::new(engine).await;
    let world = &app.world;
    world.book(&world.maya, &world.rivera, date(2026, 11, 25).at(9, 30, 0, 0)).await.unwrap();
    let (maya, rivera) = (app.browser(&world.maya).await, app.browser(&world.rivera).await);
    // With a note of whoever brought it, and without one.
    for note in ["Measured at home", ""] {
        let added = maya.upload("/records/documents", &[("note", note)], ("size.txt", file)).await;
        let entry = added.header("location").strip_suffix("?done=added").unwrap_or_else(|| panic!("{added:?}"));
        for caller in [&maya, &rivera] {
            let page = caller.open(entry).await;
            assert_eq!(page.status, 200, "{entry}");
            assert!(page.body.contains(note), "{entry}");
            assert_eq!(page.body.contains("Converted from"), said.is_some(), "{note}");
            assert!(said.is_none_or(|said| page.body.contains(said)), "{note}: {}", page.body);
            let stored = caller.open(&format!("{entry}/file")).await;
            assert_eq!((stored.status.as_u16(), stored.body.as_str()), (200, "Größe 170 cm, 37 °C"));
        }
    }
    let program = app.program(&world.maya).await;
    let brought = program.get("/api/medical-records/records/?record_type=document").await.json();
    let notes: Vec<_> = brought["results"].as_array().unwrap().iter().map(|entry| entry["notes"].clone()).collect();
    let note = ["Measured at home"].into_iter().chain(said).collect::<Vec<_>>().join("\n");
    assert_eq!(notes, [Value::from(said.unwrap_or_default()), Value::from(note)], "{brought}");
}
