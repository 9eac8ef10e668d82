//! Booking and moving visits.

use domain_types::{
    AppointmentId, DoctorId, PatientId, ReferenceKind,
    appointments::{AppointmentStatus, AppointmentView, BookAppointment, MoveAppointment},
};
use entity::visit_type;
use jiff::civil::{Date, Time};

use super::{
    availability,
    choice::choose_slot,
    errand::Errand,
    next_free::{next_free_is_taken, store_next_free},
    policy,
    repo::{self, NewEvent, NewVisit},
    visits,
    words::reason_of,
};
use crate::{
    access::{Act, Actor, Audited, Cx, Found, perform},
    error::{Error, Result},
    idempotency::{self, Claim, IdempotencyKey},
    mail::VisitNews,
    moment::Moment,
    patient_keys,
    secrets::random_bits,
    services::Services,
    time::from_db,
};

/// Books a visit. Patients book for themselves, doctors for patients in their care, administrators for any patient.
///
/// # Errors
/// `Invalid` with the field for an unknown doctor, a time that has passed, lies outside the doctor's hours, off the
/// grid or beyond the horizon, and for a patient whose record was erased; `UnknownPatient` for one for whom the actor
/// does not book; `SlotTaken` and `PatientBusy` with the three nearest free times.
pub async fn book(
    services: &Services,
    actor: &Actor,
    command: BookAppointment,
    key: Option<IdempotencyKey>,
) -> Result<AppointmentView> {
    let (command, key) = (&command, key.as_ref());
    let asked = named(command);
    let outcome = perform(services, actor, Act::BookAppointment, &asked, |cx| async move {
        let claim = match key {
            None => None,
            Some(key) => match idempotency::claim(services, &cx.tx, cx.person()?.user().0, key).await? {
                // Nothing is booked again: the visit is read.
                Claim::Done(visit) => {
                    let read = visits::find(&cx, AppointmentId(visit)).await;
                    return Ok(read?.by(Act::ReadAppointment));
                }
                Claim::New(claim) => Some(claim),
            },
        };
        place(&cx, command, claim).await
    });
    let outcome = outcome.await.map(Audited::into_inner);
    let patient = command.patient.or_else(|| actor.person().ok()?.patient());
    offer_others(services, outcome, command.doctor, patient, (command.date, command.time)).await
}

/// The patient for whom a booking is, for the trail.
fn named(command: &BookAppointment) -> String {
    command.patient.map(|patient| patient.to_string()).unwrap_or_default()
}

/// Makes the visit in this transaction; the claim of a key is fulfilled by it.
async fn place(cx: &Cx<'_>, command: &BookAppointment, claim: Option<i64>) -> Result<Found<AppointmentView>> {
    let (tx, by, now) = (&cx.tx, cx.person()?.user().0, cx.at.now);
    let doctor = repo::lock_doctor(tx, command.doctor).await?;
    let doctor = doctor.ok_or_else(|| Error::field("doctor", "Doctor not found."))?;
    let permit = policy::book(tx, cx.actor, command.patient, &cx.at).await?;
    let kind = kind_of(&cx.at, command)?.clone();
    let errand = Errand { doctor: command.doctor, kind, patient: Some(PatientId(permit.object())), moving: None };
    let slot = choose_slot(tx, &cx.at, &errand, (command.date, command.time)).await?;
    if repo::patient_is_busy(tx, permit.object(), &slot, None).await? {
        return Err(Error::PatientBusy(Vec::new()));
    }
    let reference = ReferenceKind::Appointment.encode(random_bits());
    let key = patient_keys::for_writing(cx.services, tx, PatientId(permit.object())).await?;
    let sealed_reason = key.seal(reason_of(&reference), command.reason.as_str().as_bytes())?;
    let new = NewVisit {
        reference,
        doctor: &doctor,
        visit_type: errand.kind.id,
        slot: &slot,
        sealed_reason,
        booked_by: by,
        now,
    };
    let visit = repo::insert(tx, permit, new).await?;
    let event = NewEvent {
        visit,
        kind: "booked",
        from: None,
        to: AppointmentStatus::Scheduled,
        from_starts: None,
        to_starts: slot.starts,
        by: Some(by),
        at: now,
    };
    if let Some(claim) = claim {
        idempotency::fulfil(tx, claim, visit).await?;
    }
    finish(cx, event, VisitNews::Booked, next_free_is_taken(&cx.at, &doctor, &slot)?).await
}

