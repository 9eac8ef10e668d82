//! `/api/medical-records/prescriptions`: prescriptions.

use axum::{Json, extract::State};
use domain::{
    Services,
    records::{Cancelled, Ending, PrescribedFor, Weighed, Which},
};
use domain_types::{
    Problem, RecordId,
    page::PageRequest,
    records::{Content, PatientRef, PrescriptionForm, PrescriptionStatus, RecordView, WarningView},
};
use http::{HeaderMap, HeaderName, StatusCode, header};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    api::{
        body::{OptionalJson, Sent},
        error::{ApiError, ProblemDocument},
        idempotent,
        page::{CursorQuery, Links, PageBody},
        role::{For, read_for},
    },
    extract::{Id, Query, SignedIn},
    state::{AppState, PublicAddress},
};

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_prescriptions, write_prescription))
        .routes(routes!(check_prescription))
        .routes(routes!(sign_prescription))
        .routes(routes!(cancel_prescription))
        .routes(routes!(verify_prescription))
}

/// A prescription.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Prescription {
    id: RecordId,
    /// The entry that it belongs to.
    medical_record: Option<RecordId>,
    medication_name: String,
    dosage: String,
    frequency: String,
    duration: String,
    instructions: String,
    status: PrescriptionStatus,
    is_signed: bool,
    /// RFC 3339, UTC.
    #[schema(format = DateTime)]
    signed_at: Option<String>,
    signed_by: Option<String>,
    /// A keyed hash over everything that was signed.
    signature_hash: Option<String>,
    /// `Dr. First Last`
    doctor_name: String,
    /// The warnings that were told when it was signed, a sentence each.
    warnings: Vec<String>,
    /// What was not compared with the record when it was signed, or only by its likely spelling, a sentence each.
    not_compared: Vec<String>,
}

impl From<RecordView> for Prescription {
    fn from(record: RecordView) -> Self {
        let status = record.prescription_status();
        let rx = match record.content {
            Some(Content::Prescription(rx)) => rx,
            _ => domain_types::records::Prescription::default(),
        };
        Self {
            id: record.id,
            medical_record: record.about,
            medication_name: rx.medication_name,
            dosage: rx.dosage,
            frequency: rx.frequency,
            duration: rx.duration,
            instructions: rx.instructions,
            status,
            is_signed: record.signed.is_some(),
            signed_at: record.signed.as_ref().map(|signed| signed.at.instant.clone()),
            signed_by: record.signed.as_ref().map(|signed| signed.by.clone()),
            signature_hash: record.signed.map(|signed| signed.hash),
            doctor_name: record.doctor_name,
            warnings: rx.warned,
            not_compared: rx.not_compared,
        }
    }
}

/// A new prescription: for an entry of the record, or for a patient.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
struct PrescriptionBody {
    /// The entry that it belongs to.
    medical_record: Option<i64>,
    /// The patient, when it belongs to no entry.
    patient: Option<i64>,
    #[schema(required)]
    medication_name: String,
    #[schema(required)]
    dosage: String,
    #[schema(required)]
    frequency: String,
    #[schema(required)]
    duration: String,
    instructions: String,
}

impl PrescriptionBody {
    fn parse(self) -> Result<(PrescribedFor, PrescriptionForm), Problem> {
        let whose = match (self.medical_record, self.patient) {
            (Some(note), _) => PrescribedFor::Note(Which::Id(RecordId(note))),
            (None, Some(patient)) => PrescribedFor::Patient(PatientRef::Id(domain_types::PatientId(patient))),
            (None, None) => return Err(Problem::field("medical_record", "Enter the entry or the patient.")),
        };
        let Self { medication_name, dosage, frequency, duration, instructions, .. } = self;
        Ok((whose, PrescriptionForm { medication_name, dosage, frequency, duration, instructions }))
    }
}

