//! Free times: what the database holds, laid over the grid.

use domain_types::{
    DoctorId, NearestSlot, PatientId,
    appointments::{AppointmentStatus, SlotDay, SlotGrid, SlotView},
};
use entity::{doctor, time_off, visit_type, working_hours};
use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::{Date, Time},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
    sea_query::ExprTrait,
};

use super::{
    grid::{self, Busy, GridRules, Period, Slot},
    policy,
    repo::{self, Whose},
};
use crate::{
    access::Actor,
    error::{Error, Result},
    services::Services,
    settings::{self, Settings},
    time::{Labels, from_db, to_db},
};

/// Days that a grid shows.
pub(super) const GRID_DAYS: u32 = 14;

/// A doctor's hours and taken time over a run of days.
pub(super) struct Calendar {
    periods: Vec<Period>,
    busy: Vec<Busy>,
    rules: GridRules,
    from: Date,
    days: u32,
}

impl Calendar {
    /// Three range queries, however many days. `except` is a visit that is about to move and does not block itself.
    pub async fn load(
        db: &impl ConnectionTrait,
        doctor: DoctorId,
        kind: &visit_type::Model,
        settings: &Settings,
        now: Timestamp,
        (from, days): (Date, u32),
        except: Option<i64>,
    ) -> Result<Self> {
        let (starts, ends) = grid::bounds(&settings.zone, from, days)
            .ok_or_else(|| Error::field("date", "That date is too far away."))?;
        let today = now.to_zoned(settings.zone.clone()).date();
        let booking = &settings.booking;
        let rules = GridRules {
            zone: settings.zone.clone(),
            step_minutes: i32::try_from(booking.grid_minutes).unwrap_or(30),
            duration: SignedDuration::from_mins(i64::from(kind.duration_minutes)),
            buffer: SignedDuration::from_mins(i64::from(kind.buffer_minutes)),
            earliest: now + SignedDuration::from_mins(i64::from(booking.notice_minutes)),
            last_day: today.checked_add(i64::from(booking.horizon_days).days())?,
        };
        let periods = working_hours::Entity::find()
            .filter(working_hours::Column::DoctorId.eq(doctor.0))
            .all(db)
            .await?
            .into_iter()
            .map(|row| Period { weekday: row.weekday, starts: row.starts_minute, ends: row.ends_minute })
            .collect();
        let mut busy = repo::taken_times(db, Whose::Doctor(doctor), starts, ends + rules.buffer, except).await?;
        let off = time_off::Column::DoctorId
            .eq(doctor.0)
            .and(time_off::Column::StartsAt.lt(to_db(ends)))
            .and(time_off::Column::EndsAt.gt(to_db(starts)));
        let off = time_off::Entity::find().filter(off).all(db).await?;
        busy.extend(off.into_iter().map(|row| Busy { from: from_db(row.starts_at), to: from_db(row.ends_at) }));
        Ok(Self { periods, busy, rules, from, days })
    }

