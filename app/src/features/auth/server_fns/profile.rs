//! The own profile of a patient.

// The fields of a form are the arguments of its function.
#![allow(clippy::too_many_arguments)]

use domain_types::auth::ProfileView;
use leptos::prelude::*;

use crate::error::AppError;

/// The profile of whoever asks; for patients.
#[server(prefix = "/fn", endpoint = "auth/profile")]
pub async fn get_profile() -> Result<ProfileView, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    Ok(domain::auth::profile(&ctx.services, &ctx.actor).await?.into_inner())
}

/// Puts what was typed in the place of the profile of whoever asks; for patients.
#[server(prefix = "/fn", endpoint = "auth/change_profile")]
pub async fn change_profile(
    #[server(default)] first_name: String,
    #[server(default)] last_name: String,
    #[server(default)] date_of_birth: String,
    #[server(default)] gender: String,
    #[server(default)] phone: String,
    #[server(default)] address: String,
    #[server(default)] emergency_contact_name: String,
    #[server(default)] emergency_contact_phone: String,
) -> Result<(), AppError> {
    use super::super::PROFILE;
    use crate::forms::FormPage;
    use domain_types::auth::ProfileForm;
    let ctx = crate::server_ctx::ctx()?;
    let page = FormPage::at(PROFILE)
        .typed("first_name", &first_name)
        .typed("last_name", &last_name)
        .typed("date_of_birth", &date_of_birth)
        .typed("gender", &gender)
        .typed("phone", &phone)
        .typed("address", &address)
        .typed("emergency_contact_name", &emergency_contact_name)
        .typed("emergency_contact_phone", &emergency_contact_phone);
    let form = ProfileForm {
        first_name,
        last_name,
        date_of_birth,
        gender,
        phone,
        address,
        emergency_contact_name,
        emergency_contact_phone,
    };
    let outcome = domain::auth::change_profile(&ctx.services, &ctx.actor, form).await.map(drop).map_err(AppError::from);
    page.answer(&ctx, outcome, |()| format!("{PROFILE}?saved=1")).await
}
