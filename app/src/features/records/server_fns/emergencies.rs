//! Opening a record in an emergency, and reviewing that.

use domain_types::{
    page::Page,
    records::{EmergencyDetail, EmergencyView},
};
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

/// One access in an emergency with what was opened because of it, for administrators.
#[server(prefix = "/fn", endpoint = "records/emergency")]
pub async fn get_emergency(#[server(default)] id: String) -> Result<EmergencyDetail, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    let id = emergency_id(&id)?;
    Ok(domain::records::emergency(&ctx.services, &ctx.actor, id).await?.into_inner())
}

/// Notes what a review found. It is final, so a form first comes back to be checked: `confirmed` is empty then, `yes` to
/// save it and `no` to change it.
#[server(prefix = "/fn", endpoint = "records/review-emergency")]
pub async fn review_emergency(
    #[server(default)] id: String,
    #[server(default)] finding: String,
    #[server(default)] remark: String,
    #[server(default)] confirmed: String,
) -> Result<Option<EmergencyView>, AppError> {
    use super::super::addresses::{EMERGENCIES, emergency_review_address};
    use crate::{address::with_query, forms::FormPage};
    use domain_types::records::EmergencyReview;
    let ctx = crate::server_ctx::ctx()?;
    let page = emergency_review_address(&id);
    let form = |page: &str| FormPage::at(page).typed("finding", &finding).typed("remark", &remark);
    let outcome = async {
        let id = emergency_id(&id)?;
        let review = EmergencyReview::parse(&finding, &remark)?;
        if confirmed != "yes" {
            // Whoever may not review learns it here and not after checking.
            let _ = domain::records::emergency(&ctx.services, &ctx.actor, id).await?;
            return Ok(None);
        }
        Ok(Some(domain::records::review_emergency(&ctx.services, &ctx.actor, id, review).await?.into_inner()))
    };
    let outcome: Result<Option<EmergencyView>, AppError> = outcome.await;
    if matches!(outcome, Ok(None)) {
        let next = if confirmed == "no" { page } else { with_query(&page, &[("check", "1")]) };
        let carried = form(&next).carried(&ctx).await;
        ctx.request.lead_to(&carried);
        return Ok(None);
    }
    let done = |reviewed: &Option<EmergencyView>| match reviewed {
        Some(reviewed) => format!("{EMERGENCIES}?done={}", reviewed.reference),
        None => EMERGENCIES.to_owned(),
    };
    form(&page).answer(&ctx, outcome, done).await
}

#[cfg(feature = "ssr")]
fn emergency_id(text: &str) -> Result<domain_types::EmergencyId, domain_types::Problem> {
    let nowhere = || domain::Error::NotFound.to_problem();
    text.parse().ok().filter(|id| *id > 0).map(domain_types::EmergencyId).ok_or_else(nowhere)
}
