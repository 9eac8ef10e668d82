//! Booking and moving visits.

use domain_types::{
    AppointmentId, DoctorId, PatientId,
    appointments::{AppointmentStatus, AppointmentView, BookAppointment, MoveAppointment},
};
use jiff::civil::{Date, Time};

use super::{
    availability,
    choice::choose_slot,
    errand::Errand,
    next_free::store_next_free,
    policy,
    repo::{self, NewEvent, NewVisit},
    visits,
};
use crate::{
    access::{Actor, AuditEvent, record},
    db::Tx,
    error::{Error, Result},
    idempotency::{self, Claim, IdempotencyKey},
    mail::VisitNews,
    services::Services,
    settings::{self, Settings},
    time::from_db,
};

/// Books a visit. Patients book for themselves, doctors for patients in their care, administrators for any patient.
///
/// # Errors
/// `Invalid` with the field for an unknown doctor, a time that has passed, lies outside the doctor's hours, off the
/// grid or beyond the horizon; `SlotTaken` and `PatientBusy` with the three nearest free times.
pub async fn book(
    services: &Services,
    actor: &Actor,
    command: BookAppointment,
    key: Option<IdempotencyKey>,
) -> Result<AppointmentView> {
    let outcome = services.db().retrying(|| book_once(services, actor, &command, key.as_ref())).await;
    let patient = command.patient.or_else(|| actor.person().ok()?.patient());
    offer_others(services, outcome, command.doctor, patient, (command.date, command.time)).await
}

async fn book_once(
    services: &Services,
    actor: &Actor,
    command: &BookAppointment,
    key: Option<&IdempotencyKey>,
) -> Result<AppointmentView> {
    let person = actor.person()?;
    let now = services.now();
    let tx = services.db().begin().await?;
    let claim = match key {
        None => None,
        Some(key) => match idempotency::claim(services, &tx, person.user().0, key).await? {
            Claim::New(claim) => Some(claim),
            Claim::Done(visit) => return visits::view_of(&*tx, services, actor, AppointmentId(visit)).await,
        },
    };
    let settings = settings::load(&*tx).await?;
    let doctor = repo::lock_doctor(&tx, command.doctor).await?;
    let doctor = doctor.ok_or_else(|| Error::field("doctor", "There is no such doctor."))?;
    let permit = policy::book(&*tx, actor, command.patient, &settings, now).await?;
    let kind = match command.visit_type {
        None => repo::default_visit_type(&*tx).await?,
        Some(id) => repo::find_visit_type(&*tx, id.0)
            .await?
            .ok_or_else(|| Error::field("visit_type", "There is no such kind of visit."))?,
    };
    let wanted = (command.date, command.time);
    let slot = choose_slot(&*tx, command.doctor, &kind, &settings, now, wanted, None).await?;
    if repo::patient_is_busy(&*tx, permit.object(), &slot, None).await? {
        return Err(Error::PatientBusy(Vec::new()));
    }
    let new = NewVisit {
        doctor: &doctor,
        visit_type: kind.id,
        slot: &slot,
        reason: &command.reason,
        booked_by: person.user().0,
        now,
    };
    let visit = repo::insert(&tx, permit, new).await?;
    let event = NewEvent {
        visit,
        kind: "booked",
        from: None,
        to: AppointmentStatus::Scheduled,
        from_starts: None,
        to_starts: slot.starts,
        by: Some(person.user().0),
        at: now,
    };
    finish(services, &tx, actor, &settings, event, "appointments.book", VisitNews::Booked).await?;
    if let Some(claim) = claim {
        idempotency::fulfil(&tx, claim, 201, visit).await?;
    }
    let view = visits::view_of(&*tx, services, actor, AppointmentId(visit)).await?;
    tx.commit().await?;
    Ok(view)
}

