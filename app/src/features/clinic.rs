//! Where the clinic is.

use domain_types::appointments::ClinicView;
use leptos::prelude::*;

use crate::error::AppError;

/// The clinic as its patients meet it. Public.
#[server(prefix = "/fn", endpoint = "clinic/info")]
pub async fn get_clinic() -> Result<ClinicView, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    Ok(domain::appointments::clinic(&ctx.services, &ctx.actor).await?)
}
