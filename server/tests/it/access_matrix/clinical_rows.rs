//! The clinical routes and what each answers.

use super::clinical::Kit;

/// Nobody, own patient, other patient, doctor in care, other doctor, doctor in an emergency, administrator, administrator
/// in an emergency.
type Expected = [u16; 8];

const READ: Expected = [401, 200, 404, 200, 404, 200, 404, 200];
const LIST: Expected = [401, 200, 200, 200, 200, 200, 200, 200];
const PATIENTS: Expected = [401, 200, 200, 403, 403, 403, 403, 403];
const DOCTORS: Expected = [401, 403, 403, 200, 200, 200, 403, 403];
const ADMINS: Expected = [401, 403, 403, 403, 403, 403, 200, 200];
/// Staff who may see the record.
const STAFF: Expected = [401, 403, 403, 200, 404, 200, 404, 200];
/// Doctors who may write about the patient.
const WRITERS: Expected = [401, 403, 403, 200, 404, 200, 403, 403];
/// The doctor who began the draft.
const AUTHOR: Expected = [401, 403, 403, 200, 404, 404, 403, 403];
const CREATED: Expected = [401, 403, 403, 201, 404, 201, 403, 403];
/// Whoever works here opens the record of a patient whom nobody knows.
const OPENED: Expected = [401, 403, 403, 200, 200, 200, 200, 200];

type Fields = Vec<(&'static str, String)>;

pub(super) struct Row {
    pub route: &'static str,
    /// Of what it is about.
    pub name: fn(&Kit) -> String,
    /// A name like it that nothing has.
    pub unknown: &'static str,
    pub fields: fn(&str) -> Fields,
    pub expected: Expected,
}

const fn row(
    route: &'static str,
    name: fn(&Kit) -> String,
    unknown: &'static str,
    fields: fn(&str) -> Fields,
    expected: Expected,
) -> Row {
    Row { route, name, unknown, fields, expected }
}

fn nothing(_: &Kit) -> String {
    String::new()
}

fn none(_: &str) -> Fields {
    Vec::new()
}

fn with(name: &'static str, value: &str, more: &[(&'static str, &str)]) -> Fields {
    let more = more.iter().map(|(name, value)| (*name, (*value).to_owned()));
    std::iter::once((name, value.to_owned())).chain(more).collect()
}

const NO_ID: &str = "999999";
const NO_ENTRY: &str = "REC-00000000";
const NO_PATIENT: &str = "PT-00000000";
const REASON: (&str, &str) = ("reason", "Unconscious after a fall, nobody else is here");
const MEDICINE: [(&str, &str); 4] =
    [("medication_name", "Kestrel"), ("dosage", "5 mg"), ("frequency", "daily"), ("duration", "a week")];
const NOTE: [(&str, &str); 3] = [("version", "1"), ("assessment", "Kestrel"), ("plan", "Kestrel")];
const REPORT: [(&str, &str); 4] =
    [("title", "Kestrel"), ("date", "2026-11-20"), ("results[0][test]", "Kestrel"), ("results[0][value]", "1")];

