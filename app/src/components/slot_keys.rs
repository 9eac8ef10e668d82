//! Where the arrow keys lead in a grid of times.

use domain_types::appointments::SlotGrid;

/// A time of the grid: index of its day, index within the day.
pub(super) type Place = (usize, usize);

/// The first free time, which is where the keyboard enters the grid.
pub(super) fn first_free(grid: &SlotGrid) -> Option<Place> {
    (0..grid.days.len()).find_map(|day| free(grid, day).next().map(|slot| (day, slot)))
}

/// The place of a time of a day, if it is free.
pub(super) fn find(grid: &SlotGrid, day: usize, time: &str) -> Option<Place> {
    free(grid, day).find(|&slot| grid.days[day].slots[slot].time == time).map(|slot| (day, slot))
}

/// Where `key` leads from a free time. Up and down stay in the day, left and right go to the nearest time of the next
/// day that has any, Home and End to the day's first and last.
pub(super) fn step(grid: &SlotGrid, (day, slot): Place, key: &str) -> Option<Place> {
    match key {
        "ArrowUp" => free(grid, day).filter(|&other| other < slot).last().map(|other| (day, other)),
        "ArrowDown" => free(grid, day).find(|&other| other > slot).map(|other| (day, other)),
        "ArrowLeft" => (0..day).rev().find_map(|other| nearest(grid, other, (day, slot))),
        "ArrowRight" => (day + 1..grid.days.len()).find_map(|other| nearest(grid, other, (day, slot))),
        "Home" => free(grid, day).next().map(|other| (day, other)),
        "End" => free(grid, day).last().map(|other| (day, other)),
        _ => None,
    }
}

fn free(grid: &SlotGrid, day: usize) -> impl Iterator<Item = usize> {
    let slots = grid.days.get(day).map(|day| day.slots.as_slice()).unwrap_or_default();
    slots.iter().enumerate().filter(|(_, slot)| slot.available).map(|(index, _)| index)
}

/// The free time of `day` at the same hour as `place`, or the last one before it, or the first one at all.
fn nearest(grid: &SlotGrid, day: usize, place: Place) -> Option<Place> {
    let wanted = &grid.days[place.0].slots[place.1].time;
    let slots = &grid.days[day].slots;
    let before = free(grid, day).filter(|&slot| slots[slot].time <= *wanted).last();
    before.or_else(|| free(grid, day).next()).map(|slot| (day, slot))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain_types::{
        DoctorId,
        appointments::{SlotDay, SlotView},
    };

    /// Days as texts: a time is free unless it is followed by `x`.
    fn grid(days: &[&[&str]]) -> SlotGrid {
        let days = days.iter().map(|times| SlotDay {
            date: String::new(),
            weekday: String::new(),
            short: String::new(),
            label: String::new(),
            slots: times
                .iter()
                .map(|t| SlotView { time: t.trim_end_matches('x').into(), available: !t.ends_with('x') })
                .collect(),
        });
        SlotGrid {
            doctor: DoctorId(1),
            days: days.collect(),
            earlier: None,
            later: None,
            zone: String::new(),
            changeable_from: String::new(),
        }
    }

    #[test]
    fn the_keyboard_enters_at_the_first_free_time() {
        assert_eq!(first_free(&grid(&[&[], &["09:00x", "09:30"]])), Some((1, 1)));
        assert_eq!(first_free(&grid(&[&["09:00x"]])), None);
    }

    #[test]
    fn up_and_down_pass_over_taken_times_and_stop_at_the_ends() {
        let grid = grid(&[&["09:00", "09:30x", "10:00"]]);
        assert_eq!(step(&grid, (0, 0), "ArrowDown"), Some((0, 2)));
        assert_eq!(step(&grid, (0, 2), "ArrowUp"), Some((0, 0)));
        assert_eq!(step(&grid, (0, 2), "ArrowDown"), None);
        assert_eq!(step(&grid, (0, 0), "End"), Some((0, 2)));
    }

    #[test]
    fn left_and_right_keep_the_hour_and_pass_over_empty_days() {
        let grid = grid(&[&["09:00", "09:30", "10:00"], &[], &["08:00", "09:00", "09:30x"], &["11:00"]]);
        assert_eq!(step(&grid, (0, 1), "ArrowRight"), Some((2, 1)));
        assert_eq!(step(&grid, (2, 0), "ArrowRight"), Some((3, 0)));
        assert_eq!(step(&grid, (3, 0), "ArrowLeft"), Some((2, 1)));
        assert_eq!(step(&grid, (0, 0), "ArrowLeft"), None);
        assert_eq!(step(&grid, (0, 0), "Enter"), None);
    }

    #[test]
    fn a_taken_time_is_no_place_to_stand_on() {
        let grid = grid(&[&["09:00", "09:30x"]]);
        assert_eq!(find(&grid, 0, "09:00"), Some((0, 0)));
        assert_eq!(find(&grid, 0, "09:30"), None);
        assert_eq!(find(&grid, 7, "09:00"), None);
    }
}
