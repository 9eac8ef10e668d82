//! A wanted time: whether it can be booked, and if not, why and what else there is.

use domain_types::{
    DoctorId, PatientId, Problem, ProblemCode,
    appointments::{OwnVisit, SlotChoice, parse_date, parse_time},
};
use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::{Date, Time},
};
use sea_orm::ConnectionTrait;

use super::{
    availability::{self, Calendar, GRID_DAYS},
    errand::Errand,
    grid::{self, Slot, SlotState},
    policy,
    repo::{self, VisitRow},
    visits,
};
use crate::{
    access::{Act, Actor, Audited, Found, perform},
    error::{Error, Result},
    moment::Moment,
    services::Services,
    time::{Labels, from_db},
};

/// Looks at a time that an address names, before it is booked. Public.
///
/// What cannot be booked is no failure: the answer says why, and which times there are. A patient is told of their own
/// visit that takes the time; that is a reading of the visit, and in the trail like any other.
///
/// # Errors
/// `NotFound` when there is no such doctor.
pub async fn choose(services: &Services, actor: &Actor, doctor: DoctorId, typed: (&str, &str)) -> Result<SlotChoice> {
    let at = services.moment().await?;
    let errand = &Errand::new_visit(&at, actor, doctor)?;
    let Looked { choice, own } = look(services.db().read(), &at, actor, errand, typed).await?;
    if own.is_none() {
        return Ok(choice);
    }
    Ok(perform(services, actor, Act::ChooseSlot, "", |cx| async move {
        let looked = look(&cx.tx, &cx.at, actor, errand, typed).await?;
        Ok(looked.found(errand.patient, None))
    })
    .await?
    .into_inner())
}

/// Looks at a time for a visit that moves.
///
/// # Errors
/// `NotFound` when the visit is unknown or not the actor's to see.
pub async fn choose_move(
    services: &Services,
    actor: &Actor,
    reference: &str,
    typed: (&str, &str),
) -> Result<Audited<SlotChoice>> {
    perform(services, actor, Act::ChooseSlot, reference.trim(), |cx| async move {
        let row = visits::row_by_reference(&cx.tx, actor, reference).await?;
        let errand = Errand::moving(&cx.at, &row)?;
        let looked = look(&cx.tx, &cx.at, actor, &errand, typed).await?;
        Ok(looked.found(errand.patient, errand.moving))
    })
    .await
}

/// What was seen of a time, and of whose visit.
struct Looked {
    choice: SlotChoice,
    /// The patient's own visit that is shown.
    own: Option<i64>,
}

impl Looked {
    fn found(self, patient: Option<PatientId>, moving: Option<i64>) -> Found<SlotChoice> {
        let mut ids: Vec<i64> = moving.into_iter().chain(self.own).collect();
        ids.dedup();
        Found::of_all(patient, ids, self.choice)
    }
}

async fn look(
    db: &impl ConnectionTrait,
    at: &Moment,
    actor: &Actor,
    errand: &Errand,
    (date, time): (&str, &str),
) -> Result<Looked> {
    let (now, labels, today) = (at.now, &at.labels, at.today());
    let date = parse_date(date).ok();
    let wanted = date.zip(parse_time(time).ok());
    let instant = wanted.and_then(|(date, time)| grid::existing_instant(labels.zone(), date, time));
    // Of days that are too far ahead, the last two weeks that are not.
    let last_start = last_day(at)?.saturating_sub((i64::from(GRID_DAYS) - 1).days());
    let first_day = date.map(|date| date.min(last_start.max(today)));
    let grid = availability::two_weeks(db, at, errand, first_day).await?;
    let own = match instant.filter(|instant| *instant > now) {
        Some(instant) => own_visit(db, actor, errand, instant, labels).await?,
        None => None,
    };
    let refusal = if own.as_ref().is_some_and(|(_, own)| own.is_this) {
        Some(Error::SlotTaken(Vec::new()).to_problem())
    } else {
        refusal(db, at, errand, wanted).await?
    };
    let (own, shown) = own.filter(|(_, own)| own.is_this || is_busy(refusal.as_ref())).unzip();
    let choice = SlotChoice {
        when: instant.map(|instant| labels.when(instant)),
        may_change_online: instant.is_some_and(|instant| instant >= policy::changeable_from(at)),
        own: shown,
        refusal,
        grid,
    };
    Ok(Looked { choice, own })
}

