//! People and counts, for administrators.

use domain_types::{
    admin::{AdminOverview, MailRow, UserRow},
    page::Page,
};
use leptos::prelude::*;

use crate::error::AppError;

/// The people who can sign in, of one role or all.
#[server(prefix = "/fn", endpoint = "admin/users")]
pub async fn list_users(
    role: Option<String>,
    search: Option<String>,
    page: Option<String>,
) -> Result<Page<UserRow>, AppError> {
    use domain_types::{Problem, admin::UserFilter, auth::Role, page::PageRequest};
    let ctx = crate::server_ctx::ctx()?;
    let unknown = || Problem::field("role", "Choose a role from the list.");
    let role = role.filter(|role| !role.is_empty());
    let role = role.map(|role| Role::parse(&role).ok_or_else(unknown)).transpose()?;
    let search = search.filter(|text| !text.trim().is_empty());
    let filter = UserFilter { role, search, page: PageRequest::parse(page.as_deref(), Some("25"))? };
    Ok(domain::admin::users(&ctx.services, &ctx.actor, filter).await?)
}

/// The messages that have not gone out, of one state or all.
#[server(prefix = "/fn", endpoint = "admin/mails")]
pub async fn list_mails(state: Option<String>, page: Option<String>) -> Result<Page<MailRow>, AppError> {
    use domain_types::{
        Problem,
        admin::{MailFilter, MailState},
        page::PageRequest,
    };
    let ctx = crate::server_ctx::ctx()?;
    let unknown = || Problem::field("state", "Choose a status from the list.");
    let state = state.filter(|state| !state.is_empty());
    let state = state.map(|state| MailState::parse(&state).ok_or_else(unknown)).transpose()?;
    let filter = MailFilter { state, page: PageRequest::parse(page.as_deref(), Some("25"))? };
    Ok(domain::admin::mails(&ctx.services, &ctx.actor, filter).await?)
}

/// Counts of what the clinic holds today.
#[server(prefix = "/fn", endpoint = "admin/overview")]
pub async fn get_overview() -> Result<AdminOverview, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    Ok(domain::admin::overview(&ctx.services, &ctx.actor).await?)
}
