//! The doctors: who they are, when they work and when they are away.

use domain_types::auth::Role;
use entity::{doctor, time_off, user, working_hours};
use jiff::civil::Date;

use super::{
    demo,
    dice::Dice,
    essentials::SPECIALTIES,
    names::{Name, Usernames, plain},
    people::{Account, account, from_seconds},
    scene::{DAY, Period, Scene, TimeOff},
};
use crate::{error::Result, people, time::weekday_number};

/// A doctor with the week they work.
pub(super) struct Doctor {
    pub user: user::Model,
    pub row: doctor::Model,
    /// Index into [`SPECIALTIES`].
    pub specialty: usize,
    pub hours: Vec<Period>,
    pub off: Vec<TimeOff>,
}

/// Specialties in the order in which a growing clinic hires, as indices into [`SPECIALTIES`]; then again from the
/// start. The first is the demo doctor's.
static HIRING: [usize; 16] = [1, 0, 5, 4, 3, 2, 6, 0, 1, 7, 3, 4, 0, 2, 6, 5];

/// Weekdays (Monday is 1) with their hours in minutes of the day.
type Week = &'static [(&'static [i32], &'static [(i32, i32)])];

/// Weeks that doctors work.
static WEEKS: [Week; 8] = [
    // The usual week.
    &[(&[1, 2, 3, 4, 5], &[(540, 750), (810, 1020)])],
    // Early.
    &[(&[1, 2, 3, 4, 5], &[(450, 720), (750, 900)])],
    // Late, with a free Friday.
    &[(&[1, 2, 3, 4], &[(720, 960), (990, 1200)])],
    // Three days.
    &[(&[1, 3, 5], &[(540, 780), (840, 1020)])],
    // Two long days.
    &[(&[2, 4], &[(510, 750), (810, 1050)])],
    // Mornings.
    &[(&[1, 2, 3, 4, 5], &[(510, 780)])],
    // With a Saturday clinic.
    &[(&[2, 3, 4, 5], &[(540, 750), (810, 1020)]), (&[6], &[(570, 780)])],
    // Mixed, with one evening.
    &[(&[1, 2], &[(480, 720), (750, 960)]), (&[4], &[(780, 960), (990, 1140)]), (&[5], &[(540, 780)])],
];

static TRAINED: [&str; 10] = [
    "Trained in Dublin and Edinburgh.",
    "Trained in Galway, then four years in Toronto.",
    "Studied in Cork and specialised in Leeds.",
    "Trained in Lisbon and Dublin.",
    "Studied in Limerick and worked in Melbourne before coming back to Dublin.",
    "Trained in Kraków and Belfast.",
    "Studied in Dublin, specialised in Utrecht.",
    "Trained in Mumbai and Birmingham, in Dublin for many years now.",
    "Studied in Madrid and specialised in Galway.",
    "Trained in Dublin and Copenhagen.",
];

static MANNER: [&str; 10] = [
    "Takes time to explain results in plain words.",
    "Likes to agree on one small next step at the end of each visit.",
    "Draws a sketch when words are not enough.",
    "Believes that a good question is half of the treatment.",
    "Happy to include family members when patients wish it.",
    "Prefers the simplest treatment that works.",
    "Sends a short written summary after every visit.",
    "Plans follow-ups so that nobody has to chase a result.",
    "Listens first and examines carefully.",
    "Works closely with the other departments of the clinic.",
];

static LEAVE: [&str; 3] = ["Annual leave", "Annual leave", "Family leave"];
static AWAY: [&str; 4] = ["Conference", "Training day", "Teaching", "Personal day"];

/// All doctors; the demo doctor is the first. Their ids are their places, counted from 1.
pub(super) fn draw(scene: &Scene, usernames: &mut Usernames) -> Result<Vec<Doctor>> {
    (0..scene.doctors)
        .map(|index| {
            let mut dice = scene.dice("doctor", index);
            if index == 0 { demo::doctor(scene, &mut dice) } else { one(scene, index, &mut dice, usernames) }
        })
        .collect()
}

fn one(scene: &Scene, index: usize, dice: &mut Dice, usernames: &mut Usernames) -> Result<Doctor> {
    let name = Name::draw(dice);
    let username = usernames.take(&format!("dr.{}", plain(name.last)));
    let email = format!("{}.{username}@example.org", plain(name.first));
    let created_at = scene.now - dice.between(400, 1_500) * DAY;
    let user = account(Account {
        id: user_id(index),
        role: Role::Doctor,
        first: name.first,
        last: name.last,
        username,
        email,
        created_at,
    });
    let hours = week(WEEKS[dice.below(WEEKS.len())]);
    let off = absences(scene, dice)?;
    let specialty = HIRING[index % HIRING.len()];
    Ok(profile(scene, Profile { index, user, specialty, language: name.language, focus: None, hours, off }, dice))
}

