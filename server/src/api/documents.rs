//! `/api/medical-records/documents`: files that are added to a record.

use axum::{
    Json,
    extract::{Request, State},
};
use domain_types::records::PatientRef;
use http::{HeaderName, StatusCode, header};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    api::{
        error::{ApiError, ProblemDocument},
        records::Record,
        role::{For, read_for},
    },
    extract::SignedIn,
    state::AppState,
    uploads::{self, Upload},
};

/// Makes a repeated request one document.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(add_document))
}

/// The form with the document.
#[derive(ToSchema)]
#[allow(dead_code, reason = "only described: it is read as a form")]
struct DocumentForm {
    /// A PDF, a JPEG or PNG picture of up to 20 MiB, or plain text of up to 1 MiB. What its bytes are counts, not its
    /// name or the type that it is sent with.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// What is said about it: at most 2,000 characters.
    note: Option<String>,
    /// Of whom it is, as a number or as `PT-…`: needed from doctors. Patients add to their own record.
    patient: Option<String>,
}

/// Adds a document to a record. It is stored for good; pictures lose what their camera noted.
#[utoipa::path(
    post, path = "/medical-records/documents", tag = "medical-records", security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,200}$", description = "Makes a repeated request one document")),
    request_body(content = DocumentForm, content_type = "multipart/form-data"),
    responses(
        (status = 201, body = Record, headers(("Location" = String))),
        (status = 413, description = "More than 20 MiB", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "Too many documents at once: see `Retry-After`", body = ProblemDocument, content_type = "application/problem+json"),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn add_document(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    request: Request,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<Record>), ApiError> {
    let key = request.headers().get(IDEMPOTENCY_KEY).map(|key| key.to_str().unwrap_or_default().to_owned());
    let received = uploads::receive(&state, &actor, request).await.map_err(|refusal| ApiError(refusal.0));
    let Upload { mut document, patient, place: _place, .. } = read_for(For::PatientsAndDoctors, &actor, || received)?;
    document.key = key;
    let whose = (!patient.is_empty()).then(|| PatientRef::parse(&patient));
    let added = domain::records::add_document(&state.services, &actor, whose.as_ref(), document).await?.into_inner();
    let location = format!("{}/api/medical-records/records/{}/", state.public.url(), added.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(added.into())))
}
