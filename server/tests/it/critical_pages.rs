//! Critical values as pages: they stay in view until a doctor has acted, and what could not be compared says so.

use rstest::rstest;

use crate::{
    booking_pages::shown,
    support::{Caller, Engine, TestApp},
};

const TITLE: &str = "Critical: no doctor has acted on this yet";
const FOR_PATIENTS: &str = "A critical value needs attention now";

/// Enters a report of one row of Maya's and gives the page on which it is checked.
async fn entered(caller: &Caller<'_>, patient: &str, day: &str, row: &[(&str, &str)]) -> String {
    let mut fields = vec![
        ("patient".to_owned(), patient.to_owned()),
        ("title".to_owned(), "Blood".to_owned()),
        ("date".to_owned(), day.to_owned()),
        ("comment".to_owned(), "I will call you".to_owned()),
    ];
    fields.extend(row.iter().map(|(name, value)| (format!("results[0][{name}]"), (*value).to_owned())));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
    caller.submit("/fn/records/enter-report", &fields).await.header("location").to_owned()
}

async fn released(caller: &Caller<'_>, patient: &str, day: &str, value: &str) -> String {
    let row = [("test", "Potassium"), ("value", value), ("unit", "mmol/L"), ("low", "3.5"), ("high", "5.1")];
    let page = entered(caller, patient, day, &row).await;
    let reference = page.rsplit('/').next().unwrap().to_owned();
    let fields = [("reference", &*reference), ("patient", patient), ("version", "1")];
    let next = caller.submit("/fn/records/release-report", &fields).await.header("location").to_owned();
    assert!(next.contains("released"), "{next}");
    reference
}

#[rstest]
#[tokio::test]
async fn a_critical_result_stays_on_every_page_beside_the_normal_one_until_the_doctor_has_acted(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::in_care(engine).await;
    let (rivera, maya) = (app.browser(&app.world.rivera).await, app.browser(&app.world.maya).await);
    let patient = app.world.reference_of(&app.world.maya).await;
    let reference = released(&rivera, &patient, "2026-11-20", "6.9").await;
    released(&rivera, &patient, "2026-11-21", "4.2").await;
    let chart = format!("/patients/{patient}");
    let page = rivera.open(&chart).await.body;
    let text = shown(&page);
    assert!(text.contains(TITLE) && text.contains("Potassium 6.9 mmol/L, critical: far above the range"), "{text}");
    assert!(text.contains("Potassium later: 4.2 mmol/L, in range (21 November 2026)."), "{text}");
    assert!(text.find(TITLE) < text.find("Ask before you prescribe"), "first of what the chart says: {text}");
    let latest = &text[text.find("Latest entries").unwrap()..];
    assert!(latest.contains("6.9 mmol/L, critical"), "{latest}");
    for (caller, is_patient, address, said) in [
        (&maya, true, "/dashboard".to_owned(), "Later: 4.2 mmol/L, in range (21 November 2026)"),
        (&maya, true, "/records".to_owned(), FOR_PATIENTS),
        (&maya, true, "/records/labs".to_owned(), "No doctor has acted on this one yet."),
        (&maya, true, "/records/labs/potassium".to_owned(), "No doctor has acted on this yet"),
        (&rivera, false, format!("{chart}/tests"), "No doctor has acted on this one yet."),
        (&rivera, false, format!("{chart}/entries"), TITLE),
    ] {
        let text = shown(&caller.open(&address).await.body);
        assert!(text.contains(said) && text.contains("6.9"), "{address}: {text}");
        assert_eq!(text.contains("Call the clinic now on"), is_patient, "{address}: {text}");
        assert!(!text.contains("I have acted on it"), "{address}");
    }
    let own = rivera.open(&format!("/records/{reference}")).await.body;
    assert!(own.contains("I have acted on it"), "{own}");
    let before = &page[..page.find("/fn/records/acted-on").expect("the way to say so")];
    assert!(before.rfind("<details") > before.rfind("</details"), "it takes more than one touch");
    let next = rivera.submit("/fn/records/acted-on", &[("reference", &*reference)]).await.header("location").to_owned();
    let after = shown(&rivera.open(&next).await.body);
    assert!(after.contains("Marked as acted on.") && !after.contains(TITLE), "{after}");
    for address in ["/dashboard", "/records", "/records/labs"] {
        let text = shown(&maya.open(address).await.body);
        assert!(!text.contains("Call the clinic now on"), "{address}: {text}");
    }
}

