//! Who is signed in, and what they prove and agree to.

use axum::{Json, extract::State};
use domain::Services;
use domain_types::{
    Problem,
    auth::{Proof, UserView},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    api::{
        body::JsonBody,
        error::{ApiError, ProblemDocument},
    },
    extract::SignedIn,
    state::AppState,
};

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(current_user)).routes(routes!(step_up)).routes(routes!(accept_policy))
}

/// Who is signed in.
#[utoipa::path(
    get, path = "/auth/user", tag = "auth", security(("bearer" = [])),
    responses(
        (status = 200, body = UserView),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn current_user(State(services): State<Services>, SignedIn(actor): SignedIn) -> Result<Json<UserView>, ApiError> {
    Ok(Json(domain::auth::me(&services, &actor).await?))
}

/// A fresh proof: a code of the authenticator app from those who have one, the password from everybody else.
#[derive(Deserialize, ToSchema)]
struct ProofBody {
    otp: Option<String>,
    password: Option<String>,
}

/// How long the proof is fresh.
#[derive(Serialize, ToSchema)]
struct ProofAnswer {
    /// RFC 3339, UTC.
    #[schema(format = DateTime)]
    verified_until: String,
}

/// Proves anew who calls, for what answers with `STEP_UP_REQUIRED` otherwise.
#[utoipa::path(
    post, path = "/auth/step-up", tag = "auth", request_body = ProofBody, security(("bearer" = [])),
    responses(
        (status = 200, body = ProofAnswer),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn step_up(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    JsonBody { value, .. }: JsonBody<ProofBody>,
) -> Result<Json<ProofAnswer>, ApiError> {
    let proof = match (value.otp, value.password) {
        (Some(otp), None) => Proof::Otp(otp),
        (None, Some(password)) => Proof::Password(password),
        _ => return Err(Problem::field("otp", "Send either an otp or a password.").into()),
    };
    let proven = domain::auth::step_up_in_place(&services, &actor, proof).await?;
    Ok(Json(ProofAnswer { verified_until: proven.verified_until.to_string() }))
}

/// What was agreed to.
#[derive(Serialize, ToSchema)]
struct AcceptAnswer {
    message: &'static str,
    accepted_version: i64,
}

/// Agrees to the newest version of the privacy policy.
#[utoipa::path(
    post, path = "/auth/accept-policy", tag = "auth", security(("bearer" = [])),
    responses(
        (status = 200, body = AcceptAnswer),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn accept_policy(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
) -> Result<Json<AcceptAnswer>, ApiError> {
    let accepted_version = domain::auth::accept_policy(&services, &actor).await?;
    Ok(Json(AcceptAnswer { message: "Thank you. Your agreement is saved with today’s date.", accepted_version }))
}
