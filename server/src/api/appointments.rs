//! `/api/appointments/appointments`: visits.

use axum::{Json, extract::State};
use domain::Services;
use domain_types::{
    AppointmentId, DoctorId, PatientId, Problem,
    appointments::{
        AppointmentFilter, AppointmentStatus, AppointmentView, BookingForm, MoveAppointment, StepVisit, VisitAction,
        parse_date, parse_time,
    },
    page::PageRequest,
};
use http::{HeaderMap, HeaderName, StatusCode, header};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    api::{
        body::JsonBody,
        error::{ApiError, ProblemDocument},
        idempotent,
        page::{Checked, Links, PageBody},
    },
    extract::{Id, Query, SignedIn},
    state::{AppState, PublicAddress},
};

/// Names the act that a key was sent for.
const BOOKING: &str = "POST appointments";

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list_appointments, book_appointment)).routes(routes!(
        get_appointment,
        change_appointment,
        cancel_appointment
    ))
}

/// A visit.
#[derive(Debug, Serialize, ToSchema)]
struct Appointment {
    id: AppointmentId,
    /// `APT-7K3M9Q2X`
    appointment_id: String,
    patient: PatientId,
    /// `PT-…`
    patient_id: String,
    doctor: DoctorId,
    /// `Dr. First Last`
    doctor_name: String,
    doctor_specialty: String,
    hospital: String,
    /// `YYYY-MM-DD`
    appointment_date: String,
    /// `HH:MM:SS`
    appointment_time: String,
    /// Minutes.
    duration: u32,
    /// Null for administrators.
    reason: Option<String>,
    status: AppointmentStatus,
    /// `Checked in`
    status_display: String,
    /// Null for administrators.
    notes: Option<String>,
    /// RFC 3339, UTC.
    created_at: String,
}

impl From<AppointmentView> for Appointment {
    fn from(visit: AppointmentView) -> Self {
        Self {
            id: visit.id,
            appointment_id: visit.reference,
            patient: visit.patient.id,
            patient_id: visit.patient.reference,
            doctor: visit.doctor,
            doctor_name: visit.doctor_name,
            doctor_specialty: visit.specialty_code,
            hospital: visit.hospital,
            appointment_date: visit.starts.date,
            appointment_time: format!("{}:00", visit.starts.time),
            duration: visit.duration_minutes,
            reason: visit.reason,
            status: visit.status,
            status_display: visit.status.label().to_owned(),
            notes: visit.notes,
            created_at: visit.created_at,
        }
    }
}

/// A booking. A `status` is not taken.
#[derive(Debug, Deserialize, ToSchema)]
struct BookingBody {
    #[schema(required, value_type = i64)]
    doctor: Option<i64>,
    /// `YYYY-MM-DD`
    #[schema(required, value_type = String)]
    appointment_date: Option<String>,
    /// `HH:MM` or `HH:MM:SS`
    #[schema(required, value_type = String)]
    appointment_time: Option<String>,
    /// 1 to 1,000 characters.
    #[schema(required, value_type = String)]
    reason: Option<String>,
    /// For whom, when a doctor or an administrator books.
    patient: Option<i64>,
    visit_type: Option<i64>,
}

impl From<BookingBody> for BookingForm {
    fn from(body: BookingBody) -> Self {
        Self {
            doctor: body.doctor,
            patient: body.patient,
            date: body.appointment_date.unwrap_or_default(),
            time: body.appointment_time.unwrap_or_default(),
            reason: body.reason.unwrap_or_default(),
            visit_type: body.visit_type,
        }
    }
}

/// Either a step to another status, or another time.
#[derive(Debug, Deserialize, ToSchema)]
struct ChangeBody {
    #[schema(value_type = Option<AppointmentStatus>)]
    status: Option<String>,
    /// `YYYY-MM-DD`
    appointment_date: Option<String>,
    /// `HH:MM` or `HH:MM:SS`
    appointment_time: Option<String>,
}

/// What a change asks for.
enum Change {
    Step(StepVisit),
    Move(MoveAppointment),
}

