//! A doctor's day.

use domain_types::appointments::{AppointmentStatus, DayEntry, DayView, waiting_words};
use entity::{time_off, working_hours};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait, Order},
};

use super::{
    availability::Calendar,
    grid::{self, Slot, SlotState},
    policy, repo,
    repo::{VisitRow, iden},
    views::{Lens, minutes_between},
};
use crate::{
    access::{Actor, Doctor},
    error::{Error, Result},
    services::Services,
    settings,
    time::{Labels, from_db, minute_label, to_db, weekday_number},
};

/// A doctor's day by time: visits, free runs, time off. Today when no day is given.
///
/// # Errors
/// `Forbidden` for anybody but doctors.
pub async fn day(services: &Services, actor: &Actor, date: Option<Date>) -> Result<DayView> {
    let doctor = Doctor::try_from(actor)?;
    let db = services.db().read();
    let settings = settings::load(db).await?;
    let now = services.now();
    let lens = Lens::new(doctor.person, &settings, now);
    let today = lens.labels.local(now).date();
    let date = date.unwrap_or(today);
    let (from, to) = grid::bounds(&settings.zone, date, 1).ok_or_else(|| Error::field("date", "Choose a date."))?;

    let mut query = repo::visits();
    policy::visible_to(actor, &mut query)?;
    query
        .and_where(Expr::col(("a", iden::StartsAt)).gte(to_db(from)))
        .and_where(Expr::col(("a", iden::StartsAt)).lt(to_db(to)))
        .order_by(("a", iden::StartsAt), Order::Asc)
        .order_by(("a", iden::Id), Order::Asc);
    let rows = repo::all(db, &query).await?;
    let off = time_off::Column::DoctorId
        .eq(doctor.id.0)
        .and(time_off::Column::StartsAt.lt(to_db(to)))
        .and(time_off::Column::EndsAt.gt(to_db(from)));
    let off = time_off::Entity::find().filter(off).all(db).await?;
    let kind = repo::default_visit_type(db).await?;
    let calendar = Calendar::load(db, doctor.id, &kind, &settings, now, (date, 1), None).await?;
    let hours = working_hours::Entity::find()
        .filter(working_hours::Column::DoctorId.eq(doctor.id.0))
        .filter(working_hours::Column::Weekday.eq(weekday_number(date.weekday())))
        .order_by_asc(working_hours::Column::StartsMinute)
        .all(db)
        .await?;

    let slots = calendar.day(date);
    let mut entries: Vec<(Timestamp, DayEntry)> = free_runs(&slots, &lens.labels);
    entries.extend(off.into_iter().map(|row| {
        let (starts, ends) = (from_db(row.starts_at).max(from), from_db(row.ends_at).min(to));
        let entry = DayEntry::Blocked { from: lens.labels.time(starts), to: lens.labels.time(ends), why: row.why };
        (starts, entry)
    }));
    for row in &rows {
        let entry = DayEntry::Visit { visit: Box::new(lens.visit(row)?), waiting: waiting(row, now)? };
        entries.push((from_db(row.starts_at), entry));
    }
    if date == today && !entries.is_empty() {
        // Before what begins this very moment: the sort keeps the order of what it finds equal.
        entries.insert(0, (now, DayEntry::Now { time: lens.labels.time(now) }));
    }
    entries.sort_by_key(|(at, _)| *at);

    let with = |wanted: &[AppointmentStatus]| {
        let count = rows.iter().filter(|row| row.status().is_ok_and(|status| wanted.contains(&status))).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    };
    let holding: Vec<_> = AppointmentStatus::ALL.into_iter().filter(|status| status.holds_its_time()).collect();
    let periods: Vec<_> =
        hours.iter().map(|h| format!("{}–{}", minute_label(h.starts_minute), minute_label(h.ends_minute))).collect();
    Ok(DayView {
        date: date.to_string(),
        label: lens.labels.long_day(date),
        is_today: date == today,
        previous: date.saturating_sub(1.day()).to_string(),
        next: date.saturating_add(1.day()).to_string(),
        today: today.to_string(),
        hours: if periods.is_empty() { "No working hours on this day".into() } else { periods.join(", ") },
        entries: entries.into_iter().map(|(_, entry)| entry).collect(),
        visits: with(&holding),
        checked_in: with(&[AppointmentStatus::CheckedIn]),
        completed: with(&[AppointmentStatus::Completed]),
        free: u32::try_from(slots.iter().filter(|slot| slot.is_free()).count()).unwrap_or(u32::MAX),
    })
}

/// How long somebody has been waiting since they checked in, in words.
fn waiting(row: &VisitRow, now: Timestamp) -> Result<Option<String>> {
    let waits = row.status()? == AppointmentStatus::CheckedIn;
    Ok(row.checked_in_at.filter(|_| waits).map(|since| waiting_words(minutes_between(from_db(since), now))))
}

/// Free slots that follow each other are one run. Slots too close to now to be booked are not among them.
fn free_runs(slots: &[Slot], labels: &Labels) -> Vec<(Timestamp, DayEntry)> {
    let mut runs: Vec<(Timestamp, Timestamp, u32)> = Vec::new();
    for slot in slots.iter().filter(|slot| slot.state == SlotState::Free) {
        match runs.last_mut() {
            Some((_, ends, count)) if slot.starts.duration_since(*ends) <= SignedDuration::ZERO => {
                *ends = slot.ends;
                *count += 1;
            }
            _ => runs.push((slot.starts, slot.ends, 1)),
        }
    }
    let entry = |(from, to, slots)| (from, DayEntry::Free { from: labels.time(from), to: labels.time(to), slots });
    runs.into_iter().map(entry).collect()
}
