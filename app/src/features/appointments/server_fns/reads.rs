//! Doctors, free times, visits.

use domain_types::appointments::{
    AppointmentDetail, DayView, DoctorDirectory, DoctorView, PatientDashboard, SlotGrid, SpecialtyView, VisitList,
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::error::AppError;

/// The clinic's specialties. Public.
#[server(prefix = "/fn", endpoint = "appointments/specialties")]
pub async fn get_specialties() -> Result<Vec<SpecialtyView>, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    Ok(domain::appointments::specialties(&ctx.services, &ctx.actor).await?)
}

/// The directory of doctors, who is free first comes first. Public.
#[server(prefix = "/fn", endpoint = "appointments/doctors")]
pub async fn find_doctors(
    specialty: Option<String>,
    search: Option<String>,
    page: Option<String>,
) -> Result<DoctorDirectory, AppError> {
    use domain_types::{
        appointments::{DoctorFilter, DoctorOrder},
        page::PageRequest,
    };
    let ctx = crate::server_ctx::ctx()?;
    let filter = DoctorFilter {
        specialty: specialty.filter(|code| !code.is_empty()),
        search: search.filter(|text| !text.trim().is_empty()),
        order: DoctorOrder::NextFree,
        page: PageRequest::parse(page.as_deref(), None)?,
    };
    Ok(domain::appointments::directory(&ctx.services, &ctx.actor, filter).await?)
}

/// A doctor's own page. Public.
#[server(prefix = "/fn", endpoint = "appointments/doctor")]
pub async fn get_doctor(id: i64) -> Result<DoctorView, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    Ok(domain::appointments::doctor(&ctx.services, &ctx.actor, domain_types::DoctorId(id)).await?)
}

/// Two weeks of a doctor's times, from today or from `from`. Public; the slot grid fetches it again in the browser. With
/// `moving`, a visit's reference, they are times for that visit, for the people of that visit.
#[server(prefix = "/fn", endpoint = "appointments/slots", input = GetUrl)]
pub async fn get_slots(doctor: i64, from: Option<String>, moving: Option<String>) -> Result<SlotGrid, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    // Whatever names no day leads to today, as a day that has passed does.
    let from = from.and_then(|text| domain_types::appointments::parse_date(&text).ok());
    Ok(match moving {
        Some(visit) => domain::appointments::slots_to_move(&ctx.services, &ctx.actor, &visit, from).await?.into_inner(),
        None => domain::appointments::slots(&ctx.services, &ctx.actor, domain_types::DoctorId(doctor), from).await?,
    })
}

/// The visits that whoever asks may see: a patient's `upcoming` (unless told otherwise) or `past`, those of the clinic
/// narrowed by status, doctor, day and search for staff.
#[server(prefix = "/fn", endpoint = "appointments/list")]
pub async fn list_appointments(
    tab: Option<String>,
    status: Option<String>,
    doctor: Option<String>,
    from: Option<String>,
    to: Option<String>,
    search: Option<String>,
    page: Option<String>,
) -> Result<VisitList, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    let query = domain_types::appointments::VisitQuery { tab, status, doctor, from, to, search, page };
    Ok(domain::appointments::visit_list(&ctx.services, &ctx.actor, query).await?.into_inner())
}

/// A visit with its history, for the people of that visit.
#[server(prefix = "/fn", endpoint = "appointments/detail")]
pub async fn get_appointment(reference: String) -> Result<AppointmentDetail, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    Ok(domain::appointments::detail(&ctx.services, &ctx.actor, &reference).await?.into_inner())
}

/// A patient's first page.
#[server(prefix = "/fn", endpoint = "appointments/dashboard")]
pub async fn get_dashboard() -> Result<PatientDashboard, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    Ok(domain::appointments::dashboard(&ctx.services, &ctx.actor).await?.into_inner())
}

/// A doctor's day, today unless told otherwise.
#[server(prefix = "/fn", endpoint = "appointments/day")]
pub async fn get_day(date: Option<String>) -> Result<DayView, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    let date = optional("date", date, domain_types::appointments::parse_date)?;
    Ok(domain::records::day(&ctx.services, &ctx.actor, date).await?.into_inner())
}

/// A value of the query that may be absent; an empty one is.
#[cfg(feature = "ssr")]
fn optional<T>(
    field: &str,
    text: Option<String>,
    parse: impl Fn(&str) -> Result<T, String>,
) -> Result<Option<T>, AppError> {
    let parse = |text: String| parse(&text).map_err(|sentence| domain_types::Problem::field(field, sentence).into());
    text.filter(|text| !text.is_empty()).map(parse).transpose()
}