/// The id of the account of the doctor in this place; the administrator has the first.
pub(super) const fn user_id(index: usize) -> i64 {
    index as i64 + 2
}

/// What [`profile`] dresses up.
pub(super) struct Profile {
    pub index: usize,
    pub user: user::Model,
    pub specialty: usize,
    pub language: Option<&'static str>,
    /// Drawn when absent.
    pub focus: Option<&'static str>,
    pub hours: Vec<Period>,
    pub off: Vec<TimeOff>,
}

pub(super) fn profile(scene: &Scene, profile: Profile, dice: &mut Dice) -> Doctor {
    let Profile { index, user, specialty, language, focus, hours, off } = profile;
    let known = &SPECIALTIES[specialty];
    let focus = focus.unwrap_or_else(|| dice.pick(known.focus));
    let also = dice.pick(known.focus);
    let second = if also == focus { String::new() } else { format!(", and in {also}") };
    let bio = format!("Special interest in {focus}{second}. {} {}", dice.pick(&TRAINED), dice.pick(&MANNER));
    let years = i32::try_from(dice.between(5, 32)).unwrap_or(5);
    let languages = language.map_or_else(|| "English".into(), |language| format!("English, {language}"));
    let row = doctor::Model {
        id: index as i64 + 1,
        user_id: user.id,
        specialty_id: scene.essentials.specialties[specialty],
        department: known.department.into(),
        hospital: scene.clinic.name.clone(),
        bio,
        fee_minor: dice.between(known.fee.0 / 5, known.fee.1 / 5) * 5 * 100,
        currency: scene.clinic.currency.code().into(),
        practising_since: i32::from(scene.today.year()) - years,
        accepts_bookings: true,
        search_key: people::key(&languages),
        languages,
        next_free_at: None,
    };
    Doctor { user, row, specialty, hours, off }
}

fn week(week: Week) -> Vec<Period> {
    week.iter()
        .flat_map(|(days, stretches)| {
            days.iter()
                .flat_map(|&weekday| stretches.iter().map(move |&(starts, ends)| Period { weekday, starts, ends }))
        })
        .collect()
}

/// The demo doctor's week: Monday to Friday, and a short weekend clinic when today or tomorrow is one of its days, so
/// that the demo has a day to show whenever it is started.
pub(super) fn demo_week(today: Date, tomorrow: Date) -> Vec<Period> {
    let mut hours = week(&[(&[1, 2, 3, 4, 5], &[(510, 750), (810, 1050)])]);
    for weekday in [weekday_number(today.weekday()), weekday_number(tomorrow.weekday())] {
        if weekday > 5 {
            hours.push(Period { weekday, starts: 600, ends: 840 });
        }
    }
    hours.sort_by_key(|period| (period.weekday, period.starts));
    hours
}

fn absences(scene: &Scene, dice: &mut Dice) -> Result<Vec<TimeOff>> {
    let mut off: Vec<TimeOff> = Vec::new();
    for _ in 0..dice.between(1, 3) {
        let (days, why) =
            if dice.percent(50) { (dice.between(4, 9), dice.pick(&LEAVE)) } else { (1, dice.pick(&AWAY)) };
        let first = dice.between(-scene.behind, (scene.ahead - days).max(-scene.behind));
        let new = whole_days(scene, first, days, why)?;
        if off.iter().all(|old| new.to <= old.from || old.to <= new.from) {
            off.push(new);
        }
    }
    Ok(off)
}

/// Time off from the beginning of one day to the beginning of another.
pub(super) fn whole_days(scene: &Scene, first: i64, days: i64, why: &'static str) -> Result<TimeOff> {
    let from = scene.day_begins(scene.day(first)?)?;
    let to = scene.day_begins(scene.day(first + days)?)?;
    Ok(TimeOff { from, to, why })
}

/// The rows of all working hours.
pub(super) fn working_hours(doctors: &[Doctor]) -> impl Iterator<Item = working_hours::Model> {
    let periods = doctors.iter().flat_map(|doctor| doctor.hours.iter().map(|period| (doctor.row.id, period)));
    (1..).zip(periods).map(|(id, (doctor_id, period))| working_hours::Model {
        id,
        doctor_id,
        weekday: period.weekday,
        starts_minute: period.starts,
        ends_minute: period.ends,
    })
}

/// The rows of all time off.
pub(super) fn time_off(doctors: &[Doctor]) -> impl Iterator<Item = time_off::Model> {
    let absences = doctors.iter().flat_map(|doctor| doctor.off.iter().map(|off| (doctor.row.id, off)));
    (1..).zip(absences).map(|(id, (doctor_id, off))| time_off::Model {
        id,
        doctor_id,
        starts_at: from_seconds(off.from),
        ends_at: from_seconds(off.to),
        why: off.why.into(),
    })
}
