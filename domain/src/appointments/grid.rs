//! Slots, computed. Pure: hours, time off and visits go in, slots come out.

use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::{Date, Time},
    tz::{AmbiguousOffset, TimeZone},
};

use crate::time::{minute_of_day, weekday_number};

/// Working time on a weekday, in minutes of the civil day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    /// Monday is 1.
    pub weekday: i32,
    pub starts: i32,
    /// Not included; 1440 is midnight.
    pub ends: i32,
}

/// Time that is taken, by a visit with its buffer or by time off. The end is not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Busy {
    pub from: Timestamp,
    pub to: Timestamp,
}

impl Busy {
    pub(crate) fn overlaps(self, from: Timestamp, to: Timestamp) -> bool {
        self.from < to && from < self.to
    }
}

/// What applies to all slots of a grid.
#[derive(Clone, Debug)]
pub(crate) struct GridRules {
    pub zone: TimeZone,
    /// Between the starts of two slots.
    pub step_minutes: i32,
    pub duration: SignedDuration,
    pub buffer: SignedDuration,
    /// Nothing can be booked that starts before.
    pub earliest: Timestamp,
    /// The last day that can be booked.
    pub last_day: Date,
}

/// Whether a slot can be booked, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SlotState {
    Free,
    Taken,
    TooSoon,
    TooFar,
}

/// One place on the grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    pub date: Date,
    pub time: Time,
    pub starts: Timestamp,
    pub ends: Timestamp,
    /// The end with the buffer.
    pub blocks_until: Timestamp,
    pub state: SlotState,
}

impl Slot {
    pub(crate) fn is_free(&self) -> bool {
        self.state == SlotState::Free
    }
}

/// The slots of a day in the order of their start.
///
/// A civil time that the clocks skip has no slot; one that they repeat means the first of the two. A slot belongs to a
/// period when it ends, in real time, by the period's end.
pub(crate) fn day_slots(date: Date, periods: &[Period], busy: &[Busy], rules: &GridRules) -> Vec<Slot> {
    let weekday = weekday_number(date.weekday());
    let mut slots = Vec::new();
    for period in periods.iter().filter(|period| period.weekday == weekday) {
        let Some(period_end) = instant_at(&rules.zone, date, period.ends) else { continue };
        let mut minute = period.starts;
        while minute < period.ends {
            if let Some(slot) = slot_at(date, minute, period_end, busy, rules) {
                slots.push(slot);
            }
            minute += rules.step_minutes.max(1);
        }
    }
    slots.sort_by_key(|slot| slot.starts);
    slots.dedup_by_key(|slot| slot.starts);
    slots
}

fn slot_at(date: Date, minute: i32, period_end: Timestamp, busy: &[Busy], rules: &GridRules) -> Option<Slot> {
    let time = civil_time(minute)?;
    let starts = existing_instant(&rules.zone, date, time)?;
    let ends = starts + rules.duration;
    if ends > period_end {
        return None;
    }
    let blocks_until = ends + rules.buffer;
    let state = if starts < rules.earliest {
        SlotState::TooSoon
    } else if date > rules.last_day {
        SlotState::TooFar
    } else if busy.iter().any(|busy| busy.overlaps(starts, blocks_until)) {
        SlotState::Taken
    } else {
        SlotState::Free
    };
    Some(Slot { date, time, starts, ends, blocks_until, state })
}

/// Whether a civil time lies inside one of the day's periods, on the grid or not.
pub(crate) fn is_inside_hours(date: Date, time: Time, periods: &[Period]) -> bool {
    let minute = minute_of_day(time);
    let weekday = weekday_number(date.weekday());
    periods.iter().any(|period| period.weekday == weekday && (period.starts..period.ends).contains(&minute))
}

/// The instant of a civil time that exists on that day: the first of the two where the clocks go back, none where they
/// skip it.
pub(crate) fn existing_instant(zone: &TimeZone, date: Date, time: Time) -> Option<Timestamp> {
    let ambiguous = zone.to_ambiguous_timestamp(date.to_datetime(time));
    match ambiguous.offset() {
        AmbiguousOffset::Gap { .. } => None,
        AmbiguousOffset::Unambiguous { .. } | AmbiguousOffset::Fold { .. } => ambiguous.earlier().ok(),
    }
}

