//! The record over REST.

use domain::types::records::{Content, RecordType, Report, Vitals};
use jiff::civil::date;
use rstest::rstest;
use serde_json::json;

use crate::support::{Engine, TestApp};

#[rstest]
#[tokio::test]
async fn a_patient_reads_their_own_record_at_both_addresses(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values("/api/medical-records/records/", "/api/v1/medical_records/records")] path: &str,
) {
    let app = TestApp::new(engine).await;
    let world = &app.world;
    world.write_record(&world.maya, &world.rivera, "Benign palpitations").await;
    let own = app.program(&world.maya).await.get(path).await.json();
    assert_eq!(own["count"], 1);
    let entry = &own["results"][0];
    assert_eq!((&entry["diagnosis"], &entry["record_type"]), (&json!("Benign palpitations"), &json!("consultation")));
    assert_eq!((&entry["record_date"], &entry["prescriptions"]), (&json!("2026-11-20"), &json!([])));
    assert!(entry["record_id"].as_str().unwrap().starts_with("REC-"));
    assert_eq!(app.program(&world.jonas).await.get(path).await.json()["count"], 0);
    assert_eq!(app.program(&world.rivera).await.get(path).await.json()["count"], 0, "no visit, no care");
}

#[rstest]
#[tokio::test]
async fn what_was_added_to_an_entry_is_told_whole_and_names_that_entry(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let world = &app.world;
    let id = world.write_record(&world.maya, &world.rivera, "Benign palpitations").await;
    world.book(&world.maya, &world.rivera, date(2026, 11, 25).at(9, 30, 0, 0)).await.unwrap();
    let rivera = world.actor(&world.rivera).await;
    let which = domain::records::Which::Id(domain_types::RecordId(id));
    let note = domain::records::detail(&world.services, &rivera, &which).await.unwrap().into_inner().record;
    let _ = domain::records::add_to(&world.services, &rivera, &note.reference, "Tea as well.\nNo coffee.", None)
        .await
        .unwrap();
    let own = app.program(&world.maya).await.get("/api/medical-records/records/").await.json();
    let (added, note) = (&own["results"][0], &own["results"][1]);
    assert_eq!((&added["amends"], &added["notes"]), (&json!(id), &json!("Tea as well.\nNo coffee.")));
    assert_eq!((&added["diagnosis"], &note["amends"]), (&json!(""), &json!(null)));
}

#[rstest]
#[case(RecordType::Consultation, "Ask about this note")]
#[case(RecordType::Imaging, "Ask about this report")]
#[case(RecordType::LabReport, "Ask about this result")]
#[case(RecordType::Vitals, "Ask about this measurement")]
#[tokio::test]
async fn a_patient_asks_about_an_entry_by_what_it_is(#[case] kind: RecordType, #[case] words: &str) {
    let app = TestApp::open().await;
    let world = &app.world;
    let content = match kind {
        RecordType::Vitals => Content::Vitals(Vitals { heart_rate: Some(64), ..Vitals::default() }),
        _ => Content::Report(Report { assessment: "Benign".into(), ..Report::default() }),
    };
    let (_, reference) = world.write_entry(&world.maya, &world.rivera, kind, date(2026, 11, 20), content, &[]).await;
    let maya = app.browser(&world.maya).await;
    for below in ["", "/ask"] {
        let page = maya.open(&format!("/records/{reference}{below}")).await.body;
        assert!(page.contains(words), "{below}: {words} is missing in {page}");
        assert!(words.ends_with("result") || !page.contains("Ask about this result"), "{below}");
    }
}

#[tokio::test]
async fn an_unknown_kind_of_entry_is_told() {
    let app = TestApp::open().await;
    let maya = app.program(&app.world.maya).await;
    assert_eq!(maya.get("/api/medical-records/records?record_type=secret").await.problem(), "422 VALIDATION_ERROR");
    assert_eq!(maya.get("/api/medical-records/records?record_type=imaging").await.json()["count"], 0);
}

