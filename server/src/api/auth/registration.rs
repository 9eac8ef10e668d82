//! Opening an account.

use app::server_ctx::PeerAddress;
use axum::{Extension, Json, extract::State};
use domain::Services;
use domain_types::{
    Problem,
    auth::{ConfirmAddress, Gender, Register, Role, VerifyEmail},
};
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Message, device};
use crate::{
    api::{
        body::{JsonBody, required},
        error::{ApiError, ProblemDocument},
    },
    extract::Caller,
    state::AppState,
};

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(register)).routes(routes!(verify_email)).routes(routes!(resend_verification))
}

/// Somebody who opens an account. It is a patient's, whatever `role` says.
#[derive(Deserialize, ToSchema)]
struct RegisterBody {
    #[schema(required, value_type = String, pattern = "^[A-Za-z0-9][A-Za-z0-9._-]{2,29}$")]
    username: Option<String>,
    #[schema(required, value_type = String, format = Email)]
    email: Option<String>,
    /// 12 to 128 characters, hard to guess.
    #[schema(required, value_type = String, min_length = 12, max_length = 128)]
    password: Option<String>,
    #[schema(required, value_type = String, min_length = 12, max_length = 128)]
    password_confirm: Option<String>,
    /// The user name when it is left out.
    first_name: Option<String>,
    /// The user name when it is left out.
    last_name: Option<String>,
    /// `YYYY-MM-DD`
    #[schema(format = Date)]
    date_of_birth: Option<String>,
    #[schema(value_type = Option<Gender>)]
    gender: Option<String>,
    phone: Option<String>,
    /// The token of an earlier try, which this one replaces.
    registration_token: Option<String>,
}

/// What is known of somebody whose address is not confirmed yet.
#[derive(Serialize, ToSchema)]
struct Registered {
    /// Null until the address is confirmed.
    id: Option<i64>,
    username: String,
    email: String,
    role: Role,
    mfa_enabled: bool,
}

/// The same whether the address or the user name belongs to somebody already or not.
#[derive(Serialize, ToSchema)]
struct RegisterAnswer {
    message: &'static str,
    user: Registered,
    /// Names this registration: sent with the mailed code, only its own tries count; sent with another try, that one
    /// replaces it.
    registration_token: String,
}

/// Opens an account, which comes into being when its address is confirmed. Registering agrees to the privacy policy.
#[utoipa::path(
    post, path = "/auth/register", tag = "auth", request_body = RegisterBody,
    responses(
        (status = 201, body = RegisterAnswer),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn register(
    State(services): State<Services>,
    Caller(actor): Caller,
    peer: Option<Extension<PeerAddress>>,
    headers: HeaderMap,
    JsonBody { value, .. }: JsonBody<RegisterBody>,
) -> Result<(StatusCode, Json<RegisterAnswer>), ApiError> {
    let username = value.username.unwrap_or_default();
    let email = value.email.unwrap_or_default();
    let named = |name: Option<String>| name.filter(|name| !name.is_empty()).unwrap_or_else(|| username.clone());
    let command = Register {
        first_name: named(value.first_name),
        last_name: named(value.last_name),
        username: username.clone(),
        email: email.clone(),
        password: value.password.unwrap_or_default(),
        password_confirm: Some(value.password_confirm.unwrap_or_default()),
        date_of_birth: value.date_of_birth.unwrap_or_default(),
        gender: value.gender.unwrap_or_default(),
        phone: value.phone.unwrap_or_default(),
        accepts_policy: true,
        browser: value.registration_token.unwrap_or_default(),
    };
    let registration_token = domain::auth::register(&services, &actor, command, &device(&headers, peer)).await?;
    let user = Registered {
        id: None,
        username: username.trim().to_lowercase(),
        email: email.trim().to_lowercase(),
        role: Role::Patient,
        mfa_enabled: false,
    };
    let message = "Check your e-mail for a link and a code to confirm your address.";
    Ok((StatusCode::CREATED, Json(RegisterAnswer { message, user, registration_token })))
}

/// The mailed link's token, or the address with the mailed code.
#[derive(Deserialize, ToSchema)]
struct VerifyEmailBody {
    token: Option<String>,
    email: Option<String>,
    /// Six digits.
    code: Option<String>,
    /// Another user name, when the one that was registered is taken.
    username: Option<String>,
    /// The token of the registration, which makes the tries of the code its own.
    registration_token: Option<String>,
}

/// Confirms an address. Then there is an account to sign in to.
#[utoipa::path(
    post, path = "/auth/verify-email", tag = "auth", request_body = VerifyEmailBody,
    responses(
        (status = 200, body = Message),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn verify_email(
    State(services): State<Services>,
    Caller(actor): Caller,
    JsonBody { value, .. }: JsonBody<VerifyEmailBody>,
) -> Result<Json<Message>, ApiError> {
    let proof = match (value.token, value.email, value.code) {
        (Some(token), None, None) => VerifyEmail::Link(token),
        (None, Some(email), Some(code)) => VerifyEmail::Code { email, code },
        _ => return Err(Problem::field("token", "Send either a token, or an email and a code.").into()),
    };
    let command =
        ConfirmAddress { proof, username: value.username.unwrap_or_default(), browser: value.registration_token };
    domain::auth::verify_email(&services, &actor, command).await?;
    Ok(Json(Message { message: "Your address is confirmed. You can sign in now." }))
}

/// An address.
#[derive(Deserialize, ToSchema)]
struct EmailBody {
    #[schema(required, value_type = String, format = Email)]
    email: Option<String>,
    /// The token of the registration; without it, every registration that waits for the address gets its mail.
    registration_token: Option<String>,
}

/// Mails the link and the code once more, if somebody waits for them.
#[utoipa::path(
    post, path = "/auth/verify-email/resend", tag = "auth", request_body = EmailBody,
    responses(
        (status = 200, body = Message),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn resend_verification(
    State(services): State<Services>,
    Caller(actor): Caller,
    peer: Option<Extension<PeerAddress>>,
    headers: HeaderMap,
    JsonBody { value, .. }: JsonBody<EmailBody>,
) -> Result<Json<Message>, ApiError> {
    let email = required("email", value.email)?;
    let token = value.registration_token.as_deref();
    domain::auth::resend_verification(&services, &actor, &email, token, &device(&headers, peer)).await?;
    Ok(Json(Message { message: "If this address is waiting to be confirmed, we have sent another e-mail." }))
}
