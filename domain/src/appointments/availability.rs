//! Free times: what the database holds, laid over the grid.

use domain_types::{
    DoctorId, NearestSlot, PatientId,
    appointments::{AppointmentStatus, SlotDay, SlotGrid, SlotView},
};
use entity::{time_off, working_hours};
use jiff::{
    SignedDuration, ToSpan,
    civil::{Date, Time},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::ExprTrait};

use super::{
    errand::Errand,
    grid::{self, Busy, GridRules, Period, Slot, SlotState},
    policy,
    repo::{self, Whose},
    visits,
};
use crate::{
    access::{Act, Actor, Audited, Cx, Found, perform},
    error::{Error, Result},
    moment::Moment,
    services::Services,
    time::{Labels, from_db, to_db, zone_words},
};

/// Days that a grid shows.
pub(super) const GRID_DAYS: u32 = 14;

/// A doctor's hours and taken time over a run of days.
pub(super) struct Calendar {
    periods: Vec<Period>,
    busy: Vec<Busy>,
    /// When the patient has other visits, with whomever.
    elsewhere: Vec<Busy>,
    pub(super) off: Vec<time_off::Model>,
    rules: GridRules,
    from: Date,
    days: u32,
}

impl Calendar {
    /// Two range queries, however many days. A visit that is about to move does not block itself.
    pub async fn load(
        db: &impl ConnectionTrait,
        at: &Moment,
        errand: &Errand,
        (from, days): (Date, u32),
    ) -> Result<Self> {
        let settings = at.settings();
        let (starts, ends) = grid::bounds(&settings.zone, from, days)
            .ok_or_else(|| Error::field("date", "That date is too far ahead."))?;
        let booking = &settings.booking;
        let rules = GridRules {
            zone: settings.zone.clone(),
            step_minutes: i32::try_from(booking.grid_minutes).unwrap_or(30),
            duration: SignedDuration::from_mins(i64::from(errand.kind.duration_minutes)),
            buffer: SignedDuration::from_mins(i64::from(errand.kind.buffer_minutes)),
            earliest: at.now + SignedDuration::from_mins(i64::from(booking.notice_minutes)),
            last_day: at.today().checked_add(i64::from(booking.horizon_days).days())?,
        };
        let period = |row: &working_hours::Model| Period {
            weekday: row.weekday,
            starts: row.starts_minute,
            ends: row.ends_minute,
        };
        let periods = at.hours(errand.doctor).iter().map(period).collect();
        let whose = Whose::Doctor(errand.doctor);
        let mut busy = repo::taken_times(db, whose, starts, ends + rules.buffer, errand.moving).await?;
        let off = time_off::Column::DoctorId
            .eq(errand.doctor.0)
            .and(time_off::Column::StartsAt.lt(to_db(ends)))
            .and(time_off::Column::EndsAt.gt(to_db(starts)));
        let off = time_off::Entity::find().filter(off).all(db).await?;
        busy.extend(off.iter().map(|row| Busy { from: from_db(row.starts_at), to: from_db(row.ends_at) }));
        Ok(Self { periods, busy, elsewhere: Vec::new(), off, rules, from, days })
    }

    /// Takes the times at which the patient of an errand has other visits for taken too.
    pub async fn leave_out(&mut self, db: &impl ConnectionTrait, errand: &Errand) -> Result<()> {
        let bounds = grid::bounds(&self.rules.zone, self.from, self.days);
        if let (Some(patient), Some((starts, ends))) = (errand.patient, bounds) {
            self.elsewhere = repo::taken_times(db, Whose::Patient(patient), starts, ends, errand.moving).await?;
        }
        Ok(())
    }

    pub fn day(&self, date: Date) -> Vec<Slot> {
        let mut slots = grid::day_slots(date, &self.periods, &self.busy, &self.rules);
        for slot in slots.iter_mut().filter(|slot| slot.is_free()) {
            // A patient needs no buffer after the visit.
            if self.elsewhere.iter().any(|busy| busy.overlaps(slot.starts, slot.ends)) {
                slot.state = SlotState::Taken;
            }
        }
        slots
    }

    pub fn dates(&self) -> impl Iterator<Item = Date> {
        self.from.series(1.day()).take(self.days as usize)
    }

    pub fn slots(&self) -> impl Iterator<Item = Slot> {
        self.dates().flat_map(|date| self.day(date))
    }

    pub fn is_inside_hours(&self, date: Date, time: Time) -> bool {
        grid::is_inside_hours(date, time, &self.periods)
    }
}

/// Two weeks of a doctor's times, from a day on (today at the earliest). Public; patients are not offered the times at
/// which they have another visit.
///
/// # Errors
/// `NotFound` when there is no such doctor.
pub async fn slots(services: &Services, actor: &Actor, doctor: DoctorId, from: Option<Date>) -> Result<SlotGrid> {
    let at = services.moment().await?;
    two_weeks(services.db().read(), &at, &Errand::new_visit(&at, actor, doctor)?, from).await
}

/// The same for a visit that moves: its own time is among them, and unless a day is given the two weeks are those that
/// hold it.
///
/// # Errors
/// `NotFound` when the visit is unknown or not the actor's to see.
pub async fn slots_to_move(
    services: &Services,
    actor: &Actor,
    reference: &str,
    from: Option<Date>,
) -> Result<Audited<SlotGrid>> {
    perform(
        services,
        actor,
        Act::FindSlots,
        reference.trim(),
        |cx| async move { around_visit(&cx, reference, from).await },
    )
    .await
}