#[rstest]
#[tokio::test]
async fn an_entry_of_somebody_else_looks_like_one_that_does_not_exist_at_both_addresses(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values("/api/medical-records", "/api/v1/medical_records")] prefix: &str,
) {
    let app = TestApp::new(engine).await;
    let world = &app.world;
    let (id, reference) = world.write_lab_report(&world.maya, &world.rivera, "Ferritin", "11", "µg/L").await;
    for stranger in [&world.jonas, &world.rivera, &world.admin] {
        let caller = app.program(stranger).await;
        for end in ["", "download/"] {
            let mut answers = Vec::new();
            for asked in [id, 999_999] {
                let mut answer = caller.get(&format!("{prefix}/records/{asked}/{end}")).await.json();
                answer["instance"] = json!(null);
                answers.push(answer);
            }
            assert_eq!(answers[0]["code"], "NOT_FOUND", "{}", stranger.username);
            assert_eq!(answers[0], answers[1], "{}", stranger.username);
        }
        let (foreign, unknown) = (format!("/records/{reference}/pdf"), "/records/REC-00000000/pdf".to_owned());
        let browser = app.browser(stranger).await;
        for page in [foreign, unknown] {
            assert_eq!(browser.open(&page).await.status, 404, "{page}");
        }
    }
    let odd = app.program(&world.maya).await.get(&format!("{prefix}/records/1%20OR%201/")).await;
    assert_eq!(odd.problem(), "404 NOT_FOUND");
}

#[rstest]
#[tokio::test]
async fn an_entry_and_a_result_are_downloaded_as_pdf(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let app = TestApp::new(engine).await;
    let world = &app.world;
    let (id, reference) = world.write_lab_report(&world.maya, &world.rivera, "Ferritin", "11", "µg/L").await;
    let maya = app.program(&world.maya).await;
    let results = maya.get("/api/labs/results/").await.json();
    let result = &results["results"][0];
    assert_eq!(
        (&result["test"], &result["units"], &result["flag"]),
        (&json!("Ferritin"), &json!("µg/L"), &json!("unknown"))
    );
    let browser = app.browser(&world.maya).await;
    for file in [
        maya.get(&format!("/api/medical-records/records/{id}/download/")).await,
        maya.get(&format!("/api/labs/results/{}/download/", result["id"])).await,
        browser.open(&format!("/records/{reference}/pdf")).await,
    ] {
        assert_eq!(file.status, 200);
        assert_eq!(file.headers["content-type"], "application/pdf");
        assert_eq!(file.headers["content-disposition"], format!("attachment; filename=\"{reference}.pdf\""));
        assert!(file.body.starts_with("%PDF-"), "{:.20}", file.body);
    }
    let nobody = app.anonymous().open(&format!("/records/{reference}/pdf")).await;
    assert_eq!(nobody.headers["location"], format!("/login?next=%2Frecords%2F{}%2Fpdf", reference.replace('-', "%2D")));
}

#[rstest]
#[tokio::test]
async fn a_text_that_turns_its_direction_is_refused_beside_its_field_by_both_doors(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let world = &app.world;
    world.book(&world.maya, &world.rivera, date(2026, 11, 25).at(9, 30, 0, 0)).await.unwrap();
    let rivera = app.program(&world.rivera).await;
    let prescription = |dosage: &str| {
        json!({
            "patient": world.maya.patient, "medication_name": "Amlodipine", "dosage": dosage, "frequency": "once a day",
            "duration": "28 days",
        })
    };
    let turned = rivera.post("/api/medical-records/prescriptions/", &prescription("\u{202E}01 mg")).await;
    assert_eq!(turned.problem(), "422 VALIDATION_ERROR");
    let sentence = turned.json()["details"]["dosage"][0].as_str().unwrap_or_default().to_owned();
    assert!(sentence.contains("direction of the text"), "{}", turned.body);
    assert_eq!(rivera.post("/api/medical-records/prescriptions/", &prescription("10 mg")).await.status, 201);

    let doctor = world.rivera.doctor.unwrap().to_string();
    let maya = app.browser(&world.maya).await;
    let fields =
        [("doctor", &*doctor), ("date", "2026-11-26"), ("time", "09:00"), ("reason", "10\u{2066} mg"), ("key", "k1")];
    let back = maya.submit("/fn/appointments/book", &fields).await.header("location").to_owned();
    let page = maya.open(&back).await.body;
    assert!(page.contains("direction of the text, after “10”"), "{page}");
}

