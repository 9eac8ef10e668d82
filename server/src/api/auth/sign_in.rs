//! Signing in, in one step or two.

use app::server_ctx::PeerAddress;
use axum::{Extension, Json, extract::State};
use domain::{
    Services,
    auth::{SignInOutcome, SignedIn as Session, Ticket},
};
use domain_types::{
    Problem,
    auth::{NextSignInStep, SecondProof, SignIn, UserView},
};
use http::HeaderMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::device;
use crate::{
    api::{
        body::{JsonBody, required},
        error::{ApiError, ProblemDocument},
    },
    extract::Caller,
    state::AppState,
};

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(login)).routes(routes!(mfa_login))
}

/// Name and password.
#[derive(Deserialize, ToSchema)]
struct LoginBody {
    /// User name or e-mail address.
    #[schema(required, value_type = String, min_length = 1)]
    username: Option<String>,
    #[schema(required, value_type = String, min_length = 1)]
    password: Option<String>,
}

/// A session: the access token works for ten minutes, the refresh token once.
#[derive(Serialize, ToSchema)]
pub(super) struct SessionAnswer {
    access: String,
    refresh: String,
    user: UserView,
    requires_policy_acceptance: bool,
    latest_policy_version: i64,
}

impl From<Session> for SessionAnswer {
    fn from(session: Session) -> Self {
        Self {
            access: session.tokens.access,
            refresh: session.tokens.refresh,
            user: session.user,
            requires_policy_acceptance: session.requires_policy_acceptance,
            latest_policy_version: session.latest_policy_version,
        }
    }
}

/// A sign-in that needs a second step: a code (`auth/mfa/login`), or an authenticator app (`auth/mfa/setup` and
/// `auth/mfa/verify` with the token).
#[derive(Serialize, ToSchema)]
struct UnfinishedAnswer {
    #[serde(skip_serializing_if = "Option::is_none")]
    mfa_required: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mfa_enrolment_required: Option<bool>,
    /// Works for some minutes and five tries.
    temp_token: String,
}

/// A session, or what it still needs.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
enum LoginAnswer {
    Session(Box<SessionAnswer>),
    Unfinished(UnfinishedAnswer),
}

impl From<SignInOutcome> for LoginAnswer {
    fn from(outcome: SignInOutcome) -> Self {
        match outcome {
            SignInOutcome::SignedIn(session) => Self::Session(Box::new((*session).into())),
            SignInOutcome::Unfinished { step, ticket: Ticket(temp_token) } => Self::Unfinished(UnfinishedAnswer {
                mfa_required: (step == NextSignInStep::Code).then_some(true),
                mfa_enrolment_required: (step == NextSignInStep::Enrolment).then_some(true),
                temp_token,
            }),
        }
    }
}

/// Opens a session, or begins one that needs a second step. One answer for every failure.
#[utoipa::path(
    post, path = "/auth/login", tag = "auth", request_body = LoginBody,
    responses(
        (status = 200, body = LoginAnswer),
        (status = 401, description = "Wrong name or password", body = ProblemDocument, content_type = "application/problem+json"),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn login(
    State(services): State<Services>,
    Caller(actor): Caller,
    peer: Option<Extension<PeerAddress>>,
    headers: HeaderMap,
    JsonBody { value, .. }: JsonBody<LoginBody>,
) -> Result<Json<LoginAnswer>, ApiError> {
    let username = required("username", value.username)?;
    let password = required("password", value.password)?;
    let device = device(&headers, peer);
    let outcome = domain::auth::sign_in(&services, &actor, SignIn { username, password }, device).await?;
    Ok(Json(outcome.into()))
}

/// The second step: one of `otp` and `recovery_code`.
#[derive(Deserialize, ToSchema)]
struct MfaLoginBody {
    #[schema(required, value_type = String, min_length = 1)]
    temp_token: Option<String>,
    /// Six digits of the authenticator app.
    otp: Option<String>,
    /// A recovery code, instead.
    recovery_code: Option<String>,
}

/// Finishes a sign-in with a code of the authenticator app or a recovery code.
#[utoipa::path(
    post, path = "/auth/mfa/login", tag = "auth", request_body = MfaLoginBody,
    responses(
        (status = 200, body = SessionAnswer),
        (status = 401, description = "`INVALID_CODE`, or `token_not_valid` when the first step has to be repeated", body = ProblemDocument, content_type = "application/problem+json"),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn mfa_login(
    State(services): State<Services>,
    Caller(actor): Caller,
    peer: Option<Extension<PeerAddress>>,
    headers: HeaderMap,
    JsonBody { value, .. }: JsonBody<MfaLoginBody>,
) -> Result<Json<SessionAnswer>, ApiError> {
    let ticket = Ticket(required("temp_token", value.temp_token)?);
    let filled = |text: Option<String>| text.filter(|text| !text.is_empty());
    let proof = match (filled(value.otp), filled(value.recovery_code)) {
        (Some(otp), None) => SecondProof::Otp(otp),
        (None, Some(code)) => SecondProof::Recovery(code),
        _ => return Err(Problem::field("otp", "Send either an otp or a recovery_code.").into()),
    };
    let device = device(&headers, peer);
    let session = domain::auth::finish_sign_in(&services, &actor, &ticket, proof, device).await?;
    Ok(Json(session.into()))
}
