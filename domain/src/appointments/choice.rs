//! A wanted time: whether it can be booked, and if not, why and what else there is.

use domain_types::{
    DoctorId,
    appointments::{SlotChoice, parse_date, parse_time},
};
use entity::visit_type;
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time},
};
use sea_orm::ConnectionTrait;

use super::{
    availability::{self, Calendar, GRID_DAYS},
    grid::{self, Slot, SlotState},
    policy, repo,
};
use crate::{
    access::Actor,
    error::{Error, Result},
    services::Services,
    settings::{self, Settings},
    time::Labels,
};

/// Looks at a time that an address names, before it is booked. Public.
///
/// What cannot be booked is no failure: the answer says why, and which times there are.
///
/// # Errors
/// `NotFound` when there is no such doctor.
pub async fn choose(
    services: &Services,
    actor: &Actor,
    doctor: DoctorId,
    (date, time): (&str, &str),
) -> Result<SlotChoice> {
    let db = services.db().read();
    let settings = settings::load(db).await?;
    let now = services.now();
    let today = now.to_zoned(settings.zone.clone()).date();
    let date = parse_date(date).ok();
    let wanted = date.zip(parse_time(time).ok());
    let instant = wanted.and_then(|(date, time)| grid::existing_instant(&settings.zone, date, time));
    // Of days that are too far ahead, the last two weeks that are not.
    let last_start = last_day(&settings, today)?.saturating_sub((i64::from(GRID_DAYS) - 1).days());
    let grid = availability::slots(services, actor, doctor, date.map(|date| date.min(last_start.max(today)))).await?;
    let kind = repo::default_visit_type(db).await?;
    let outcome = match wanted {
        Some(wanted) => choose_slot(db, doctor, &kind, &settings, now, wanted, None).await,
        None => Err(Error::field("appointment_date", "There is no such day or time. Choose one of the times shown.")),
    };
    let refusal = match (outcome, wanted) {
        (Ok(_), _) => None,
        (Err(Error::SlotTaken(_)), Some(wanted)) => {
            let patient = actor.person().ok().and_then(|person| person.patient());
            let nearest = availability::nearest(services, doctor, patient, &kind, wanted).await?;
            Some(Error::SlotTaken(nearest).to_problem())
        }
        (Err(error @ Error::Invalid(_)), _) => Some(error.to_problem()),
        (Err(error), _) => return Err(error),
    };
    let labels = Labels::new(settings.zone.clone(), now);
    Ok(SlotChoice {
        when: instant.map(|instant| labels.when(instant)),
        may_change_online: instant.is_some_and(|instant| instant >= policy::changeable_from(&settings, now)),
        refusal,
        grid,
    })
}

/// The free slot at the wanted time, or the reason why there is none.
pub(super) async fn choose_slot(
    db: &impl ConnectionTrait,
    doctor: DoctorId,
    kind: &visit_type::Model,
    settings: &Settings,
    now: Timestamp,
    (date, time): (Date, Time),
    except: Option<i64>,
) -> Result<Slot> {
    let today = now.to_zoned(settings.zone.clone()).date();
    if date < today || grid::existing_instant(&settings.zone, date, time).is_some_and(|starts| starts <= now) {
        let field = if date < today { "appointment_date" } else { "appointment_time" };
        return Err(Error::field(field, "That time has passed. Choose one that is still to come."));
    }
    let last_day = last_day(settings, today)?;
    if date > last_day {
        let (days, last) = (settings.booking.horizon_days, Labels::new(settings.zone.clone(), now).long_day(last_day));
        let sentence = format!("Visits can be booked up to {days} days ahead: now until {last}.");
        return Err(Error::field("appointment_date", sentence));
    }
    let calendar = Calendar::load(db, doctor, kind, settings, now, (date, 1), except).await?;
    let Some(slot) = calendar.day(date).into_iter().find(|slot| slot.time == time) else {
        let sentence = if calendar.is_inside_hours(date, time) {
            format!("Visits start every {} minutes. Choose one of the times shown.", settings.booking.grid_minutes)
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
            Err(Error::field("appointment_time", format!("Visits are booked at least {notice} minutes ahead.")))
        }
        SlotState::TooFar => Err(Error::field("appointment_date", "That day is too far ahead.")),
    }
}

/// The last day that can be booked.
fn last_day(settings: &Settings, today: Date) -> Result<Date> {
    Ok(today.checked_add(i64::from(settings.booking.horizon_days).days())?)
}