/// Signed prescriptions, and one's own that are not signed yet: a patient's own, a doctor's patients in care.
#[utoipa::path(
    get, path = "/medical-records/prescriptions", tag = "medical-records", security(("bearer" = [])),
    params(CursorQuery),
    responses(
        (status = 200, body = PageBody<Prescription>),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn list_prescriptions(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    Query(query): Query<CursorQuery>,
    links: Links,
) -> Result<Json<PageBody<Prescription>>, ApiError> {
    let page: PageRequest = query.request()?;
    Ok(Json(links.page(domain::records::prescriptions(&services, &actor, page).await?.into_inner())?))
}

/// Writes a prescription. It is a draft until it is signed.
#[utoipa::path(
    post, path = "/medical-records/prescriptions", tag = "medical-records", security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,200}$", description = "Makes a repeated request one act")),
    request_body = PrescriptionBody,
    responses(
        (status = 201, body = Prescription, headers(("Location" = String))),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn write_prescription(
    State(services): State<Services>,
    State(public): State<PublicAddress>,
    SignedIn(actor): SignedIn,
    headers: HeaderMap,
    body: Sent<PrescriptionBody>,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<Prescription>), ApiError> {
    let (key, (whose, form)) = read_for(For::Doctors, &actor, || {
        let (whose, form) = body?.value.parse()?;
        // As it will be stored, without white space around the words. One that cannot be is refused below.
        let key = idempotent(&headers, "POST prescriptions", &(&whose, form.parse().ok()))?;
        Ok((key, (whose, form)))
    })?;
    let written = domain::records::write_prescription(&services, &actor, &whose, &form, key).await?.into_inner();
    let location = format!("{}/api/medical-records/records/{}/", public.url(), written.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(written.into())))
}

