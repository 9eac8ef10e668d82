//! The authenticator app of whoever is signed in, and the recovery codes that stand in for it.

use domain_types::auth::{NewFactor, SecurityView};
use leptos::prelude::*;

use crate::error::AppError;

/// How the account of whoever asks is protected.
#[server(prefix = "/fn", endpoint = "auth/security")]
pub async fn get_security() -> Result<SecurityView, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    Ok(domain::auth::security(&ctx.services, &ctx.actor).await?)
}

/// The app that whoever asks is setting up; needs a fresh proof.
#[server(prefix = "/fn", endpoint = "auth/pending_factor")]
pub async fn get_pending_factor() -> Result<Option<NewFactor>, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    Ok(domain::auth::pending_factor(&ctx.services, &ctx.actor).await?)
}

/// Begins to set up an app and leads to the page that shows what it has to be told; needs a fresh proof.
#[server(prefix = "/fn", endpoint = "auth/begin_factor")]
pub async fn begin_factor() -> Result<(), AppError> {
    use super::super::APP;
    let ctx = crate::server_ctx::ctx()?;
    let outcome = domain::auth::begin_factor(&ctx.services, &ctx.actor).await.map(drop).map_err(AppError::from);
    crate::forms::FormPage::at(APP).answer(&ctx, outcome, |()| APP.to_owned()).await
}

/// Takes the app into use and leads to the recovery codes; needs a fresh proof.
#[server(prefix = "/fn", endpoint = "auth/confirm_factor")]
pub async fn confirm_factor(#[server(default)] otp: String) -> Result<(), AppError> {
    use super::super::{APP, SECURITY};
    let ctx = crate::server_ctx::ctx()?;
    let outcome = match domain::auth::confirm_factor(&ctx.services, &ctx.actor, &otp).await {
        Ok(codes) => Ok(shown_once(&ctx, &codes, &format!("{SECURITY}?app=1")).await),
        Err(error) => Err(error.into()),
    };
    crate::forms::FormPage::at(APP).answer(&ctx, outcome, String::clone).await.map(drop)
}

/// Turns the app off, for whoever has the password and a code of it.
#[server(prefix = "/fn", endpoint = "auth/remove_factor")]
pub async fn remove_factor(
    #[server(default)] password: String,
    #[server(default)] otp: String,
) -> Result<(), AppError> {
    use super::super::{APP_OFF, SECURITY};
    let ctx = crate::server_ctx::ctx()?;
    let outcome = domain::auth::remove_factor(&ctx.services, &ctx.actor, password, &otp).await;
    let form = crate::forms::FormPage::at(APP_OFF);
    form.answer(&ctx, outcome.map_err(AppError::from), |()| format!("{SECURITY}?app_off=1")).await
}

/// Makes new recovery codes, for whoever has the password, and leads to them.
#[server(prefix = "/fn", endpoint = "auth/renew_recovery_codes")]
pub async fn renew_recovery_codes(#[server(default)] password: String) -> Result<(), AppError> {
    use super::super::{RECOVERY_CODES, SECURITY};
    let ctx = crate::server_ctx::ctx()?;
    let outcome = match domain::auth::renew_recovery_codes(&ctx.services, &ctx.actor, password).await {
        Ok(codes) => Ok(shown_once(&ctx, &codes, &format!("{SECURITY}?codes=1")).await),
        Err(error) => Err(error.into()),
    };
    crate::forms::FormPage::at(RECOVERY_CODES).answer(&ctx, outcome, String::clone).await.map(drop)
}

/// The address at which these codes are shown, once; from there it goes on to `next`.
#[cfg(feature = "ssr")]
async fn shown_once(ctx: &crate::server_ctx::ServerCtx, codes: &[String], next: &str) -> String {
    use super::super::RECOVERY_CODES;
    let page = crate::forms::FormPage::at(crate::address::address(RECOVERY_CODES, &[("next", next)]));
    page.typed("codes", &codes.join(" ")).carried(ctx).await
}
