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
    next_free::store_next_free,
    policy,
    repo::{self, NewEvent, NewVisit},
    visits,
    words::reason_of,
};
use crate::{
    access::{Act, Actor, Audited, Found},
    db::Tx,
    error::{Error, Result},
    idempotency::{self, Claim, IdempotencyKey},
    mail::VisitNews,
    patient_keys,
    secrets::random_bits,
    services::Services,
    settings::Settings,
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
    let tx = services.db().begin().await?;
    let claim = match key {
        None => None,
        Some(key) => Some(idempotency::claim(services, &tx, person.user().0, key).await?),
    };
    let (act, outcome, asked) = match claim {
        // Nothing is booked again: the visit is read.
        Some(Claim::Done(visit)) => {
            (Act::ReadAppointment, visits::find(services, &tx, actor, AppointmentId(visit)).await, visit.to_string())
        }
        Some(Claim::New(claim)) => {
            (Act::BookAppointment, place(services, &tx, actor, command, Some(claim)).await, named(command))
        }
        None => (Act::BookAppointment, place(services, &tx, actor, command, None).await, named(command)),
    };
    Ok(Audited::settle(services, tx, actor, act, &asked, outcome).await?.into_inner())
}

/// The patient for whom a booking is, for the trail.
fn named(command: &BookAppointment) -> String {
    command.patient.map(|patient| patient.to_string()).unwrap_or_default()
}

/// Makes the visit in this transaction; the claim of a key is fulfilled by it.
async fn place(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    command: &BookAppointment,
    claim: Option<i64>,
) -> Result<Found<AppointmentView>> {
    let (by, now) = (actor.person()?.user().0, services.now());
    let settings = services.settings().await?;
    let doctor = repo::lock_doctor(tx, command.doctor).await?;
    let doctor = doctor.ok_or_else(|| Error::field("doctor", "Doctor not found."))?;
    let permit = policy::book(tx, actor, command.patient, &settings, now).await?;
    let kind = kind_of(tx, command).await?;
    let wanted = (command.date, command.time);
    let slot = choose_slot(tx, command.doctor, &kind, &settings, now, wanted, None).await?;
    if repo::patient_is_busy(tx, permit.object(), &slot, None).await? {
        return Err(Error::PatientBusy(Vec::new()));
    }
    let reference = ReferenceKind::Appointment.encode(random_bits());
    let key = patient_keys::for_writing(services, tx, PatientId(permit.object())).await?;
    let sealed_reason = key.seal(reason_of(&reference), command.reason.as_str().as_bytes())?;
    let new =
        NewVisit { reference, doctor: &doctor, visit_type: kind.id, slot: &slot, sealed_reason, booked_by: by, now };
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
    finish(services, tx, &settings, event, VisitNews::Booked).await?;
    if let Some(claim) = claim {
        idempotency::fulfil(tx, claim, visit).await?;
    }
    visits::find(services, tx, actor, AppointmentId(visit)).await
}

async fn kind_of(tx: &Tx, command: &BookAppointment) -> Result<visit_type::Model> {
    let unknown = || Error::field("visit_type", "Appointment type not found.");
    match command.visit_type {
        None => repo::default_visit_type(tx).await,
        Some(id) => repo::find_visit_type(tx, id.0).await?.ok_or_else(unknown),
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
    let outcome = services.db().retrying(|| reschedule_once(services, actor, &command)).await;
    if !matches!(outcome, Err(Error::SlotTaken(_) | Error::PatientBusy(_))) {
        return outcome;
    }
    let Some(row) = visits::any_row(services.db().read(), command.appointment).await? else { return outcome };
    let (doctor, patient) = (DoctorId(row.doctor_id), PatientId(row.patient_id));
    offer_others(services, outcome, doctor, Some(patient), (command.date, command.time)).await
}

async fn reschedule_once(services: &Services, actor: &Actor, command: &MoveAppointment) -> Result<Rescheduled> {
    actor.person()?;
    let tx = services.db().begin().await?;
    let outcome = relocate(services, &tx, actor, command).await;
    let asked = command.appointment.to_string();
    // What stays where it is was only read.
    let has_moved = outcome.as_ref().map_or(true, |(has_moved, _)| *has_moved);
    let act = if has_moved { Act::MoveAppointment } else { Act::ReadAppointment };
    let outcome = outcome.map(|(_, found)| found);
    let visit = Audited::settle(services, tx, actor, act, &asked, outcome).await?.into_inner();
    Ok(Rescheduled { visit, has_moved })
}

async fn relocate(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    command: &MoveAppointment,
) -> Result<(bool, Found<AppointmentView>)> {
    let (person, now) = (actor.person()?, services.now());
    let settings = services.settings().await?;
    let visit = async || visits::row_of(tx, actor, command.appointment).await?.ok_or(Error::NotFound);
    // A visit keeps its doctor and its patient: whoever they are is known before their rows are locked, how the visit
    // stands only afterwards.
    let doctor = DoctorId(visit().await?.doctor_id);
    repo::lock_doctor(tx, doctor)
        .await?
        .ok_or_else(|| Error::field("doctor", "This doctor is not taking bookings."))?;
    let row = visit().await?;
    repo::lock_patient(tx, PatientId(row.patient_id)).await?;
    let (status, was) = (row.status()?, from_db(row.starts_at));
    let at = was.to_zoned(settings.zone.clone());
    if (at.date(), at.time()) == (command.date, command.time) && status.may_move() {
        return Ok((false, visits::find(services, tx, actor, command.appointment).await?));
    }
    let permit = policy::reschedule(person, &row, &settings, now)?;
    let kind = repo::find_visit_type(tx, row.visit_type_id).await?;
    let kind = kind.ok_or_else(|| Error::internal("a visit has no kind"))?;
    let wanted = (command.date, command.time);
    let slot = choose_slot(tx, doctor, &kind, &settings, now, wanted, Some(row.id)).await?;
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
    let from = settings.labels(now).when(was);
    finish(services, tx, &settings, event, VisitNews::Moved { from }).await?;
    Ok((true, visits::find(services, tx, actor, command.appointment).await?))
}

/// What every change of a visit's time ends with: history, the doctor's next free time, mail.
pub(super) async fn finish(
    services: &Services,
    tx: &Tx,
    settings: &Settings,
    event: NewEvent,
    news: VisitNews,
) -> Result<()> {
    let (visit, now) = (event.visit, event.at);
    repo::insert_event(tx, event).await?;
    let row = visits::any_row(tx, AppointmentId(visit)).await?.ok_or_else(|| Error::internal("a visit vanished"))?;
    store_next_free(tx, DoctorId(row.doctor_id), settings, now).await?;
    visits::queue_mail(services, tx, settings, &row, news).await
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
        let db = services.db().read();
        let errand = Errand::usual(db, doctor, patient).await?;
        availability::nearest(services, db, &errand, wanted).await
    };
    match outcome {
        Err(Error::SlotTaken(_)) => Err(Error::SlotTaken(nearest().await?)),
        Err(Error::PatientBusy(_)) => Err(Error::PatientBusy(nearest().await?)),
        outcome => outcome,
    }
}
