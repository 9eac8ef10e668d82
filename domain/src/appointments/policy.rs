//! Who may do what with visits.

use domain_types::{
    DoctorId, PatientId,
    appointments::{AppointmentStatus, VisitAction},
    auth::Role,
};
use jiff::{SignedDuration, Timestamp, ToSpan};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement},
};

use super::repo::{self, VisitRow, iden};
use crate::{
    access::{Actor, Permit, Person},
    error::{Error, Result},
    moment::Moment,
    settings::Settings,
    time::{from_db, to_db},
};

/// Proof that a visit may be booked for a patient.
#[derive(Debug)]
pub(crate) struct Book(());
/// Proof that a visit may take the step.
#[derive(Debug)]
pub(crate) struct Step(());
/// Proof that a visit may be moved.
#[derive(Debug)]
pub(crate) struct Move(());

/// Narrows a query over visits (as `a`) to those that the actor may see: nothing, for whoever is not a person.
pub(super) fn visible_to(actor: &Actor, query: &mut SelectStatement) -> Result<()> {
    let person = actor.person()?;
    let condition = match (person.role(), person.patient(), person.doctor()) {
        (Role::Patient, Some(patient), _) => Expr::col(("a", iden::PatientId)).eq(patient.0),
        (Role::Doctor, _, Some(doctor)) => Expr::col(("a", iden::DoctorId)).eq(doctor.0),
        (Role::Admin, ..) => return Ok(()),
        _ => Expr::value(false),
    };
    query.cond_where(Condition::all().add(condition));
    Ok(())
}

/// For whom the actor books: patients for themselves, doctors for patients in their care, administrators for anybody.
pub(super) async fn book(
    db: &impl ConnectionTrait,
    actor: &Actor,
    patient: Option<PatientId>,
    at: &Moment,
) -> Result<Permit<Book>> {
    let person = actor.person()?;
    let named = || patient.ok_or_else(|| Error::field("patient", "Enter the patient."));
    let patient = match person.role() {
        Role::Patient => {
            let own = person.patient().ok_or(Error::Forbidden)?;
            if patient.is_some_and(|named| named != own) {
                return Err(Error::UnknownPatient);
            }
            own
        }
        Role::Doctor => {
            let (doctor, patient) = (person.doctor().ok_or(Error::Forbidden)?, named()?);
            if !in_care(db, doctor, patient, at.settings(), at.now).await? {
                return Err(Error::UnknownPatient);
            }
            patient
        }
        Role::Admin => named()?,
    };
    if !repo::lock_patient(db, patient).await? {
        return Err(Error::UnknownPatient);
    }
    Ok(Permit::granted(Book(()), patient.0))
}

/// Whether the actor may take this step with this visit now. The visit was read through [`visible_to`].
///
/// # Errors
/// `Forbidden` when the role never takes this step, `InvalidTransition` when the machine or the clock does not allow
/// it, `CutoffPassed` when it is too late for a patient.
pub(super) fn step(person: &Person, visit: &VisitRow, action: VisitAction, at: &Moment) -> Result<Permit<Step>> {
    let now = at.now;
    if !action.is_for(person.role()) {
        return Err(Error::Forbidden);
    }
    let from = visit.status()?;
    let refused = |why: String| Err(Error::InvalidTransition { from, action, why });
    let Some(to) = from.after(action) else {
        return refused(if from.holds(action) { is_so_already(from) } else { stands_in_the_way(from, action) });
    };
    let (starts, ends) = (from_db(visit.starts_at), from_db(visit.ends_at));
    let day = |instant: Timestamp| at.labels.local(instant).date();
    match to {
        AppointmentStatus::Confirmed if now >= ends => refused("This appointment is over.".into()),
        AppointmentStatus::CheckedIn if day(now) != day(starts) => {
            refused("Patients can check in on the day of their appointment.".into())
        }
        AppointmentStatus::NoShow if now < starts => {
            refused("An appointment can be marked as a no-show after its start time.".into())
        }
        AppointmentStatus::Cancelled if person.role() == Role::Patient => {
            before_cutoff(starts, at)?;
            Ok(Permit::granted(Step(()), visit.id))
        }
        AppointmentStatus::Cancelled if now >= ends => refused("This appointment is over.".into()),
        _ => Ok(Permit::granted(Step(()), visit.id)),
    }
}