impl ChangeBody {
    fn parse(self, appointment: AppointmentId) -> Result<Change, Problem> {
        match (self.status, self.appointment_date, self.appointment_time) {
            (Some(status), None, None) => {
                let wrong = || Problem::field("status", "Choose a status from the list.");
                let target = AppointmentStatus::parse(&status).ok_or_else(wrong)?;
                let back = || Problem::field("status", "This status cannot be set.");
                let action = VisitAction::leading_to(target).ok_or_else(back)?;
                Ok(Change::Step(StepVisit { appointment, action, seen: None }))
            }
            (None, None, None) => Err(Problem::field("status", "Send a status, or a date and a time.")),
            (Some(_), _, _) => Err(Problem::field("status", "Change the status or the time, one after the other.")),
            (None, date, time) => {
                let mut checked = Checked::default();
                let date = checked.require("appointment_date", date.as_deref(), parse_date);
                let time = checked.require("appointment_time", time.as_deref(), parse_time);
                checked.done()?;
                let both = date.zip(time).ok_or_else(|| Problem::field("appointment_date", "Choose a date."))?;
                Ok(Change::Move(MoveAppointment { appointment, date: both.0, time: both.1 }))
            }
        }
    }
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
struct AppointmentQuery {
    /// Only visits with this status.
    #[param(value_type = Option<AppointmentStatus>, example = "scheduled")]
    status: Option<String>,
    /// Only visits that start on this day or later, in the clinic's zone: `YYYY-MM-DD`.
    #[param(example = "2026-12-01")]
    from: Option<String>,
    /// Only visits that start on this day or before, in the clinic's zone: `YYYY-MM-DD`.
    #[param(example = "2026-12-31")]
    to: Option<String>,
    /// Only visits with this doctor, by the doctor's `id`.
    #[param(value_type = Option<i64>)]
    doctor: Option<String>,
    /// Which page of the list, from 1. A page behind the last is 404.
    #[param(value_type = Option<u32>, minimum = 1)]
    page: Option<String>,
    /// How many visits on a page: 10 unless told otherwise, at most 100.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100)]
    page_size: Option<String>,
    /// In place of `page`: empty for the first page, then the `next_cursor` of the answer before.
    cursor: Option<String>,
}

impl AppointmentQuery {
    fn filter(&self) -> Result<AppointmentFilter, Problem> {
        let mut checked = Checked::default();
        let status =
            |text: &str| AppointmentStatus::parse(text).ok_or_else(|| "Choose a status from the list.".to_owned());
        let doctor = |text: &str| text.parse().map_err(|_| "A doctor is named by a number.".to_owned());
        let filter = AppointmentFilter {
            status: checked.read("status", self.status.as_deref(), status),
            from: checked.read("from", self.from.as_deref(), parse_date),
            to: checked.read("to", self.to.as_deref(), parse_date),
            doctor: checked.read("doctor", self.doctor.as_deref(), doctor),
            page: PageRequest::parse_with_cursor(
                self.page.as_deref(),
                self.page_size.as_deref(),
                self.cursor.as_deref(),
            )?,
            ..AppointmentFilter::default()
        };
        checked.done().map(|()| filter)
    }
}

/// Visits, the last made first: a patient's own, a doctor's own, all for administrators.
///
/// Filters may be combined; an empty one does not count.
#[utoipa::path(
    get, path = "/appointments/appointments", tag = "appointments", security(("bearer" = [])),
    params(AppointmentQuery),
    responses(
        (status = 200, body = PageBody<Appointment>),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn list_appointments(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    Query(query): Query<AppointmentQuery>,
    links: Links,
) -> Result<Json<PageBody<Appointment>>, ApiError> {
    let page = domain::appointments::list(&services, &actor, query.filter()?).await?.into_inner();
    Ok(Json(links.page(page)?))
}

/// Books a visit: patients for themselves, doctors for patients in their care, administrators for everybody.
#[utoipa::path(
    post, path = "/appointments/appointments", tag = "appointments", security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request one booking")),
    request_body = BookingBody,
    responses(
        (status = 201, body = Appointment, headers(("Location" = String))),
        (status = 409, description = "`SLOT_TAKEN` with `details.nearest_slots`, `PATIENT_BUSY`", body = ProblemDocument, content_type = "application/problem+json"),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn book_appointment(
    State(services): State<Services>,
    State(public): State<PublicAddress>,
    SignedIn(actor): SignedIn,
    headers: HeaderMap,
    JsonBody { value, .. }: JsonBody<BookingBody>,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<Appointment>), ApiError> {
    let command = BookingForm::from(value).parse()?;
    let key = idempotent(&headers, BOOKING, &command)?;
    let visit = domain::appointments::book(&services, &actor, command, key).await?;
    let location = format!("{}/api/appointments/appointments/{}/", public.url(), visit.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(visit.into())))
}

/// One visit, for its people and administrators.
#[utoipa::path(
    get, path = "/appointments/appointments/{id}", tag = "appointments", security(("bearer" = [])),
    params(("id" = i64, Path, description = "The appointment's `id`, not its reference")),
    responses(
        (status = 200, body = Appointment),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn get_appointment(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AppointmentId>,
) -> Result<Json<Appointment>, ApiError> {
    Ok(Json(domain::appointments::load(&services, &actor, id).await?.into_inner().into()))
}

/// Takes a step of the visit's life, or moves it to another time.
#[utoipa::path(
    patch, path = "/appointments/appointments/{id}", tag = "appointments", security(("bearer" = [])),
    params(("id" = i64, Path, description = "The appointment's `id`, not its reference")), request_body = ChangeBody,
    responses(
        (status = 200, body = Appointment),
        (status = 409, description = "`INVALID_TRANSITION`, `SLOT_TAKEN`, `PATIENT_BUSY`, `CUTOFF_PASSED`", body = ProblemDocument, content_type = "application/problem+json"),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn change_appointment(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AppointmentId>,
    JsonBody { value, .. }: JsonBody<ChangeBody>,
) -> Result<Json<Appointment>, ApiError> {
    let visit = match value.parse(id)? {
        Change::Step(step) => domain::appointments::step(&services, &actor, step).await?,
        Change::Move(other) => domain::appointments::reschedule(&services, &actor, other).await?.visit,
    };
    Ok(Json(visit.into()))
}

/// Cancels a visit. Its row stays.
#[utoipa::path(
    delete, path = "/appointments/appointments/{id}", tag = "appointments", security(("bearer" = [])),
    params(("id" = i64, Path, description = "The appointment's `id`, not its reference")),
    responses(
        (status = 204, description = "Cancelled"),
        (status = "4XX", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
async fn cancel_appointment(
    State(services): State<Services>,
    SignedIn(actor): SignedIn,
    Id(id): Id<AppointmentId>,
) -> Result<StatusCode, ApiError> {
    domain::appointments::cancel(&services, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
