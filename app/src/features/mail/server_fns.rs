//! What the demo clinic wrote.

use domain_types::mail::MailView;
use leptos::prelude::*;

use crate::error::AppError;

/// The demo's messages, the newest first. There is no such thing outside the demo.
#[server(prefix = "/fn", endpoint = "mail/demo_mailbox")]
pub async fn get_mailbox() -> Result<Vec<MailView>, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    Ok(domain::mail::demo_mailbox(&ctx.services, &ctx.actor).await?)
}
