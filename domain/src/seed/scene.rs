//! What is fixed before the first draw: the options, the moment, the clinic and its calendar.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time},
    tz::TimeZone,
};

use super::{SeedOptions, dice::Dice, essentials::Essentials};
use crate::{
    error::{Error, Result},
    settings::{BookingSettings, ClinicSettings, Settings},
    time::weekday_number,
};

/// Seconds.
pub(super) const MINUTE: i64 = 60;
/// Seconds.
pub(super) const HOUR: i64 = 60 * MINUTE;
/// Seconds.
pub(super) const DAY: i64 = 24 * HOUR;
/// Days before the horizon at which the calendar ends, so that visits moved within it were bookable.
const MARGIN: u32 = 30;

/// Everything that the draws depend on.
pub(super) struct Scene {
    pub seed: u64,
    /// At least one: the demo doctor.
    pub doctors: usize,
    /// At least two: the demo patients.
    pub patients: usize,
    /// Unix seconds.
    pub now: i64,
    pub today: Date,
    pub zone: TimeZone,
    pub clinic: ClinicSettings,
    pub booking: BookingSettings,
    pub essentials: Essentials,
    /// Readings that the first demo patient took at home.
    pub readings: u32,
    /// Days of the calendar before today.
    pub behind: i64,
    /// Days of the calendar after today.
    pub ahead: i64,
}

impl Scene {
    pub(super) fn new(options: &SeedOptions, now: Timestamp, settings: Settings, essentials: Essentials) -> Self {
        Self {
            seed: options.seed,
            doctors: options.doctors.max(1) as usize,
            patients: options.patients.max(2) as usize,
            now: now.as_second(),
            today: now.to_zoned(settings.zone.clone()).date(),
            readings: options.readings,
            behind: i64::from(options.days),
            ahead: i64::from(options.days.min(settings.booking.horizon_days.saturating_sub(MARGIN))),
            zone: settings.zone,
            clinic: settings.clinic,
            booking: settings.booking,
            essentials,
        }
    }

    pub(super) fn dice(&self, word: &str, number: usize) -> Dice {
        Dice::new(self.seed, word, number as u64)
    }

    /// The day so many days from today.
    pub(super) fn day(&self, offset: i64) -> Result<Date> {
        self.today.checked_add(offset.days()).map_err(|_| Error::field("days", "The calendar does not reach that far."))
    }

    /// The second at which a minute of a civil day begins; `None` where the clocks skip it.
    pub(super) fn second(&self, date: Date, minute: i32) -> Option<i64> {
        let hour = i8::try_from(minute / 60).ok()?;
        let time = Time::new(hour, i8::try_from(minute % 60).ok()?, 0, 0).ok()?;
        let zoned = self.zone.to_ambiguous_zoned(date.to_datetime(time)).compatible().ok()?;
        (zoned.time() == time).then(|| zoned.timestamp().as_second())
    }

    /// The second at which a civil day begins.
    pub(super) fn day_begins(&self, date: Date) -> Result<i64> {
        Ok(self.zone.to_ambiguous_zoned(date.to_datetime(Time::midnight())).compatible()?.timestamp().as_second())
    }

    /// Minutes between the starts of two slots: the grid, or as many grid steps as the longest visit with its buffer
    /// needs, so that neighbours never overlap.
    pub(super) fn step(&self) -> i32 {
        let grid = i32::try_from(self.booking.grid_minutes).unwrap_or(i32::MAX).max(5);
        let longest = [self.essentials.first_visit, self.essentials.follow_up]
            .iter()
            .map(|kind| kind.minutes.saturating_add(kind.buffer))
            .max()
            .unwrap_or(grid);
        grid.saturating_mul((longest.saturating_add(grid - 1) / grid).max(1))
    }

    /// The slots of a working day that no time off touches: minute of the day and second of their start, in order.
    pub(super) fn slots(&self, date: Date, hours: &[Period], off: &[TimeOff]) -> Vec<(i32, i64)> {
        let step = self.step();
        starts_on(date, hours, step)
            .filter_map(|minute| Some((minute, self.second(date, minute)?)))
            .filter(|&(_, from)| {
                let to = from + i64::from(step) * MINUTE;
                off.iter().all(|off| to <= off.from || off.to <= from)
            })
            .collect()
    }
}

/// Working time on a weekday, in minutes of the civil day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Period {
    /// Monday is 1.
    pub weekday: i32,
    pub starts: i32,
    /// Not included.
    pub ends: i32,
}

/// Time in which a doctor sees nobody, in seconds. The end is not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TimeOff {
    pub from: i64,
    pub to: i64,
    pub why: &'static str,
}

/// The minutes of the day at which slots start, time off aside.
pub(super) fn starts_on(date: Date, hours: &[Period], step: i32) -> impl Iterator<Item = i32> {
    let weekday = weekday_number(date.weekday());
    hours.iter().filter(move |period| period.weekday == weekday).flat_map(move |period| {
        let last = period.ends - step;
        (period.starts..=last).step_by(usize::try_from(step).unwrap_or(1).max(1))
    })
}
