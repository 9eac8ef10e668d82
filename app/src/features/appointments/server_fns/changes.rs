//! Booking, moving, cancelling, and the steps of a visit. Each is a plain form that leads somewhere.

use domain_types::appointments::AppointmentView;
use leptos::prelude::*;

use crate::error::AppError;

/// Books a time for whoever asks. `key` is drawn with the form: sent twice, it is one booking. `specialty` tells by which
/// way somebody came, for the way back.
#[server(prefix = "/fn", endpoint = "appointments/book")]
pub async fn book(
    doctor: i64,
    #[server(default)] date: String,
    #[server(default)] time: String,
    #[server(default)] reason: String,
    visit_type: Option<i64>,
    #[server(default)] key: String,
    #[server(default)] specialty: String,
) -> Result<AppointmentView, AppError> {
    use domain_types::appointments::BookingForm;
    let ctx = crate::server_ctx::ctx()?;
    let page = super::super::book_confirm::confirm_address(doctor, &specialty, &date, &time);
    let form = crate::forms::FormPage::at(page).typed("date", &date).typed("time", &time).typed("reason", &reason);
    let typed = BookingForm { doctor: Some(doctor), patient: None, date, time, reason, visit_type };
    let outcome = async {
        let body = format!("{typed:?}");
        let key = domain::idempotency::IdempotencyKey::parse(&key, "appointments/book", body.as_bytes())?;
        Ok(domain::appointments::book(&ctx.services, &ctx.actor, typed.parse()?, Some(key)).await?)
    };
    form.answer(&ctx, outcome.await, |visit| format!("/appointments/{}?booked=1", visit.reference)).await
}

/// Cancels a visit that stands as it was `seen`. `reference` names its page, for the way back; `back` is the page that
/// the question was asked from, when that is another one.
#[server(prefix = "/fn", endpoint = "appointments/cancel")]
pub async fn cancel_visit(
    appointment: i64,
    #[server(default)] reference: String,
    #[server(default)] seen: String,
    #[server(default)] back: String,
) -> Result<AppointmentView, AppError> {
    use super::super::visit_parts::{came_from, step_address, told_on, visit_address};
    use domain_types::{
        AppointmentId,
        appointments::{StepVisit, VisitAction},
    };
    let ctx = crate::server_ctx::ctx()?;
    let back = came_from(&back);
    let form = crate::forms::FormPage::at(step_address(&reference, VisitAction::Cancel, back.as_deref()));
    let outcome = async {
        let (appointment, seen) = (AppointmentId(appointment), seen_status(&seen)?);
        let command = StepVisit { appointment, action: VisitAction::Cancel, seen };
        Ok(domain::appointments::step(&ctx.services, &ctx.actor, command).await?)
    };
    form.answer(&ctx, outcome.await, |visit| match back {
        Some(back) => told_on(&back, &visit.reference),
        None => format!("{}?cancelled=1", visit_address(&visit.reference, "")),
    })
    .await
}

/// Moves a visit to another time with the same doctor. `reference` names its page, for the way back.
#[server(prefix = "/fn", endpoint = "appointments/reschedule")]
pub async fn reschedule_visit(
    appointment: i64,
    #[server(default)] date: String,
    #[server(default)] time: String,
    #[server(default)] reference: String,
) -> Result<AppointmentView, AppError> {
    use super::super::visit_parts::visit_address;
    use domain_types::{
        AppointmentId, Problem,
        appointments::{MoveAppointment, parse_date, parse_time},
    };
    let ctx = crate::server_ctx::ctx()?;
    let page = crate::address::address(&visit_address(&reference, "/move"), &[("date", &date), ("time", &time)]);
    let form = crate::forms::FormPage::at(page).typed("date", &date).typed("time", &time);
    let outcome = async {
        let date = parse_date(&date).map_err(|sentence| Problem::field("appointment_date", sentence))?;
        let time = parse_time(&time).map_err(|sentence| Problem::field("appointment_time", sentence))?;
        let command = MoveAppointment { appointment: AppointmentId(appointment), date, time };
        Ok(domain::appointments::reschedule(&ctx.services, &ctx.actor, command).await?)
    };
    let answer = form.answer(&ctx, outcome.await, |done: &domain::appointments::Rescheduled| {
        format!("/appointments/{}?{}=1", done.visit.reference, if done.has_moved { "moved" } else { "unmoved" })
    });
    answer.await.map(|done| done.visit)
}

/// Takes a step of the life of a visit that stands as it was `seen`, and leads back to the page it was chosen on, which
/// tells what became of the visit.
#[server(prefix = "/fn", endpoint = "appointments/step")]
pub async fn step_visit(
    appointment: i64,
    #[server(default)] action: String,
    #[server(default)] seen: String,
    #[server(default)] back: String,
) -> Result<AppointmentView, AppError> {
    use super::super::visit_parts::{SCHEDULE, came_from, told_on};
    use domain_types::{
        AppointmentId, Problem,
        appointments::{StepVisit, VisitAction},
    };
    let ctx = crate::server_ctx::ctx()?;
    let back = came_from(&back).unwrap_or_else(|| SCHEDULE.to_owned());
    let outcome = async {
        let action =
            VisitAction::parse(&action).ok_or_else(|| Problem::field("action", "Choose an action from the list."))?;
        let command = StepVisit { appointment: AppointmentId(appointment), action, seen: seen_status(&seen)? };
        Ok(domain::appointments::step(&ctx.services, &ctx.actor, command).await?)
    };
    let form = crate::forms::FormPage::at(back.clone());
    form.answer(&ctx, outcome.await, |visit| told_on(&back, &visit.reference)).await
}

/// The status that a visit was shown with. Nothing, when whoever asks did not say.
#[cfg(feature = "ssr")]
fn seen_status(text: &str) -> Result<Option<domain_types::appointments::AppointmentStatus>, domain_types::Problem> {
    use domain_types::{Problem, appointments::AppointmentStatus};
    if text.is_empty() {
        return Ok(None);
    }
    let unknown = || Problem::field("seen", "Choose a status from the list.");
    AppointmentStatus::parse(text).map(Some).ok_or_else(unknown)
}
