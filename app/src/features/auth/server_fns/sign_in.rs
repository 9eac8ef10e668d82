//! Who is looking, signing in with its steps, signing out.

use domain_types::auth::{NewFactor, Viewer};
use leptos::prelude::*;

use crate::error::AppError;

/// Whoever is signed in, for the page frame. Public.
#[server(prefix = "/fn", endpoint = "auth/viewer")]
pub async fn get_viewer() -> Result<Option<Viewer>, AppError> {
    Ok(crate::server_ctx::ctx()?.actor.viewer())
}

/// Opens a session for whoever knows the password, or leads to the second step. Afterwards it goes on to `next`, or to
/// where the role arrives. Public.
#[server(prefix = "/fn", endpoint = "auth/sign_in")]
pub async fn sign_in(
    #[server(default)] username: String,
    #[server(default)] password: String,
    next: Option<String>,
) -> Result<(), AppError> {
    use crate::{address::address, forms};
    use domain::auth::SignInOutcome;
    use domain_types::auth::NextSignInStep;
    let ctx = crate::server_ctx::ctx()?;
    let next = next.as_deref().and_then(forms::local_path);
    let form =
        forms::FormPage::at(address("/login", &[("next", next.unwrap_or_default())])).typed("username", &username);
    let command = domain_types::auth::SignIn { username, password };
    let outcome = domain::auth::sign_in(&ctx.services, &ctx.actor, command, ctx.device()).await;
    let onwards = outcome.map_err(AppError::from).map(|outcome| match outcome {
        SignInOutcome::SignedIn(signed_in) => {
            ctx.finish_sign_in(&signed_in);
            ctx.arrival(&signed_in, next)
        }
        SignInOutcome::Unfinished { step, ticket } => {
            ctx.give_ticket(&ticket);
            let page = match step {
                NextSignInStep::Code => "/login/code",
                NextSignInStep::Enrolment => "/login/app",
            };
            address(page, &[("next", next.unwrap_or_default())])
        }
    });
    form.answer(&ctx, onwards, String::clone).await.map(drop)
}

/// Finishes a sign-in with a code of the app or one from the paper. Public: the ticket in the cookie is the proof of
/// the first step.
#[server(prefix = "/fn", endpoint = "auth/finish_sign_in")]
pub async fn finish_sign_in(
    #[server(default)] otp: String,
    recovery_code: Option<String>,
    next: Option<String>,
) -> Result<(), AppError> {
    use crate::{address::address, forms};
    use domain_types::auth::SecondProof;
    let ctx = crate::server_ctx::ctx()?;
    let next = next.as_deref().and_then(forms::local_path);
    let is_recovery = recovery_code.is_some();
    let query = [("recovery", if is_recovery { "1" } else { "" }), ("next", next.unwrap_or_default())];
    let form = forms::FormPage::at(address("/login/code", &query));
    let proof = recovery_code.map_or(SecondProof::Otp(otp), SecondProof::Recovery);
    let outcome = async {
        let ticket = ctx.ticket().ok_or(domain::Error::TokenNotValid)?;
        let signed_in = domain::auth::finish_sign_in(&ctx.services, &ctx.actor, &ticket, proof, ctx.device()).await?;
        ctx.finish_sign_in(&signed_in);
        Ok(ctx.arrival(&signed_in, next))
    };
    let outcome = outcome.await;
    if is_late(&outcome) {
        return begin_anew(&ctx, outcome, next);
    }
    form.answer(&ctx, outcome, String::clone).await.map(drop)
}

/// What an authenticator app has to be told, in the middle of a sign-in that needs one. Public: the ticket in the
/// cookie is the proof of the first step.
#[server(prefix = "/fn", endpoint = "auth/enrolment")]
pub async fn get_enrolment() -> Result<NewFactor, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    let ticket = ctx.ticket().ok_or(domain::Error::TokenNotValid)?;
    Ok(domain::auth::enrolment(&ctx.services, &ctx.actor, &ticket).await?)
}

/// Takes the app into use, signs in and leads to the recovery codes. Public: the ticket in the cookie is the proof of
/// the first step.
#[server(prefix = "/fn", endpoint = "auth/confirm_enrolment")]
pub async fn confirm_enrolment(#[server(default)] otp: String, next: Option<String>) -> Result<(), AppError> {
    use super::super::RECOVERY_CODES;
    use crate::{
        address::address,
        forms::{FormPage, local_path},
    };
    let ctx = crate::server_ctx::ctx()?;
    let next = next.as_deref().and_then(local_path);
    let form = FormPage::at(address("/login/app", &[("next", next.unwrap_or_default())]));
    let outcome = async {
        let ticket = ctx.ticket().ok_or(domain::Error::TokenNotValid)?;
        let enrolled = domain::auth::confirm_enrolment(&ctx.services, &ctx.actor, &ticket, &otp, ctx.device()).await?;
        ctx.finish_sign_in(&enrolled.signed_in);
        let onwards = ctx.arrival(&enrolled.signed_in, next);
        let page = FormPage::at(address(RECOVERY_CODES, &[("next", &onwards)]));
        Ok(page.typed("codes", &enrolled.recovery_codes.join(" ")).carried(&ctx).await)
    };
    let outcome = outcome.await;
    if is_late(&outcome) {
        return begin_anew(&ctx, outcome, next);
    }
    form.answer(&ctx, outcome, String::clone).await.map(drop)
}

/// Whether the first step was too long ago.
#[cfg(feature = "ssr")]
fn is_late(outcome: &Result<String, AppError>) -> bool {
    use domain_types::ProblemCode::TokenNotValid;
    matches!(outcome, Err(error) if error.0.code == TokenNotValid)
}

/// Leads back to the first step, whose page says why.
#[cfg(feature = "ssr")]
fn begin_anew(
    ctx: &crate::server_ctx::ServerCtx,
    outcome: Result<String, AppError>,
    next: Option<&str>,
) -> Result<(), AppError> {
    ctx.forget_ticket();
    if ctx.request.accepts_html {
        ctx.request.lead_to(&crate::address::address("/login", &[("late", "1"), ("next", next.unwrap_or_default())]));
    }
    outcome.map(drop)
}

/// Ends the session and takes its cookies. Whoever is signed out already is told the same. With `next` somebody else
/// may sign in and goes on there.
#[server(prefix = "/fn", endpoint = "auth/sign_out")]
pub async fn sign_out(next: Option<String>) -> Result<(), AppError> {
    use crate::{
        address::address,
        forms::{FormPage, local_path},
    };
    use domain::Error::Unauthenticated;
    let ctx = crate::server_ctx::ctx()?;
    let outcome = match domain::auth::sign_out(&ctx.services, &ctx.actor, None).await {
        Ok(()) | Err(Unauthenticated) => {
            ctx.end_session();
            Ok(())
        }
        Err(error) => Err(error.into()),
    };
    let onwards = match next.as_deref().and_then(local_path) {
        Some(next) => address("/login", &[("next", next)]),
        None => "/login?signed_out=1".to_owned(),
    };
    FormPage::at("/").answer(&ctx, outcome, |()| onwards).await
}