/// What a comparison with the record found.
#[derive(Debug, Serialize, ToSchema)]
struct Check {
    id: RecordId,
    /// Dangers first. None does not mean that the medicine is safe.
    warnings: Vec<Warning>,
    /// What was not compared, or only by its likely spelling, a sentence each: of the medicine, of the allergies, and of
    /// what is taken already.
    not_compared: Vec<String>,
    remark: String,
    /// Names all of this: sent along when it is signed.
    seen: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct Warning {
    /// Whether a reason is needed to sign despite it.
    is_danger: bool,
    text: String,
    source: String,
}

/// Compares a prescription that is not signed with the allergies and the medicines in the record.
#[utoipa::path(
    get, path = "/medical-records/prescriptions/{id}/check", tag = "medical-records", security(("bearer" = [])),
    params(("id" = RecordId, Path, description = "The prescription's number.")),
    responses(
        (status = 200, body = Check),
        (status = 409, description = "`RECORD_SIGNED`", body = ProblemDocument, content_type = "application/problem+json"),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn check_prescription(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    Id(id): Id<RecordId>,
) -> Result<Json<Check>, ApiError> {
    let draft = domain::records::prescription_draft(&services, &actor, Which::Id(id)).await?.into_inner();
    let warning = |WarningView { is_danger, text, source }| Warning { is_danger, text, source };
    Ok(Json(Check {
        id,
        warnings: draft.warnings.into_iter().map(warning).collect(),
        not_compared: draft.not_compared,
        remark: draft.remark,
        seen: draft.seen,
    }))
}

/// What a program says when it signs.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
struct SignBody {
    /// Names the warnings that were shown, when a refusal told some.
    seen: Option<String>,
    /// Why it is signed in spite of them: needed when one of them is a danger.
    because: String,
}

/// Signs a prescription for good. Needs a fresh proof (`auth/step-up/`). When there is something to be read before, the
/// answer is 422 with sentences of `warnings` and their name as `seen`, which is sent along to sign despite them, with
/// the reason as `because` when one of them is a danger: warnings, and what was not compared with the allergies in the
/// record.
#[utoipa::path(
    post, path = "/medical-records/prescriptions/{id}/sign", tag = "medical-records", security(("bearer" = [])),
    params(
        ("id" = RecordId, Path, description = "The prescription's number."),
        ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,200}$", description = "Makes a repeated request one act"),
    ),
    request_body = Option<SignBody>,
    responses(
        (status = 200, body = Prescription),
        (status = 409, description = "`RECORD_SIGNED`", body = ProblemDocument, content_type = "application/problem+json"),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn sign_prescription(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    Id(id): Id<RecordId>,
    headers: HeaderMap,
    body: Result<OptionalJson<SignBody>, ApiError>,
) -> Result<Json<Prescription>, ApiError> {
    let (key, weighed) = read_for(For::Doctors, &actor, || {
        let SignBody { seen, because } = body?.0.unwrap_or_default();
        let weighed = Weighed { seen, because };
        Ok((idempotent(&headers, "POST prescriptions sign", &(id, &weighed))?, weighed))
    })?;
    let signed = domain::records::sign_prescription(&services, &actor, &Which::Id(id), &weighed, key).await?;
    Ok(Json(signed.into_inner().into()))
}

/// Why a prescription is ended.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
struct CancelBody {
    /// The patient reads this.
    #[schema(required)]
    reason: String,
    /// Ends only this one, and leaves others of the same medicine in the same strength as they are.
    only_this: bool,
}

/// A prescription that was ended.
#[derive(Debug, Serialize, ToSchema)]
struct CancelledPrescription {
    #[serde(flatten)]
    prescription: Prescription,
    /// The others of the same medicine in the same strength that ended with it.
    also_cancelled: Vec<RecordId>,
}

/// Ends a signed prescription, which itself stays as it was signed, and with it every other of the same medicine in the same
/// strength unless `only_this`. Needs a fresh proof (`auth/step-up/`).
#[utoipa::path(
    post, path = "/medical-records/prescriptions/{id}/cancel", tag = "medical-records", security(("bearer" = [])),
    params(
        ("id" = RecordId, Path, description = "The prescription's number."),
        ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,200}$", description = "Makes a repeated request one act"),
    ),
    request_body = CancelBody,
    responses(
        (status = 200, body = CancelledPrescription),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn cancel_prescription(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    Id(id): Id<RecordId>,
    headers: HeaderMap,
    body: Sent<CancelBody>,
) -> Result<Json<CancelledPrescription>, ApiError> {
    let (key, ending) = read_for(For::Doctors, &actor, || {
        let CancelBody { reason, only_this } = body?.value;
        Ok((
            idempotent(&headers, "POST prescriptions cancel", &(id, reason.trim(), only_this))?,
            Ending { reason, only_this, shown: None },
        ))
    })?;
    let ended = domain::records::cancel_prescription(&services, &actor, &Which::Id(id), ending, key).await?;
    let Cancelled { record, ended_with } = ended.into_inner();
    Ok(Json(CancelledPrescription { prescription: record.into(), also_cancelled: ended_with }))
}

/// Whether a prescription says what was signed.
#[derive(Debug, Serialize, ToSchema)]
struct Verification {
    id: RecordId,
    valid: bool,
    status: PrescriptionStatus,
    signed_by: Option<String>,
    /// RFC 3339, UTC.
    #[schema(format = DateTime)]
    signed_at: Option<String>,
    signature_hash: Option<String>,
}

/// Compares a signed prescription with its signature.
#[utoipa::path(
    get, path = "/medical-records/prescriptions/{id}/verify", tag = "medical-records", security(("bearer" = [])),
    params(("id" = RecordId, Path, description = "The prescription's number.")),
    responses(
        (status = 200, body = Verification),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn verify_prescription(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    Id(id): Id<RecordId>,
) -> Result<Json<Verification>, ApiError> {
    let (record, valid) = domain::records::verify(&services, &actor, id).await?.into_inner();
    let rx = Prescription::from(record);
    Ok(Json(Verification {
        id: rx.id,
        valid,
        status: rx.status,
        signed_by: rx.signed_by,
        signed_at: rx.signed_at,
        signature_hash: rx.signature_hash,
    }))
}
