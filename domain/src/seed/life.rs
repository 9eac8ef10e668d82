//! What happened to a visit up to now, step by step along the status machine.

use domain_types::appointments::{AppointmentStatus, VisitAction};
use jiff::ToSpan;

use super::{
    dice::Dice,
    scene::{DAY, HOUR, MINUTE, Scene},
    visits::{Fate, Visit},
};
use crate::error::Result;

/// Who took a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Patient,
    Doctor,
    /// The front desk, whose account is nobody's who tries the demo.
    Desk,
}

/// One line of the history. Instants are Unix seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub kind: &'static str,
    pub from: Option<AppointmentStatus>,
    pub to: AppointmentStatus,
    pub from_starts: Option<i64>,
    pub to_starts: i64,
    pub by: By,
    pub at: i64,
}

/// A visit's history and where it stands now.
pub(super) struct Life {
    pub status: AppointmentStatus,
    pub checked_in_at: Option<i64>,
    pub steps: Vec<Step>,
}

impl Life {
    pub(super) fn created(&self) -> (i64, By) {
        self.steps.first().map_or((0, By::Desk), |step| (step.at, step.by))
    }

    pub(super) fn last_step_at(&self) -> i64 {
        self.steps.last().map_or(0, |step| step.at)
    }

    fn take(&mut self, action: VisitAction, by: By, at: i64) {
        let Some(last) = self.steps.last() else { return };
        let Some(to) = self.status.after(action) else { return };
        let at = at.max(last.at);
        let step = Step {
            kind: to.as_str(),
            from: Some(self.status),
            to,
            from_starts: None,
            to_starts: last.to_starts,
            by,
            at,
        };
        if to == AppointmentStatus::CheckedIn {
            self.checked_in_at = Some(at);
        }
        self.status = to;
        self.steps.push(step);
    }
}

/// The life of a visit that lasts `minutes`. No step lies after now.
pub(super) fn live(scene: &Scene, visit: &Visit, minutes: i32, dice: &mut Dice) -> Result<Life> {
    let ends = visit.starts + i64::from(minutes) * MINUTE;
    let is_over = ends <= scene.now;
    let fate = fate(visit.fate, is_over, dice);
    let mut life = booked(scene, visit, fate, dice)?;
    // The last moment for calling off or confirming: before the visit's own day, and not in the future.
    let deadline = scene.now.min(visit.starts - 25 * HOUR);
    if fate == Fate::Cancelled {
        let after = life.last_step_at() + HOUR;
        if after < deadline {
            let by = if dice.percent(85) { By::Patient } else { By::Desk };
            life.take(VisitAction::Cancel, by, dice.between(after, deadline));
            return Ok(life);
        }
    }
    confirm(scene, visit, deadline, &mut life, dice);
    if fate == Fate::Missed && is_over {
        life.take(VisitAction::NoShow, By::Doctor, visit.starts + dice.between(15, 25) * MINUTE);
    } else {
        attend(scene, visit, ends, &mut life, dice);
    }
    Ok(life)
}

fn fate(planned: Fate, is_over: bool, dice: &mut Dice) -> Fate {
    match (planned, dice.below(100)) {
        (Fate::Open, 0..7) => Fate::Cancelled,
        (Fate::Open, 7..11) if is_over => Fate::Missed,
        (Fate::Open, _) => Fate::Attended,
        (fate, _) => fate,
    }
}

/// The booking, some days before, at an hour when people are awake; now and then another time was booked first.
fn booked(scene: &Scene, visit: &Visit, fate: Fate, dice: &mut Dice) -> Result<Life> {
    let awake = dice.between(7 * HOUR, 22 * HOUR);
    let at = if visit.date <= scene.today {
        let shortest = if fate == Fate::Cancelled { 3 } else { 1 };
        scene.day_begins(visit.date)? - dice.between(shortest, 28) * DAY + awake
    } else {
        let latest = scene.now.min(visit.starts - 2 * HOUR);
        let mut at = scene.day_begins(scene.today)? - dice.between(0, 20) * DAY + awake;
        while at > latest {
            at -= DAY;
        }
        at
    };
    let by = if dice.percent(85) { By::Patient } else { By::Desk };
    let status = AppointmentStatus::Scheduled;
    let moved = if fate == Fate::Attended && dice.percent(4) { earlier_choice(scene, visit, at, dice)? } else { None };
    let first_choice = moved.map_or(visit.starts, |(starts, _)| starts);
    let book = Step { kind: "booked", from: None, to: status, from_starts: None, to_starts: first_choice, by, at };
    let mut steps = vec![book];
    if let Some((from, at)) = moved {
        steps.push(Step {
            kind: "moved",
            from: Some(status),
            to: status,
            from_starts: Some(from),
            to_starts: visit.starts,
            by,
            at,
        });
    }
    Ok(Life { status, checked_in_at: None, steps })
}

/// The same time a week later, which had been booked first, and when it was given up for the visit's real time.
fn earlier_choice(scene: &Scene, visit: &Visit, booked: i64, dice: &mut Dice) -> Result<Option<(i64, i64)>> {
    let week_later = visit.date.checked_add(7.days())?;
    let latest = scene.now.min(visit.starts - 2 * HOUR);
    let from = booked + 20 * MINUTE;
    Ok(scene
        .second(week_later, visit.minute)
        .filter(|_| from < latest)
        .map(|starts| (starts, dice.between(from, latest.min(booked + 5 * HOUR)))))
}

/// The clinic confirms most visits of the next days and fewer of those further off, in office hours where it can.
fn confirm(scene: &Scene, visit: &Visit, deadline: i64, life: &mut Life, dice: &mut Dice) {
    let soon = visit.starts - scene.now < 4 * DAY;
    let from = life.last_step_at() + 30 * MINUTE;
    if from >= deadline || !dice.percent(if soon { 78 } else { 35 }) {
        return;
    }
    let at = dice.between(from, deadline.min(from + 4 * DAY));
    let midnight = visit.starts - i64::from(visit.minute) * MINUTE;
    let second_of_day = (at - midnight).rem_euclid(DAY);
    let in_office_hours = if (8 * HOUR..18 * HOUR).contains(&second_of_day) {
        at
    } else {
        at - second_of_day + 9 * HOUR + dice.between(0, 3 * HOUR)
    };
    let at = if (from..=deadline).contains(&in_office_hours) { in_office_hours } else { at };
    let by = if dice.percent(60) { By::Desk } else { By::Doctor };
    life.take(VisitAction::Confirm, by, at);
}

/// Arriving, starting and finishing, as far as the clock has come.
fn attend(scene: &Scene, visit: &Visit, ends: i64, life: &mut Life, dice: &mut Dice) {
    let arrives = visit.starts - dice.between(3 * MINUTE, 24 * MINUTE);
    let starts = visit.starts + dice.between(0, 5 * MINUTE);
    let finishes = dice.between((ends - 9 * MINUTE).max(starts), ends - 1);
    if arrives > scene.now {
        return;
    }
    life.take(VisitAction::CheckIn, By::Desk, arrives);
    if starts > scene.now {
        return;
    }
    life.take(VisitAction::Start, By::Doctor, starts);
    if finishes <= scene.now {
        life.take(VisitAction::Complete, By::Doctor, finishes);
    }
}
