//! Accounts and patients.

use domain_types::{
    auth::{Gender, Role},
    reference::ReferenceKind,
};
use entity::{patient, user};
use jiff::{ToSpan, civil::Date};
use time::OffsetDateTime;

use super::{
    cases::GROWN_UP,
    demo,
    dice::{Dice, reference},
    doctors::Doctor,
    essentials::SPECIALTIES,
    names::{Name, Usernames, plain},
    scene::{DAY, HOUR, MINUTE, Scene},
};
use crate::{
    auth::POLICY_VERSION,
    error::Result,
    people::{phone_digits, sort_key},
    time::date_to_db,
};

/// An instant as it is stored.
pub(super) fn from_seconds(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// What distinguishes one account from another.
pub(super) struct Account<'a> {
    pub id: i64,
    pub role: Role,
    pub first: &'a str,
    pub last: &'a str,
    pub username: String,
    pub email: String,
    /// Unix seconds.
    pub created_at: i64,
}

/// The row of an account that has no password: nobody can sign in with it.
pub(super) fn account(account: Account<'_>) -> user::Model {
    let Account { id, role, first, last, username, email, created_at } = account;
    user::Model {
        id,
        sort_key: sort_key(first, last),
        username,
        email,
        password_hash: None,
        role: role.as_str().into(),
        first_name: first.into(),
        last_name: last.into(),
        is_active: true,
        email_verified_at: Some(from_seconds(created_at + 9 * MINUTE)),
        created_at: from_seconds(created_at),
        last_sign_in_at: None,
        accepted_policy_version: Some(POLICY_VERSION),
        accepted_policy_at: Some(from_seconds(created_at)),
        session_epoch: 0,
    }
}

/// A patient and how old they are.
pub(super) struct Patient {
    pub user: user::Model,
    pub row: patient::Model,
    /// In years.
    pub age: i16,
}

/// All patients; the demo patients are the first two. Their ids are their places, counted from 1.
pub(super) fn draw(scene: &Scene, doctors: &[Doctor], usernames: &mut Usernames) -> Result<Vec<Patient>> {
    let sees_children = doctors.iter().any(|doctor| SPECIALTIES[doctor.specialty].code == "pediatrics");
    (0..scene.patients)
        .map(|index| {
            let mut dice = scene.dice("patient", index);
            match demo::PATIENTS.get(index) {
                Some(known) => demo::patient(scene, index, known, &mut dice),
                None => one(scene, index, sees_children, &mut dice, usernames),
            }
        })
        .collect()
}

fn one(
    scene: &Scene,
    index: usize,
    sees_children: bool,
    dice: &mut Dice,
    usernames: &mut Usernames,
) -> Result<Patient> {
    let name = Name::draw(dice);
    let username = usernames.take(&format!("{}.{}", plain(name.first), plain(name.last)));
    let email = format!("{username}@{}", dice.pick(&["example.com", "example.net"]));
    // Signed up before the first visit of the calendar could have been booked, and after they were born.
    let days = scene.behind + 40 + dice.between(0, 700);
    let youngest = (days / 365 + 1).min(i64::from(GROWN_UP) - 1);
    let age = match dice.below(100) {
        0..18 if sees_children => dice.between(youngest, i64::from(GROWN_UP) - 1),
        0..60 => dice.between(18, 54),
        60..90 => dice.between(55, 74),
        _ => dice.between(75, 91),
    };
    let age = i16::try_from(age).unwrap_or(GROWN_UP);
    let born = scene.today.checked_sub(i64::from(age).years().days(dice.between(0, 364)))?;
    let user = account(Account {
        id: user_id(scene, index),
        role: Role::Patient,
        first: name.first,
        last: name.last,
        username,
        email,
        created_at: scene.now - days * DAY - dice.between(0, 12 * HOUR),
    });
    let gender = match dice.below(100) {
        0..4 => None,
        4..7 => Some(Gender::Undisclosed),
        7..8 => Some(Gender::Other),
        _ => Some(name.gender),
    };
    patient(scene, index, user, Born { age, day: born, gender }, dice)
}

/// The id of the account of the patient in this place: after the administrator and the doctors.
pub(super) fn user_id(scene: &Scene, index: usize) -> i64 {
    (scene.doctors + index) as i64 + 2
}

/// What a patient came into the world with.
pub(super) struct Born {
    /// In years.
    pub age: i16,
    pub day: Date,
    pub gender: Option<Gender>,
}

/// The patient side of an account.
pub(super) fn patient(scene: &Scene, index: usize, user: user::Model, born: Born, dice: &mut Dice) -> Result<Patient> {
    let phone = phone(dice);
    let (contact, contact_phone) = contact(&user.last_name, dice).unzip();
    let row = patient::Model {
        id: index as i64 + 1,
        user_id: user.id,
        reference: reference(ReferenceKind::Patient, scene.seed, index as u64),
        date_of_birth: Some(date_to_db(born.day)?),
        gender: born.gender.map(|gender| gender.as_str().to_owned()),
        phone_digits: phone_digits(Some(&phone)),
        phone: Some(phone),
        address: dice.percent(94).then(|| address(dice)),
        emergency_contact_name: contact,
        emergency_contact_phone: contact_phone,
        created_at: user.created_at,
    };
    Ok(Patient { user, row, age: born.age })
}

/// A number from 020 91x xxxx, the range that the Irish regulator keeps for fiction.
pub(super) fn phone(dice: &mut Dice) -> String {
    format!("+353 20 91{} {:04}", dice.below(10), dice.below(10_000))
}

/// Streets that are on no map, in the manner of the clinic's own.
static STREETS: [&str; 24] = [
    "Alder Row",
    "Bellfounder Lane",
    "Bramble Court",
    "Chandlers Row",
    "Cooper Lane",
    "Copperbeech Terrace",
    "Dovecote Hill",
    "Ferryman Terrace",
    "Glover Street",
    "Gorse Park",
    "Heron Quay",
    "Kilnfield Road",
    "Lamplighter Lane",
    "Linnet Grove",
    "Millrace Avenue",
    "Otter Bank",
    "Pearmain Close",
    "Quince Street",
    "Ropewalk Rise",
    "Saltbox Lane",
    "Skylark Avenue",
    "Tanner Row",
    "Thistle Park",
    "Weaverfield",
];

pub(super) fn address(dice: &mut Dice) -> String {
    let flat = if dice.percent(28) { format!("Apartment {}\n", dice.between(1, 48)) } else { String::new() };
    let (number, street) = (dice.between(1, 140), dice.pick(&STREETS));
    format!("{flat}{number} {street}\nDublin {}", dice.between(1, 18))
}

/// Whom to call, and where: mostly of the same family. A few name nobody.
fn contact(family: &str, dice: &mut Dice) -> Option<(String, String)> {
    let somebody = Name::draw(dice);
    let last = if dice.percent(70) { family } else { somebody.last };
    dice.percent(85).then(|| (format!("{} {last}", somebody.first), phone(dice)))
}
