//! Who sees whom and when: the calendar is walked slot by slot, so that no slot is given twice.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::{
    cases::{self, Case, GROWN_UP},
    demo,
    dice::{Dice, mix},
    doctors::Doctor,
    essentials::SPECIALTIES,
    people::Patient,
    scene::{Scene, starts_on},
};
use crate::error::Result;

/// Visits of a patient within sixty days on either side of today, on average.
const VISITS_PER_PATIENT: f64 = 10.0;
/// No day is fuller than this.
const FULLEST: f64 = 0.92;

/// What is to become of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Chance decides.
    Open,
    Attended,
    Cancelled,
    Missed,
}

/// A slot that was given away.
pub(super) struct Visit {
    /// Place among the doctors.
    pub doctor: usize,
    /// Place among the patients.
    pub patient: usize,
    pub date: Date,
    /// Minute of the civil day.
    pub minute: i32,
    /// Unix seconds.
    pub starts: i64,
    pub case: &'static Case,
    /// How often this patient was seen for this before: 0 at the first visit.
    pub seen_before: u32,
    pub fate: Fate,
}

impl Visit {
    pub(super) const fn is_follow_up(&self) -> bool {
        self.seen_before > 0
    }
}

/// What is given away already.
#[derive(Default)]
pub(super) struct Taken {
    /// Doctor and start, for visits that were placed before the calendar is walked.
    pub slots: HashSet<(usize, i64)>,
    /// Patient and day (counted from today): nobody comes twice on one day, so no patient's visits overlap.
    pub days: HashSet<(usize, i64)>,
}

/// All visits: those of the demo patients first, then doctor by doctor in the order of time.
pub(super) fn draw(scene: &Scene, doctors: &[Doctor], patients: &[Patient]) -> Result<Vec<Visit>> {
    let mut taken = Taken::default();
    let mut visits = demo::visits(scene, doctors, &mut taken)?;
    let panels = panels(scene, doctors, patients);
    let days: Vec<(i64, Date)> =
        (-scene.behind..=scene.ahead).map(|offset| Ok((offset, scene.day(offset)?))).collect::<Result<_>>()?;
    let demand: Vec<Demand> = (0..doctors.len()).map(|place| Demand::draw(scene, place)).collect();
    let share = share(scene, doctors, &demand, &days);
    for (place, doctor) in doctors.iter().enumerate() {
        let mut dice = scene.dice("calendar", place);
        let mut seen = HashMap::new();
        for &(offset, date) in &days {
            let full = demand[place].fullness(offset, share);
            for (minute, starts) in scene.slots(date, &doctor.hours, &doctor.off) {
                if !dice.likely(full) || taken.slots.contains(&(place, starts)) {
                    continue;
                }
                let Some(patient) = whom(&panels[place], offset, &seen, &mut taken, &mut dice) else { continue };
                // Some come for the first time within this calendar, but not for the first time.
                let seen_before = seen.get(&patient).map_or(u32::from(dice.percent(30)), |seen| seen.times);
                seen.insert(patient, Seen { last: offset, times: seen_before + 1 });
                let case = case(scene, doctor, place, &patients[patient], patient);
                visits.push(Visit {
                    doctor: place,
                    patient,
                    date,
                    minute,
                    starts,
                    case,
                    seen_before,
                    fate: Fate::Open,
                });
            }
        }
    }
    Ok(visits)
}

/// When and how often a doctor has seen a patient.
struct Seen {
    /// Counted from today.
    last: i64,
    times: u32,
}

/// How busy a doctor is.
struct Demand {
    /// Compared with the others.
    popularity: f64,
    /// Days, from today, that are nearly booked out.
    booked_out: i64,
    /// The demo doctor's days do not depend on how many patients the clinic has.
    is_demo: bool,
}

impl Demand {
    fn draw(scene: &Scene, place: usize) -> Self {
        let mut dice = scene.dice("demand", place);
        let popularity = dice.between(50, 150) as f64 / 100.0;
        let booked_out = if place > 0 && dice.percent(40) { dice.between(1, 8) } else { 0 };
        Self { popularity, booked_out, is_demo: place == 0 }
    }