    pub fn day(&self, date: Date) -> Vec<Slot> {
        grid::day_slots(date, &self.periods, &self.busy, &self.rules)
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

/// Two weeks of a doctor's times, from a day on (today at the earliest). Public.
///
/// # Errors
/// `NotFound` when there is no such doctor.
pub async fn slots(services: &Services, _actor: &Actor, doctor: DoctorId, from: Option<Date>) -> Result<SlotGrid> {
    slots_for_visit(services, doctor, from, None).await
}

async fn slots_for_visit(
    services: &Services,
    doctor: DoctorId,
    from: Option<Date>,
    except: Option<i64>,
) -> Result<SlotGrid> {
    let db = services.db().read();
    let settings = settings::load(db).await?;
    let now = services.now();
    let labels = Labels::new(settings.zone.clone(), now);
    let today = labels.local(now).date();
    repo::find_bookable_doctor(db, doctor).await?.ok_or(Error::NotFound)?;
    let kind = repo::default_visit_type(db).await?;
    let last_day = today.checked_add(i64::from(settings.booking.horizon_days).days())?;
    let from = from.unwrap_or(today).clamp(today, last_day);
    let calendar = Calendar::load(db, doctor, &kind, &settings, now, (from, GRID_DAYS), except).await?;
    let earlier = (from > today).then(|| from.saturating_sub(i64::from(GRID_DAYS).days()).max(today));
    let later = from.checked_add(i64::from(GRID_DAYS).days()).ok().filter(|date| *date <= last_day);
    Ok(SlotGrid {
        doctor,
        days: calendar.dates().map(|date| day_view(&labels, date, calendar.day(date))).collect(),
        earlier: earlier.map(|date| date.to_string()),
        later: later.map(|date| date.to_string()),
        zone: settings.clinic.zone.clone(),
        changeable_from: labels.local(policy::changeable_from(&settings, now)).strftime("%Y-%m-%dT%H:%M").to_string(),
    })
}

/// One day of a doctor's times. Public.
///
/// # Errors
/// `NotFound` when there is no such doctor, `Invalid` for a day in the past.
pub async fn slots_on(services: &Services, _actor: &Actor, doctor: DoctorId, date: Date) -> Result<SlotDay> {
    let db = services.db().read();
    let settings = settings::load(db).await?;
    let now = services.now();
    let labels = Labels::new(settings.zone.clone(), now);
    repo::find_bookable_doctor(db, doctor).await?.ok_or(Error::NotFound)?;
    if date < labels.local(now).date() {
        return Err(Error::field("date", "That day is over. Choose today or a day to come."));
    }
    let kind = repo::default_visit_type(db).await?;
    let calendar = Calendar::load(db, doctor, &kind, &settings, now, (date, 1), None).await?;
    Ok(day_view(&labels, date, calendar.day(date)))
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

/// The three times nearest to a wanted one at which doctor and patient are both free, in the order of their start.
pub(super) async fn nearest(
    services: &Services,
    doctor: DoctorId,
    patient: Option<PatientId>,
    kind: &visit_type::Model,
    (date, time): (Date, Time),
) -> Result<Vec<NearestSlot>> {
    let db = services.db().read();
    let settings = settings::load(db).await?;
    let now = services.now();
    let Some(wanted) = grid::existing_instant(&settings.zone, date, time) else { return Ok(Vec::new()) };
    let today = now.to_zoned(settings.zone.clone()).date();
    let from = date.saturating_sub(7.days()).max(today);
    // Three weeks around it nearly always hold three; a doctor who is booked out needs a longer look.
    for days in [21, 90] {
        let mut calendar = Calendar::load(db, doctor, kind, &settings, now, (from, days), None).await?;
        if let (Some(patient), Some((starts, ends))) = (patient, grid::bounds(&settings.zone, from, days)) {
            calendar.busy.extend(repo::taken_times(db, Whose::Patient(patient), starts, ends, None).await?);
        }
        let mut free: Vec<Slot> = calendar.slots().filter(Slot::is_free).collect();
        free.sort_by_key(|slot| (slot.starts.duration_since(wanted).abs(), slot.starts));
        free.truncate(3);
        if free.len() == 3 || days == 90 {
            free.sort_by_key(|slot| slot.starts);
            let labels = Labels::new(settings.zone.clone(), now);
            let offer = |slot: Slot| NearestSlot {
                date: slot.date.to_string(),
                time: slot.time.strftime("%H:%M").to_string(),
                label: labels.moment(slot.starts),
            };
            return Ok(free.into_iter().map(offer).collect());
        }
    }
    Ok(Vec::new())
}

/// Works out a doctor's next free time and stores it, in the transaction that changed the calendar.
pub(super) async fn store_next_free(
    db: &impl ConnectionTrait,
    doctor: DoctorId,
    settings: &Settings,
    now: Timestamp,
) -> Result<()> {
    let next = next_free(db, doctor, settings, now).await?;
    doctor::ActiveModel { id: Set(doctor.0), next_free_at: Set(next.map(to_db)), ..Default::default() }
        .update(db)
        .await?;
    Ok(())
}

async fn next_free(
    db: &impl ConnectionTrait,
    doctor: DoctorId,
    settings: &Settings,
    now: Timestamp,
) -> Result<Option<Timestamp>> {
    let kind = repo::default_visit_type(db).await?;
    let mut from = now.to_zoned(settings.zone.clone()).date();
    let last_day = from.checked_add(i64::from(settings.booking.horizon_days).days())?;
    // The next week first, then longer and longer looks: most doctors have something soon.
    for days in [7_u32, 28, 90, 366] {
        let calendar = Calendar::load(db, doctor, &kind, settings, now, (from, days), None).await?;
        if let Some(slot) = calendar.slots().find(Slot::is_free) {
            return Ok(Some(slot.starts));
        }
        from = from.checked_add(i64::from(days).days())?;
        if from > last_day {
            break;
        }
    }
    Ok(None)
}

/// Job: brings the stored next free times up to date that have passed meanwhile. Gives how many there were.
///
/// # Errors
/// When the database is away.
pub async fn refresh_next_free(services: &Services) -> Result<usize> {
    let settings = settings::load(services.db().read()).await?;
    let earliest = services.now() + SignedDuration::from_mins(i64::from(settings.booking.notice_minutes));
    let stale: Vec<i64> = doctor::Entity::find()
        .select_only()
        .column(doctor::Column::Id)
        .filter(doctor::Column::AcceptsBookings.eq(true))
        .filter(doctor::Column::NextFreeAt.lt(to_db(earliest)))
        .order_by_asc(doctor::Column::Id)
        .into_tuple()
        .all(services.db().read())
        .await?;
    refresh(services, &settings, stale).await
}

/// Works out everybody's next free time, after bulk changes.
///
/// # Errors
/// When the database is away.
pub async fn refresh_all_next_free(services: &Services) -> Result<usize> {
    let settings = settings::load(services.db().read()).await?;
    let all = doctor::Entity::find()
        .select_only()
        .column(doctor::Column::Id)
        .order_by_asc(doctor::Column::Id)
        .into_tuple()
        .all(services.db().read())
        .await?;
    refresh(services, &settings, all).await
}

async fn refresh(services: &Services, settings: &Settings, doctors: Vec<i64>) -> Result<usize> {
    let count = doctors.len();
    for id in doctors {
        let doctor = DoctorId(id);
        let one = || async move {
            let tx = services.db().begin().await?;
            repo::lock_doctor(&tx, doctor).await?;
            store_next_free(&*tx, doctor, settings, services.now()).await?;
            tx.commit().await
        };
        services.db().retrying(one).await?;
    }
    Ok(count)
}

/// The statuses that hold their time, as they are stored.
pub(super) fn holding() -> Vec<&'static str> {
    AppointmentStatus::ALL.into_iter().filter(|s| s.holds_its_time()).map(AppointmentStatus::as_str).collect()
}
