//! `/api/medical-records/records/break_glass`: opening a record in an emergency.

use axum::{Json, extract::State};
use domain::Services;
use domain_types::{EmergencyId, records::OpenEmergency};
use http::HeaderMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    api::{
        body::JsonBody,
        error::{ApiError, ProblemDocument},
        idempotent,
    },
    extract::SignedIn,
    state::AppState,
};

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(break_glass))
}

/// Whose record is opened, and why.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
struct BreakGlassBody {
    /// The patient's number, or `PT-…`.
    #[schema(required, value_type = String)]
    patient_id: Value,
    /// In a sentence: it is reviewed.
    #[schema(required)]
    reason: String,
}

/// Access that was granted.
#[derive(Debug, Serialize, ToSchema)]
struct Granted {
    /// `access_granted`
    status: &'static str,
    /// RFC 3339, UTC.
    expires_at: String,
    log_id: EmergencyId,
}

/// Opens a record in an emergency for an hour: doctors and administrators, after a fresh proof (`auth/step-up/`). The
/// patient is told, and another administrator reviews it.
#[utoipa::path(
    post, path = "/medical-records/records/break_glass", tag = "medical-records", security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request one act")),
    request_body = BreakGlassBody,
    responses(
        (status = 200, body = Granted),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn break_glass(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    headers: HeaderMap,
    JsonBody { value, .. }: JsonBody<BreakGlassBody>,
) -> Result<Json<Granted>, ApiError> {
    let patient = match value.patient_id {
        Value::String(text) => text,
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    let command = OpenEmergency::parse(&patient, "", "", &value.reason)?;
    let key = idempotent(&headers, "POST break_glass", &command)?;
    let opened = domain::records::open_emergency(&services, &actor, command, key).await?.into_inner();
    Ok(Json(Granted { status: "access_granted", expires_at: opened.expires.instant, log_id: opened.id }))
}
