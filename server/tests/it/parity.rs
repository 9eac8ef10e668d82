//! Booking over REST and booking by server function are the same act: the same answers and the same rows.

use domain_types::{AppointmentId, Problem};
use rstest::rstest;
use serde_json::{Value, json};

use crate::support::{Caller, Engine, Reply, TestApp};

/// A booking as either door takes it.
#[derive(Clone, Debug)]
struct Attempt {
    doctor: i64,
    date: &'static str,
    time: &'static str,
    reason: &'static str,
}

impl Attempt {
    fn at(doctor: i64, time: &'static str) -> Self {
        Self { doctor, date: "2026-11-25", time, reason: "Palpitations after climbing stairs" }
    }

    async fn by_rest(&self, caller: &Caller<'_>) -> Reply {
        let body = json!({
            "doctor": self.doctor, "appointment_date": self.date, "appointment_time": self.time, "reason": self.reason,
        });
        caller.post("/api/appointments/appointments/", &body).await
    }

    async fn by_call(&self, caller: &Caller<'_>) -> Reply {
        let doctor = self.doctor.to_string();
        let key = format!("{}T{}", self.date, self.time);
        let fields = [
            ("doctor", &*doctor),
            ("date", self.date),
            ("time", self.time),
            ("reason", self.reason),
            ("key", if self.time.is_empty() { "no-time" } else { &key }),
        ];
        caller.call("/fn/appointments/book", &fields).await
    }
}

/// What is compared of a stored visit.
#[derive(Debug, PartialEq, Eq)]
struct StoredVisit {
    status: String,
    starts: String,
    duration: i64,
    reason: String,
    doctor: i64,
    events: usize,
}

async fn stored(app: &TestApp, caller: &Caller<'_>, reference: &str, id: i64) -> StoredVisit {
    let (status, starts) = app.world.stored_visit(AppointmentId(id)).await;
    let detail = caller.call("/fn/appointments/detail", &[("reference", reference)]).await.json();
    let visit = &detail["visit"];
    StoredVisit {
        status,
        starts: starts.to_string(),
        duration: visit["duration_minutes"].as_i64().unwrap(),
        reason: visit["reason"].as_str().unwrap().to_owned(),
        doctor: visit["doctor"].as_i64().unwrap(),
        events: detail["history"].as_array().unwrap().len(),
    }
}

#[rstest]
#[tokio::test]
async fn both_doors_store_the_same_visit(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (one, other) = (TestApp::new(engine).await, TestApp::new(engine).await);
    let program = one.program(&one.world.maya).await;
    let browser = other.browser(&other.world.maya).await;
    let rest = Attempt::at(one.world.rivera.doctor.unwrap().0, "09:30").by_rest(&program).await;
    let call = Attempt::at(other.world.rivera.doctor.unwrap().0, "09:30").by_call(&browser).await;
    assert_eq!((rest.status.as_u16(), call.status.as_u16()), (201, 200), "{call:?}");

    let (rest, call) = (rest.json(), call.json());
    let reference = |value: &Value| value.as_str().unwrap().to_owned();
    let reader = one.browser(&one.world.maya).await;
    let left = stored(&one, &reader, &reference(&rest["appointment_id"]), rest["id"].as_i64().unwrap()).await;
    let right = stored(&other, &browser, &reference(&call["reference"]), call["id"].as_i64().unwrap()).await;
    assert_eq!(left, right);
    domain::mail::deliver_due(&one.world.services).await.unwrap();
    domain::mail::deliver_due(&other.world.services).await.unwrap();
    let mails =
        |app: &TestApp| app.world.mailer.sent().into_iter().map(|mail| (mail.to, mail.subject)).collect::<Vec<_>>();
    assert_eq!(mails(&one), mails(&other));
    assert_eq!(mails(&one).len(), 1);
}

#[rstest]
#[tokio::test]
async fn both_doors_refuse_with_the_same_problem(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let app = TestApp::new(engine).await;
    let world = &app.world;
    let (rivera, brandt) = (world.rivera.doctor.unwrap().0, world.brandt.doctor.unwrap().0);
    let at = |hour| jiff::civil::date(2026, 11, 25).at(hour, 0, 0, 0);
    world.book(&world.jonas, &world.rivera, at(10)).await.unwrap();
    world.book(&world.maya, &world.brandt, at(11)).await.unwrap();
    let fine = Attempt::at(rivera, "09:30");
    let refused = [
        ("SLOT_TAKEN", Attempt::at(rivera, "10:00")),
        ("PATIENT_BUSY", Attempt::at(rivera, "11:00")),
        ("VALIDATION_ERROR", Attempt { doctor: 999_999, ..fine.clone() }),
        ("VALIDATION_ERROR", Attempt { date: "2026-11-20", ..fine.clone() }),
        ("VALIDATION_ERROR", Attempt { date: "2027-11-24", ..fine.clone() }),
        ("VALIDATION_ERROR", Attempt { date: "soon", ..fine.clone() }),
        ("VALIDATION_ERROR", Attempt::at(rivera, "09:10")),
        ("VALIDATION_ERROR", Attempt::at(rivera, "12:00")),
        ("VALIDATION_ERROR", Attempt::at(rivera, "")),
        ("VALIDATION_ERROR", Attempt { reason: "", ..fine.clone() }),
    ];
    let (program, browser) = (app.program(&world.maya).await, app.browser(&world.maya).await);
    for (code, attempt) in refused {
        assert_same_refusal(code, &attempt, &program, &browser).await;
    }
    let (program, browser) = (app.anonymous(), app.anonymous());
    assert_same_refusal("UNAUTHENTICATED", &fine, &program, &browser).await;
    for staff in [&world.admin, &world.brandt] {
        let (program, browser) = (app.program(staff).await, app.browser(staff).await);
        assert_same_refusal("VALIDATION_ERROR", &Attempt::at(brandt, "15:00"), &program, &browser).await;
    }
}

async fn assert_same_refusal(code: &str, attempt: &Attempt, program: &Caller<'_>, browser: &Caller<'_>) {
    let (rest, call) = (attempt.by_rest(program).await, attempt.by_call(browser).await);
    assert_eq!(rest.status, call.status, "{attempt:?}: {rest:?} {call:?}");
    let told: Problem = serde_json::from_str(&call.body).unwrap_or_else(|error| panic!("{error}: {call:?}"));
    assert_eq!(told.code.as_str(), code, "{attempt:?}");
    let document = rest.json();
    assert_eq!(document["code"], code, "{attempt:?}");
    assert_eq!(document["detail"], told.detail);
    let mut details = json!(told.fields);
    if !told.nearest_slots.is_empty() {
        // People read the times in words, programs as the contract has them.
        assert!(told.nearest_slots.iter().all(|slot| slot.label.ends_with(&slot.time)), "{told:?}");
        let slots = told.nearest_slots.iter().map(|slot| json!({"date": slot.date, "time": slot.time}));
        details["nearest_slots"] = slots.collect();
    }
    assert_eq!(document["details"], details, "{attempt:?}");
}
