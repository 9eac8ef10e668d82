//! The server functions and what each answers.

use super::*;

pub(super) struct CallRow {
    pub path: &'static str,
    pub fields: fn(&Cell<'_>) -> Vec<(&'static str, String)>,
    pub expected: Expected,
}

fn no_fields(_: &Cell<'_>) -> Vec<(&'static str, String)> {
    Vec::new()
}

pub(super) fn call_rows() -> Vec<CallRow> {
    let row = |path, fields, expected| CallRow { path, fields, expected };
    vec![
        row("POST /fn/auth/viewer", no_fields, PUBLIC),
        row(
            "POST /fn/auth/sign_in",
            |_| vec![("username", "maya".into()), ("password", domain::testing::PASSWORD.into())],
            PUBLIC,
        ),
        row("POST /fn/auth/sign_out", no_fields, PUBLIC),
        row("POST /fn/auth/register", registration_fields, PUBLIC),
        row("POST /fn/auth/registration_is_open", no_fields, PUBLIC),
        row("POST /fn/auth/pending_registration", nobodys_token, PUBLIC),
        row("POST /fn/auth/verify_email", nobodys_token, [422; 6]),
        row("POST /fn/auth/resend_verification", nobodys_address, PUBLIC),
        // Nobody has taken the first step of a sign-in.
        row("POST /fn/auth/finish_sign_in", |_| vec![("otp", "123456".into())], [401; 6]),
        row("POST /fn/auth/enrolment", no_fields, [401; 6]),
        row("POST /fn/auth/confirm_enrolment", |_| vec![("otp", "123456".into())], [401; 6]),
        row("POST /fn/auth/request_reset", nobodys_address, PUBLIC),
        row("POST /fn/auth/may_reset", nobodys_token, PUBLIC),
        row("POST /fn/auth/reset_password", |cell| [nobodys_token(cell), new_password(cell)].concat(), [422; 6]),
        row("POST /fn/auth/password_advice", new_password, PUBLIC),
        row(
            "POST /fn/auth/change_password",
            |cell| [vec![("current_password", "wrong".into())], new_password(cell)].concat(),
            REFUSED_INPUT,
        ),
        row("POST /fn/auth/step_up", |_| vec![("password", domain::testing::PASSWORD.into())], SIGNED_IN),
        row("POST /fn/auth/security", no_fields, SIGNED_IN),
        row("POST /fn/auth/pending_factor", no_fields, SIGNED_IN),
        row("POST /fn/auth/begin_factor", no_fields, SIGNED_IN),
        row("POST /fn/auth/confirm_factor", |_| vec![("otp", "no code".into())], REFUSED_INPUT),
        row(
            "POST /fn/auth/remove_factor",
            |_| vec![("password", "wrong".into()), ("otp", "123456".into())],
            [401, 422, 422, 409, 409, 409],
        ),
        row("POST /fn/auth/renew_recovery_codes", |_| vec![("password", "wrong".into())], REFUSED_INPUT),
        row("POST /fn/auth/sessions", no_fields, SIGNED_IN),
        row(
            "POST /fn/auth/end_session",
            |cell| vec![("id", cell.made.session.to_string())],
            [401, 200, 404, 404, 404, 404],
        ),
        row("POST /fn/auth/end_other_sessions", no_fields, SIGNED_IN),
        // What it prolongs is the session of whoever asks: nobody has none.
        row("POST /fn/auth/extend", no_fields, PUBLIC),
        row("POST /fn/auth/policy_pending", no_fields, SIGNED_IN),
        row("POST /fn/auth/accept_policy", no_fields, SIGNED_IN),
        row("POST /fn/auth/profile", no_fields, PATIENTS),
        row(
            "POST /fn/auth/change_profile",
            |_| vec![("first_name", "Nora".into()), ("last_name", "Quinn".into())],
            PATIENTS,
        ),
        row("POST /fn/clinic/info", no_fields, PUBLIC),
        row("POST /fn/appointments/specialties", no_fields, PUBLIC),
        row("POST /fn/appointments/doctors", no_fields, PUBLIC),
        row("POST /fn/appointments/doctor", |cell| vec![("id", doctor_id(cell))], PUBLIC),
        row("POST /fn/appointments/choice", |cell| vec![("doctor", doctor_id(cell))], PUBLIC),
        row("GET /fn/appointments/slots", |cell| vec![("doctor", doctor_id(cell))], PUBLIC),
        row("POST /fn/appointments/book", booking_fields, [401, 200, 200, 422, 422, 422]),
        row("POST /fn/appointments/cancel", visit_fields, PEOPLE_OF_THE_VISIT),
        row(
            "POST /fn/appointments/reschedule",
            |cell| [visit_fields(cell), vec![("date", "2026-12-18".into()), ("time", "10:00".into())]].concat(),
            PEOPLE_OF_THE_VISIT,
        ),
        row(
            "POST /fn/appointments/step",
            |cell| [visit_fields(cell), vec![("action", "confirm".into())]].concat(),
            STAFF_OF_THE_VISIT,
        ),
        row("POST /fn/appointments/list", no_fields, SIGNED_IN),
        row(
            "POST /fn/appointments/detail",
            |cell| vec![("reference", cell.made.visit.reference.clone())],
            PEOPLE_OF_THE_VISIT,
        ),
        row("POST /fn/appointments/dashboard", no_fields, PATIENTS),
        row("POST /fn/appointments/day", no_fields, DOCTORS),
        row("POST /fn/looks/list", no_fields, PATIENTS),
        row("POST /fn/looks/look", |cell| vec![("event", cell.look.to_string())], [401, 200, 404, 403, 403, 403]),
        row("POST /fn/looks/ask", |cell| vec![("event", cell.look.to_string())], [401, 200, 404, 403, 403, 403]),
        row("POST /fn/looks/questions", no_fields, ADMINS),
        // The only question; it has no answer.
        row(
            "POST /fn/looks/answer",
            |_| vec![("question", "1".into()), ("answer", "She was on duty.".into())],
            [401, 403, 403, 403, 403, 200],
        ),
        row("POST /fn/records/may-bring", no_fields, PATIENTS),
        row("POST /fn/admin/users", no_fields, ADMINS),
        row("POST /fn/admin/mails", no_fields, ADMINS),
        row("POST /fn/admin/overview", no_fields, ADMINS),
        // There is a mailbox in the demo only.
        row("POST /fn/mail/demo_mailbox", no_fields, [404; 6]),
    ]
}