#[rstest]
#[tokio::test]
async fn programs_read_how_urgent_a_value_is_and_when_its_sample_was_taken(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let world = &app.world;
    world.write_lab_report(&world.maya, &world.rivera, "Potassium", "6.9", "mmol/L").await;
    let maya = app.program(&world.maya).await;
    let result = &maya.get("/api/labs/results/").await.json()["results"][0];
    assert_eq!(
        [&result["level"], &result["flag"], &result["mark"], &result["sample_date"], &result["sample_time"]],
        [&json!("critical"), &json!("unknown"), &json!(null), &json!("2026-11-20"), &json!(null)]
    );
}

#[rstest]
#[tokio::test]
async fn programs_enter_every_reading_that_the_page_takes_and_read_which_are_critical(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let maya = app.program(&app.world.maya).await;
    let enter = async |body: serde_json::Value| maya.json("POST", "/api/medical-records/vitals/", &body).await;
    let critical = enter(json!({"systolic_bp": 240, "diastolic_bp": 140, "oxygen_saturation": 72})).await;
    assert_eq!(critical.status, 201, "{}", critical.body);
    assert_eq!(critical.json()["critical"], json!(["Blood pressure 240/140 mmHg", "Oxygen 72 %"]));
    let usual = enter(json!({"heart_rate": 64, "weight": "72,4"})).await;
    assert_eq!((usual.status.as_u16(), &usual.json()["critical"]), (201, &json!([])));
    let page = app.browser(&app.world.maya).await;
    for body in [
        json!({"heart_rate": 28}),
        json!({"heart_rate": 255}),
        json!({"temperature": 29.5}),
        json!({"oxygen_saturation": 45}),
        json!({"systolic_bp": 260, "diastolic_bp": 155}),
        json!({"systolic_bp": 65, "diastolic_bp": 35}),
        json!({"systolic_bp": 300, "diastolic_bp": 145}),
        json!({"weight": 650}),
    ] {
        assert_eq!(enter(body.clone()).await.status, 201, "{body}");
        let fields: Vec<(String, String)> =
            body.as_object().unwrap().iter().map(|(name, value)| (name.clone(), value.to_string())).collect();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
        let next = page.submit("/fn/records/enter-vitals", &fields).await.header("location").to_owned();
        assert!(!next.contains("flash"), "{body}: {next}");
    }
    for (field, value, said) in [
        ("systolic_bp", json!(351), "from 30 to 350"),
        ("weight", json!("1,200"), "Write 1200 or 1.2."),
        ("weight", json!("1.234,5"), "Write 1234.5"),
    ] {
        let refused = enter(json!({ field: value })).await;
        assert_eq!(refused.status, 422, "{field}");
        assert!(refused.json()["details"][field].to_string().contains(said), "{}", refused.body);
    }
}

#[rstest]
#[tokio::test]
async fn a_patient_with_a_critical_reading_reads_at_once_what_to_do(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let maya = app.browser(&app.world.maya).await;
    let enter = async |fields: &[(&str, &str)]| {
        let next = maya.submit("/fn/records/enter-vitals", fields).await.header("location").to_owned();
        maya.open(&next).await.body
    };
    let critical = enter(&[("systolic_bp", "260"), ("diastolic_bp", "140"), ("oxygen_saturation", "72")]).await;
    for said in ["Critical: Blood pressure 260/140 mmHg, Oxygen 72 %", "local emergency number", "tel:"] {
        assert!(critical.contains(said), "{said}: {critical}");
    }
    assert!(!critical.contains("harmless"));
    let usual = enter(&[("systolic_bp", "121"), ("diastolic_bp", "79")]).await;
    assert!(usual.contains("121/79 mmHg") && !usual.contains("Critical:"), "{usual}");
    let impossible = enter(&[("systolic_bp", "1,200")]).await;
    assert!(impossible.contains("Write 1200 or 1.2."), "{impossible}");
}