pub(super) fn rest() -> Vec<Row> {
    let maya = |kit: &Kit| {
        // The first patient of every test clinic.
        let _ = kit;
        "1".to_owned()
    };
    vec![
        row("GET /medical-records/records", nothing, "", none, LIST),
        row(
            "POST /medical-records/records",
            maya,
            NO_ID,
            |id| with("patient", id, &[("diagnosis", "Kestrel")]),
            CREATED,
        ),
        row("GET /medical-records/records/{id}", |kit| kit.note.id.to_string(), NO_ID, none, READ),
        row(
            "PATCH /medical-records/records/{id}",
            |kit| kit.draft.id.to_string(),
            NO_ID,
            |_| with("diagnosis", "Kestrel", &[]),
            AUTHOR,
        ),
        row("POST /medical-records/records/{id}/sign", |kit| kit.report_draft.id.to_string(), NO_ID, none, {
            // It has no plan yet, which is told to its author alone.
            let mut expected = AUTHOR;
            expected[3] = 422;
            expected
        }),
        row("GET /medical-records/records/{id}/download", |kit| kit.note.id.to_string(), NO_ID, none, READ),
        row(
            "POST /medical-records/records/break_glass",
            |kit| kit.stranger.to_string(),
            NO_ID,
            |id| with("patient_id", id, &[REASON]),
            OPENED,
        ),
        row("GET /medical-records/allergies/{id}", maya, NO_ID, none, READ),
        row("GET /medical-records/prescriptions", nothing, "", none, LIST),
        row("POST /medical-records/prescriptions", maya, NO_ID, |id| with("patient", id, &MEDICINE), CREATED),
        row(
            "GET /medical-records/prescriptions/{id}/check",
            |kit| kit.prescription_draft.id.to_string(),
            NO_ID,
            none,
            AUTHOR,
        ),
        row(
            "POST /medical-records/prescriptions/{id}/sign",
            |kit| kit.prescription_draft.id.to_string(),
            NO_ID,
            none,
            // The same medicine is prescribed already.
            [401, 403, 403, 422, 404, 404, 403, 403],
        ),
        row(
            "POST /medical-records/prescriptions/{id}/cancel",
            |kit| kit.prescription.id.to_string(),
            NO_ID,
            |_| with("reason", "Kestrel", &[]),
            WRITERS,
        ),
        row("GET /medical-records/prescriptions/{id}/verify", |kit| kit.prescription.id.to_string(), NO_ID, none, READ),
        row("GET /medical-records/vitals", nothing, "", none, LIST),
        row(
            "POST /medical-records/vitals",
            maya,
            NO_ID,
            |id| with("patient", id, &[("heart_rate", "60")]),
            [401, 201, 404, 201, 404, 201, 403, 403],
        ),
        row("GET /medical-records/dashboard/stats", nothing, "", none, PATIENTS),
        row("GET /labs/results", nothing, "", none, LIST),
        row("GET /labs/results/{id}/download", |kit| kit.result.to_string(), NO_ID, none, READ),
    ]
}