fn nobodys_token(_: &Cell<'_>) -> Vec<(&'static str, String)> {
    vec![("token", "nobody's".into())]
}

fn nobodys_address(_: &Cell<'_>) -> Vec<(&'static str, String)> {
    vec![("email", "nobody@example.org".into())]
}

fn new_password(_: &Cell<'_>) -> Vec<(&'static str, String)> {
    vec![("password", "violet harbour lamp seven".into())]
}

fn registration_fields(cell: &Cell<'_>) -> Vec<(&'static str, String)> {
    let name = cell.made.visit.reference.to_lowercase();
    vec![
        ("email", format!("{name}@example.org")),
        ("username", name),
        ("password", "violet harbour lamp seven".into()),
        ("first_name", "Nora".into()),
        ("last_name", "Quinn".into()),
        ("accepts_policy", "true".into()),
    ]
}

pub(super) fn doctor_id(cell: &Cell<'_>) -> String {
    cell.app.world.rivera.doctor.unwrap().to_string()
}

fn booking_fields(cell: &Cell<'_>) -> Vec<(&'static str, String)> {
    vec![
        ("doctor", doctor_id(cell)),
        ("date", "2026-12-18".into()),
        ("time", "09:00".into()),
        ("reason", "Cough".into()),
        ("key", cell.made.visit.reference.clone()),
    ]
}

fn visit_fields(cell: &Cell<'_>) -> Vec<(&'static str, String)> {
    vec![("appointment", cell.made.visit.id.to_string()), ("reference", cell.made.visit.reference.clone())]
}
