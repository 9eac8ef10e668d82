//! Passwords: judged while they are typed, changed, set anew, and asked for once more.

use domain_types::auth::PasswordAdvice;
use leptos::prelude::*;

use crate::error::AppError;

/// How good a password is, for somebody with these names. Public; nothing is kept.
#[server(prefix = "/fn", endpoint = "auth/password_advice")]
pub async fn get_password_advice(
    #[server(default)] password: String,
    #[server(default)] username: String,
    #[server(default)] email: String,
    #[server(default)] first_name: String,
    #[server(default)] last_name: String,
) -> Result<PasswordAdvice, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    let known = [username.as_str(), email.as_str(), first_name.as_str(), last_name.as_str()];
    Ok(domain::auth::password_advice(&ctx.services, &ctx.actor, password, &known).await?)
}

/// Mails a link for a new password to the owner of an address: the answer is always the same. Public.
#[server(prefix = "/fn", endpoint = "auth/request_reset")]
pub async fn request_reset(#[server(default)] email: String) -> Result<(), AppError> {
    use crate::forms::FormPage;
    let ctx = crate::server_ctx::ctx()?;
    let form = FormPage::at("/forgot-password").typed("email", &email);
    let next_page = FormPage::at("/forgot-password?sent=1").typed("email", email.trim());
    let asked = domain::auth::request_password_reset(&ctx.services, &ctx.actor, &email, &ctx.device()).await;
    let outcome = match asked {
        Ok(()) => Ok(next_page.carried(&ctx).await),
        Err(error) => Err(error.into()),
    };
    form.answer(&ctx, outcome, String::clone).await.map(drop)
}

/// Whether a mailed link for a new password still works; looking uses nothing up. Public: the token is the proof.
#[server(prefix = "/fn", endpoint = "auth/may_reset")]
pub async fn get_may_reset(#[server(default)] token: String) -> Result<bool, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    Ok(domain::auth::may_reset_password(&ctx.services, &ctx.actor, &token).await?)
}

/// Sets a new password and leads to signing in with it. Public: the token is the proof.
#[server(prefix = "/fn", endpoint = "auth/reset_password")]
pub async fn reset_password(
    #[server(default)] token: String,
    #[server(default)] password: String,
) -> Result<(), AppError> {
    use crate::{address::address, forms::FormPage};
    let ctx = crate::server_ctx::ctx()?;
    let form = FormPage::at(address("/reset-password", &[("token", &token)]));
    let command = domain_types::auth::ResetPassword { token, password, password_confirm: None };
    let outcome = domain::auth::reset_password(&ctx.services, &ctx.actor, command).await.map_err(AppError::from);
    form.answer(&ctx, outcome, |()| "/login?reset=1".to_owned()).await
}

/// Changes the password of whoever asks and knows the present one.
#[server(prefix = "/fn", endpoint = "auth/change_password")]
pub async fn change_password(
    #[server(default)] current_password: String,
    #[server(default)] password: String,
) -> Result<(), AppError> {
    use super::super::SECURITY;
    use crate::forms::FormPage;
    let ctx = crate::server_ctx::ctx()?;
    let command = domain_types::auth::ChangePassword { current_password, password, password_confirm: None };
    let outcome = domain::auth::change_password(&ctx.services, &ctx.actor, command).await.map_err(AppError::from);
    FormPage::at(SECURITY).answer(&ctx, outcome, |()| format!("{SECURITY}?changed=1")).await
}

/// Takes a fresh proof of who is asking, the password or a code of the app, and leads back to `next`. What
/// waited for the proof (`act`) is done at once.
#[server(prefix = "/fn", endpoint = "auth/step_up")]
pub async fn step_up(
    #[server(default)] password: String,
    #[server(default)] otp: String,
    next: Option<String>,
    #[server(default)] act: String,
) -> Result<(), AppError> {
    use crate::{
        address::address,
        forms::{FormPage, STEP_UP, local_path},
    };
    use domain_types::auth::Proof;
    let ctx = crate::server_ctx::ctx()?;
    let next = next.as_deref().and_then(local_path);
    let form = FormPage::at(address(STEP_UP, &[("next", next.unwrap_or_default()), ("act", &act)]));
    let proof = if otp.is_empty() { Proof::Password(password) } else { Proof::Otp(otp) };
    let outcome = domain::auth::step_up(&ctx.services, &ctx.actor, proof).await.map_err(AppError::from);
    if let Ok(Some(tokens)) = outcome.as_ref().map(|proved| &proved.tokens) {
        ctx.give_session(tokens);
        if ctx.request.accepts_html && !act.is_empty() && ctx.go_on(&act, tokens).await? {
            return Ok(());
        }
    }
    form.answer(&ctx, outcome.map(drop), |()| next.unwrap_or("/account").to_owned()).await
}
