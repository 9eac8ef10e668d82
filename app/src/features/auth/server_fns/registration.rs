//! Opening an account: registering, confirming the address, agreeing to the policy.

// The fields of a form are the arguments of its function.
#![allow(clippy::too_many_arguments)]

use domain_types::auth::PendingRegistration;
use leptos::prelude::*;

use crate::error::AppError;

/// Whether patients may open an account by themselves. Public.
#[server(prefix = "/fn", endpoint = "auth/registration_is_open")]
pub async fn get_registration_is_open() -> Result<bool, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    Ok(domain::auth::registration_is_open(&ctx.services, &ctx.actor).await?)
}

/// Registers a patient and leads to where the address is confirmed. `accepts_policy` is `true`, or nothing; `key` names
/// one drawing of the form, so that one sent twice is one registration. The
/// browser remembers `next` until the address is confirmed. Public.
#[server(prefix = "/fn", endpoint = "auth/register")]
pub async fn register(
    #[server(default)] first_name: String,
    #[server(default)] last_name: String,
    #[server(default)] email: String,
    #[server(default)] username: String,
    #[server(default)] password: String,
    #[server(default)] date_of_birth: String,
    #[server(default)] gender: String,
    #[server(default)] phone: String,
    #[server(default)] accepts_policy: String,
    #[server(default)] key: String,
    next: Option<String>,
) -> Result<(), AppError> {
    use super::super::VERIFY_EMAIL;
    use crate::{
        address::address,
        forms::{FormPage, local_path},
    };
    let ctx = crate::server_ctx::ctx()?;
    let next = next.as_deref().and_then(local_path);
    let form = FormPage::at(address("/register", &[("next", next.unwrap_or_default())]))
        .typed("first_name", &first_name)
        .typed("last_name", &last_name)
        .typed("email", &email)
        .typed("username", &username)
        .typed("date_of_birth", &date_of_birth)
        .typed("gender", &gender)
        .typed("phone", &phone)
        .typed("accepts_policy", &accepts_policy);
    let next_page = FormPage::at(VERIFY_EMAIL).typed("email", email.trim());
    let command = domain_types::auth::Register {
        username,
        email,
        password,
        // It can be looked at instead of being typed twice.
        password_confirm: None,
        first_name,
        last_name,
        date_of_birth,
        gender,
        phone,
        accepts_policy: accepts_policy == "true",
        browser: ctx.registration().unwrap_or(key),
    };
    let outcome = match domain::auth::register(&ctx.services, &ctx.actor, command, &ctx.device()).await {
        Ok(token) => {
            ctx.give_registration(&token);
            ctx.remember_next(next);
            Ok(next_page.carried(&ctx).await)
        }
        Err(error) => Err(error.into()),
    };
    form.answer(&ctx, outcome, String::clone).await.map(drop)
}

/// Whose registration a mailed link confirms; looking uses nothing up. Public: the token is the proof.
#[server(prefix = "/fn", endpoint = "auth/pending_registration")]
pub async fn get_pending_registration(
    #[server(default)] token: String,
) -> Result<Option<PendingRegistration>, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    Ok(domain::auth::pending_registration(&ctx.services, &ctx.actor, &token, ctx.registration().as_deref()).await?)
}

/// Makes an account of a registration, by the token of the mailed link or by the address with the mailed digits.
/// `username` is another one, when the one that was asked for is taken. Public: the token or the code is the proof.
#[server(prefix = "/fn", endpoint = "auth/verify_email")]
pub async fn verify_email(
    #[server(default)] token: String,
    #[server(default)] email: String,
    #[server(default)] code: String,
    #[server(default)] username: String,
) -> Result<(), AppError> {
    use super::super::VERIFY_EMAIL;
    use crate::{address::address, forms::FormPage};
    use domain_types::auth::{ConfirmAddress, VerifyEmail as Proof};
    let ctx = crate::server_ctx::ctx()?;
    let form =
        FormPage::at(address(VERIFY_EMAIL, &[("token", &token)])).typed("email", &email).typed("username", &username);
    let proof = if token.is_empty() { Proof::Code { email, code } } else { Proof::Link(token) };
    let command = ConfirmAddress { proof, username, browser: ctx.registration() };
    let outcome = domain::auth::verify_email(&ctx.services, &ctx.actor, command).await.map_err(AppError::from);
    if outcome.is_ok() {
        ctx.forget_registration();
    }
    let next = ctx.remembered_next();
    form.answer(&ctx, outcome, |()| {
        ctx.remember_next(None);
        address("/login", &[("verified", "1"), ("next", next.as_deref().unwrap_or_default())])
    })
    .await
}

/// Mails the link and the digits once more, if somebody waits for them: the answer is always the same. Public.
#[server(prefix = "/fn", endpoint = "auth/resend_verification")]
pub async fn resend_verification(#[server(default)] email: String) -> Result<(), AppError> {
    use super::super::VERIFY_EMAIL;
    use crate::{address::address, forms::FormPage};
    let ctx = crate::server_ctx::ctx()?;
    let form = FormPage::at(address(VERIFY_EMAIL, &[("again", "1")])).typed("email", &email);
    let next_page = FormPage::at(address(VERIFY_EMAIL, &[("sent", "1")])).typed("email", email.trim());
    let browser = ctx.registration();
    let asked =
        domain::auth::resend_verification(&ctx.services, &ctx.actor, &email, browser.as_deref(), &ctx.device()).await;
    let outcome = match asked {
        Ok(()) => Ok(next_page.carried(&ctx).await),
        Err(error) => Err(error.into()),
    };
    form.answer(&ctx, outcome, String::clone).await.map(drop)
}

/// Whether whoever asks has not agreed to the newest privacy policy yet.
#[server(prefix = "/fn", endpoint = "auth/policy_pending")]
pub async fn get_policy_pending() -> Result<bool, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    Ok(domain::auth::policy_is_pending(&ctx.services, &ctx.actor).await?)
}

/// Notes that whoever asks agrees to the privacy policy, and goes on to `next`, or to where the role arrives.
#[server(prefix = "/fn", endpoint = "auth/accept_policy")]
pub async fn accept_policy(next: Option<String>) -> Result<(), AppError> {
    use super::super::ACCEPT_POLICY;
    use crate::{
        address::address,
        forms::{FormPage, local_path},
    };
    use domain_types::auth::Role;
    let ctx = crate::server_ctx::ctx()?;
    let next = next.as_deref().and_then(local_path);
    let form = FormPage::at(address(ACCEPT_POLICY, &[("next", next.unwrap_or_default())]));
    let outcome = domain::auth::accept_policy(&ctx.services, &ctx.actor).await.map(drop).map_err(AppError::from);
    let home = ctx.actor.role().map_or("/", Role::home);
    form.answer(&ctx, outcome, |()| next.unwrap_or(home).to_owned()).await
}