    /// The probability that a slot on this day is taken.
    fn fullness(&self, offset: i64, share: f64) -> f64 {
        match offset {
            _ if self.is_demo => 0.8 * weight(offset),
            0.. if offset < self.booked_out => 0.97,
            _ => (self.popularity * weight(offset) * share).min(FULLEST),
        }
    }
}

/// How full a day is compared with today: the past was a little quieter, and few people book far ahead.
fn weight(offset: i64) -> f64 {
    match offset {
        ..0 => 0.75,
        0..=2 => 1.0,
        3..=30 => 1.0 - (offset - 2) as f64 * 0.03,
        _ => 0.12,
    }
}

/// The factor that brings the number of visits in line with the number of patients.
fn share(scene: &Scene, doctors: &[Doctor], demand: &[Demand], days: &[(i64, Date)]) -> f64 {
    let wanted = scene.patients as f64 * VISITS_PER_PATIENT * scene.behind as f64 / 60.0;
    let weighted: f64 = doctors
        .iter()
        .zip(demand)
        .filter(|(_, demand)| !demand.is_demo)
        .map(|(doctor, demand)| {
            let day = |&(offset, date): &(i64, Date)| {
                weight(offset) * starts_on(date, &doctor.hours, scene.step()).count() as f64
            };
            demand.popularity * days.iter().map(day).sum::<f64>()
        })
        .sum();
    if weighted > 0.0 { wanted / weighted } else { 0.0 }
}

/// Which patients go to which doctor: children to a pediatrician; everybody else to a general practitioner and to two
/// specialists, and every second one also to the demo doctor.
fn panels(scene: &Scene, doctors: &[Doctor], patients: &[Patient]) -> Vec<Vec<usize>> {
    let of = |wanted: &dyn Fn(&str) -> bool| -> Vec<usize> {
        let code = |place: usize| SPECIALTIES[doctors[place].specialty].code;
        (0..doctors.len()).filter(|&place| wanted(code(place))).collect()
    };
    let for_children = of(&|code| code == "pediatrics");
    let practitioners = of(&|code| code == "general");
    let specialists = of(&|code| code != "pediatrics" && code != "general");
    let mut panels = vec![Vec::new(); doctors.len()];
    let known = demo::patients();
    for (patient, row) in patients.iter().enumerate().filter(|(patient, _)| !known.contains(patient)) {
        let mut dice = scene.dice("panel", patient);
        let mut chosen: Vec<usize> = if row.age < GROWN_UP {
            dice.choose(&for_children).copied().into_iter().collect()
        } else {
            let mut chosen: Vec<usize> = dice.choose(&practitioners).copied().into_iter().collect();
            chosen.extend((0..2).filter_map(|_| dice.choose(&specialists).copied()));
            chosen.extend(dice.percent(50).then_some(0));
            chosen
        };
        chosen.sort_unstable();
        chosen.dedup();
        for place in chosen {
            panels[place].push(patient);
        }
    }
    panels
}

/// Somebody of the panel who does not come on that day already, preferably not seen for some weeks.
fn whom(
    panel: &[usize],
    offset: i64,
    seen: &HashMap<usize, Seen>,
    taken: &mut Taken,
    dice: &mut Dice,
) -> Option<usize> {
    [60, 45, 30, 21, 14, 7, 7, 2].into_iter().find_map(|pause| {
        let patient = *dice.choose(panel)?;
        let rested = seen.get(&patient).is_none_or(|seen| offset - seen.last >= pause);
        (rested && taken.days.insert((patient, offset))).then_some(patient)
    })
}

/// What brings a patient to a doctor: the same complaint at every visit.
fn case(scene: &Scene, doctor: &Doctor, place: usize, row: &Patient, patient: usize) -> &'static Case {
    let all = cases::of(SPECIALTIES[doctor.specialty].code);
    let fitting = all.iter().filter(|case| case.fits(row.age)).count().max(1);
    let draw = mix(scene.seed ^ mix(place as u64) ^ mix(patient as u64 + 1_000_003));
    let chosen = usize::try_from(draw % fitting as u64).unwrap_or_default();
    all.iter().filter(|case| case.fits(row.age)).nth(chosen).unwrap_or(&all[0])
}
