//! Medicines and allergies at both doors: what was not compared is said wherever the comparison is told.

use domain::records::{self, PrescribedFor};
use domain::types::{
    PatientId,
    records::{ListForm, PatientRef, PrescriptionForm, RecordView, Severity},
};
use jiff::civil::date;
use rstest::rstest;
use serde_json::json;

use crate::{
    html,
    support::{Caller, Engine, TestApp},
};

/// Said only when everything was compared.
const NOTHING: &str = "lists nothing against this medicine";

async fn clinic(engine: Engine) -> TestApp {
    let app = TestApp::new(engine).await;
    app.world.book(&app.world.maya, &app.world.rivera, date(2026, 11, 25).at(9, 30, 0, 0)).await.unwrap();
    app
}

fn maya() -> PatientRef {
    PatientRef::Id(PatientId(1))
}

async fn allergic_to(app: &TestApp, name: &str) {
    let rivera = app.world.actor(&app.world.rivera).await;
    let (meant, meant_for) = (name.to_owned(), name.to_owned());
    let form = ListForm { kind: "allergy".into(), name: name.into(), meant, meant_for, ..ListForm::default() };
    let _ = records::add_item(&app.world.services, &rivera, &maya(), &form).await.unwrap();
}

async fn written(app: &TestApp, medicine: &str) -> RecordView {
    let rivera = app.world.actor(&app.world.rivera).await;
    let form = PrescriptionForm {
        medication_name: medicine.into(),
        dosage: "500 mg".into(),
        frequency: "Twice a day".into(),
        duration: "7 days".into(),
        instructions: String::new(),
    };
    let whose = PrescribedFor::Patient(maya());
    records::write_prescription(&app.world.services, &rivera, &whose, &form, None).await.unwrap().into_inner()
}

async fn chart_of_maya(app: &TestApp) -> String {
    let rivera = app.world.actor(&app.world.rivera).await;
    let chart = records::chart(&app.world.services, &rivera, &maya()).await.unwrap().into_inner();
    chart.patient.reference
}

#[rstest]
#[case("Zorblax", "Amoxicillin", "Not compared: allergy to “Zorblax”.")]
#[case("Latex", "Amoxicillin/foobaric acid", "Not compared: “foobaric acid”.")]
#[case("Pencillin", "Paracetamol", "allergy to “Pencillin”, read as penicillin")]
#[tokio::test]
async fn what_was_not_compared_stands_on_the_page_in_the_check_and_in_what_was_signed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] allergy: &str,
    #[case] medicine: &str,
    #[case] said: &str,
) {
    let app = clinic(engine).await;
    allergic_to(&app, allergy).await;
    let rx = written(&app, medicine).await;
    let page = format!("/patients/{}/prescriptions/{}", rx.patient_reference, rx.reference);
    let page = app.browser(&app.world.rivera).await.open(&page).await.body;
    assert!(page.contains(said) && !page.contains(NOTHING), "{page}");
    let rivera = app.program(&app.world.rivera).await;
    let check = rivera.get(&format!("/api/medical-records/prescriptions/{}/check/", rx.id)).await.json();
    assert!(check["not_compared"].to_string().contains(said), "{check}");
    assert!(!check.to_string().contains(NOTHING), "{check}");
    let path = format!("/api/medical-records/prescriptions/{}/sign/", rx.id);
    let body = json!({ "seen": check["seen"], "because": "Meant" });
    let signed = rivera.post(&path, &body).await.json();
    assert!(signed["not_compared"].to_string().contains(said), "{signed}");
    let maya = app.browser(&app.world.maya).await;
    let entry = maya.open(&format!("/records/{}", rx.reference)).await.body;
    assert!(entry.contains(said), "its patient reads it too: {entry}");
}