pub(super) fn calls() -> Vec<Row> {
    let patient = |kit: &Kit| kit.patient.clone();
    let draft = |kit: &Kit| kit.draft.reference.clone();
    let by_reference = |name: &str| with("reference", name, &[]);
    let by_patient = |name: &str| with("patient", name, &[]);
    vec![
        row("POST /fn/records/timeline", nothing, "", none, PATIENTS),
        row("POST /fn/records/glance", nothing, "", none, PATIENTS),
        row("POST /fn/records/tests", nothing, "", none, PATIENTS),
        row("POST /fn/records/detail", |kit| kit.note.reference.clone(), NO_ENTRY, by_reference, READ),
        row(
            "POST /fn/records/trend",
            |_| "kestrel".to_owned(),
            "unheard-of",
            |name| with("test", name, &[]),
            [401, 200, 404, 403, 403, 403, 403, 403],
        ),
        row(
            "POST /fn/records/trend-of",
            patient,
            NO_PATIENT,
            |name| with("patient", name, &[("test", "kestrel")]),
            STAFF,
        ),
        row("POST /fn/records/patients", nothing, "", none, DOCTORS),
        row("POST /fn/records/recent-patients", nothing, "", none, DOCTORS),
        row("POST /fn/records/chart", patient, NO_PATIENT, by_patient, STAFF),
        row("POST /fn/records/chart-entries", patient, NO_PATIENT, by_patient, STAFF),
        row("POST /fn/records/tests-of", patient, NO_PATIENT, by_patient, STAFF),
        row("POST /fn/records/desk", patient, NO_PATIENT, by_patient, WRITERS),
        row("POST /fn/records/note-draft", draft, NO_ENTRY, by_reference, AUTHOR),
        row(
            "POST /fn/records/prescription-draft",
            |kit| kit.prescription_draft.reference.clone(),
            NO_ENTRY,
            by_reference,
            AUTHOR,
        ),
        row("POST /fn/records/lab-draft", |kit| kit.report_draft.reference.clone(), NO_ENTRY, by_reference, AUTHOR),
        row("POST /fn/records/inbox", nothing, "", none, DOCTORS),
        row(
            "POST /fn/records/add-item",
            patient,
            NO_PATIENT,
            |name| with("patient", name, &[("kind", "problem"), ("name", "Kestrel")]),
            WRITERS,
        ),
        row("POST /fn/records/end-item", |kit| kit.allergy.reference.clone(), NO_ENTRY, by_reference, WRITERS),
        row("POST /fn/records/begin-note", patient, NO_PATIENT, by_patient, WRITERS),
        row("POST /fn/records/save-note", draft, NO_ENTRY, |name| with("reference", name, &NOTE), AUTHOR),
        row("POST /fn/records/sign-note", draft, NO_ENTRY, |name| with("reference", name, &NOTE), AUTHOR),
        row("POST /fn/records/discard", draft, NO_ENTRY, by_reference, AUTHOR),
        row(
            "POST /fn/records/add-to",
            |kit| kit.note.reference.clone(),
            NO_ENTRY,
            |name| with("reference", name, &[("text", "Kestrel")]),
            WRITERS,
        ),
        row(
            "POST /fn/records/write-prescription",
            patient,
            NO_PATIENT,
            |name| with("patient", name, &MEDICINE),
            WRITERS,
        ),
        row(
            "POST /fn/records/save-prescription",
            |kit| kit.prescription_draft.reference.clone(),
            NO_ENTRY,
            |name| with("reference", name, &[&MEDICINE[..], &[("version", "1")]].concat()),
            AUTHOR,
        ),
        row(
            "POST /fn/records/sign-prescription",
            |kit| kit.prescription_draft.reference.clone(),
            NO_ENTRY,
            by_reference,
            // The same medicine is prescribed already.
            [401, 403, 403, 422, 404, 404, 403, 403],
        ),
        row(
            "POST /fn/records/cancel-prescription",
            |kit| kit.prescription.reference.clone(),
            NO_ENTRY,
            |name| with("reference", name, &[("reason", "Kestrel"), ("which", "this")]),
            WRITERS,
        ),
        row(
            "POST /fn/records/enter-vitals",
            |_| "1".to_owned(),
            NO_ID,
            |name| with("patient", name, &[("heart_rate", "60")]),
            [401, 200, 404, 200, 404, 200, 403, 403],
        ),
        row("POST /fn/records/enter-report", patient, NO_PATIENT, |name| with("patient", name, &REPORT), WRITERS),
        row("POST /fn/records/more-rows", patient, NO_PATIENT, |name| with("patient", name, &REPORT), WRITERS),
        row(
            "POST /fn/records/save-report",
            |kit| kit.report_draft.reference.clone(),
            NO_ENTRY,
            |name| with("reference", name, &[&REPORT[..], &[("version", "1")]].concat()),
            AUTHOR,
        ),
        row(
            "POST /fn/records/release-report",
            |kit| kit.report_draft.reference.clone(),
            NO_ENTRY,
            |name| with("reference", name, &[("version", "1")]),
            AUTHOR,
        ),
        row("POST /fn/records/notice-seen", |kit| kit.notice.to_string(), NO_ID, |id| with("notice", id, &[]), AUTHOR),
        row(
            "POST /fn/records/ask-doctor",
            |kit| kit.report.reference.clone(),
            NO_ENTRY,
            |name| with("reference", name, &[("text", "Kestrel")]),
            [401, 200, 404, 403, 403, 403, 403, 403],
        ),
        row("POST /fn/records/acted-on", |kit| kit.report.reference.clone(), NO_ENTRY, by_reference, WRITERS),
        row("POST /fn/records/mark-seen", |kit| kit.report.reference.clone(), NO_ENTRY, by_reference, WRITERS),
        row(
            "POST /fn/records/open-emergency",
            |kit| kit.stranger.to_string(),
            NO_ID,
            |name| with("patient", name, &[REASON]),
            OPENED,
        ),
        row("POST /fn/records/emergencies", nothing, "", none, ADMINS),
        row("POST /fn/records/emergency", |kit| kit.emergency.to_string(), NO_ID, |name| with("id", name, &[]), ADMINS),
        row(
            "POST /fn/records/review-emergency",
            |kit| kit.emergency.to_string(),
            NO_ID,
            |name| with("id", name, &[("finding", "justified"), ("confirmed", "yes")]),
            ADMINS,
        ),
    ]
}
