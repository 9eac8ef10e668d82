//! Whom each server function is for, so that whoever it is not for reads that, and nothing about what they sent. The rules
//! of `domain` judge each act by themselves. A server function that is not listed fails a test.

use domain::access::For;

/// For people who are not signed in too.
const EVERYBODY: &[&str] = &[
    "appointments/choice",
    "appointments/doctor",
    "appointments/doctors",
    "appointments/slots",
    "appointments/specialties",
    "auth/confirm_enrolment",
    "auth/enrolment",
    "auth/extend",
    "auth/finish_sign_in",
    "auth/may_reset",
    "auth/password_advice",
    "auth/pending_registration",
    "auth/register",
    "auth/registration_is_open",
    "auth/request_reset",
    "auth/resend_verification",
    "auth/reset_password",
    "auth/sign_in",
    "auth/sign_out",
    "auth/verify_email",
    "auth/viewer",
    "clinic/info",
    "mail/demo_mailbox",
];
const SIGNED_IN: &[&str] = &[
    "appointments/book",
    "appointments/cancel",
    "appointments/detail",
    "appointments/list",
    "appointments/reschedule",
    "appointments/step",
    "auth/accept_policy",
    "auth/begin_factor",
    "auth/change_password",
    "auth/confirm_factor",
    "auth/end_other_sessions",
    "auth/end_session",
    "auth/pending_factor",
    "auth/policy_pending",
    "auth/remove_factor",
    "auth/renew_recovery_codes",
    "auth/security",
    "auth/sessions",
    "auth/step_up",
    "records/detail",
];
const PATIENTS: &[&str] = &[
    "appointments/dashboard",
    "auth/change_profile",
    "auth/profile",
    "looks/ask",
    "looks/list",
    "looks/look",
    "records/ask-doctor",
    "records/glance",
    "records/may-bring",
    "records/tests",
    "records/timeline",
    "records/trend",
];
const DOCTORS: &[&str] = &[
    "appointments/day",
    "records/acted-on",
    "records/add-item",
    "records/add-to",
    "records/begin-note",
    "records/cancel-prescription",
    "records/desk",
    "records/discard",
    "records/end-item",
    "records/enter-report",
    "records/inbox",
    "records/lab-draft",
    "records/mark-seen",
    "records/more-rows",
    "records/note-draft",
    "records/notice-seen",
    "records/patients",
    "records/prescription-draft",
    "records/recent-patients",
    "records/release-report",
    "records/save-note",
    "records/save-prescription",
    "records/save-report",
    "records/sign-note",
    "records/sign-prescription",
    "records/write-prescription",
];
const PATIENTS_AND_DOCTORS: &[&str] = &["records/enter-vitals"];
const STAFF: &[&str] =
    &["records/chart", "records/chart-entries", "records/open-emergency", "records/tests-of", "records/trend-of"];
const ADMINS: &[&str] = &[
    "admin/mails",
    "admin/overview",
    "admin/users",
    "looks/answer",
    "looks/questions",
    "records/emergencies",
    "records/emergency",
    "records/review-emergency",
];

/// Whom the server function at a path is for; nothing for any other path.
#[must_use]
pub fn audience(path: &str) -> Option<For> {
    let name = path.strip_prefix(super::CALLS)?;
    let all = [
        (EVERYBODY, For::Everybody),
        (SIGNED_IN, For::SignedIn),
        (PATIENTS, For::Patients),
        (DOCTORS, For::Doctors),
        (PATIENTS_AND_DOCTORS, For::PatientsAndDoctors),
        (STAFF, For::Staff),
        (ADMINS, For::Admins),
    ];
    all.into_iter().find(|(names, _)| names.contains(&name)).map(|(_, whom)| whom)
}
