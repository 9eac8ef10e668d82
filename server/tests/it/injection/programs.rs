//! What programs send: the same markup in every text that the OpenAPI document names.

use serde_json::{Value, json};

use super::{SHORT, forms::Trial};
use crate::support::{Caller, TestApp};

/// Passwords, codes and tokens, and what names something else.
const NO_WORDS: [&str; 4] = ["appointment_time", "seen", "patient", "file"];

/// Every text in the bodies of the API, apart from those of signing in.
async fn texts(app: &TestApp) -> Vec<String> {
    let document = app.anonymous().get("/api/openapi.json").await.json();
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        if path.starts_with("/auth/") && path != "/auth/register" {
            continue;
        }
        for (method, operation) in item.as_object().unwrap() {
            let Some(content) = operation["requestBody"]["content"].as_object() else { continue };
            let schema = content.values().next().expect("a type of body")["schema"].clone();
            let schema = match schema["$ref"].as_str() {
                Some(name) => document["components"]["schemas"][name.rsplit('/').next().unwrap()].clone(),
                None => schema,
            };
            for (name, property) in schema["properties"].as_object().into_iter().flatten() {
                let is_text = property["type"] == "string"
                    || property["type"].as_array().is_some_and(|types| types.contains(&json!("string")));
                let is_word = property["format"].is_null() && !NO_WORDS.contains(&name.as_str());
                if is_text && is_word && !name.contains("password") && !name.contains("token") {
                    found.push(format!("{} /api{path} {name}", method.to_uppercase()));
                }
            }
        }
    }
    found
}

impl Trial {
    /// Sends a body with markup in its `words`; `others` are refused with it, one after the other, before.
    async fn send_body(
        &mut self,
        caller: &Caller<'_>,
        (method, route, path): (&str, &str, &str),
        rest: &Value,
        words: &[&str],
        others: &[&str],
    ) -> Value {
        let mut body = rest.clone();
        for word in words {
            let field = format!("{method} {route} {word}");
            body[*word] = json!(self.marked(false));
            self.stored.insert(self.last, field.clone());
            self.tried.insert(field, "stored".to_owned());
        }
        for other in others {
            let mut broken = body.clone();
            broken[*other] = json!(format!("xss{SHORT}"));
            let reply = caller.json(method, path, &broken).await;
            assert_eq!(reply.problem(), "422 VALIDATION_ERROR", "{method} {path} {other}");
            let sentence = reply.json()["details"][*other][0].as_str().unwrap_or_default().to_owned();
            self.tried.insert(format!("{method} {route} {other}"), format!("refused: {sentence}"));
        }
        let reply = caller.json(method, path, &body).await;
        assert!(reply.status.is_success(), "{method} {path} {body}: {reply:?}");
        reply.json()
    }
}

pub(super) async fn all(app: &TestApp, trial: &mut Trial) {
    let world = &app.world;
    trial.found.extend(texts(app).await);
    let (maya, rivera) = (app.program(&world.maya).await, app.program(&world.rivera).await);
    let brandt = app.program(&world.brandt).await;
    let patient = json!(world.maya.patient.unwrap());
    let registration = json!({
        "email": "program@example.org", "username": "program", "password": "violet harbour lamp seven",
        "password_confirm": "violet harbour lamp seven", "accepts_policy": true, "first_name": "Nora",
        "last_name": "Quinn",
    });
    let route = "/api/auth/register";
    let others = ["first_name", "last_name", "username", "phone"];
    trial.send_body(&app.anonymous(), ("POST", route, route), &registration, &[], &others).await;
    let route = "/api/patients/profile";
    let own = json!({"first_name": "Maya", "last_name": "Okafor"});
    let others = ["first_name", "last_name", "emergency_contact_name", "phone", "emergency_contact_phone"];
    trial.send_body(&maya, ("PUT", route, route), &own, &["address"], &others).await;
    let route = "/api/appointments/appointments";
    let visit = json!({
        "doctor": world.rivera.doctor, "appointment_date": "2026-11-27", "appointment_time": "10:00",
    });
    trial.send_body(&maya, ("POST", route, route), &visit, &["reason"], &[]).await;

    let route = "/api/medical-records/records";
    let words = ["diagnosis", "notes", "symptoms", "treatment"];
    let about = json!({"patient": patient});
    trial.send_body(&rivera, ("POST", route, route), &about, &words, &[]).await;
    let record = rivera.post(route, &about).await.json();
    let (one, at) = (format!("{route}/{{id}}"), format!("{route}/{}", record["id"]));
    trial.send_body(&rivera, ("PATCH", &one, &at), &json!({}), &words, &[]).await;
    let route = "/api/medical-records/prescriptions";
    let words = ["medication_name", "dosage", "frequency", "duration", "instructions"];
    let rx = trial.send_body(&rivera, ("POST", route, route), &about, &words, &[]).await;
    sign(trial, &rivera, &rx, &[]).await;
    // The second of the same medicine is a danger: signing it takes a reason.
    let warfarin = json!({
        "patient": patient, "medication_name": "Warfarin", "dosage": "5 mg", "frequency": "daily", "duration": "a week",
    });
    for reason in [&[][..], &["because"]] {
        let rx = rivera.post(route, &warfarin).await.json();
        sign(trial, &rivera, &rx, reason).await;
    }
    let (cancel, at) = (format!("{route}/{{id}}/cancel"), format!("{route}/{}/cancel", rx["id"]));
    trial.send_body(&rivera, ("POST", &cancel, &at), &json!({}), &["reason"], &[]).await;
    let route = "/api/medical-records/records/break_glass";
    trial.send_body(&brandt, ("POST", route, route), &json!({"patient_id": patient}), &["reason"], &[]).await;

    let route = "/api/medical-records/documents";
    let note = trial.marked(false);
    let reply = maya.upload(route, &[("note", &note)], ("diary.txt", b"No pain today.")).await;
    assert_eq!(reply.status, 201, "{reply:?}");
    trial.tried.insert(format!("POST {route} note"), "stored".to_owned());
}

/// Signs a prescription, having seen what speaks against it.
async fn sign(trial: &mut Trial, rivera: &Caller<'_>, rx: &Value, words: &[&str]) {
    let route = "/api/medical-records/prescriptions";
    let (sign, at) = (format!("{route}/{{id}}/sign"), format!("{route}/{}/sign", rx["id"]));
    let seen = rivera.get(&format!("{route}/{}/check", rx["id"])).await.json()["seen"].clone();
    trial.send_body(rivera, ("POST", &sign, &at), &json!({"seen": seen}), words, &[]).await;
}
