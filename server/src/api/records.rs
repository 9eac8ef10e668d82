//! `/api/medical-records`: the medical record.

use axum::{Json, extract::State};
use domain::Services;
use domain_types::{
    Problem, RecordId,
    page::PageRequest,
    records::{RecordFilter, RecordType, RecordView},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    api::{
        error::{ApiError, ProblemDocument},
        page::{Checked, Links, PageBody},
    },
    extract::{Query, SignedIn},
    state::AppState,
};

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list_records))
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
    /// Null while the entry has no file.
    file_url: Option<String>,
    /// Prescriptions that belong to the entry.
    prescriptions: Vec<serde_json::Value>,
    /// RFC 3339, UTC.
    created_at: String,
}

impl From<RecordView> for Record {
    fn from(record: RecordView) -> Self {
        Self {
            id: record.id,
            record_id: record.reference,
            record_type: record.kind,
            record_type_display: record.kind.label().to_owned(),
            record_date: record.date,
            doctor_name: record.doctor_name,
            diagnosis: record.diagnosis,
            symptoms: record.symptoms,
            treatment: record.treatment,
            notes: record.notes,
            file_url: None,
            prescriptions: Vec::new(),
            created_at: record.created_at,
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
