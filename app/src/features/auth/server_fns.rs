//! Who is looking, signing in, signing out.

use domain_types::auth::Viewer;
use leptos::prelude::*;

use crate::error::AppError;

/// Whoever is signed in, for the page frame. Public.
#[server(prefix = "/fn", endpoint = "auth/viewer")]
pub async fn get_viewer() -> Result<Option<Viewer>, AppError> {
    Ok(crate::server_ctx::ctx()?.actor.viewer())
}

/// Opens a session for whoever knows the password and leads to `next`, or to where the role arrives. Public.
#[server(prefix = "/fn", endpoint = "auth/sign_in")]
pub async fn sign_in(
    #[server(default)] username: String,
    #[server(default)] password: String,
    next: Option<String>,
) -> Result<(), AppError> {
    use crate::{address::address, forms};
    let ctx = crate::server_ctx::ctx()?;
    let next = next.as_deref().and_then(forms::local_path);
    let form =
        forms::FormPage::at(address("/login", &[("next", next.unwrap_or_default())])).typed("username", &username);
    let command = domain_types::auth::SignIn { username, password };
    let outcome = domain::auth::sign_in(&ctx.services, &ctx.actor, command, ctx.device()).await;
    if let Ok(signed_in) = &outcome {
        ctx.give_session(&signed_in.tokens);
    }
    let outcome = outcome.map(|signed_in| signed_in.user.role).map_err(AppError::from);
    form.answer(&ctx, outcome, |role| next.unwrap_or(role.home()).to_owned()).await.map(drop)
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
