//! The authenticator app and its recovery codes.

use app::server_ctx::PeerAddress;
use axum::{Extension, Json, extract::State};
use domain::{Services, auth::Ticket};
use domain_types::auth::NewFactor;
use http::HeaderMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Message, device, sign_in::SessionAnswer};
use crate::{
    api::{
        body::{JsonBody, OptionalJson, required},
        error::{ApiError, ProblemDocument},
    },
    extract::{Caller, SignedIn},
    state::AppState,
};

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(set_up_app))
        .routes(routes!(verify_app))
        .routes(routes!(deactivate_app))
        .routes(routes!(regenerate_recovery_codes))
}

/// For people who have to set up an app before they can sign in.
#[derive(Deserialize, ToSchema)]
struct SetUpAppBody {
    /// From the first step of the sign-in; whoever is signed in sends none.
    temp_token: Option<String>,
}

/// What an authenticator app has to be told.
#[derive(Serialize, ToSchema)]
struct SetUpAppAnswer {
    /// Base 32.
    secret: String,
    /// `otpauth://totp/SecureMed:…`
    provisioning_uri: String,
}

impl From<NewFactor> for SetUpAppAnswer {
    fn from(factor: NewFactor) -> Self {
        Self { secret: factor.secret, provisioning_uri: factor.provisioning_uri }
    }
}

/// Begins to set up an app. One in use goes on until a code of the new one was sent to `auth/mfa/verify`. Needs a fresh
/// proof (`auth/step-up`).
#[utoipa::path(
    post, path = "/auth/mfa/setup", tag = "auth", request_body(content = Option<SetUpAppBody>), security((), ("bearer" = [])),
    responses(
        (status = 200, body = SetUpAppAnswer),
        (status = 403, description = "`STEP_UP_REQUIRED`", body = ProblemDocument, content_type = "application/problem+json"),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn set_up_app(
    State(services): State<Services>,
    Caller(actor): Caller,
    OptionalJson(body): OptionalJson<SetUpAppBody>,
) -> Result<Json<SetUpAppAnswer>, ApiError> {
    let factor = match body.and_then(|body| body.temp_token) {
        Some(ticket) => domain::auth::enrolment(&services, &actor, &Ticket(ticket)).await?,
        None => domain::auth::begin_factor(&services, &actor).await?,
    };
    Ok(Json(factor.into()))
}

/// A code that the new app shows.
#[derive(Deserialize, ToSchema)]
struct VerifyAppBody {
    #[schema(required, value_type = String, min_length = 1)]
    otp: Option<String>,
    /// From the first step of the sign-in; whoever is signed in sends none.
    temp_token: Option<String>,
}

/// The recovery codes, shown only now; and the session of a sign-in that waited for them.
#[derive(Serialize, ToSchema)]
struct VerifyAppAnswer {
    message: &'static str,
    recovery_codes: Vec<String>,
    #[serde(flatten)]
    session: Option<SessionAnswer>,
}

/// Takes the app into use. Other sessions of the account end.
#[utoipa::path(
    post, path = "/auth/mfa/verify", tag = "auth", request_body = VerifyAppBody, security((), ("bearer" = [])),
    responses(
        (status = 200, body = VerifyAppAnswer),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn verify_app(
    State(services): State<Services>,
    Caller(actor): Caller,
    peer: Option<Extension<PeerAddress>>,
    headers: HeaderMap,
    JsonBody { value, .. }: JsonBody<VerifyAppBody>,
) -> Result<Json<VerifyAppAnswer>, ApiError> {
    let otp = required("otp", value.otp)?;
    let (recovery_codes, session) = match value.temp_token {
        Some(ticket) => {
            let device = device(&headers, peer);
            let enrolled = domain::auth::confirm_enrolment(&services, &actor, &Ticket(ticket), &otp, device).await?;
            (enrolled.recovery_codes, Some(enrolled.signed_in.into()))
        }
        None => (domain::auth::confirm_factor(&services, &actor, &otp).await?, None),
    };
    let message = "You now need a code from your app to sign in. Keep the recovery codes in a safe place.";
    Ok(Json(VerifyAppAnswer { message, recovery_codes, session }))
}

/// The password and a code of the app in use.
#[derive(Deserialize, ToSchema)]
struct DeactivateAppBody {
    #[schema(required, value_type = String, min_length = 1)]
    password: Option<String>,
    #[schema(required, value_type = String, min_length = 1)]
    otp: Option<String>,
}

/// Turns the app off. Other sessions of the account end.
#[utoipa::path(
    post, path = "/auth/mfa/deactivate", tag = "auth", request_body = DeactivateAppBody, security(("bearer" = [])),
    responses(
        (status = 200, body = Message),
        (status = 409, description = "`SECOND_FACTOR_REQUIRED`", body = ProblemDocument, content_type = "application/problem+json"),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn deactivate_app(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    JsonBody { value, .. }: JsonBody<DeactivateAppBody>,
) -> Result<Json<Message>, ApiError> {
    let password = required("password", value.password)?;
    let otp = required("otp", value.otp)?;
    domain::auth::remove_factor(&services, &actor, password, &otp).await?;
    Ok(Json(Message { message: "Your authenticator app is turned off." }))
}

/// The password.
#[derive(Deserialize, ToSchema)]
struct PasswordBody {
    #[schema(required, value_type = String, min_length = 1)]
    password: Option<String>,
}

/// New recovery codes, shown only now.
#[derive(Serialize, ToSchema)]
struct CodesAnswer {
    recovery_codes: Vec<String>,
}

/// Makes new recovery codes; the earlier ones no longer work.
#[utoipa::path(
    post, path = "/auth/mfa/recovery-codes/regenerate", tag = "auth", request_body = PasswordBody,
    security(("bearer" = [])),
    responses(
        (status = 200, body = CodesAnswer),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn regenerate_recovery_codes(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    JsonBody { value, .. }: JsonBody<PasswordBody>,
) -> Result<Json<CodesAnswer>, ApiError> {
    let password = required("password", value.password)?;
    let recovery_codes = domain::auth::renew_recovery_codes(&services, &actor, password).await?;
    Ok(Json(CodesAnswer { recovery_codes }))
}
