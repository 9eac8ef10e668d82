//! Opening a record in an emergency, and reviewing that.

use domain_types::{page::Page, records::EmergencyView};
use leptos::prelude::*;

use crate::error::AppError;

/// Opens a record in an emergency: by reference, or by name and day of birth.
#[server(prefix = "/fn", endpoint = "records/open-emergency")]
pub async fn open_emergency(
    #[server(default)] patient: String,
    #[server(default)] name: String,
    #[server(default)] born: String,
    #[server(default)] reason: String,
) -> Result<EmergencyView, AppError> {
    use super::super::addresses::{EMERGENCY, chart_address};
    use domain_types::records::OpenEmergency;
    let ctx = crate::server_ctx::ctx()?;
    let form = crate::forms::FormPage::at(EMERGENCY)
        .typed("patient", &patient)
        .typed("name", &name)
        .typed("born", &born)
        .typed("reason", &reason);
    let outcome = async {
        let command = OpenEmergency::parse(&patient, &name, &born, &reason)?;
        Ok(domain::records::open_emergency(&ctx.services, &ctx.actor, command, None).await?.into_inner())
    };
    form.answer(&ctx, outcome.await, |opened| chart_address(&opened.patient_reference)).await
}

/// Every access in an emergency, for administrators.
#[server(prefix = "/fn", endpoint = "records/emergencies")]
pub async fn get_emergencies(page: Option<String>) -> Result<Page<EmergencyView>, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    let page = domain_types::page::PageRequest::parse(page.as_deref(), None)?;
    Ok(domain::records::emergencies(&ctx.services, &ctx.actor, page).await?.into_inner())
}

/// Notes what a review found.
#[server(prefix = "/fn", endpoint = "records/review-emergency")]
pub async fn review_emergency(id: i64, #[server(default)] finding: String) -> Result<EmergencyView, AppError> {
    use super::super::addresses::EMERGENCIES;
    use domain_types::{EmergencyId, records::Finding};
    let ctx = crate::server_ctx::ctx()?;
    let form = crate::forms::FormPage::at(EMERGENCIES);
    let outcome = async {
        let finding = Finding::chosen(&finding)?;
        let reviewed = domain::records::review_emergency(&ctx.services, &ctx.actor, EmergencyId(id), finding);
        Ok(reviewed.await?.into_inner())
    };
    form.answer(&ctx, outcome.await, |reviewed| format!("{EMERGENCIES}?done={}", reviewed.reference)).await
}
