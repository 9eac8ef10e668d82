//! Every clinical route × everybody who may ask, on both prefixes: who is let in, that nothing of the record is in any
//! other answer, that what is somebody else's looks like nothing, and that each act leaves exactly one event.
//!
//! The record is Maya's. Those who ask are nobody, Maya, another patient, the doctor who cares for her, another doctor,
//! a doctor and an administrator who opened her record in an emergency, and an administrator who did not.

use domain::{
    access::{Actor, Audited},
    records::{BeginNote, PrescribedFor, open_emergency},
    testing::TestPerson,
};
use domain_types::records::{
    Content, LabForm, ListForm, NoteTemplate, OpenEmergency, PatientRef, Prescription, PrescriptionForm, RecordType,
    Report, ResultForm,
};
use jiff::civil::datetime;

use super::{
    clinical_rows::{Row, calls, rest},
    *,
};

/// A word that stands in everything that is written about Maya.
pub(super) const CANARY: &str = "Kestrel";
const REASON: &str = "Unconscious after a fall, nobody else is here";

/// Who asks, in the order of the columns.
pub(super) struct Askers {
    people: Vec<Option<TestPerson>>,
}

/// Those who may read Maya's record.
const READERS: [usize; 4] = [1, 3, 5, 7];

/// What a cell works with, made anew after each that may have changed it.
pub(super) struct Kit {
    /// `PT-…`
    pub patient: String,
    /// Another patient, whose record nobody has open.
    pub stranger: i64,
    pub note: Named,
    pub draft: Named,
    pub report: Named,
    pub result: i64,
    pub report_draft: Named,
    pub prescription: Named,
    pub prescription_draft: Named,
    pub allergy: Named,
    pub emergency: i64,
    /// A question of the patient to the doctor in care.
    pub notice: i64,
}

/// An entry by its number and its reference.
pub(super) struct Named {
    pub id: i64,
    pub reference: String,
}

async fn askers(app: &TestApp) -> Askers {
    let world = &app.world;
    world.book(&world.maya, &world.rivera, datetime(2026, 11, 25, 9, 0, 0, 0)).await.expect("the time is free");
    let (called_in, on_duty) = (world.new_doctor("quinn").await, world.new_admin("duty").await);
    for who in [&called_in, &on_duty] {
        let actor = world.actor(who).await;
        let _ = open_emergency(&world.services, &actor, opening(&world.maya), None).await.expect("it opens");
    }
    let people = [
        None,
        Some(world.maya.clone()),
        Some(world.jonas.clone()),
        Some(world.rivera.clone()),
        Some(world.brandt.clone()),
        Some(called_in),
        Some(world.admin.clone()),
        Some(on_duty),
    ];
    Askers { people: people.into() }
}

fn opening(patient: &TestPerson) -> OpenEmergency {
    OpenEmergency::parse(&patient.patient.unwrap().to_string(), "", "", REASON).unwrap()
}

fn report() -> Content {
    Content::Report(Report { assessment: CANARY.into(), plan: CANARY.into(), ..Report::default() })
}

fn named(record: Audited<domain_types::records::RecordView>) -> Named {
    let record = record.into_inner();
    Named { id: record.id.0, reference: record.reference }
}

async fn kit(app: &TestApp, rivera: &Actor) -> Kit {
    let (world, services) = (&app.world, &app.world.services);
    let maya = PatientRef::Id(world.maya.patient.unwrap());
    let day = date(2026, 11, 20);
    let signed = async |kind, content, results: &[_]| {
        let (id, reference) = world.write_entry(&world.maya, &world.rivera, kind, day, content, results).await;
        Named { id, reference }
    };
    let medicine = Prescription { medication_name: CANARY.into(), ..Prescription::default() };
    let form = PrescriptionForm {
        medication_name: CANARY.into(),
        dosage: "1".into(),
        frequency: "1".into(),
        duration: "1".into(),
        instructions: String::new(),
    };
    let result = ResultForm { test: CANARY.into(), value: "1".into(), ..ResultForm::default() };
    let lab = LabForm { title: CANARY.into(), date: "2026-11-20".into(), results: vec![result], ..LabForm::default() };
    let begin = BeginNote { patient: maya.clone(), visit: None, template: NoteTemplate::Blank, carried_from: None };
    let whose = PrescribedFor::Patient(maya.clone());
    let item = ListForm { kind: "allergy".into(), name: CANARY.into(), ..ListForm::default() };
    let draft = domain::records::begin_note(services, rivera, begin).await.unwrap();
    let value = domain_types::records::LabValue {
        test: CANARY.into(),
        code: String::new(),
        value: "1".into(),
        unit: String::new(),
        low: None,
        high: None,
        flag: domain_types::records::Flag::Unknown,
        mark: None,
        note: String::new(),
    };
    let report_row = signed(RecordType::LabReport, report(), &[value]).await;
    let asker = world.actor(&world.maya).await;
    let _ = domain::records::ask_doctor(services, &asker, &report_row.reference, CANARY).await.unwrap();
    let told = domain::records::inbox(services, rivera).await.unwrap().into_inner().notices;
    let brandt = world.actor(&world.brandt).await;
    // Of somebody new: opened once more while it is open, it would be the one that an earlier kit reviewed.
    let unknown = world.new_patient(&format!("unknown{}", report_row.id)).await;
    let emergency = open_emergency(services, &brandt, opening(&unknown), None).await.unwrap().into_inner();
    Kit {
        patient: world.reference_of(&world.maya).await,
        stranger: world.jonas.patient.unwrap().0,
        note: signed(RecordType::Consultation, report(), &[]).await,
        draft: named(draft),
        result: world.first_result(report_row.id).await,
        report: report_row,
        report_draft: named(domain::records::enter_report(services, rivera, &maya, &lab).await.unwrap()),
        prescription: signed(RecordType::Prescription, Content::Prescription(medicine), &[]).await,
        prescription_draft: named(
            domain::records::write_prescription(services, rivera, &whose, &form, None).await.unwrap(),
        ),
        allergy: named(domain::records::add_item(services, rivera, &maya, &item).await.unwrap()),
        emergency: emergency.id.0,
        notice: told[0].id.0,
    }
}