/// Whether it is the patient who is elsewhere.
fn is_busy(refusal: Option<&Problem>) -> bool {
    refusal.is_some_and(|problem| problem.code == ProblemCode::PatientBusy)
}

/// The number of the patient's own visit that takes a time, and how it is shown: the one with this doctor at this very time before any other. Visits of
/// others stay theirs, whoever moves them.
async fn own_visit(
    db: &impl ConnectionTrait,
    actor: &Actor,
    errand: &Errand,
    starts: Timestamp,
    labels: &Labels,
) -> Result<Option<(i64, OwnVisit)>> {
    if !actor.person().is_ok_and(|person| person.patient().is_some()) {
        return Ok(None);
    }
    let ends = starts + SignedDuration::from_mins(i64::from(errand.kind.duration_minutes));
    let rows = visits::own_between(db, actor, starts, ends).await?;
    let is_this = |row: &VisitRow| row.doctor_id == errand.doctor.0 && from_db(row.starts_at) == starts;
    let found = rows.iter().find(|row| is_this(row)).or_else(|| rows.iter().find(|row| Some(row.id) != errand.moving));
    let shown = |row: &VisitRow| OwnVisit {
        reference: row.reference.clone(),
        doctor_name: row.doctor_name(),
        starts: labels.when(from_db(row.starts_at)),
        is_this: is_this(row),
    };
    Ok(found.map(|row| (row.id, shown(row))))
}

/// Why a wanted time cannot be booked, with the nearest that can.
async fn refusal(
    db: &impl ConnectionTrait,
    at: &Moment,
    errand: &Errand,
    wanted: Option<(Date, Time)>,
) -> Result<Option<Problem>> {
    let Some(wanted) = wanted else {
        let sentence = "That date or time does not exist. Choose one of the times shown.";
        return Ok(Some(Error::field("appointment_date", sentence).to_problem()));
    };
    let outcome = choose_slot(db, at, errand, wanted).await;
    let nearest = || availability::nearest(db, at, errand, wanted);
    match (outcome, errand.patient) {
        (Ok(slot), Some(patient)) if repo::patient_is_busy(db, patient.0, &slot, errand.moving).await? => {
            Ok(Some(Error::PatientBusy(nearest().await?).to_problem()))
        }
        (Ok(_), _) => Ok(None),
        (Err(Error::SlotTaken(_)), _) => Ok(Some(Error::SlotTaken(nearest().await?).to_problem())),
        (Err(error @ Error::Invalid(_)), _) => Ok(Some(error.to_problem())),
        (Err(error), _) => Err(error),
    }
}

/// The free slot at the wanted time, or the reason why there is none.
pub(super) async fn choose_slot(
    db: &impl ConnectionTrait,
    at: &Moment,
    errand: &Errand,
    (date, time): (Date, Time),
) -> Result<Slot> {
    let (settings, today) = (at.settings(), at.today());
    if date < today || grid::existing_instant(&settings.zone, date, time).is_some_and(|starts| starts <= at.now) {
        let field = if date < today { "appointment_date" } else { "appointment_time" };
        return Err(Error::field(field, "That time has passed. Choose a later one."));
    }
    let last_day = last_day(at)?;
    if date > last_day {
        let (days, last) = (settings.booking.horizon_days, at.labels.long_day(last_day));
        let sentence = format!("You can book up to {days} days ahead, until {last}.");
        return Err(Error::field("appointment_date", sentence));
    }
    let calendar = Calendar::load(db, at, errand, (date, 1)).await?;
    let Some(slot) = calendar.day(date).into_iter().find(|slot| slot.time == time) else {
        let sentence = if calendar.is_inside_hours(date, time) {
            format!(
                "Appointments start every {} minutes. Choose one of the times shown.",
                settings.booking.grid_minutes
            )
        } else {
            "The doctor does not work at that time. Choose one of the times shown.".to_owned()
        };
        return Err(Error::field("appointment_time", sentence));
    };
    match slot.state {
        SlotState::Free => Ok(slot),
        SlotState::Taken => Err(Error::SlotTaken(Vec::new())),
        SlotState::TooSoon => {
            let notice = settings.booking.notice_minutes;
            Err(Error::field("appointment_time", format!("Book at least {notice} minutes ahead.")))
        }
        SlotState::TooFar => Err(Error::field("appointment_date", "That day is too far ahead.")),
    }
}

/// The last day that can be booked.
fn last_day(at: &Moment) -> Result<Date> {
    Ok(at.today().checked_add(i64::from(at.settings().booking.horizon_days).days())?)
}