fn kind_of<'a>(at: &'a Moment, command: &BookAppointment) -> Result<&'a visit_type::Model> {
    let unknown = || Error::field("visit_type", "Appointment type not found.");
    match command.visit_type {
        None => at.default_visit_type(),
        Some(id) => at.find_visit_type(id.0).ok_or_else(unknown),
    }
}

/// A visit after it was asked to be at another time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rescheduled {
    pub visit: AppointmentView,
    /// Whether it was at another time before.
    pub has_moved: bool,
}

/// Moves a visit to another time with the same doctor, in one step: the old time is free exactly when the new one is
/// taken. To the time that it has already, nothing is moved: there is no event and nobody is mailed.
///
/// # Errors
/// As for [`book`]; `NotFound` for a visit that is not the actor's to see, `NotMovable` and `CutoffPassed` when it can
/// no longer be moved.
pub async fn reschedule(services: &Services, actor: &Actor, command: MoveAppointment) -> Result<Rescheduled> {
    let command = &command;
    let outcome = perform(services, actor, Act::MoveAppointment, &command.appointment.to_string(), |cx| async move {
        relocate(&cx, command).await
    })
    .await;
    let outcome = outcome.map(Audited::into_inner);
    if !matches!(outcome, Err(Error::SlotTaken(_) | Error::PatientBusy(_))) {
        return outcome;
    }
    let Some(row) = visits::any_row(services.db().read(), command.appointment).await? else { return outcome };
    let (doctor, patient) = (DoctorId(row.doctor_id), PatientId(row.patient_id));
    offer_others(services, outcome, doctor, Some(patient), (command.date, command.time)).await
}

async fn relocate(cx: &Cx<'_>, command: &MoveAppointment) -> Result<Found<Rescheduled>> {
    let (tx, person, now) = (&cx.tx, cx.person()?, cx.at.now);
    let visit = async || visits::row_of(tx, cx.actor, command.appointment).await?.ok_or(Error::NotFound);
    // A visit keeps its doctor and its patient: whoever they are is known before their rows are locked, how the visit
    // stands only afterwards.
    let doctor = DoctorId(visit().await?.doctor_id);
    repo::lock_doctor(tx, doctor)
        .await?
        .ok_or_else(|| Error::field("doctor", "This doctor is not taking bookings."))?;
    let row = visit().await?;
    repo::lock_patient(tx, PatientId(row.patient_id)).await?;
    let (status, was) = (row.status()?, from_db(row.starts_at));
    let local = cx.at.labels.local(was);
    if (local.date(), local.time()) == (command.date, command.time) && status.may_move() {
        // What stays where it is was only read.
        let found = visits::find(cx, command.appointment).await?.by(Act::ReadAppointment);
        return Ok(found.map(|visit| Rescheduled { visit, has_moved: false }));
    }
    let permit = policy::reschedule(person, &row, &cx.at)?;
    let errand = Errand::moving(&cx.at, &row)?;
    let slot = choose_slot(tx, &cx.at, &errand, (command.date, command.time)).await?;
    if repo::patient_is_busy(tx, row.patient_id, &slot, Some(row.id)).await? {
        return Err(Error::PatientBusy(Vec::new()));
    }
    if !repo::relocate(tx, permit, (status, was), &slot, now).await? {
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
    let found = finish(cx, event, VisitNews::Moved { from: cx.at.labels.when(was) }, true).await?;
    Ok(found.map(|visit| Rescheduled { visit, has_moved: true }))
}

/// What every change of a visit's time ends with: history, the doctor's next free time where it can have changed, mail.
pub(super) async fn finish(
    cx: &Cx<'_>,
    event: NewEvent,
    news: VisitNews,
    changes_next_free: bool,
) -> Result<Found<AppointmentView>> {
    let visit = AppointmentId(event.visit);
    repo::insert_event(&cx.tx, event).await?;
    let row = visits::row_of(&cx.tx, cx.actor, visit).await?.ok_or(Error::NotFound)?;
    if changes_next_free {
        store_next_free(&cx.tx, &cx.at, DoctorId(row.doctor_id)).await?;
    }
    visits::queue_mail(cx, &row, news).await?;
    visits::shown(cx, &row).await
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
        let at = services.moment().await?;
        availability::nearest(services.db().read(), &at, &Errand::usual(&at, doctor, patient)?, wanted).await
    };
    match outcome {
        Err(Error::SlotTaken(_)) => Err(Error::SlotTaken(nearest().await?)),
        Err(Error::PatientBusy(_)) => Err(Error::PatientBusy(nearest().await?)),
        outcome => outcome,
    }
}