#[rstest]
#[tokio::test]
async fn a_program_is_told_before_it_signs_past_an_allergy_that_was_not_compared(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = clinic(engine).await;
    let rivera = app.program(&app.world.rivera).await;
    let free = written(&app, "Foobaric acid").await;
    let path = format!("/api/medical-records/prescriptions/{}/sign/", free.id);
    let signed = rivera.post(&path, &json!({})).await;
    assert_eq!(signed.status, 200, "nothing is recorded that it could be compared with: {signed:?}");
    assert!(signed.json()["not_compared"].to_string().contains("“Foobaric acid”"));
    allergic_to(&app, "Zorblax").await;
    let rx = written(&app, "Amoxicillin").await;
    let path = format!("/api/medical-records/prescriptions/{}/sign/", rx.id);
    let refused = rivera.post(&path, &json!({})).await;
    assert_eq!(refused.status, 422);
    let told = refused.json();
    assert!(told["details"]["warnings"].to_string().contains("allergy to “Zorblax”"), "{told}");
    let seen = &told["details"]["seen"][0];
    assert_eq!(rivera.post(&path, &json!({ "seen": seen })).await.status, 200);
}

/// What the page of a refused form says, and where it is.
async fn refused(caller: &Caller<'_>, fields: &[(&str, &str)]) -> String {
    let reply = caller.submit("/fn/records/add-item", fields).await;
    assert_eq!(reply.status, 302, "{reply:?}");
    let back = reply.header("location").to_owned();
    assert!(back.contains("/lists/new?"), "{back}");
    caller.open(&back).await.body
}

#[rstest]
#[tokio::test]
async fn an_allergy_that_is_almost_a_known_name_is_offered_for_correction_and_can_be_kept(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = clinic(engine).await;
    let patient = chart_of_maya(&app).await;
    let rivera = app.browser(&app.world.rivera).await;
    let fields = [("patient", patient.as_str()), ("kind", "allergy"), ("name", "Pencillin"), ("reaction", "Hives")];
    let page = refused(&rivera, &fields).await;
    assert!(page.contains("Did you mean Penicillin?"), "{page}");
    assert!(page.contains("value=\"Pencillin\"") && page.contains("value=\"Hives\""), "what was typed is kept");
    assert!(page.contains("Keep “Pencillin”"), "{page}");
    let kept = [&fields[..], &[("meant_for", "Pencillin"), ("meant", "Pencillin")]].concat();
    let reply = rivera.submit("/fn/records/add-item", &kept).await;
    assert!(reply.header("location").ends_with("done=added"), "{reply:?}");
    let chart = rivera.open(&format!("/patients/{patient}")).await.body;
    assert!(chart.contains("Checked against prescriptions as penicillin: correct the spelling if that is wrong."));
    let chosen = [&fields[..], &[("meant_for", "Pencillin"), ("meant", "Penicillin")]].concat();
    rivera.submit("/fn/records/add-item", &chosen).await;
    let program = app.program(&app.world.rivera).await;
    let list = program.get("/api/medical-records/allergies/1/").await.json();
    let substances: Vec<_> = list["results"].as_array().unwrap().iter().map(|one| &one["substance"]).collect();
    assert_eq!(substances, ["Penicillin", "Pencillin"]);
}

