//! Sessions: renewed, listed, ended.

use axum::{Json, extract::State};
use domain::{
    Services,
    auth::{Activity, Tokens},
};
use domain_types::{SessionId, auth::SessionRow};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    api::{
        body::{JsonBody, OptionalJson, required},
        error::{ApiError, ProblemDocument},
        page::{Links, PageBody, PageQuery},
    },
    extract::{Caller, Id, Query, SignedIn},
    state::AppState,
};

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(refresh_tokens))
        .routes(routes!(logout))
        .routes(routes!(list_sessions))
        .routes(routes!(end_session))
}

/// A refresh token.
#[derive(Deserialize, ToSchema)]
struct RefreshBody {
    #[schema(required, value_type = String, min_length = 1)]
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
    Ok(Json(domain::auth::refresh(&services, &actor, &token, Activity::Active).await?.into()))
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

/// A sign-in of one device.
#[derive(Serialize, ToSchema)]
struct SessionItem {
    id: SessionId,
    /// "Firefox on Linux"
    device: String,
    /// The network address that it came from.
    address: String,
    /// RFC 3339, UTC.
    #[schema(format = DateTime)]
    created_at: String,
    /// RFC 3339, UTC.
    #[schema(format = DateTime)]
    last_used_at: String,
    /// Whether this request belongs to it.
    current: bool,
}

impl From<SessionRow> for SessionItem {
    fn from(row: SessionRow) -> Self {
        Self {
            id: row.id,
            device: row.device,
            address: row.address,
            created_at: row.created.instant,
            last_used_at: row.last_used.instant,
            current: row.is_current,
        }
    }
}

/// Where the caller is signed in, the last used first.
#[utoipa::path(
    get, path = "/auth/sessions", tag = "auth", params(PageQuery), security(("bearer" = [])),
    responses(
        (status = 200, body = PageBody<SessionItem>),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn list_sessions(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    links: Links,
    Query(query): Query<PageQuery>,
) -> Result<Json<PageBody<SessionItem>>, ApiError> {
    let page = query.request()?;
    Ok(Json(links.page(domain::auth::sessions(&services, &actor, page).await?)?))
}

/// Ends one of the caller's sessions, with its access token.
#[utoipa::path(
    delete, path = "/auth/sessions/{id}", tag = "auth", params(("id" = SessionId, Path)), security(("bearer" = [])),
    responses(
        (status = 204, description = "Ended"),
        (status = 404, description = "Unknown, another person's or ended", body = ProblemDocument, content_type = "application/problem+json"),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn end_session(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    Id(id): Id<SessionId>,
) -> Result<StatusCode, ApiError> {
    domain::auth::end_session(&services, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
