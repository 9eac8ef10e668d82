//! The people of the demo accounts and their stories: the only accounts with a password.

use std::collections::HashSet;

use domain_types::auth::{Gender, Role};
use entity::user;
use jiff::{Unit, civil::date};
use rand::RngExt;

use super::{
    cases::{self, Case, cardiology, general, neurology, orthopedics},
    dice::Dice,
    doctors::{self, Doctor, Profile, demo_week, profile, whole_days},
    essentials::SPECIALTIES,
    people::{self, Account, Born, Patient, account},
    scene::{DAY, Scene},
    visits::{Fate, Taken, Visit},
};
use crate::error::Result;

/// User name and e-mail address of each demo account.
pub(super) static ACCOUNTS: [(&str, &str); 4] = [
    ("admin", "admin@example.org"),
    ("dr.rivera", "elena.rivera@example.org"),
    ("patient", "maya.okafor@example.org"),
    ("patient2", "jonas.lindqvist@example.org"),
];

/// The e-mail addresses of the demo accounts.
pub(super) fn emails() -> impl Iterator<Item = &'static str> {
    ACCOUNTS.iter().map(|(_, email)| *email)
}

pub(super) fn admin(scene: &Scene) -> user::Model {
    known(1, Role::Admin, 0, ("Orla", "Fennimore"), scene.now - 1_600 * DAY)
}

/// User name of the account at the front desk. Nobody can sign in with it: what it did in the past was done by a
/// colleague of whoever tries the demo as administrator.
pub(super) const DESK: &str = "front.desk";

/// The account's id, after everybody else's.
pub(super) fn desk_id(scene: &Scene) -> i64 {
    people::user_id(scene, scene.patients)
}

/// Who answers the telephone and receives the patients.
pub(super) fn desk(scene: &Scene) -> user::Model {
    account(Account {
        id: desk_id(scene),
        role: Role::Admin,
        first: "Niamh",
        last: "Corrigan",
        username: DESK.into(),
        email: "front.desk@example.org".into(),
        created_at: scene.now - 1_550 * DAY,
    })
}

fn known(id: i64, role: Role, place: usize, (first, last): (&str, &str), created_at: i64) -> user::Model {
    let (username, email) = ACCOUNTS[place];
    account(Account { id, role, first, last, username: username.into(), email: email.into(), created_at })
}

/// Dr. Elena Rivera, cardiology.
pub(super) fn doctor(scene: &Scene, dice: &mut Dice) -> Result<Doctor> {
    let user = known(doctors::user_id(0), Role::Doctor, 1, ("Elena", "Rivera"), scene.now - 1_500 * DAY);
    let hours = demo_week(scene.today, scene.day(1)?);
    let off = vec![whole_days(scene, -40, 4, "Annual leave")?, whole_days(scene, 24, 2, "Conference")?];
    let specialty = SPECIALTIES.iter().position(|specialty| specialty.code == "cardiology").unwrap_or_default();
    Ok(profile(
        scene,
        Profile {
            index: 0,
            user,
            specialty,
            language: Some("Spanish"),
            focus: Some("high blood pressure and cholesterol"),
            hours,
            off,
        },
        dice,
    ))
}

/// A demo patient.
pub(super) struct Known {
    first: &'static str,
    last: &'static str,
    /// Year, month and day of birth.
    born: (i16, i8, i8),
    gender: Gender,
    /// Whom to call.
    contact: &'static str,
    /// What is usual for them when they are measured: the person in [`super::histories::vitals`].
    baseline: u64,
    story: &'static [Chapter],
}

/// One visit of a demo patient's story.
struct Chapter {
    /// Days from today; the slot nearest to it that fits is taken, further back for the past, further on for the rest.
    day: i64,
    /// Minute of the day from which a slot is wanted.
    from: i32,
    specialty: &'static str,
    /// Index into the specialty's cases.
    case: usize,
    /// How often this was looked at before.
    seen_before: u32,
    fate: Fate,
}

const fn past(day: i64, from: i32, specialty: &'static str, case: usize, seen_before: u32) -> Chapter {
    Chapter { day: -day, from, specialty, case, seen_before, fate: Fate::Attended }
}

const fn coming(day: i64, from: i32, specialty: &'static str, case: usize, seen_before: u32) -> Chapter {
    Chapter { day, from, specialty, case, seen_before, fate: Fate::Attended }
}

