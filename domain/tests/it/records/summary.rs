//! The whole record on paper.

use domain::{
    auth::FRESH,
    records::{self, AddDocument},
    testing::{Engine, TestWorld},
    types::ProblemCode,
};
use rstest::rstest;

use super::looks;

#[rstest]
#[tokio::test]
async fn a_patient_prints_the_whole_record_with_a_fresh_proof_and_one_event(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    let note = world.write_record(&world.maya, &world.rivera, "Hypertension").await;
    let (report, _) = world.write_lab_report(&world.maya, &world.rivera, "Ferritin", "11", "µg/L").await;
    world.write_record(&world.jonas, &world.brandt, "Eczema").await;
    let maya = world.actor(&world.maya).await;
    let letter = AddDocument { file_name: "Letter.txt".into(), bytes: b"hello".to_vec(), ..AddDocument::default() };
    let letter = records::add_document(&world.services, &maya, None, letter).await.unwrap().into_inner();
    let before = looks(&world).await.len();
    let printed = records::summary(&world.services, &maya).await.unwrap();
    assert_eq!(printed.name, format!("{}-record.pdf", letter.patient_reference));
    let pdf = String::from_utf8_lossy(&printed.bytes);
    // Headings stand readable in the list of bookmarks.
    for words in ["%PDF-", "Hypertension", "Ferritin measured", "Laboratory results", "(Documents)"] {
        assert!(pdf.contains(words), "{words}");
    }
    assert!(!pdf.contains("Eczema") && !pdf.contains("(Vaccinations)"));
    let events = looks(&world).await.split_off(before);
    assert_eq!(events.len(), 1);
    assert_eq!((events[0].0.as_str(), events[0].1.as_str()), ("records.summary", "allowed"));
    let mut seen: Vec<i64> = serde_json::from_str(&events[0].2).unwrap();
    seen.sort_unstable();
    assert_eq!(seen, [note, report, letter.id.0]);
}

#[rstest]
#[tokio::test]
async fn nobody_else_prints_it_and_neither_does_a_browser_left_open(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = TestWorld::new(engine).await;
    for staff in [&world.rivera, &world.admin] {
        let refused = records::summary(&world.services, &world.actor(staff).await).await.unwrap_err();
        assert_eq!(refused.to_problem().code, ProblemCode::Forbidden);
    }
    let tokens = world.tokens(&world.maya, domain::auth::SessionKind::Rest).await;
    world.wait(FRESH);
    let activity = domain::auth::Activity::Active;
    let stale = domain::auth::authenticate(&world.services, &tokens.access, activity).await.unwrap();
    let refused = records::summary(&world.services, &stale).await.unwrap_err();
    assert_eq!(refused.to_problem().code, ProblemCode::StepUpRequired);
    let nobody = records::summary(&world.services, &domain::access::Actor::anonymous()).await.unwrap_err();
    assert_eq!(nobody.to_problem().code, ProblemCode::Unauthenticated);
    let events = looks(&world).await;
    assert_eq!(events.len(), 3, "{events:?}");
    assert!(events.iter().all(|event| event.0 == "records.summary" && event.1 == "denied"), "{events:?}");
}
