//! The document against what is really sent and taken: sizes of pages, free times in a conflict, types of files, dates.

use data_encoding::BASE64;
use domain::types::records::{Content, RecordType, Report};
use jiff::{Timestamp, civil::Date, civil::date};
use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    documents::jpeg,
    support::{Caller, Engine, TestApp},
};

/// The smallest picture there is: one dot.
const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
/// Days that are written otherwise than the document says, and one that there is not.
const ODD_DAYS: [&str; 7] =
    ["25.11.2026", "2026/11/25", "20261125", "2026-11-25T00:00:00Z", "2026-W48-3", "+002026-11-25", "2026-02-29"];

async fn document(app: &TestApp) -> Value {
    app.anonymous().get("/api/openapi.json").await.json()
}

/// The schema of a whole answer.
fn answered<'a>(document: &'a Value, path: &str, method: &str, status: &str) -> &'a Value {
    let responses = &document["paths"][path][method]["responses"][status];
    let kinds = responses["content"].as_object().unwrap_or_else(|| panic!("{method} {path} {status} in the document"));
    &kinds.values().next().expect("a kind of answer")["schema"]
}

/// Where a value is otherwise than its schema says: kinds, words, days and what must be there. Bounds are not read.
fn wrong(document: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let schema = document.pointer(name.trim_start_matches('#')).unwrap_or_else(|| panic!("{name} is there"));
        return wrong(document, schema, value, at);
    }
    for (word, needed) in [("oneOf", 1..2), ("anyOf", 1..usize::MAX)] {
        if let Some(choices) = schema[word].as_array() {
            let fitting = choices.iter().filter(|choice| wrong(document, choice, value, at).is_empty()).count();
            return if needed.contains(&fitting) {
                Vec::new()
            } else {
                vec![format!("{at}: {fitting} of {word}: {value}")]
            };
        }
    }
    let mut found = Vec::new();
    for part in schema["allOf"].as_array().into_iter().flatten() {
        found.extend(wrong(document, part, value, at));
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let is_of = |allowed: &Value| *allowed == json!(kind) || (kind == "integer" && *allowed == json!("number"));
    let fits = match &schema["type"] {
        Value::Null => true,
        Value::Array(kinds) => kinds.iter().any(is_of),
        one => is_of(one),
    };
    if !fits || schema["enum"].as_array().is_some_and(|words| !words.contains(value)) {
        found.push(format!("{at}: {value} is not {}", schema["type"]));
    }
    let has_format = match (schema["format"].as_str(), value.as_str()) {
        (Some("date"), Some(text)) => text.len() == 10 && text.parse::<Date>().is_ok(),
        (Some("date-time"), Some(text)) => text.ends_with('Z') && text.parse::<Timestamp>().is_ok(),
        _ => true,
    };
    if !has_format {
        found.push(format!("{at}: {value} is no {}", schema["format"]));
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.get(name).is_none() {
            found.push(format!("{at}: {name} is missing"));
        }
    }
    for (name, part) in value.as_object().into_iter().flatten() {
        let known = schema["properties"].get(name).or_else(|| schema.get("additionalProperties"));
        found.extend(known.map(|known| wrong(document, known, part, &format!("{at}.{name}"))).unwrap_or_default());
    }
    for (place, part) in value.as_array().into_iter().flatten().enumerate() {
        found.extend(wrong(document, &schema["items"], part, &format!("{at}[{place}]")));
    }
    found
}

#[tokio::test]
async fn no_list_has_pages_without_entries_and_the_document_says_so() {
    let app = TestApp::open().await;
    let maya = app.program(&app.world.maya).await;
    let document = document(&app).await;
    let mut lists = 0;
    for (path, operations) in document["paths"].as_object().unwrap() {
        let parameters = operations["get"]["parameters"].as_array().into_iter().flatten();
        let Some(size) = parameters.into_iter().find(|parameter| parameter["name"] == "page_size") else { continue };
        assert_eq!(size["schema"]["oneOf"][0]["minimum"], 1, "{path}");
        for odd in ["0", "-1", "ten", "1.5", "+5"] {
            let refused = maya.get(&format!("/api{path}?page_size={odd}")).await;
            assert_eq!(refused.problem(), "422 VALIDATION_ERROR", "{path} {odd}");
            assert!(refused.json()["details"]["page_size"][0].is_string(), "{path}: {}", refused.body);
        }
        assert_eq!(maya.get(&format!("/api{path}?page_size=1")).await.status, 200, "{path}");
        lists += 1;
    }
    assert!(lists >= 6, "{lists} lists");
}

#[rstest]
#[tokio::test]
async fn the_free_times_of_a_conflict_are_as_the_document_says(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    const LIST: &str = "/api/appointments/appointments/";
    let app = TestApp::new(engine).await;
    let world = &app.world;
    world.book(&world.jonas, &world.rivera, date(2026, 11, 25).at(9, 30, 0, 0)).await.unwrap();
    let document = document(&app).await;
    let schema = answered(&document, "/appointments/appointments", "post", "409");
    let maya = app.program(&world.maya).await;
    let mut body = json!({
        "doctor": world.rivera.doctor, "appointment_date": "2026-11-25", "appointment_time": "09:30",
        "reason": "Palpitations",
    });
    let taken = maya.post(LIST, &body).await;
    assert_eq!(taken.problem(), "409 SLOT_TAKEN");
    let taken = taken.json();
    assert!(!taken["details"]["nearest_slots"].as_array().unwrap().is_empty());
    assert_eq!(wrong(&document, schema, &taken, ""), [""; 0]);
    // As sentences, which every other detail is, they are refused: the schema speaks of them.
    for odd in [json!(["Wed 25 November, 10:00"]), json!([{"date": "25.11.2026", "time": "10:00"}]), json!([{}])] {
        let mut told = taken.clone();
        told["details"]["nearest_slots"] = odd;
        assert_ne!(wrong(&document, schema, &told, ""), [""; 0], "{told}");
    }
    body["appointment_date"] = json!("soon");
    let refused = maya.post(LIST, &body).await.json();
    assert_eq!(
        wrong(&document, answered(&document, "/appointments/appointments", "post", "4XX"), &refused, ""),
        [""; 0]
    );
}