pub(super) static PATIENTS: [Known; 2] = [
    Known {
        first: "Maya",
        last: "Okafor",
        born: (1986, 3, 14),
        gender: Gender::Female,
        contact: "Chidi Okafor (brother)",
        baseline: 1_608,
        story: &[
            past(312, 600, "general", general::CHECK_UP, 0),
            past(208, 570, "cardiology", cardiology::PRESSURE, 0),
            past(118, 660, "cardiology", cardiology::PRESSURE, 1),
            Chapter { fate: Fate::Cancelled, ..past(72, 840, "neurology", neurology::MIGRAINE, 0) },
            past(55, 840, "neurology", neurology::MIGRAINE, 0),
            past(27, 540, "cardiology", cardiology::PRESSURE, 2),
            coming(1, 630, "cardiology", cardiology::PRESSURE, 3),
            coming(9, 600, "general", general::CHECK_UP, 0),
        ],
    },
    Known {
        first: "Jonas",
        last: "Lindqvist",
        born: (1974, 9, 2),
        gender: Gender::Male,
        contact: "Karin Lindqvist (wife)",
        baseline: 1_013,
        story: &[
            past(290, 510, "general", general::REFLUX, 0),
            past(181, 870, "cardiology", cardiology::CHOLESTEROL, 0),
            past(149, 600, "orthopedics", orthopedics::KNEE, 0),
            Chapter { fate: Fate::Missed, ..past(104, 900, "orthopedics", orthopedics::KNEE, 1) },
            past(90, 660, "orthopedics", orthopedics::KNEE, 1),
            past(62, 930, "cardiology", cardiology::CHOLESTEROL, 1),
            coming(0, 0, "cardiology", cardiology::CHOLESTEROL, 2),
            coming(6, 780, "orthopedics", orthopedics::KNEE, 2),
        ],
    },
];

pub(super) fn patient(scene: &Scene, index: usize, known_as: &Known, dice: &mut Dice) -> Result<Patient> {
    let (year, month, day) = known_as.born;
    let day = date(year, month, day);
    let age = scene.today.since((Unit::Year, day))?.get_years();
    let name = (known_as.first, known_as.last);
    let user = known(people::user_id(scene, index), Role::Patient, index + 2, name, scene.now - 700 * DAY);
    let born = Born { age, day, gender: Some(known_as.gender) };
    let mut patient = people::patient(scene, index, user, born, dice)?;
    patient.row.address.get_or_insert_with(|| people::address(dice));
    patient.row.emergency_contact_name = Some(known_as.contact.into());
    patient.row.emergency_contact_phone.get_or_insert_with(|| people::phone(dice));
    Ok(patient)
}

/// The visits of the demo patients, on slots that are then taken.
pub(super) fn visits(scene: &Scene, doctors: &[Doctor], taken: &mut Taken) -> Result<Vec<Visit>> {
    let mut visits = Vec::new();
    for (patient, known) in PATIENTS.iter().enumerate() {
        for chapter in known.story {
            // A small clinic may lack the specialty; then the demo doctor takes the visit.
            let wanted = |doctor: &Doctor| SPECIALTIES[doctor.specialty].code == chapter.specialty;
            let (doctor, specialty, case) = match doctors.iter().position(wanted) {
                Some(doctor) => (doctor, chapter.specialty, chapter.case),
                None => (0, "cardiology", cardiology::PRESSURE),
            };
            let case = &cases::of(specialty)[case];
            if let Some(visit) = place(scene, (doctor, &doctors[doctor]), patient, chapter, case, taken)? {
                visits.push(visit);
            }
        }
    }
    Ok(visits)
}

/// The visit of a chapter on the first day that has a slot for it.
fn place(
    scene: &Scene,
    (place, doctor): (usize, &Doctor),
    patient: usize,
    chapter: &Chapter,
    case: &'static Case,
    taken: &mut Taken,
) -> Result<Option<Visit>> {
    let direction = if chapter.day < 0 { -1 } else { 1 };
    // Today's visit is one that is still to come, if there is one, so that the day begins with something to do.
    let earliest = if chapter.day == 0 { scene.now + 40 * 60 } else { i64::MIN };
    for offset in (0..30).map(|step| chapter.day + step * direction) {
        let date = scene.day(offset)?;
        let slots = scene.slots(date, &doctor.hours, &doctor.off);
        let free = |&&(_, starts): &&(i32, i64)| !taken.slots.contains(&(place, starts));
        let wanted = |&&(minute, starts): &&(i32, i64)| minute >= chapter.from && starts >= earliest;
        let slot = slots.iter().filter(free).find(wanted).or_else(|| slots.iter().rev().find(free));
        if let Some(&(minute, starts)) = slot
            && taken.days.insert((patient, offset))
        {
            taken.slots.insert((place, starts));
            let Chapter { seen_before, fate, .. } = *chapter;
            return Ok(Some(Visit { doctor: place, patient, date, minute, starts, case, seen_before, fate }));
        }
    }
    Ok(None)
}

/// The places of the demo accounts among all user rows, in the order of [`ACCOUNTS`].
pub(super) fn places(scene: &Scene) -> [usize; 4] {
    let first_patient = scene.doctors + 1;
    [0, 1, first_patient, first_patient + 1]
}

/// What is usual for the patient in this place, when it is a demo patient.
pub(super) fn baseline(patient: usize) -> Option<u64> {
    PATIENTS.get(patient).map(|known| known.baseline)
}

/// The demo patients, who get no visits by chance.
pub(super) fn patients() -> HashSet<usize> {
    (0..PATIENTS.len()).collect()
}

/// Sixteen letters and digits that are not mistaken for each other, in groups of four: about 79 bits.
pub(super) fn random_password() -> String {
    const ALPHABET: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let mut rng = rand::rng();
    let groups: [String; 4] =
        std::array::from_fn(|_| (0..4).map(|_| char::from(ALPHABET[rng.random_range(0..ALPHABET.len())])).collect());
    groups.join("-")
}
