//! A time that somebody chose from the grid, found again in it.

use domain_types::{Problem, appointments::SlotGrid};
use leptos::prelude::*;

use crate::{
    address::with_query,
    components::{Alert, LinkButton, Tone, Variant},
};

/// What is known of the chosen time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ChosenSlot {
    /// "Tuesday 1 December"
    pub day: String,
    pub is_free: bool,
    /// Whether a visit at this time could still be changed online.
    pub may_change_online: bool,
}

/// Finds the time in the grid. `None` when the doctor has no such time.
pub(super) fn find_slot(grid: &SlotGrid, date: &str, time: &str) -> Option<ChosenSlot> {
    let day = grid.days.iter().find(|day| day.date == date)?;
    let slot = day.slots.iter().find(|slot| slot.time == time)?;
    let may_change_online = grid.may_change_online(date, time);
    Some(ChosenSlot { day: day.label.clone(), is_free: slot.available, may_change_online })
}

/// "Tuesday 1 December, 09:30" when the day is in the grid, otherwise the day as the service wrote it.
fn slot_words(grid: &SlotGrid, date: &str, time: &str) -> String {
    let day = grid.days.iter().find(|day| day.date == date).map_or(date, |day| day.label.as_str());
    format!("{day}, {time}")
}

/// The free times nearest to one that was refused, as links. `base` may have a query already.
#[component]
pub(super) fn NearestTimes(problem: Problem, grid: SlotGrid, base: String) -> impl IntoView {
    let links = problem
        .nearest_slots
        .into_iter()
        .map(|slot| {
            let href = with_query(&base, &[("date", &slot.date), ("time", &slot.time)]);
            let words = slot_words(&grid, &slot.date, &slot.time);
            view! { <li><LinkButton href variant=Variant::Secondary>{words}</LinkButton></li> }
        })
        .collect::<Vec<_>>();
    (!links.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="nearest-times">
                <h2 class="card-title" id="nearest-times">"The nearest free times"</h2>
                <ul class="row">{links}</ul>
            </section>
        }
    })
}

/// A time that cannot be chosen: taken meanwhile, or never one of the doctor's.
#[component]
pub(super) fn NotFree(
    /// What the grid said of it.
    found: Option<ChosenSlot>,
    /// The grid with the other times.
    times: String,
) -> impl IntoView {
    let (title, sentence) = match found {
        Some(_) => ("This time is no longer free", "If you have just booked it, it is among your appointments."),
        None => ("This time cannot be chosen", "It has passed, or the doctor has no visits then."),
    };
    view! {
        <div class="stack">
            <Alert tone=Tone::Warning title=title><p>{sentence}</p></Alert>
            <div class="row">
                <LinkButton href=times>"See the free times"</LinkButton>
                <LinkButton href="/appointments" variant=Variant::Secondary>"Your appointments"</LinkButton>
            </div>
        </div>
    }
}

/// Said before somebody commits to a time that they cannot change online any more.
#[component]
pub(super) fn TooLateToChange(chosen: ChosenSlot, hours: u32) -> impl IntoView {
    (!chosen.may_change_online).then(|| {
        view! {
            <Alert tone=Tone::Warning title=format!("This is in less than {hours} hours")>
                <p>"You will not be able to move or cancel it online. If something comes up, please call the clinic."</p>
            </Alert>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain_types::{
        DoctorId,
        appointments::{SlotDay, SlotView},
    };

    fn grid() -> SlotGrid {
        let slots = vec![
            SlotView { time: "09:00".into(), available: true },
            SlotView { time: "09:30".into(), available: false },
        ];
        let day = SlotDay {
            date: "2026-12-01".into(),
            weekday: "Tue".into(),
            short: "1 Dec".into(),
            label: "Tuesday 1 December".into(),
            slots,
        };
        SlotGrid {
            doctor: DoctorId(3),
            days: vec![day],
            earlier: None,
            later: None,
            zone: "Europe/Dublin".into(),
            changeable_from: "2026-11-30T08:00".into(),
        }
    }

    #[test]
    fn a_time_is_free_taken_or_none_of_the_doctors() {
        let found = |time| find_slot(&grid(), "2026-12-01", time).map(|slot| slot.is_free);
        assert_eq!((found("09:00"), found("09:30"), found("03:07")), (Some(true), Some(false), None));
        assert_eq!(find_slot(&grid(), "2026-12-02", "09:00"), None);
    }

    #[test]
    fn times_outside_the_grid_keep_the_day_that_was_given() {
        assert_eq!(slot_words(&grid(), "2026-12-01", "09:00"), "Tuesday 1 December, 09:00");
        assert_eq!(slot_words(&grid(), "2026-11-30", "16:00"), "2026-11-30, 16:00");
    }
}
