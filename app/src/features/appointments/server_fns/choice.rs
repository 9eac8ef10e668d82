//! A time that an address names.

use domain_types::appointments::SlotChoice;
use leptos::prelude::*;

use crate::error::AppError;

/// Whether a time can be booked, and if not, why and what else there is. Public.
#[server(prefix = "/fn", endpoint = "appointments/choice")]
pub async fn get_choice(
    doctor: i64,
    #[server(default)] date: String,
    #[server(default)] time: String,
) -> Result<SlotChoice, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    let wanted = (date.as_str(), time.as_str());
    Ok(domain::appointments::choose(&ctx.services, &ctx.actor, domain_types::DoctorId(doctor), wanted).await?)
}
