//! REST, for programs: one thin file per feature. The contract is `docs/API.md`, the document is made from this code.
//!
//! A handler parses what came into a command, calls one function of `domain` and gives its view the contract's field
//! names. Routes are written in their normal form; [`crate::middleware::paths`] leads the other forms here.

pub mod appointments;
pub mod auth;
pub mod body;
pub mod doctors;
pub mod documents;
pub mod emergencies;
pub mod error;
pub mod labs;
pub mod page;
pub mod patients;
pub mod prescriptions;
pub mod records;
pub mod vitals;

use std::fmt::Debug;

use axum::{Json, Router, response::IntoResponse, routing::get};
use domain::idempotency::IdempotencyKey;
use http::{HeaderMap, HeaderName, header};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        Components,
        security::{Http, HttpAuthScheme, SecurityScheme},
    },
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::state::AppState;

/// Makes a repeated request one act.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// The key that came with a request, when one did; `act` names what it is for, `command` is what must be the same when it
/// comes again: what was understood, so that white space, the order of fields and "09:30" for "09:30:00" make no
/// difference.
fn idempotent(
    headers: &HeaderMap,
    act: &'static str,
    command: &impl Debug,
) -> Result<Option<IdempotencyKey>, domain::Error> {
    let key = headers.get(IDEMPOTENCY_KEY).map(|key| key.to_str().unwrap_or_default());
    key.map(|key| IdempotencyKey::parse(key, act, format!("{command:?}").as_bytes())).transpose()
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "SecureMed",
        description = "Doctors, free times, appointments and records. Every address also works below `/api/v1` and \
            with a slash at its end. Dates and times are in the clinic's zone, instants are UTC, errors are RFC 9457 \
            problem documents with the extension members `error`, `code` and `details`.",
        version = "1.0.0"
    ),
    servers((url = "/api"), (url = "/api/v1")),
    modifiers(&BearerTokens),
    tags(
        (name = "auth", description = "Accounts: creating one, signing in and out, sessions, second factors"),
        (name = "appointments", description = "Doctors, free times and appointments"),
        (name = "medical-records", description = "The medical record"),
        (name = "labs", description = "Laboratory results"),
        (name = "patients", description = "A patient's own profile"),
    )
)]
struct Document;

struct BearerTokens;

impl Modify for BearerTokens {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        // There is none, and the tool would write an empty one.
        document.info.license = None;
        let mut http = Http::new(HttpAuthScheme::Bearer);
        http.bearer_format = Some("JWT".into());
        document
            .components
            .get_or_insert_with(Components::new)
            .add_security_scheme("bearer", SecurityScheme::Http(http));
    }
}

/// All routes below `/api`, their document and its readable page.
pub fn routes() -> Router<AppState> {
    let (routes, document) = documented().split_for_parts();
    let document = move || {
        let document = document.clone();
        async move { ([(header::CACHE_CONTROL, "no-cache")], Json(document)).into_response() }
    };
    Router::new()
        .nest("/api", routes)
        .route("/api/openapi.json", get(document))
        .merge(SwaggerUi::new("/api/docs").config(Config::from("/api/openapi.json")))
}

/// The OpenAPI document, as it is served.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    documented().into_openapi()
}

fn documented() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(Document::openapi())
        .merge(auth::routes())
        .merge(doctors::routes())
        .merge(appointments::routes())
        .merge(records::routes())
        .merge(prescriptions::routes())
        .merge(vitals::routes())
        .merge(emergencies::routes())
        .merge(documents::routes())
        .merge(labs::routes())
        .merge(patients::routes())
}
