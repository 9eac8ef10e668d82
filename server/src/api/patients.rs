//! `/api/patients`: a patient's own profile.

use axum::{Json, extract::State};
use domain::Services;
use domain_types::{
    PatientId,
    auth::{Gender, ProfileForm, ProfileView},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    api::{
        body::Sent,
        error::{ApiError, ProblemDocument},
        role::{For, read_for},
    },
    extract::SignedIn,
    state::AppState,
};

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(get_profile, put_profile))
}

/// What the clinic knows of a patient beside the record.
#[derive(Serialize, ToSchema)]
struct Profile {
    id: PatientId,
    /// `PT-…`
    patient_id: String,
    username: String,
    email: String,
    first_name: String,
    last_name: String,
    /// `YYYY-MM-DD`
    #[schema(format = Date)]
    date_of_birth: Option<String>,
    gender: Option<Gender>,
    phone: Option<String>,
    /// Line by line.
    address: Option<String>,
    emergency_contact_name: Option<String>,
    emergency_contact_phone: Option<String>,
}

impl From<ProfileView> for Profile {
    fn from(profile: ProfileView) -> Self {
        Self {
            id: profile.id,
            patient_id: profile.reference,
            username: profile.username,
            email: profile.email,
            first_name: profile.first_name,
            last_name: profile.last_name,
            date_of_birth: profile.date_of_birth,
            gender: profile.gender,
            phone: profile.phone,
            address: profile.address,
            emergency_contact_name: profile.emergency_contact_name,
            emergency_contact_phone: profile.emergency_contact_phone,
        }
    }
}

/// A whole profile. What is null, empty or left out is emptied; the user name and the e-mail address stay as they are.
#[derive(Deserialize, ToSchema)]
struct ProfileBody {
    #[schema(required, value_type = String)]
    first_name: Option<String>,
    #[schema(required, value_type = String)]
    last_name: Option<String>,
    /// `YYYY-MM-DD`, not before 1900.
    #[schema(format = Date)]
    date_of_birth: Option<String>,
    #[schema(value_type = Option<Gender>)]
    gender: Option<String>,
    phone: Option<String>,
    /// At most 300 characters, line breaks included.
    address: Option<String>,
    /// At most 100 characters.
    emergency_contact_name: Option<String>,
    emergency_contact_phone: Option<String>,
}

impl From<ProfileBody> for ProfileForm {
    fn from(body: ProfileBody) -> Self {
        Self {
            first_name: body.first_name.unwrap_or_default(),
            last_name: body.last_name.unwrap_or_default(),
            date_of_birth: body.date_of_birth.unwrap_or_default(),
            gender: body.gender.unwrap_or_default(),
            phone: body.phone.unwrap_or_default(),
            address: body.address.unwrap_or_default(),
            emergency_contact_name: body.emergency_contact_name.unwrap_or_default(),
            emergency_contact_phone: body.emergency_contact_phone.unwrap_or_default(),
        }
    }
}

/// The own profile of a patient. Each look is in the audit trail.
#[utoipa::path(
    get, path = "/patients/profile", tag = "patients", security(("bearer" = [])),
    responses(
        (status = 200, body = Profile),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn get_profile(State(services): State<Services>, SignedIn(actor): SignedIn) -> Result<Json<Profile>, ApiError> {
    let profile = domain::auth::profile(&services, &actor).await?.into_inner();
    Ok(Json(profile.into()))
}

/// Replaces the own profile of a patient: send all of it.
#[utoipa::path(
    put, path = "/patients/profile", tag = "patients", request_body = ProfileBody, security(("bearer" = [])),
    responses(
        (status = 200, body = Profile),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn put_profile(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    body: Sent<ProfileBody>,
) -> Result<Json<Profile>, ApiError> {
    let form = read_for(For::Patients, &actor, || Ok(body?.value.into()))?;
    let profile = domain::auth::change_profile(&services, &actor, form).await?.into_inner();
    Ok(Json(profile.into()))
}
