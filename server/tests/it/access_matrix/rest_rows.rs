//! The REST routes and what each answers.

use serde_json::{Value, json};

use super::*;

pub(super) struct RestRow {
    pub route: &'static str,
    pub body: fn(&Cell<'_>) -> Option<Value>,
    pub expected: Expected,
}

fn no_body(_: &Cell<'_>) -> Option<Value> {
    None
}

fn booking(cell: &Cell<'_>) -> Option<Value> {
    let doctor = cell.app.world.rivera.doctor;
    Some(json!({"doctor": doctor, "appointment_date": "2026-12-18", "appointment_time": "09:00", "reason": "Cough"}))
}

/// A registration that nobody made before.
fn registration(cell: &Cell<'_>) -> Option<Value> {
    let name = cell.made.visit.reference.to_lowercase();
    Some(passwords(json!({"username": name, "email": format!("{name}@example.org")})))
}

fn passwords(mut body: Value) -> Value {
    body["password"] = json!("violet harbour lamp seven");
    body["password_confirm"] = body["password"].clone();
    body
}

pub(super) fn rest_rows() -> Vec<RestRow> {
    let row = |route, body, expected| RestRow { route, body, expected };
    vec![
        row("POST /auth/login", |_| Some(json!({"username": "maya", "password": domain::testing::PASSWORD})), PUBLIC),
        row("POST /auth/register", registration, [201; 6]),
        row("POST /auth/verify-email", |_| Some(json!({"token": "nobody's"})), [422; 6]),
        row("POST /auth/verify-email/resend", |_| Some(json!({"email": "nobody@example.org"})), PUBLIC),
        row("POST /auth/mfa/login", |_| Some(json!({"temp_token": "nobody's", "otp": "123456"})), [401; 6]),
        row("POST /auth/password-reset", |_| Some(json!({"email": "nobody@example.org"})), PUBLIC),
        row("POST /auth/password-reset/confirm", |_| Some(passwords(json!({"token": "nobody's"}))), [422; 6]),
        row("POST /auth/password/change", |_| Some(passwords(json!({"current_password": "wrong"}))), REFUSED_INPUT),
        row("POST /auth/step-up", |_| Some(json!({"password": domain::testing::PASSWORD})), SIGNED_IN),
        row("POST /auth/accept-policy", no_body, SIGNED_IN),
        row("GET /auth/sessions", no_body, SIGNED_IN),
        // The session of the cell is Maya's, and not the one that she asks with.
        row("DELETE /auth/sessions/{id}", no_body, [401, 204, 404, 404, 404, 404]),
        row("POST /auth/mfa/setup", no_body, SIGNED_IN),
        row("POST /auth/mfa/verify", |_| Some(json!({"otp": "no code"})), REFUSED_INPUT),
        row(
            "POST /auth/mfa/deactivate",
            |_| Some(json!({"password": "wrong", "otp": "123456"})),
            // Those who work here may not be without it.
            [401, 422, 422, 409, 409, 409],
        ),
        row("POST /auth/mfa/recovery-codes/regenerate", |_| Some(json!({"password": "wrong"})), REFUSED_INPUT),
        row("POST /auth/token/refresh", |cell| Some(json!({"refresh": cell.made.refresh})), PUBLIC),
        row("POST /auth/logout", no_body, [401, 205, 205, 205, 205, 205]),
        row("GET /auth/user", no_body, SIGNED_IN),
        row("GET /appointments/doctors", no_body, PUBLIC),
        row("GET /appointments/doctors/{id}", no_body, PUBLIC),
        row("GET /appointments/doctors/{id}/available_slots", no_body, PUBLIC),
        row("GET /appointments/doctors/{id}/availability", no_body, SIGNED_IN),
        row("GET /appointments/appointments", no_body, SIGNED_IN),
        // Staff say for whom they book: 422 without.
        row("POST /appointments/appointments", booking, [401, 201, 201, 422, 422, 422]),
        row(
            "POST /appointments/appointments",
            |cell| {
                let mut body = booking(cell)?;
                body["patient"] = json!(cell.app.world.maya.patient);
                Some(body)
            },
            [401, 201, 422, 201, 422, 201],
        ),
        row("GET /appointments/appointments/{id}", no_body, PEOPLE_OF_THE_VISIT),
        row("PATCH /appointments/appointments/{id}", |_| Some(json!({"status": "confirmed"})), STAFF_OF_THE_VISIT),
        row(
            "PATCH /appointments/appointments/{id}",
            |_| Some(json!({"appointment_date": "2026-12-18", "appointment_time": "10:00"})),
            PEOPLE_OF_THE_VISIT,
        ),
        row("DELETE /appointments/appointments/{id}", no_body, [401, 204, 404, 204, 404, 204]),
        row("GET /patients/profile", no_body, PATIENTS),
        row("PUT /patients/profile", |_| Some(json!({"first_name": "Nora", "last_name": "Quinn"})), PATIENTS),
        // Sent as a form with a file. Doctors say of whom it is: 422 without.
        row("POST /medical-records/documents", no_body, [401, 201, 201, 422, 422, 403]),
        row(
            "POST /medical-records/documents",
            |cell| Some(json!({"patient": cell.app.world.maya.patient})),
            [401, 201, 404, 201, 404, 403],
        ),
    ]
}