/// What whoever comes second reads: what they wanted is so, by them or by somebody else.
pub(super) fn is_so_already(status: AppointmentStatus) -> String {
    match status {
        AppointmentStatus::NoShow => "This appointment is already marked as a no-show.".to_owned(),
        status => format!("This appointment is already {}.", status.label().to_lowercase()),
    }
}

fn stands_in_the_way(status: AppointmentStatus, action: VisitAction) -> String {
    let step = match action {
        VisitAction::Confirm => "confirmed",
        VisitAction::CheckIn => "checked in",
        VisitAction::Start => "started",
        VisitAction::Complete => "completed",
        VisitAction::NoShow => "marked as a no-show",
        VisitAction::Cancel => "cancelled",
    };
    match status {
        AppointmentStatus::NoShow => format!("This appointment is marked as a no-show, so it cannot be {step}."),
        status => format!("This appointment is {}, so it cannot be {step}.", status.label().to_lowercase()),
    }
}

/// Whether the actor may move this visit now.
///
/// # Errors
/// `InvalidTransition` when it has begun or ended, `CutoffPassed` when it is too late for a patient.
pub(super) fn reschedule(person: &Person, visit: &VisitRow, at: &Moment) -> Result<Permit<Move>> {
    let status = visit.status()?;
    let starts = from_db(visit.starts_at);
    if !status.may_move() || at.now >= from_db(visit.ends_at) {
        return Err(Error::NotMovable(status));
    }
    if person.role() == Role::Patient {
        before_cutoff(starts, at)?;
    }
    Ok(Permit::granted(Move(()), visit.id))
}

/// Until when a patient may change a visit online.
pub(super) fn cutoff(starts: Timestamp, settings: &Settings) -> Timestamp {
    starts - SignedDuration::from_hours(i64::from(settings.booking.cancel_cutoff_hours))
}

/// The first start of a visit that can still be changed online when it is booked now.
pub(super) fn changeable_from(at: &Moment) -> Timestamp {
    at.now + SignedDuration::from_hours(i64::from(at.settings().booking.cancel_cutoff_hours))
}

fn before_cutoff(starts: Timestamp, at: &Moment) -> Result<()> {
    let settings = at.settings();
    if at.now <= cutoff(starts, settings) {
        return Ok(());
    }
    Err(Error::CutoffPassed {
        hours: i64::from(settings.booking.cancel_cutoff_hours),
        phone: settings.clinic.phone.clone(),
    })
}

/// The oldest visit that still makes a care relation.
pub(crate) fn care_begins(settings: &Settings, now: Timestamp) -> Result<Timestamp> {
    let local = now.to_zoned(settings.zone.clone());
    Ok(local.checked_sub(i64::from(settings.booking.care_months).months())?.timestamp())
}

/// The patients in a doctor's care: a visit that was not cancelled, to come or within the last months.
pub(crate) fn patients_in_care(doctor: DoctorId, settings: &Settings, now: Timestamp) -> Result<SelectStatement> {
    let mut query = Query::select();
    query
        .column(("c", iden::PatientId))
        .from_as(iden::Appointment, "c")
        .and_where(Expr::col(("c", iden::DoctorId)).eq(doctor.0))
        .and_where(Expr::col(("c", iden::Status)).ne(AppointmentStatus::Cancelled.as_str()))
        .and_where(Expr::col(("c", iden::StartsAt)).gte(to_db(care_begins(settings, now)?)));
    Ok(query)
}

/// Whether a patient is in a doctor's care.
pub(crate) async fn in_care(
    db: &impl ConnectionTrait,
    doctor: DoctorId,
    patient: PatientId,
    settings: &Settings,
    now: Timestamp,
) -> Result<bool> {
    let mut query = patients_in_care(doctor, settings, now)?;
    query.and_where(Expr::col(("c", iden::PatientId)).eq(patient.0)).limit(1);
    Ok(db.query_one(&query).await?.is_some())
}