async fn around_visit(cx: &Cx<'_>, reference: &str, from: Option<Date>) -> Result<Found<SlotGrid>> {
    let row = visits::row_by_reference(&cx.tx, cx.actor, reference).await?;
    let errand = Errand::moving(&cx.at, &row)?;
    let stands_on = cx.at.labels.local(from_db(row.starts_at)).date();
    let from = from.unwrap_or_else(|| fortnight_with(cx.at.today(), stands_on));
    let grid = two_weeks(&cx.tx, &cx.at, &errand, Some(from)).await?;
    Ok(Found::of(PatientId(row.patient_id), vec![row.id], grid))
}

/// The first day of the two weeks, counted from today, that hold a day; today for a day that is over.
fn fortnight_with(today: Date, day: Date) -> Date {
    let fortnights = today.series(i64::from(GRID_DAYS).days());
    fortnights.take_while(|first| *first <= day).last().unwrap_or(today)
}

/// Two weeks of times for an errand, from a day on (today at the earliest).
pub(super) async fn two_weeks(
    db: &impl ConnectionTrait,
    at: &Moment,
    errand: &Errand,
    from: Option<Date>,
) -> Result<SlotGrid> {
    let (settings, labels, today) = (at.settings(), &at.labels, at.today());
    repo::find_bookable_doctor(db, errand.doctor).await?.ok_or(Error::NotFound)?;
    let last_day = today.checked_add(i64::from(settings.booking.horizon_days).days())?;
    let from = from.unwrap_or(today).clamp(today, last_day);
    let mut calendar = Calendar::load(db, at, errand, (from, GRID_DAYS)).await?;
    calendar.leave_out(db, errand).await?;
    let earlier = (from > today).then(|| from.saturating_sub(i64::from(GRID_DAYS).days()).max(today));
    let later = from.checked_add(i64::from(GRID_DAYS).days()).ok().filter(|date| *date <= last_day);
    Ok(SlotGrid {
        doctor: errand.doctor,
        days: calendar.dates().map(|date| day_view(labels, date, calendar.day(date))).collect(),
        earlier: earlier.map(|date| date.to_string()),
        later: later.map(|date| date.to_string()),
        zone: zone_words(&settings.clinic.zone),
        changeable_from: labels.local(policy::changeable_from(at)).strftime("%Y-%m-%dT%H:%M").to_string(),
    })
}

/// One day of a doctor's times. Public.
///
/// # Errors
/// `NotFound` when there is no such doctor, `Invalid` for a day in the past.
pub async fn slots_on(services: &Services, _actor: &Actor, doctor: DoctorId, date: Date) -> Result<SlotDay> {
    let (db, at) = (services.db().read(), services.moment().await?);
    repo::find_bookable_doctor(db, doctor).await?.ok_or(Error::NotFound)?;
    if date < at.today() {
        return Err(Error::field("date", "That day has passed. Choose today or a later day."));
    }
    let calendar = Calendar::load(db, &at, &Errand::of_doctor(&at, doctor)?, (date, 1)).await?;
    Ok(day_view(&at.labels, date, calendar.day(date)))
}

fn day_view(labels: &Labels, date: Date, slots: Vec<Slot>) -> SlotDay {
    SlotDay {
        date: date.to_string(),
        weekday: date.strftime("%a").to_string(),
        short: date.strftime("%-d %b").to_string(),
        label: labels.long_day(date),
        slots: slots
            .into_iter()
            .map(|slot| SlotView { time: slot.time.strftime("%H:%M").to_string(), available: slot.is_free() })
            .collect(),
    }
}

/// The three times nearest to a wanted one at which doctor and patient are both free, in the order of their start. The
/// time that a visit would move away from is not among them.
pub(super) async fn nearest(
    db: &impl ConnectionTrait,
    at: &Moment,
    errand: &Errand,
    (date, time): (Date, Time),
) -> Result<Vec<NearestSlot>> {
    let Some(wanted) = grid::existing_instant(at.labels.zone(), date, time) else { return Ok(Vec::new()) };
    let from = date.saturating_sub(7.days()).max(at.today());
    // The time that it moves away from is taken as well.
    let errand = &Errand { moving: None, ..errand.clone() };
    // Three weeks around it nearly always hold three; a doctor who is booked out needs a longer look.
    for days in [21, 90] {
        let mut calendar = Calendar::load(db, at, errand, (from, days)).await?;
        calendar.leave_out(db, errand).await?;
        let mut free: Vec<Slot> = calendar.slots().filter(Slot::is_free).collect();
        free.sort_by_key(|slot| (slot.starts.duration_since(wanted).abs(), slot.starts));
        free.truncate(3);
        if free.len() == 3 || days == 90 {
            free.sort_by_key(|slot| slot.starts);
            let offer = |slot: Slot| NearestSlot {
                date: slot.date.to_string(),
                time: slot.time.strftime("%H:%M").to_string(),
                label: at.labels.moment(slot.starts),
            };
            return Ok(free.into_iter().map(offer).collect());
        }
    }
    Ok(Vec::new())
}

/// The statuses that hold their time, as they are stored.
pub(super) fn holding() -> Vec<&'static str> {
    AppointmentStatus::ALL.into_iter().filter(|s| s.holds_its_time()).map(AppointmentStatus::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use rstest::rstest;

    #[rstest]
    #[case::today(date(2026, 11, 23), date(2026, 11, 23))]
    #[case::the_last_day_of_the_first_two_weeks(date(2026, 12, 6), date(2026, 11, 23))]
    #[case::the_day_after(date(2026, 12, 7), date(2026, 12, 7))]
    #[case::next_year(date(2027, 1, 20), date(2027, 1, 18))]
    #[case::over(date(2026, 11, 2), date(2026, 11, 23))]
    fn the_two_weeks_that_hold_a_day_are_counted_from_today(#[case] day: Date, #[case] first: Date) {
        assert_eq!(fortnight_with(date(2026, 11, 23), day), first);
    }
}
