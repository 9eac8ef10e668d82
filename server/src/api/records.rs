//! `/api/medical-records`: the medical record.

use axum::{Json, extract::State, response::Response};
use domain::{Services, records::Which};
use domain_types::{
    Problem, RecordId,
    page::PageRequest,
    records::{Content, PrescriptionStatus, RecordFilter, RecordType, RecordView, Report},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    api::{
        error::{ApiError, ProblemDocument},
        page::{Checked, Links, PageBody},
    },
    extract::{Id, Query, SignedIn},
    files::as_pdf,
    state::AppState,
};

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list_records)).routes(routes!(get_record)).routes(routes!(download_record))
}

/// An entry of the record.
#[derive(Debug, Serialize, ToSchema)]
struct Record {
    id: RecordId,
    /// `REC-…`
    record_id: String,
    record_type: RecordType,
    /// `Lab report`
    record_type_display: String,
    /// `YYYY-MM-DD`
    record_date: String,
    /// `Dr. First Last`
    doctor_name: String,
    diagnosis: String,
    symptoms: String,
    treatment: String,
    notes: String,
    /// The entry as a PDF.
    file_url: Option<String>,
    /// Prescriptions that belong to the entry.
    prescriptions: Vec<Prescription>,
    /// RFC 3339, UTC.
    created_at: String,
}

/// A prescription.
#[derive(Debug, Serialize, ToSchema)]
struct Prescription {
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
    signed_at: Option<String>,
    signed_by: Option<String>,
    /// A keyed hash over everything that was signed.
    signature_hash: Option<String>,
    /// `Dr. First Last`
    doctor_name: String,
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
        }
    }
}

/// The four texts that every entry has for older programs.
fn report(content: Option<Content>) -> Report {
    match content {
        Some(Content::Report(report)) => report,
        Some(Content::Prescription(rx)) => Report {
            assessment: rx.title(),
            plan: rx.instructions.clone(),
            objective: [rx.frequency, rx.duration].join(", "),
            ..Report::default()
        },
        Some(other) => Report { assessment: other.title(), objective: other.summary(), ..Report::default() },
        None => Report::default(),
    }
}

impl From<RecordView> for Record {
    fn from(record: RecordView) -> Self {
        let text = report(record.content);
        Self {
            id: record.id,
            record_id: record.reference,
            record_type: record.kind,
            record_type_display: record.kind.label().to_owned(),
            record_date: record.date,
            doctor_name: record.doctor_name,
            diagnosis: text.assessment,
            symptoms: text.subjective,
            treatment: text.plan,
            notes: text.objective,
            file_url: Some(format!("/api/medical-records/records/{}/download/", record.id)),
            prescriptions: record.prescriptions.into_iter().map(Prescription::from).collect(),
            created_at: record.created.instant,
        }
    }
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
struct RecordQuery {
    /// Only entries of this kind.
    #[param(value_type = Option<RecordType>)]
    record_type: Option<String>,
    /// Which page of the list, from 1. A page behind the last is 404.
    #[param(value_type = Option<u32>, minimum = 1)]
    page: Option<String>,
    /// How many entries on a page: 10 unless told otherwise, at most 100.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100)]
    page_size: Option<String>,
}

impl RecordQuery {
    fn filter(&self) -> Result<RecordFilter, Problem> {
        let mut checked = Checked::default();
        let kind = |text: &str| RecordType::parse(text).ok_or_else(|| "There is no such kind of entry.".to_owned());
        let filter = RecordFilter {
            kind: checked.read("record_type", self.record_type.as_deref(), kind),
            page: PageRequest::parse(self.page.as_deref(), self.page_size.as_deref())?,
        };
        checked.done().map(|()| filter)
    }
}

/// The record: a patient's own, a doctor's patients in care. Each look is in the audit trail. Also at
/// `medical_records/records`.
#[utoipa::path(
    get, path = "/medical-records/records", tag = "medical-records", security(("bearer" = [])),
    params(RecordQuery),
    responses(
        (status = 200, body = PageBody<Record>),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn list_records(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    Query(query): Query<RecordQuery>,
    links: Links,
) -> Result<Json<PageBody<Record>>, ApiError> {
    let page = domain::records::list(&services, &actor, query.filter()?).await?.into_inner();
    Ok(Json(links.page(page)?))
}

/// One entry: its patient's, or of a patient in care. An unknown one looks like somebody else's.
#[utoipa::path(
    get, path = "/medical-records/records/{id}", tag = "medical-records", security(("bearer" = [])),
    params(("id" = RecordId, Path, description = "The entry's number.")),
    responses(
        (status = 200, body = Record),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn get_record(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    Id(id): Id<RecordId>,
) -> Result<Json<Record>, ApiError> {
    let detail = domain::records::detail(&services, &actor, &Which::Id(id)).await?.into_inner();
    Ok(Json(detail.record.into()))
}

/// One entry as a PDF.
#[utoipa::path(
    get, path = "/medical-records/records/{id}/download", tag = "medical-records", security(("bearer" = [])),
    params(("id" = RecordId, Path, description = "The entry's number.")),
    responses(
        (status = 200, content_type = "application/pdf", description = "The entry, for printing."),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn download_record(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    Id(id): Id<RecordId>,
) -> Result<Response, ApiError> {
    Ok(as_pdf(domain::records::printed(&services, &actor, &Which::Id(id)).await?))
}