#[rstest]
#[tokio::test]
async fn every_type_of_a_download_is_in_the_document_and_no_other(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let world = &app.world;
    let maya = app.program(&world.maya).await;
    let (report, _) = world.write_lab_report(&world.maya, &world.rivera, "Ferritin", "11", "µg/L").await;
    let mut entries = vec![json!(report)];
    let png = BASE64.decode(PNG.as_bytes()).unwrap();
    for (name, file) in [("a.jpg", jpeg(&[])), ("b.png", png), ("c.txt", b"No pain today.".to_vec())] {
        let added = maya.upload("/api/medical-records/documents/", &[], (name, &file)).await;
        assert_eq!(added.status, 201, "{name}: {added:?}");
        entries.push(added.json()["id"].clone());
    }
    let mut sent = Vec::new();
    for entry in entries {
        let file = maya.get(&format!("/api/medical-records/records/{entry}/download/")).await;
        assert_eq!(file.status, 200, "{entry}");
        sent.push(file.header("content-type").split(';').next().unwrap().to_owned());
    }
    sent.sort();
    let document = document(&app).await;
    let told = &document["paths"]["/medical-records/records/{id}/download"]["get"]["responses"]["200"]["content"];
    let told: Vec<_> = told.as_object().unwrap().keys().cloned().collect();
    assert_eq!(sent, told);
}

/// What a request is answered when a field holds this day.
async fn with_day(caller: &Caller<'_>, (method, path, field): (&str, &str, &str), body: &Value, day: &str) -> String {
    let mut body = body.clone();
    body[field] = json!(day);
    let reply = caller.json(method, path, &body).await;
    if reply.status.is_success() {
        return reply.status.as_str().to_owned();
    }
    assert!(reply.json()["details"][field][0].is_string(), "{field} {day}: {}", reply.body);
    reply.problem()
}

#[tokio::test]
async fn a_day_is_taken_in_the_form_of_the_document_alone() {
    let app = TestApp::open().await;
    let world = &app.world;
    world.book(&world.maya, &world.rivera, date(2026, 11, 24).at(9, 0, 0, 0)).await.unwrap();
    let (maya, rivera) = (app.program(&world.maya).await, app.program(&world.rivera).await);
    let visit = json!({"doctor": world.rivera.doctor, "appointment_time": "09:30", "reason": "Palpitations"});
    let entry = json!({"patient": world.maya.patient, "diagnosis": "Extra beats", "treatment": "Less coffee"});
    let profile = json!({"first_name": "Maya", "last_name": "Okafor"});
    let bodies = [
        (&maya, ("POST", "/api/appointments/appointments", "appointment_date"), visit, "2026-11-25", "201"),
        (&rivera, ("POST", "/api/medical-records/records", "record_date"), entry, "2026-11-20", "201"),
        (&maya, ("PUT", "/api/patients/profile", "date_of_birth"), profile, "1990-04-01", "200"),
    ];
    let document = document(&app).await;
    for (caller, at, body, day, status) in bodies {
        let operation = &document["paths"][at.1.trim_start_matches("/api")][at.0.to_lowercase()];
        let schema = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str().unwrap();
        let schema = document.pointer(schema.trim_start_matches('#')).unwrap();
        assert_eq!(schema["properties"][at.2]["format"], "date", "{at:?}");
        for odd in ODD_DAYS {
            assert_eq!(with_day(caller, at, &body, odd).await, "422 VALIDATION_ERROR", "{at:?} {odd}");
        }
        assert_eq!(with_day(caller, at, &body, day).await, status, "{at:?}");
    }
    for odd in ODD_DAYS {
        let refused = maya.get(&format!("/api/appointments/appointments?from={}", odd.replace('+', "%2B"))).await;
        assert_eq!(refused.problem(), "422 VALIDATION_ERROR", "{odd}");
    }
}

#[tokio::test]
async fn days_and_instants_of_answers_are_in_the_forms_of_the_document() {
    let app = TestApp::open().await;
    let world = &app.world;
    world.book(&world.maya, &world.rivera, date(2026, 11, 25).at(9, 30, 0, 0)).await.unwrap();
    world.write_lab_report(&world.maya, &world.rivera, "Ferritin", "11", "µg/L").await;
    let content = Content::Report(Report { assessment: "Benign".into(), ..Report::default() });
    world.write_entry(&world.maya, &world.rivera, RecordType::Imaging, date(2026, 11, 20), content, &[]).await;
    let maya = app.program(&world.maya).await;
    assert_eq!(maya.post("/api/medical-records/vitals", &json!({"heart_rate": 72})).await.status, 201);
    let document = document(&app).await;
    for path in [
        "/appointments/appointments",
        "/auth/sessions",
        "/labs/results",
        "/medical-records/records",
        "/medical-records/vitals",
        "/medical-records/dashboard/stats",
        "/patients/profile",
    ] {
        let answer = maya.get(&format!("/api{path}")).await.json();
        assert!(answer["results"].as_array().is_none_or(|rows| !rows.is_empty()), "{path}: {answer}");
        assert_eq!(wrong(&document, answered(&document, path, "get", "200"), &answer, ""), [""; 0], "{path}");
    }
}
