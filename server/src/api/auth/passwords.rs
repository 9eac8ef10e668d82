//! Passwords changed and lost.

use app::server_ctx::PeerAddress;
use axum::{Extension, Json, extract::State};
use domain::Services;
use domain_types::auth::{ChangePassword, ResetPassword};
use http::HeaderMap;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Message, device};
use crate::{
    api::{
        body::{JsonBody, required},
        error::{ApiError, ProblemDocument},
    },
    extract::{Caller, SignedIn},
    state::AppState,
};

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(change_password))
        .routes(routes!(request_password_reset))
        .routes(routes!(confirm_password_reset))
}

/// The present password and another one.
#[derive(Deserialize, ToSchema)]
struct ChangePasswordBody {
    #[schema(required, value_type = String, min_length = 1)]
    current_password: Option<String>,
    #[schema(required, value_type = String, min_length = 1)]
    password: Option<String>,
    #[schema(required, value_type = String, min_length = 1)]
    password_confirm: Option<String>,
}

/// Changes the password. All other sessions end.
#[utoipa::path(
    post, path = "/auth/password/change", tag = "auth", request_body = ChangePasswordBody, security(("bearer" = [])),
    responses(
        (status = 200, body = Message),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn change_password(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    JsonBody { value, .. }: JsonBody<ChangePasswordBody>,
) -> Result<Json<Message>, ApiError> {
    let command = ChangePassword {
        current_password: required("current_password", value.current_password)?,
        password: required("password", value.password)?,
        password_confirm: Some(value.password_confirm.unwrap_or_default()),
    };
    domain::auth::change_password(&services, &actor, command).await?;
    Ok(Json(Message { message: "Password changed. All your other devices are signed out." }))
}

/// An address.
#[derive(Deserialize, ToSchema)]
struct ResetBody {
    #[schema(required, value_type = String, format = Email)]
    email: Option<String>,
}

/// Mails a link for a new password, if the address has an account. The answer is always the same.
#[utoipa::path(
    post, path = "/auth/password-reset", tag = "auth", request_body = ResetBody,
    responses(
        (status = 200, body = Message),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn request_password_reset(
    State(services): State<Services>,
    Caller(actor): Caller,
    peer: Option<Extension<PeerAddress>>,
    headers: HeaderMap,
    JsonBody { value, .. }: JsonBody<ResetBody>,
) -> Result<Json<Message>, ApiError> {
    let email = required("email", value.email)?;
    domain::auth::request_password_reset(&services, &actor, &email, &device(&headers, peer)).await?;
    Ok(Json(Message { message: "If this address has an account, we have e-mailed it a link." }))
}

/// The mailed token and a new password.
#[derive(Deserialize, ToSchema)]
struct ConfirmResetBody {
    #[schema(required, value_type = String, min_length = 1)]
    token: Option<String>,
    #[schema(required, value_type = String, min_length = 1)]
    password: Option<String>,
    #[schema(required, value_type = String, min_length = 1)]
    password_confirm: Option<String>,
}

/// Sets the new password. All sessions end; a second factor stays in force.
#[utoipa::path(
    post, path = "/auth/password-reset/confirm", tag = "auth", request_body = ConfirmResetBody,
    responses(
        (status = 200, body = Message),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn confirm_password_reset(
    State(services): State<Services>,
    Caller(actor): Caller,
    JsonBody { value, .. }: JsonBody<ConfirmResetBody>,
) -> Result<Json<Message>, ApiError> {
    let command = ResetPassword {
        token: required("token", value.token)?,
        password: required("password", value.password)?,
        password_confirm: Some(value.password_confirm.unwrap_or_default()),
    };
    domain::auth::reset_password(&services, &actor, command).await?;
    Ok(Json(Message { message: "Password changed. Please sign in with it." }))
}
