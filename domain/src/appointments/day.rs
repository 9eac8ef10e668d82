//! A doctor's day.

use domain_types::{
    DoctorId, PatientId,
    appointments::{AppointmentStatus, DayEntry, DayView, waiting_words},
};
use entity::time_off;
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use sea_orm::sea_query::{Expr, ExprTrait, Order};

use super::{
    availability::Calendar,
    errand::Errand,
    grid::{self, Slot, SlotState},
    policy, repo,
    repo::{VisitRow, iden},
    views::{Lens, minutes_between},
};
use crate::{
    access::{Actor, Doctor, Found},
    db::Tx,
    error::{Error, Result},
    moment::Moment,
    services::Services,
    time::{Labels, from_db, minute_label, to_db, weekday_number},
};

/// A doctor's day by time: visits, free runs, time off. Today when no day is given. The notes of its visits are the
/// record's to add (`records::day`).
///
/// # Errors
/// `OtherRole` for anybody but doctors.
pub(crate) async fn look_at_day(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    date: Option<Date>,
) -> Result<Found<DayView>> {
    let doctor = Doctor::try_from(actor)?;
    let at = &services.moment().await?;
    let (now, today) = (at.now, at.today());
    let date = date.unwrap_or(today);
    let bounds = grid::bounds(at.labels.zone(), date, 1).ok_or_else(|| Error::field("date", "Choose a date."))?;
    let rows = visits_between(tx, actor, bounds).await?;
    let lens = Lens::over(services, tx, doctor.person, at, &rows).await?;
    let calendar = Calendar::load(tx, at, &Errand::of_doctor(at, doctor.id)?, (date, 1)).await?;
    let slots = calendar.day(date);

    let mut entries = free_runs(&slots, &at.labels);
    entries.extend(calendar.off.iter().map(|off| blocked(off, bounds, &at.labels)));
    for row in &rows {
        let entry = DayEntry::Visit { visit: Box::new(lens.visit(row)?), waiting: waiting(row, now)?, note: None };
        entries.push((from_db(row.starts_at), entry));
    }
    if date == today && !entries.is_empty() {
        // Before what begins this very moment: the sort keeps the order of what it finds equal.
        entries.insert(0, (now, DayEntry::Now { time: at.labels.time(now) }));
    }
    entries.sort_by_key(|(at, _)| *at);
    let holding: Vec<_> = AppointmentStatus::ALL.into_iter().filter(|status| status.holds_its_time()).collect();
    let value = DayView {
        date: date.to_string(),
        label: at.labels.long_day(date),
        is_today: date == today,
        previous: date.saturating_sub(1.day()).to_string(),
        next: date.saturating_add(1.day()).to_string(),
        today: today.to_string(),
        hours: hours_on(at, doctor.id, date),
        zone: at.labels.zone_name(),
        entries: entries.into_iter().map(|(_, entry)| entry).collect(),
        visits: how_many(&rows, &holding),
        checked_in: how_many(&rows, &[AppointmentStatus::CheckedIn]),
        completed: how_many(&rows, &[AppointmentStatus::Completed]),
        free: u32::try_from(slots.iter().filter(|slot| slot.is_free()).count()).unwrap_or(u32::MAX),
    };
    let ids = rows.iter().map(|row| row.id).collect();
    Ok(Found::of_all(rows.iter().map(|row| PatientId(row.patient_id)), ids, value))
}

/// The visits that the actor may see and that begin between two moments.
async fn visits_between(tx: &Tx, actor: &Actor, (from, to): (Timestamp, Timestamp)) -> Result<Vec<VisitRow>> {
    let mut query = repo::visits();
    policy::visible_to(actor, &mut query)?;
    query
        .and_where(Expr::col(("a", iden::StartsAt)).gte(to_db(from)))
        .and_where(Expr::col(("a", iden::StartsAt)).lt(to_db(to)))
        .order_by(("a", iden::StartsAt), Order::Asc)
        .order_by(("a", iden::Id), Order::Asc);
    repo::all(tx, &query).await
}

/// Time off, cut to what lies between two moments.
fn blocked(off: &time_off::Model, (from, to): (Timestamp, Timestamp), labels: &Labels) -> (Timestamp, DayEntry) {
    let (starts, ends) = (from_db(off.starts_at).max(from), from_db(off.ends_at).min(to));
    (starts, DayEntry::Blocked { from: labels.time(starts), to: labels.time(ends), why: off.why.clone() })
}

/// "09:00–12:00, 13:00–17:00 (Dublin time)"
fn hours_on(at: &Moment, doctor: DoctorId, date: Date) -> String {
    let hours = at.hours(doctor).iter().filter(|row| row.weekday == weekday_number(date.weekday()));
    let periods: Vec<_> =
        hours.map(|h| format!("{}–{}", minute_label(h.starts_minute), minute_label(h.ends_minute))).collect();
    match periods.as_slice() {
        [] => "No working hours on this day".into(),
        periods => format!("{} ({})", periods.join(", "), at.labels.zone_name().words),
    }
}

fn how_many(rows: &[VisitRow], wanted: &[AppointmentStatus]) -> u32 {
    let is_wanted = |row: &&VisitRow| row.status().is_ok_and(|status| wanted.contains(&status));
    u32::try_from(rows.iter().filter(is_wanted).count()).unwrap_or(u32::MAX)
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