#[rstest]
#[tokio::test]
async fn none_known_and_not_asked_are_told_apart_on_every_page(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = clinic(engine).await;
    let patient = chart_of_maya(&app).await;
    let rivera = app.browser(&app.world.rivera).await;
    let maya = app.browser(&app.world.maya).await;
    let rx = written(&app, "Amlodipine").await;
    let pages = [
        format!("/patients/{patient}"),
        format!("/patients/{patient}/prescriptions/new"),
        format!("/patients/{patient}/prescriptions/{}", rx.reference),
        format!("/patients/{patient}/notes/new"),
    ];
    for page in &pages {
        let body = rivera.open(page).await.body;
        assert!(body.contains("Allergies: not asked"), "{page}: {body}");
    }
    assert!(maya.open("/records").await.body.contains("You have not been asked yet."));
    let program = app.program(&app.world.maya).await;
    assert_eq!(program.get("/api/medical-records/allergies/1/").await.json()["status"], "not_asked");

    let form = rivera.open(&format!("/patients/{patient}/lists/new?kind=allergy")).await.body;
    assert!(form.contains("Record that none are known") && form.contains("<datalist id=\"known-names\""), "{form}");
    let fields = [("patient", patient.as_str()), ("kind", "allergy"), ("name", "NKDA")];
    assert!(rivera.submit("/fn/records/add-item", &fields).await.header("location").ends_with("done=added"));
    let asked = "Asked by Dr. Elena Rivera on 23 November 2026.";
    for page in &pages {
        let body = rivera.open(page).await.body;
        assert!(body.contains("No known drug allergies") && body.contains(asked), "{page}: {body}");
        for red in ["class=\"allergies\"", "class=\"allergies-brief\"", "is-allergic"] {
            assert!(!body.contains(red), "no red banner: {page}: {red}");
        }
    }
    assert!(maya.open("/records").await.body.contains(asked));
    let told = program.get("/api/medical-records/allergies/1/").await.json();
    assert_eq!((&told["status"], &told["asked_on"]), (&json!("none_known"), &json!("2026-11-23")), "{told}");
    assert_eq!((&told["asked_by"], &told["results"]), (&json!("Dr. Elena Rivera"), &json!([])));

    allergic_to(&app, "Penicillin").await;
    let page = refused(&rivera, &fields).await;
    assert!(page.contains("Allergies are recorded: Penicillin."), "{page}");
    let chart = rivera.open(&pages[0]).await.body;
    assert!(chart.contains("class=\"allergies\"") && chart.contains("is-allergic"), "{chart}");
    assert!(!chart.contains("No known"), "{chart}");
}

#[rstest]
#[tokio::test]
async fn a_prescription_that_was_signed_twice_is_ended_whole_by_page_and_by_program(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(true, false)] by_page: bool,
    #[values("amlodipine", "Norvasc")] again: &str,
) {
    let app = clinic(engine).await;
    let program = app.program(&app.world.rivera).await;
    let mut twins = Vec::new();
    for name in ["Amlodipine", again] {
        let rx = written(&app, name).await;
        let check = program.get(&format!("/api/medical-records/prescriptions/{}/check/", rx.id)).await.json();
        let path = format!("/api/medical-records/prescriptions/{}/sign/", rx.id);
        let signed = program.post(&path, &json!({ "seen": check["seen"] })).await;
        assert_eq!(signed.status, 200, "{signed:?}");
        twins.push(rx);
    }
    let rivera = app.browser(&app.world.rivera).await;
    let newest = &twins[1];
    let page = rivera.open(&format!("/records/{}/end", newest.reference)).await.body;
    assert!(page.contains("Cancel all 2") && page.contains("Cancel only this one"), "{page}");
    assert!(page.contains("<li>Amlodipine "), "each is named: {page}");
    if by_page {
        let fields = [("reference", newest.reference.as_str()), ("reason", "Swollen ankles"), ("which", "all")];
        let reply = rivera.submit("/fn/records/cancel-prescription", &fields).await;
        assert!(!reply.header("location").contains("done="), "the other was not shown: {reply:?}");
        let fields = [fields.as_slice(), &[("shown", twins[0].reference.as_str())]].concat();
        let reply = rivera.submit("/fn/records/cancel-prescription", &fields).await;
        assert!(reply.header("location").ends_with("done=cancelled"), "{reply:?}");
    } else {
        let path = format!("/api/medical-records/prescriptions/{}/cancel/", newest.id);
        let ended = program.post(&path, &json!({ "reason": "Swollen ankles" })).await;
        assert_eq!(ended.status, 200);
        assert_eq!(ended.json()["also_cancelled"], json!([twins[0].id]));
    }
    let list = program.get("/api/medical-records/prescriptions/").await.json();
    let states: Vec<_> = list["results"].as_array().unwrap().iter().map(|rx| &rx["status"]).collect();
    assert_eq!(states, ["cancelled", "cancelled"]);
    let chart = rivera.open(&format!("/patients/{}", newest.patient_reference)).await.body;
    assert!(chart.contains("No medicines are recorded."), "{chart}");
}