/// The instant of a minute of the day, 1440 being the next midnight; where the clocks skip it, the moment after.
fn instant_at(zone: &TimeZone, date: Date, minute: i32) -> Option<Timestamp> {
    let (date, time) =
        if minute >= 1_440 { (date.tomorrow().ok()?, Time::midnight()) } else { (date, civil_time(minute)?) };
    zone.to_ambiguous_timestamp(date.to_datetime(time)).compatible().ok()
}

fn civil_time(minute: i32) -> Option<Time> {
    let hour = i8::try_from(minute / 60).ok()?;
    Time::new(hour, i8::try_from(minute % 60).ok()?, 0, 0).ok()
}

/// The first and the last instant of a run of days, the latter not included.
pub(crate) fn bounds(zone: &TimeZone, from: Date, days: u32) -> Option<(Timestamp, Timestamp)> {
    let to = from.checked_add(i64::from(days).days()).ok()?;
    Some((instant_at(zone, from, 0)?, instant_at(zone, to, 0)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};
    use proptest::prelude::*;

    fn dublin() -> TimeZone {
        TimeZone::get("Europe/Dublin").unwrap()
    }

    fn rules(zone: TimeZone, step: i32, minutes: i64, buffer: i64) -> GridRules {
        GridRules {
            zone,
            step_minutes: step,
            duration: SignedDuration::from_mins(minutes),
            buffer: SignedDuration::from_mins(buffer),
            earliest: Timestamp::MIN,
            last_day: Date::MAX,
        }
    }

    fn every_day(starts: i32, ends: i32) -> Vec<Period> {
        (1..=7).map(|weekday| Period { weekday, starts, ends }).collect()
    }

    fn times(slots: &[Slot]) -> Vec<String> {
        slots.iter().map(|slot| slot.time.strftime("%H:%M").to_string()).collect()
    }

    #[test]
    fn a_morning_has_its_slots_and_none_reaches_past_the_end() {
        let periods = [Period { weekday: 2, starts: 9 * 60, ends: 10 * 60 + 45 }];
        let slots = day_slots(date(2026, 12, 1), &periods, &[], &rules(dublin(), 30, 30, 0));
        assert_eq!(times(&slots), ["09:00", "09:30", "10:00"]);
        assert!(day_slots(date(2026, 12, 2), &periods, &[], &rules(dublin(), 30, 30, 0)).is_empty());
    }

    #[test]
    fn a_visit_takes_its_time_and_its_buffer_and_touching_is_not_overlapping() {
        let periods = every_day(9 * 60, 12 * 60);
        let visit = Busy { from: "2026-12-01T10:00:00Z".parse().unwrap(), to: "2026-12-01T10:30:00Z".parse().unwrap() };
        let free = |buffer| {
            let slots = day_slots(date(2026, 12, 1), &periods, &[visit], &rules(dublin(), 30, 30, buffer));
            times(&slots.into_iter().filter(Slot::is_free).collect::<Vec<_>>())
        };
        assert_eq!(free(0), ["09:00", "09:30", "10:30", "11:00", "11:30"]);
        assert_eq!(free(10), ["09:00", "10:30", "11:00", "11:30"]);
    }

    #[test]
    fn the_hour_that_spring_skips_has_no_slots() {
        // Ireland: at 01:00 on 28 March 2027 the clocks go to 02:00.
        let slots = day_slots(date(2027, 3, 28), &every_day(0, 4 * 60), &[], &rules(dublin(), 30, 30, 0));
        assert_eq!(times(&slots), ["00:00", "00:30", "02:00", "02:30", "03:00", "03:30"]);
    }

    #[test]
    fn the_hour_that_autumn_repeats_is_offered_once() {
        // Ireland: at 02:00 on 31 October 2027 the clocks go back to 01:00.
        let slots = day_slots(date(2027, 10, 31), &every_day(0, 3 * 60), &[], &rules(dublin(), 30, 30, 0));
        assert_eq!(times(&slots), ["00:00", "00:30", "01:00", "01:30", "02:00", "02:30"]);
        assert_eq!(slots[2].starts.to_string(), "2027-10-31T00:00:00Z");
        assert_eq!(slots[4].starts.to_string(), "2027-10-31T02:00:00Z");
    }

    #[test]
    fn hours_that_end_at_midnight_end_at_midnight() {
        let slots = day_slots(date(2026, 12, 1), &every_day(23 * 60, 1_440), &[], &rules(dublin(), 30, 30, 0));
        assert_eq!(times(&slots), ["23:00", "23:30"]);
    }

    #[test]
    fn too_soon_and_too_far_are_told_apart_from_taken() {
        let mut rules = rules(dublin(), 30, 30, 0);
        rules.earliest = "2026-12-01T09:30:00Z".parse().unwrap();
        rules.last_day = date(2026, 12, 1);
        let states: Vec<_> =
            day_slots(date(2026, 12, 1), &every_day(540, 630), &[], &rules).iter().map(|s| s.state).collect();
        assert_eq!(states, [SlotState::TooSoon, SlotState::Free, SlotState::Free]);
        assert_eq!(day_slots(date(2026, 12, 2), &every_day(540, 570), &[], &rules)[0].state, SlotState::TooFar);
    }

    #[test]
    fn inside_hours_does_not_mean_on_the_grid() {
        assert!(is_inside_hours(date(2026, 12, 1), time(9, 7, 0, 0), &every_day(540, 600)));
        assert!(!is_inside_hours(date(2026, 12, 1), time(10, 0, 0, 0), &every_day(540, 600)));
    }

    proptest! {
        /// Whatever the zone, the hours and the day, and above all where clocks change: slots do not overlap, last as
        /// long as they should, have distinct civil times on that very day, and free ones touch nothing that is busy.
        #[test]
        fn slots_never_overlap_and_free_ones_are_free(
            zone in prop::sample::select(vec![
                "Europe/Dublin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns",
                "Africa/Casablanca", "America/Santiago", "Pacific/Apia",
            ]),
            day in 0_i32..3_000,
            starts in 0_i32..1_400,
            length in 1_i32..1_440,
            step in prop::sample::select(vec![5, 10, 15, 20, 30, 45, 60]),
            minutes in prop::sample::select(vec![10_i64, 15, 20, 30, 45, 60, 90]),
            buffer in 0_i64..20,
            busy in prop::collection::vec((0_i64..86_400, 60_i64..7_200), 0..6),
        ) {
            prop_assume!(minutes <= i64::from(step));
            let zone = TimeZone::get(zone).unwrap();
            let day = date(2020, 1, 1).checked_add(day.days()).unwrap();
            let rules = rules(zone.clone(), step, minutes, buffer);
            let midnight = instant_at(&zone, day, 0).unwrap();
            let busy: Vec<Busy> = busy.into_iter().map(|(at, long)| {
                let from = midnight + SignedDuration::from_secs(at);
                Busy { from, to: from + SignedDuration::from_secs(long) }
            }).collect();
            let slots = day_slots(day, &every_day(starts, (starts + length).min(1_440)), &busy, &rules);
            for pair in slots.windows(2) {
                prop_assert!(pair[0].ends <= pair[1].starts, "{pair:?}");
                prop_assert!(pair[0].time < pair[1].time, "{pair:?}");
            }
            for slot in &slots {
                let local = slot.starts.to_zoned(zone.clone());
                prop_assert_eq!((local.date(), local.time()), (slot.date, slot.time));
                prop_assert_eq!(slot.ends.duration_since(slot.starts), rules.duration);
                if slot.is_free() {
                    prop_assert!(busy.iter().all(|b| b.to <= slot.starts || slot.blocks_until <= b.from));
                }
            }
        }
    }
}
