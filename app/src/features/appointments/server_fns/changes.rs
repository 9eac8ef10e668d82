//! Booking, moving, cancelling, and the steps of a visit. Each is a plain form that leads somewhere.

use domain_types::appointments::AppointmentView;
use leptos::prelude::*;

use crate::error::AppError;

/// Books a time for whoever asks. `key` is drawn with the form: sent twice, it is one booking.
#[server(prefix = "/fn", endpoint = "appointments/book")]
pub async fn book(
    doctor: i64,
    #[server(default)] date: String,
    #[server(default)] time: String,
    #[server(default)] reason: String,
    visit_type: Option<i64>,
    #[server(default)] key: String,
) -> Result<AppointmentView, AppError> {
    use domain_types::appointments::BookingForm;
    let ctx = crate::server_ctx::ctx()?;
    let page = super::super::book_confirm::confirm_address(doctor, &date, &time);
    let form = crate::forms::FormPage::at(page).typed("date", &date).typed("time", &time).typed("reason", &reason);
    let typed = BookingForm { doctor: Some(doctor), patient: None, date, time, reason, visit_type };
    let outcome = async {
        let body = format!("{typed:?}");
        let key = domain::idempotency::IdempotencyKey::parse(&key, "appointments/book", body.as_bytes())?;
        Ok(domain::appointments::book(&ctx.services, &ctx.actor, typed.parse()?, Some(key)).await?)
    };
    form.answer(&ctx, outcome.await, |visit| format!("/appointments/{}?booked=1", visit.reference)).await
}

/// Cancels a visit. `reference` names its page, for the way back.
#[server(prefix = "/fn", endpoint = "appointments/cancel")]
pub async fn cancel_visit(appointment: i64, #[server(default)] reference: String) -> Result<AppointmentView, AppError> {
    use super::super::visit_parts::visit_address;
    let ctx = crate::server_ctx::ctx()?;
    let form = crate::forms::FormPage::at(visit_address(&reference, "/cancel"));
    let id = domain_types::AppointmentId(appointment);
    let outcome = domain::appointments::cancel(&ctx.services, &ctx.actor, id).await.map_err(AppError::from);
    form.answer(&ctx, outcome, |visit| format!("/appointments/{}?cancelled=1", visit.reference)).await
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
    form.answer(&ctx, outcome.await, |visit| format!("/appointments/{}?moved=1", visit.reference)).await
}

/// Takes a step of the visit's life and leads back to the page it was taken on.
#[server(prefix = "/fn", endpoint = "appointments/step")]
pub async fn step_visit(
    appointment: i64,
    #[server(default)] action: String,
    back: Option<String>,
) -> Result<AppointmentView, AppError> {
    use domain_types::{
        AppointmentId, Problem,
        appointments::{StepVisit, VisitAction},
    };
    let ctx = crate::server_ctx::ctx()?;
    let back = back.as_deref().and_then(crate::forms::local_path).unwrap_or("/schedule").to_owned();
    let outcome = async {
        let action = VisitAction::parse(&action).ok_or_else(|| Problem::field("action", "There is no such step."))?;
        let command = StepVisit { appointment: AppointmentId(appointment), action };
        Ok(domain::appointments::step(&ctx.services, &ctx.actor, command).await?)
    };
    crate::forms::FormPage::at(back.clone()).answer(&ctx, outcome.await, |_| back).await
}
