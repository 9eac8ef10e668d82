//! `/api/labs`: laboratory results.

use axum::{Json, extract::State, response::Response};
use domain::{Services, records::Which};
use domain_types::{
    LabResultId,
    page::PageRequest,
    records::{Flag, LabResultView, Level, Mark},
};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    api::{
        File,
        error::{ApiError, ProblemDocument},
        page::{CursorQuery, Links, PageBody},
    },
    extract::{Id, Query, SignedIn},
    files::as_pdf,
    state::AppState,
};

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list_results)).routes(routes!(download_result))
}

/// A laboratory result.
#[derive(Debug, Serialize, ToSchema)]
struct LabResult {
    id: LabResultId,
    test: String,
    /// As it was reported: a number or words.
    value: String,
    units: String,
    reference_low: Option<String>,
    reference_high: Option<String>,
    /// By its range and by what the laboratory says: out of range when either says so.
    flag: Flag,
    /// What the laboratory itself says, when it says something.
    mark: Option<Mark>,
    /// How much it asks for, by its range and by a table of critical limits.
    level: Level,
    /// Why it was not compared with critical limits, in a sentence, when its test has some or seems to.
    not_compared: Option<String>,
    /// Whether it is critical and no doctor has acted on it.
    unacted: bool,
    notes: String,
    /// The day of the sample, `YYYY-MM-DD`.
    sample_date: String,
    /// The time of the sample in the clinic's zone, `HH:MM`, when it is known.
    sample_time: Option<String>,
    /// RFC 3339, UTC.
    #[schema(format = DateTime)]
    processed_at: String,
}

impl From<LabResultView> for LabResult {
    fn from(result: LabResultView) -> Self {
        let level = result.level();
        Self {
            id: result.id,
            level,
            not_compared: result.not_compared(),
            unacted: result.is_unacted,
            mark: result.value.mark,
            sample_date: result.date,
            sample_time: result.time,
            test: result.value.test,
            value: result.value.value,
            units: result.value.unit,
            reference_low: result.value.low,
            reference_high: result.value.high,
            flag: result.value.flag,
            notes: result.value.note,
            processed_at: result.processed_at,
        }
    }
}

/// Released results, the newest first: a patient's own, a doctor's patients in care. Each look is in the audit trail.
#[utoipa::path(
    get, path = "/labs/results", tag = "labs", security(("bearer" = [])),
    params(CursorQuery),
    responses(
        (status = 200, body = PageBody<LabResult>),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn list_results(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    Query(query): Query<CursorQuery>,
    links: Links,
) -> Result<Json<PageBody<LabResult>>, ApiError> {
    let page: PageRequest = query.request()?;
    let page = domain::records::results(&services, &actor, page).await?.into_inner();
    Ok(Json(links.page(page)?))
}

/// The report in which a result stands, as a PDF.
#[utoipa::path(
    get, path = "/labs/results/{id}/download", tag = "labs", security(("bearer" = [])),
    params(("id" = LabResultId, Path, description = "The result's number.")),
    responses(
        (status = 200, body = File, content_type = "application/pdf", description = "The report, for printing."),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn download_result(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    Id(id): Id<LabResultId>,
) -> Result<Response, ApiError> {
    Ok(as_pdf(domain::records::printed(&services, &actor, &Which::WithResult(id)).await?))
}