#[rstest]
#[tokio::test]
async fn a_doctor_who_enters_critical_vital_signs_is_told_what_to_do_and_the_patient_sees_them(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::in_care(engine).await;
    let (rivera, maya) = (app.browser(&app.world.rivera).await, app.browser(&app.world.maya).await);
    let patient = app.world.reference_of(&app.world.maya).await;
    let enter = async |high: &str, low: &str| {
        let fields = [("patient", &*patient), ("systolic_bp", high), ("diastolic_bp", low)];
        let next = rivera.submit("/fn/records/enter-vitals", &fields).await.header("location").to_owned();
        shown(&rivera.open(&next).await.body)
    };
    let text = enter("240", "140").await;
    assert!(text.contains("Vital signs saved: they are critical") && text.contains("measure again"), "{text}");
    assert!(text.contains("Blood pressure 240/140 mmHg, critical") && text.contains("I have acted on it"), "{text}");
    let text = enter("120", "80").await;
    assert!(text.contains("Vital signs saved.") && !text.contains("saved: they are critical"), "{text}");
    assert!(text.contains(TITLE) && text.contains("Blood pressure later: 120/80 mmHg"), "{text}");
    for _ in 0..4 {
        enter("121", "81").await;
    }
    for address in ["/dashboard", "/records", "/records?show=vitals"] {
        let text = shown(&maya.open(address).await.body);
        assert!(text.contains(FOR_PATIENTS) && text.contains("Blood pressure 240/140 mmHg, critical"), "{text}");
    }
}

#[tokio::test]
async fn what_was_not_compared_and_what_stands_twice_is_said_before_it_is_released_and_to_doctors_alone_after() {
    let app = TestApp::in_care(Engine::Sqlite).await;
    let (rivera, maya) = (app.browser(&app.world.rivera).await, app.browser(&app.world.maya).await);
    let patient = app.world.reference_of(&app.world.maya).await;
    let row = [("test", "Potassium"), ("value", "4.1"), ("unit", "mmoI/L")];
    let page = entered(&rivera, &patient, "2026-11-20", &row).await;
    let text = shown(&rivera.open(&page).await.body);
    assert!(text.contains("Not compared with critical limits"), "{text}");
    assert!(text.contains("Potassium: the unit “mmoI/L” is not known."), "{text}");
    let reference = page.rsplit('/').next().unwrap();
    let fields = [("reference", reference), ("patient", &*patient), ("version", "1")];
    assert_eq!(rivera.submit("/fn/records/release-report", &fields).await.status, 302);
    let said = "Not compared with critical limits: the unit “mmoI/L” is not known.";
    let address = format!("/records/{reference}");
    assert!(shown(&rivera.open(&address).await.body).contains(said));
    assert!(!shown(&maya.open(&address).await.body).contains("Not compared with critical limits"));
    let twice = [
        ("patient", &*patient),
        ("title", "Blood"),
        ("date", "2026-11-20"),
        ("results[0][test]", "Potassium"),
        ("results[0][value]", "6.9"),
        ("results[0][unit]", "mmol/L"),
        ("results[1][test]", "Potassium"),
        ("results[1][value]", "4.0"),
        ("results[1][unit]", "mmol/L"),
    ];
    let page = rivera.submit("/fn/records/enter-report", &twice).await.header("location").to_owned();
    let text = shown(&rivera.open(&page).await.body);
    assert!(text.contains("Potassium stands in this report with several values: 6.9 mmol/L, 4.0 mmol/L."), "{text}");
}
