//! `/api/medical-records/records/break_glass`: opening a record in an emergency.

use axum::{Json, extract::State};
use domain::Services;
use domain_types::{EmergencyId, Problem, records::OpenEmergency};
use http::HeaderMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{
    ToSchema,
    openapi::{
        Schema,
        schema::{ObjectBuilder, OneOfBuilder, Type},
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    api::{
        body::Sent,
        error::{ApiError, ProblemDocument},
        idempotent,
        role::{For, read_for},
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
    #[schema(required, schema_with = number_or_reference)]
    patient_id: Value,
    /// In a sentence: it is reviewed.
    #[schema(required, min_length = 10, max_length = 2_000)]
    reason: String,
}

fn number_or_reference() -> Schema {
    let number = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1));
    let reference = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1));
    Schema::OneOf(OneOfBuilder::new().item(number).item(reference).build())
}

impl BreakGlassBody {
    fn parse(self) -> Result<OpenEmergency, Problem> {
        let patient = match self.patient_id {
            Value::String(text) => text,
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        };
        OpenEmergency::parse(&patient, "", "", &self.reason)
    }
}

/// Access that was granted.
#[derive(Debug, Serialize, ToSchema)]
struct Granted {
    /// `access_granted`
    status: &'static str,
    /// RFC 3339, UTC.
    #[schema(format = DateTime)]
    expires_at: String,
    log_id: EmergencyId,
}

/// Opens a record in an emergency for an hour: doctors and administrators, after a fresh proof (`auth/step-up/`). The
/// patient is told, and another administrator reviews it.
#[utoipa::path(
    post, path = "/medical-records/records/break_glass", tag = "medical-records", security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,200}$", description = "Makes a repeated request one act")),
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
    body: Sent<BreakGlassBody>,
) -> Result<Json<Granted>, ApiError> {
    let (key, command) = read_for(For::Staff, &actor, || {
        let command = body?.value.parse()?;
        Ok((idempotent(&headers, "POST break_glass", &command)?, command))
    })?;
    let opened = domain::records::open_emergency(&services, &actor, command, key).await?.into_inner();
    Ok(Json(Granted { status: "access_granted", expires_at: opened.expires.instant, log_id: opened.id }))
}
