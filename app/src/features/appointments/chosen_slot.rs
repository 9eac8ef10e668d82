//! A time that somebody chose from the grid: what else there is when it is gone, and what it binds them to.

use domain_types::{
    Problem,
    appointments::{SlotChoice, SlotGrid},
};
use leptos::prelude::*;

use crate::{
    address::with_query,
    components::{Alert, LinkButton, PhoneLink, Tone, Variant},
};

/// What somebody commits to with the chosen time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ChosenSlot {
    /// Whether a visit at this time could still be changed online.
    may_change_online: bool,
}

impl ChosenSlot {
    /// `None` when what was written is no time.
    pub(super) fn of(choice: &SlotChoice) -> Option<Self> {
        choice.when.as_ref().map(|_| Self { may_change_online: choice.may_change_online })
    }
}

/// Whether the grid knows the time and shows it as taken. Times that lie outside the grid may well be free.
fn is_taken(grid: &SlotGrid, date: &str, time: &str) -> bool {
    let day = grid.days.iter().find(|day| day.date == date);
    day.and_then(|day| day.slots.iter().find(|slot| slot.time == time)).is_some_and(|slot| !slot.available)
}

/// The free times nearest to one that was refused, as links. `base` may have a query already. A time that the grid
/// knows to be taken meanwhile is left out.
#[component]
pub(super) fn NearestTimes(problem: Problem, grid: SlotGrid, base: String) -> impl IntoView {
    let links = problem
        .nearest_slots
        .into_iter()
        .filter(|slot| !is_taken(&grid, &slot.date, &slot.time))
        .map(|slot| {
            let href = with_query(&base, &[("date", &slot.date), ("time", &slot.time)]);
            view! { <li><LinkButton href variant=Variant::Secondary>{slot.label}</LinkButton></li> }
        })
        .collect::<Vec<_>>();
    let zone = grid.zone;
    (!links.is_empty()).then(|| {
        view! {
            <section class="stack" data-times="" aria-labelledby="nearest-times">
                <h2 class="card-title" id="nearest-times">"The nearest free times"</h2>
                <p class="text-muted">"All times in " {zone}</p>
                <ul class="row">{links}</ul>
            </section>
        }
    })
}

/// Said before somebody commits to a time that they cannot change online any more.
#[component]
pub(super) fn TooLateToChange(
    chosen: ChosenSlot,
    hours: u32,
    /// The clinic's number.
    #[prop(optional, into)]
    phone: Option<String>,
) -> impl IntoView {
    (!chosen.may_change_online).then(move || {
        let call = phone.map(|number| view! { ": " <PhoneLink number/> });
        view! {
            <Alert tone=Tone::Warning title=format!("This appointment starts in less than {hours} hours")>
                <p>
                    "You will not be able to move or cancel it online. If something comes up, please call the clinic"
                    {call} "."
                </p>
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
    fn a_time_is_taken_when_the_grid_says_so() {
        let taken = |date, time| is_taken(&grid(), date, time);
        assert!(taken("2026-12-01", "09:30"));
        assert!(!taken("2026-12-01", "09:00") && !taken("2026-12-01", "03:07") && !taken("2026-12-02", "09:30"));
    }
}
