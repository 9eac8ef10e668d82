//! The steps of a visit after it was booked.

use domain_types::{
    AppointmentId, DoctorId, PatientId,
    appointments::{AppointmentStatus, AppointmentView, StepVisit, VisitAction},
};

use super::{
    booking::finish,
    policy,
    repo::{self, NewEvent},
    visits,
};
use crate::{
    access::{Act, Actor, Cx, Found, perform},
    error::{Error, Result},
    mail::VisitNews,
    services::Services,
    time::from_db,
};

/// Takes a step along the status machine: confirm, check in, start, complete, no-show, cancel.
///
/// # Errors
/// `NotFound` for a visit that is not the actor's to see, `Forbidden` when the role never takes this step,
/// `InvalidTransition` when it is not possible now or when the visit no longer stands where the actor saw it,
/// `CutoffPassed` when it is too late for the patient to cancel.
pub async fn step(services: &Services, actor: &Actor, command: StepVisit) -> Result<AppointmentView> {
    let command = &command;
    let act = if command.action == VisitAction::Cancel { Act::CancelAppointment } else { Act::StepAppointment };
    Ok(perform(services, actor, act, &command.appointment.to_string(), |cx| async move { advance(&cx, command).await })
        .await?
        .into_inner())
}

/// Cancels a visit, which frees its time at once.
///
/// # Errors
/// As for [`step`].
pub async fn cancel(services: &Services, actor: &Actor, appointment: AppointmentId) -> Result<AppointmentView> {
    step(services, actor, StepVisit { appointment, action: VisitAction::Cancel, seen: None }).await
}

async fn advance(cx: &Cx<'_>, command: &StepVisit) -> Result<Found<AppointmentView>> {
    let (tx, person) = (&cx.tx, cx.person()?);
    let row = visits::row_of(tx, cx.actor, command.appointment).await?.ok_or(Error::NotFound)?;
    let permit = policy::step(person, &row, command.action, &cx.at)?;
    let from = row.status()?;
    let refused = |why: String| Error::InvalidTransition { from, action: command.action, why };
    let raced = || refused("Someone has just changed this appointment. Check it and try again.".into());
    if command.seen.is_some_and(|seen| seen != from) {
        // A page that was left open, or a button pressed twice: what it was pressed for is no longer what it would do.
        let is = from.label().to_lowercase();
        return Err(refused(format!("This appointment is already {is}, so nothing was changed.")));
    }
    let to = from.after(command.action).ok_or_else(raced)?;
    if to == AppointmentStatus::Cancelled {
        // In the order of booking, so that a cancellation and a booking never wait for each other in a circle.
        repo::lock_doctor(tx, DoctorId(row.doctor_id)).await?;
    }
    if !repo::advance(tx, permit, from, to, cx.at.now).await? {
        // Whoever was quicker may have wanted the same.
        let row = visits::row_of(tx, cx.actor, command.appointment).await?.ok_or(Error::NotFound)?;
        let is = row.status()?;
        return Err(if is.holds(command.action) { refused(policy::is_so_already(is)) } else { raced() });
    }
    let event = NewEvent {
        visit: row.id,
        kind: to.as_str(),
        from: Some(from),
        to,
        from_starts: None,
        to_starts: from_db(row.starts_at),
        by: Some(person.user().0),
        at: cx.at.now,
    };
    if to == AppointmentStatus::Cancelled {
        let by_clinic = person.patient() != Some(PatientId(row.patient_id));
        return finish(cx, event, VisitNews::Cancelled { by_clinic }, true).await;
    }
    repo::insert_event(tx, event).await?;
    visits::find(cx, command.appointment).await
}