/// Moves a visit to another time with the same doctor, in one step: the old time is free exactly when the new one is
/// taken.
///
/// # Errors
/// As for [`book`]; `NotFound` for a visit that is not the actor's to see, `NotMovable` and `CutoffPassed` when it can
/// no longer be moved.
pub async fn reschedule(services: &Services, actor: &Actor, command: MoveAppointment) -> Result<AppointmentView> {
    let visit = visits::load(services, actor, command.appointment).await?;
    let outcome = services.db().retrying(|| reschedule_once(services, actor, &command, visit.doctor)).await;
    offer_others(services, outcome, visit.doctor, Some(visit.patient.id), (command.date, command.time)).await
}

async fn reschedule_once(
    services: &Services,
    actor: &Actor,
    command: &MoveAppointment,
    doctor: DoctorId,
) -> Result<AppointmentView> {
    let person = actor.person()?;
    let now = services.now();
    let tx = services.db().begin().await?;
    let settings = settings::load(&*tx).await?;
    repo::lock_doctor(&tx, doctor).await?.ok_or_else(|| Error::field("doctor", "This doctor takes no bookings."))?;
    let row = visits::row_of(&*tx, actor, command.appointment).await?.ok_or(Error::NotFound)?;
    repo::lock_patient(&*tx, PatientId(row.patient_id)).await?;
    let permit = policy::reschedule(person, &row, &settings, now)?;
    let kind =
        repo::find_visit_type(&*tx, row.visit_type_id).await?.ok_or_else(|| Error::internal("a visit has no kind"))?;
    let wanted = (command.date, command.time);
    let slot = choose_slot(&*tx, doctor, &kind, &settings, now, wanted, Some(row.id)).await?;
    if repo::patient_is_busy(&*tx, row.patient_id, &slot, Some(row.id)).await? {
        return Err(Error::PatientBusy(Vec::new()));
    }
    let (status, was) = (row.status()?, from_db(row.starts_at));
    if !repo::relocate(&tx, permit, (status, was), &slot, now).await? {
        return Err(Error::NotMovable(status));
    }
    let event = NewEvent {
        visit: row.id,
        kind: "moved",
        from: Some(status),
        to: status,
        from_starts: Some(was),
        to_starts: slot.starts,
        by: Some(person.user().0),
        at: now,
    };
    let from = crate::time::Labels::new(settings.zone.clone(), now).when(was);
    finish(services, &tx, actor, &settings, event, "appointments.move", VisitNews::Moved { from }).await?;
    let view = visits::view_of(&*tx, services, actor, command.appointment).await?;
    tx.commit().await?;
    Ok(view)
}

/// What every change of a visit's time ends with: history, the doctor's next free time, mail, audit.
pub(super) async fn finish(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    settings: &Settings,
    event: NewEvent,
    action: &'static str,
    news: VisitNews,
) -> Result<()> {
    let (visit, now) = (event.visit, event.at);
    repo::insert_event(tx, event).await?;
    let row = visits::any_row(&**tx, AppointmentId(visit)).await?.ok_or_else(|| Error::internal("a visit vanished"))?;
    store_next_free(&**tx, DoctorId(row.doctor_id), settings, now).await?;
    visits::queue_mail(services, tx, settings, &row, news).await?;
    let event = AuditEvent { action, object: "appointment", ids: &[visit], patient: Some(PatientId(row.patient_id)) };
    record(services, tx, actor, event).await
}

/// A lost race comes with the three nearest free times.
async fn offer_others<T>(
    services: &Services,
    outcome: Result<T>,
    doctor: DoctorId,
    patient: Option<PatientId>,
    wanted: (Date, Time),
) -> Result<T> {
    let nearest = || async {
        let errand = Errand::usual(services.db().read(), doctor, patient).await?;
        availability::nearest(services, &errand, wanted).await
    };
    match outcome {
        Err(Error::SlotTaken(_)) => Err(Error::SlotTaken(nearest().await?)),
        Err(Error::PatientBusy(_)) => Err(Error::PatientBusy(nearest().await?)),
        outcome => outcome,
    }
}