#[rstest]
#[case::to_end_the_earlier_one("end", &["severe"])]
#[case::to_keep_both("keep", &["mild", "severe"])]
#[tokio::test]
async fn the_page_asks_which_of_two_entries_of_one_allergy_holds(#[case] answer: &str, #[case] held: &[&str]) {
    let app = clinic(Engine::Sqlite).await;
    let patient = chart_of_maya(&app).await;
    let rivera = app.browser(&app.world.rivera).await;
    let entry = |severity| [("patient", patient.as_str()), ("kind", "allergy"), ("severity", severity)];
    let first = [&entry("mild")[..], &[("name", "penicillin")]].concat();
    assert!(rivera.submit("/fn/records/add-item", &first).await.header("location").ends_with("done=added"));

    // The name is asked about first, and that answer is kept while the second question is answered.
    let second = [&entry("severe")[..], &[("name", "Pencillin"), ("meant", "Penicillin"), ("meant_for", "Pencillin")]];
    let asked = rivera.submit("/fn/records/add-item", &second.concat()).await;
    let page = rivera.open(asked.header("location")).await.body;
    assert!(page.contains("Already recorded: penicillin (mild)") && page.contains("Add anyway"), "{page}");
    let forms = html::forms(&page);
    let form = forms.iter().find(|form| form.action == "/fn/records/add-item").unwrap();
    let kept = ["name", "meant", "meant_for", "twice_of"].map(|name| (name, form.value(name).unwrap()));
    assert_eq!(kept[..3].iter().map(|(_, value)| *value).collect::<Vec<_>>(), ["Pencillin", "Penicillin", "Pencillin"]);
    let answered = [&entry("severe")[..], &kept, &[("twice", answer)]].concat();
    let done = rivera.submit("/fn/records/add-item", &answered).await;
    assert!(done.header("location").ends_with("done=added"), "{done:?}");
    let actor = app.world.actor(&app.world.rivera).await;
    let chart = records::chart(&app.world.services, &actor, &maya()).await.unwrap().into_inner();
    let mut found: Vec<_> =
        chart.overview.allergies.iter().filter_map(RecordView::severity).map(Severity::as_str).collect();
    found.sort_unstable();
    assert_eq!(found, held);
}

#[tokio::test]
async fn no_medicine_is_told_beside_its_field_at_both_doors() {
    let app = clinic(Engine::Sqlite).await;
    let patient = chart_of_maya(&app).await;
    let rivera = app.browser(&app.world.rivera).await;
    let fields = [("patient", patient.as_str()), ("kind", "medication"), ("name", "No medicines")];
    let refused = rivera.submit("/fn/records/add-item", &fields).await;
    let page = rivera.open(refused.header("location")).await.body;
    assert!(page.contains("id=\"field-name-error\"") && page.contains("Enter one medicine that the patient takes"));
    let body = json!({
        "patient": 1, "medication_name": "none", "dosage": "5 mg", "frequency": "daily", "duration": "7 days",
    });
    let refused = app.program(&app.world.rivera).await.post("/api/medical-records/prescriptions/", &body).await;
    assert_eq!(refused.problem(), "422 VALIDATION_ERROR");
    assert!(refused.json()["details"]["medication_name"][0].is_string(), "{refused:?}");
}

#[tokio::test]
async fn the_chart_says_whom_to_call_with_a_number_that_dials() {
    let app = clinic(Engine::Sqlite).await;
    let patient = chart_of_maya(&app).await;
    let page = app.browser(&app.world.rivera).await.open(&format!("/patients/{patient}")).await.body;
    let links = html::elements(&page);
    let dials = links.iter().find(|link| link.get("href") == Some("tel:+353209100151")).expect("a number that dials");
    assert_eq!(dials.text, "+353 20 910 0151");
    for told in ["Emergency contact", "Sam Whelan (neighbour)", "7 Heron Quay, Dublin 8"] {
        assert!(page.contains(told), "{told}");
    }
}
