//! Where somebody is signed in, ending it from elsewhere, and making it last.

use domain_types::{
    auth::{SessionClock, SessionRow},
    page::Page,
};
use leptos::prelude::*;

use crate::error::AppError;

/// The sessions of whoever asks: the present one, then the last used first.
#[server(prefix = "/fn", endpoint = "auth/sessions")]
pub async fn list_sessions(page: Option<String>) -> Result<Page<SessionRow>, AppError> {
    use domain_types::page::PageRequest;
    let ctx = crate::server_ctx::ctx()?;
    let page = PageRequest::parse(page.as_deref(), None)?;
    Ok(domain::auth::sessions(&ctx.services, &ctx.actor, page).await?)
}

/// Ends one session of whoever asks. Ending the present one is signing out.
#[server(prefix = "/fn", endpoint = "auth/end_session")]
pub async fn end_session(#[server(default)] id: i64) -> Result<(), AppError> {
    use super::super::SESSIONS;
    use domain_types::SessionId;
    let ctx = crate::server_ctx::ctx()?;
    let id = SessionId(id);
    let outcome = domain::auth::end_session(&ctx.services, &ctx.actor, id).await.map_err(AppError::from);
    let is_this = ctx.actor.session_id() == Some(id);
    if is_this && outcome.is_ok() {
        ctx.end_session();
    }
    let onwards = if is_this { "/login?signed_out=1".to_owned() } else { format!("{SESSIONS}?ended=1") };
    crate::forms::FormPage::at(SESSIONS).answer(&ctx, outcome, |()| onwards).await
}

/// Ends all sessions of whoever asks but the present one.
#[server(prefix = "/fn", endpoint = "auth/end_other_sessions")]
pub async fn end_other_sessions() -> Result<u64, AppError> {
    use super::super::SESSIONS;
    let ctx = crate::server_ctx::ctx()?;
    let outcome = domain::auth::end_other_sessions(&ctx.services, &ctx.actor).await.map_err(AppError::from);
    crate::forms::FormPage::at(SESSIONS).answer(&ctx, outcome, |_| format!("{SESSIONS}?others_ended=1")).await
}

/// Makes the session of whoever asks last longer, as every request does, and says how long. Nothing, when it is over.
#[server(prefix = "/fn", endpoint = "auth/extend")]
pub async fn extend() -> Result<Option<SessionClock>, AppError> {
    Ok(crate::server_ctx::ctx()?.actor.viewer().and_then(|viewer| viewer.clock))
}
