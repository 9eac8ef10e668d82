//! `/api/appointments/doctors`: the directory and the doctors' free times.

use axum::{Json, extract::State};
use domain::Services;
use domain_types::{
    DoctorId, Problem,
    appointments::{DoctorFilter, DoctorOrder, DoctorRow, SlotView, parse_date},
    page::PageRequest,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    api::{
        error::{ApiError, ProblemDocument},
        page::{Links, PageBody},
    },
    extract::{Caller, Id, Query, SignedIn},
    state::AppState,
};

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_doctors))
        .routes(routes!(get_doctor))
        .routes(routes!(available_slots))
        .routes(routes!(availability))
}

/// A doctor of the clinic.
#[derive(Debug, Serialize, ToSchema)]
struct Doctor {
    id: DoctorId,
    /// `Dr. First Last`
    name: String,
    /// `cardiology`, `neurology`, `orthopedics`, `pediatrics`, `dermatology`, `psychiatry`, `radiology`, `general`
    specialization: String,
    hospital: String,
    department_name: String,
    /// `150.00`
    consultation_fee: String,
    /// `10 years`
    experience: String,
    /// Null until patients can rate.
    rating: Option<f64>,
    /// 0 until patients can rate.
    reviews: u32,
}

impl From<DoctorRow> for Doctor {
    fn from(row: DoctorRow) -> Self {
        let years = row.years_of_experience;
        Self {
            id: row.id,
            name: row.name,
            specialization: row.specialty_code,
            hospital: row.hospital,
            department_name: row.department,
            consultation_fee: row.fee.to_decimal(),
            experience: if years == 1 { "1 year".to_owned() } else { format!("{years} years") },
            rating: None,
            reviews: 0,
        }
    }
}

/// A time of one day.
#[derive(Debug, Serialize, ToSchema)]
struct Slot {
    /// `09:00`
    time: String,
    available: bool,
}

impl From<SlotView> for Slot {
    fn from(slot: SlotView) -> Self {
        Self { time: slot.time, available: slot.available }
    }
}

/// One day of a doctor.
#[derive(Debug, Serialize, ToSchema)]
struct Availability {
    doctor_id: DoctorId,
    doctor_name: String,
    specialty: String,
    /// `YYYY-MM-DD`
    #[schema(format = Date)]
    date: String,
    slots: Vec<Slot>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
struct DoctorQuery {
    /// Only doctors of this specialty: `cardiology`, `neurology`, `orthopedics`, `pediatrics`, `dermatology`,
    /// `psychiatry`, `radiology` or `general`.
    #[param(example = "cardiology")]
    specialty: Option<String>,
    /// Only doctors found by every one of these words, in any case: a part of the name, or what their specialty treats
    /// and is called (`heart`, `cardiologist`).
    #[param(example = "heart")]
    search: Option<String>,
    /// Which page of the list, from 1. A page behind the last is 404.
    #[param(value_type = Option<u32>, minimum = 1)]
    page: Option<String>,
    /// How many doctors on a page: 10 unless told otherwise. More than 100 are 100.
    #[param(value_type = Option<u32>, minimum = 1)]
    page_size: Option<String>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
struct DayQuery {
    /// The day, in the clinic's zone: `YYYY-MM-DD`. One that is over is 422.
    #[param(required, value_type = String, format = Date, example = "2026-12-01")]
    date: Option<String>,
}

impl DayQuery {
    fn date(&self) -> Result<jiff::civil::Date, Problem> {
        parse_date(self.date.as_deref().unwrap_or_default()).map_err(|sentence| Problem::field("date", sentence))
    }
}

/// The doctors who take bookings, by id.
///
/// Filters may be combined; an empty one does not count.
#[utoipa::path(
    get, path = "/appointments/doctors", tag = "appointments", params(DoctorQuery),
    responses(
        (status = 200, body = PageBody<Doctor>),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn list_doctors(
    State(services): State<Services>,
    Caller(actor): Caller,
    Query(query): Query<DoctorQuery>,
    links: Links,
) -> Result<Json<PageBody<Doctor>>, ApiError> {
    let page = PageRequest::parse(query.page.as_deref(), query.page_size.as_deref())?;
    let filter = DoctorFilter { specialty: query.specialty, search: query.search, order: DoctorOrder::Id, page };
    Ok(Json(links.page(domain::appointments::doctors(&services, &actor, filter).await?)?))
}

/// One doctor.
#[utoipa::path(
    get, path = "/appointments/doctors/{id}", tag = "appointments", params(("id" = i64, Path, description = "The doctor's `id`")),
    responses(
        (status = 200, body = Doctor),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn get_doctor(
    State(services): State<Services>,
    Caller(actor): Caller,
    Id(id): Id<DoctorId>,
) -> Result<Json<Doctor>, ApiError> {
    Ok(Json(domain::appointments::doctor(&services, &actor, id).await?.row.into()))
}

/// The times of a day, free and taken, from the doctor's real hours.
#[utoipa::path(
    get, path = "/appointments/doctors/{id}/available_slots", tag = "appointments",
    params(("id" = i64, Path, description = "The doctor's `id`"), DayQuery),
    responses(
        (status = 200, body = Vec<Slot>),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn available_slots(
    State(services): State<Services>,
    Caller(actor): Caller,
    Id(id): Id<DoctorId>,
    Query(query): Query<DayQuery>,
) -> Result<Json<Vec<Slot>>, ApiError> {
    let day = domain::appointments::slots_on(&services, &actor, id, query.date()?).await?;
    Ok(Json(day.slots.into_iter().map(Slot::from).collect()))
}

/// The same with the doctor's name, for whoever is signed in.
#[utoipa::path(
    get, path = "/appointments/doctors/{id}/availability", tag = "appointments", security(("bearer" = [])),
    params(("id" = i64, Path, description = "The doctor's `id`"), DayQuery),
    responses(
        (status = 200, body = Availability),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn availability(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    Id(id): Id<DoctorId>,
    Query(query): Query<DayQuery>,
) -> Result<Json<Availability>, ApiError> {
    let doctor = domain::appointments::doctor(&services, &actor, id).await?.row;
    let day = domain::appointments::slots_on(&services, &actor, id, query.date()?).await?;
    Ok(Json(Availability {
        doctor_id: doctor.id,
        doctor_name: doctor.name,
        specialty: doctor.specialty_code,
        date: day.date,
        slots: day.slots.into_iter().map(Slot::from).collect(),
    }))
}