async fn send(row: &Row, prefix: &str, name: &str, caller: &Caller<'_>, app: &TestApp) -> Reply {
    let (method, path) = row.route.split_once(' ').unwrap();
    if path.starts_with("/fn/") {
        let fields = (row.fields)(name);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        return caller.call(path, &fields).await;
    }
    let path = format!("{prefix}{}", path.replace("{id}", name));
    let fields = (row.fields)(name);
    if method == "GET" || fields.is_empty() {
        let request = caller.request(method, &path);
        return app.send(request.body(axum::body::Body::empty()).unwrap()).await;
    }
    // Numbers are sent as numbers.
    let body = fields.into_iter().map(|(name, value)| {
        (name.to_owned(), value.parse::<i64>().map_or_else(|_| json!(value), |number| json!(number)))
    });
    caller.json(method, &path, &Value::Object(body.collect())).await
}

/// An answer without what names the request.
fn told(reply: &Reply) -> Value {
    let mut body = reply.json();
    for name in ["instance", "request_id"] {
        if body.get(name).is_some() {
            body[name] = Value::Null;
        }
    }
    body
}

async fn check(app: &TestApp, rows: &[Row], prefix: &str) -> Vec<String> {
    let askers = askers(app).await;
    let rivera = app.world.actor(&app.world.rivera).await;
    let mut wrong = Vec::new();
    let mut unused = None;
    for row in rows {
        let is_reading = row.route.starts_with("GET ");
        for (column, person) in askers.people.iter().enumerate() {
            let kit = match unused.take() {
                Some(kit) => kit,
                None => kit(app, &rivera).await,
            };
            let is_call = row.route.contains(" /fn/");
            let caller = match person {
                None => app.anonymous(),
                Some(person) if is_call => app.browser(person).await,
                Some(person) => app.program(person).await,
            };
            let before = app.world.events_noted().await;
            let reply = send(row, prefix, &(row.name)(&kit), &caller, app).await;
            let (status, left) = (reply.status.as_u16(), app.world.events_noted().await - before);
            let mut complain = |what: String| wrong.push(format!("{} by {column}: {what}", row.route));
            if status != row.expected[column] {
                complain(format!("expected {}, found {status}: {:.300}", row.expected[column], reply.body));
            }
            let noted = u64::from(!matches!(status, 401 | 409 | 422));
            if left != noted {
                complain(format!("{left} events after {status}"));
            }
            if !READERS.contains(&column) && reply.body.contains(CANARY) {
                complain("the answer holds a part of the record".to_owned());
            }
            if status == 404 {
                let unknown = send(row, prefix, row.unknown, &caller, app).await;
                if unknown.status != reply.status || told(&unknown) != told(&reply) {
                    complain(format!("an unknown one looks otherwise: {} {}", unknown.status, unknown.body));
                }
            }
            // Who was refused changed nothing: the next cell finds it as it was.
            unused = Some(kit).filter(|_| is_reading || !reply.status.is_success());
        }
    }
    wrong
}

#[rstest]
#[tokio::test]
async fn every_clinical_rest_route_opens_for_the_right_people_and_notes_each_try(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values("/api", "/api/v1")] prefix: &str,
) {
    let app = TestApp::new(engine).await;
    let wrong = check(&app, &rest(), prefix).await;
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[rstest]
#[tokio::test]
async fn every_clinical_server_function_opens_for_the_right_people_and_notes_each_try(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let app = TestApp::new(engine).await;
    let wrong = check(&app, &calls(), "").await;
    assert!(wrong.is_empty(), "{wrong:#?}");
}
