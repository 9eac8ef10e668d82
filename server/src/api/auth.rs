//! `/api/auth`: signing in and out.

use app::server_ctx::PeerAddress;
use axum::{Extension, Json, extract::State};
use domain::{
    Services,
    auth::{Device, SessionKind, Tokens},
};
use domain_types::auth::{SignIn, UserView};
use http::{HeaderMap, StatusCode, header};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

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
        .routes(routes!(login))
        .routes(routes!(refresh_tokens))
        .routes(routes!(logout))
        .routes(routes!(current_user))
}

/// Name and password.
#[derive(Deserialize, ToSchema)]
struct LoginBody {
    /// User name or e-mail address.
    #[schema(required, value_type = String)]
    username: Option<String>,
    #[schema(required, value_type = String)]
    password: Option<String>,
}

/// A session: the access token works for ten minutes, the refresh token once.
#[derive(Serialize, ToSchema)]
struct LoginAnswer {
    access: String,
    refresh: String,
    user: UserView,
    requires_policy_acceptance: bool,
    latest_policy_version: i64,
}

/// A refresh token.
#[derive(Deserialize, ToSchema)]
struct RefreshBody {
    #[schema(required, value_type = String)]
    refresh: Option<String>,
}

/// A fresh pair of tokens.
#[derive(Serialize, ToSchema)]
struct TokenPair {
    access: String,
    refresh: String,
}

impl From<Tokens> for TokenPair {
    fn from(tokens: Tokens) -> Self {
        Self { access: tokens.access, refresh: tokens.refresh }
    }
}

/// Opens a session. One answer for every failure.
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
    let device = device(&headers, peer.map(|Extension(peer)| peer));
    let signed_in = domain::auth::sign_in(&services, &actor, SignIn { username, password }, device).await?;
    Ok(Json(LoginAnswer {
        access: signed_in.tokens.access,
        refresh: signed_in.tokens.refresh,
        user: signed_in.user,
        requires_policy_acceptance: signed_in.requires_policy_acceptance,
        latest_policy_version: signed_in.latest_policy_version,
    }))
}

fn device(headers: &HeaderMap, peer: Option<PeerAddress>) -> Device {
    let user_agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Device {
        kind: SessionKind::Rest,
        user_agent: user_agent.to_owned(),
        address: peer.map(|PeerAddress(address)| address).unwrap_or_default(),
    }
}

/// Exchanges a refresh token for a new pair. Also at `auth/refresh`.
#[utoipa::path(
    post, path = "/auth/token/refresh", tag = "auth", request_body = RefreshBody,
    responses(
        (status = 200, body = TokenPair),
        (status = 401, description = "`token_not_valid`", body = ProblemDocument, content_type = "application/problem+json"),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn refresh_tokens(
    State(services): State<Services>,
    Caller(actor): Caller,
    JsonBody { value, .. }: JsonBody<RefreshBody>,
) -> Result<Json<TokenPair>, ApiError> {
    let token = required("refresh", value.refresh)?;
    Ok(Json(domain::auth::refresh(&services, &actor, &token).await?.into()))
}

/// Ends the session: its access token and its refresh tokens are dead at once.
#[utoipa::path(
    post, path = "/auth/logout", tag = "auth", request_body(content = Option<RefreshBody>), security(("bearer" = [])),
    responses(
        (status = 205, description = "Signed out"),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn logout(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    OptionalJson(body): OptionalJson<RefreshBody>,
) -> Result<StatusCode, ApiError> {
    let refresh = body.and_then(|body| body.refresh);
    domain::auth::sign_out(&services, &actor, refresh.as_deref()).await?;
    Ok(StatusCode::RESET_CONTENT)
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
