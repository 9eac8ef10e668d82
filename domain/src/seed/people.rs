//! Accounts and patients.

use domain_types::{auth::Role, reference::ReferenceKind};
use entity::{patient, user};
use jiff::ToSpan;
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
use crate::{auth::POLICY_VERSION, error::Result, time::date_to_db};

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
        search_key: format!("{first} {last} {username} {email}").to_lowercase(),
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
    patient(scene, index, user, age, born, dice)
}

/// The id of the account of the patient in this place: after the administrator and the doctors.
pub(super) fn user_id(scene: &Scene, index: usize) -> i64 {
    (scene.doctors + index) as i64 + 2
}

/// The patient side of an account.
pub(super) fn patient(
    scene: &Scene,
    index: usize,
    user: user::Model,
    age: i16,
    born: jiff::civil::Date,
    dice: &mut Dice,
) -> Result<Patient> {
    let row = patient::Model {
        id: index as i64 + 1,
        user_id: user.id,
        reference: reference(ReferenceKind::Patient, scene.seed, index as u64),
        date_of_birth: Some(date_to_db(born)?),
        phone: Some(phone(dice)),
        created_at: user.created_at,
    };
    Ok(Patient { user, row, age })
}

/// A number from 020 91x xxxx, the range that the Irish regulator keeps for fiction.
fn phone(dice: &mut Dice) -> String {
    format!("+353 20 91{} {:04}", dice.below(10), dice.below(10_000))
}
