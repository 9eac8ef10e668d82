//! A time that an address names.

use domain_types::appointments::SlotChoice;
use leptos::prelude::*;

use crate::error::AppError;

/// Whether a time can be booked, and if not, why and what else there is. Public. With `moving`, a visit's reference, it
/// is a time for that visit, for the people of that visit.
#[server(prefix = "/fn", endpoint = "appointments/choice")]
pub async fn get_choice(
    doctor: i64,
    #[server(default)] date: String,
    #[server(default)] time: String,
    moving: Option<String>,
) -> Result<SlotChoice, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    let wanted = (date.as_str(), time.as_str());
    Ok(match moving {
        Some(visit) => domain::appointments::choose_move(&ctx.services, &ctx.actor, &visit, wanted).await?.into_inner(),
        None => domain::appointments::choose(&ctx.services, &ctx.actor, domain_types::DoctorId(doctor), wanted).await?,
    })
}
