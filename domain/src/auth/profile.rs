//! A patient's own profile: what the clinic knows of them beside the record, read and changed by nobody else.

use domain_types::{
    PatientId,
    auth::{ChangeProfile, Gender, ProfileForm, ProfileView},
};
use entity::{patient, user};
use sea_orm::{ActiveModelTrait, EntityTrait, Set};
use unicode_normalization::UnicodeNormalization;

use crate::{
    access::{Act, Actor, Audited, Found, Patient},
    addresses,
    auth::repo::users,
    db::Tx,
    error::{Error, Result},
    people::phone_digits,
    services::Services,
    time::{date_from_db, date_to_db},
};

/// A name with its accents composed, however the keyboard sent them (NFC).
pub(super) fn nfc(name: &str) -> String {
    name.nfc().collect()
}

/// The profile of whoever asks.
///
/// # Errors
/// `Unauthenticated` when nobody is signed in, `OtherRole` for anybody but patients.
pub async fn profile(services: &Services, actor: &Actor) -> Result<Audited<ProfileView>> {
    actor.person()?;
    let act = Act::ReadProfile;
    let tx = services.db().snapshot().await?;
    let outcome = read(&tx, actor).await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}

/// Puts what was typed in the place of the profile of whoever asks: what is empty is emptied. Of two changes the later
/// one stands.
///
/// # Errors
/// `Unauthenticated` when nobody is signed in, `OtherRole` for anybody but patients, `Invalid` with a sentence for every
/// field that is wrong.
pub async fn change_profile(services: &Services, actor: &Actor, form: ProfileForm) -> Result<Audited<ProfileView>> {
    actor.person()?;
    services.db().retrying(|| change_once(services, actor, &form)).await
}

async fn read(tx: &Tx, actor: &Actor) -> Result<Found<ProfileView>> {
    let patient = Patient::try_from(actor)?;
    let user = users::load(tx, patient.person.user().0).await?;
    let row = patient::Entity::find_by_id(patient.id.0).one(tx).await?.ok_or(Error::NotFound)?;
    found(patient.id, user, row)
}

async fn change_once(services: &Services, actor: &Actor, form: &ProfileForm) -> Result<Audited<ProfileView>> {
    let act = Act::ChangeProfile;
    let tx = services.db().begin().await?;
    let outcome = change(services, &tx, actor, form).await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}

async fn change(services: &Services, tx: &Tx, actor: &Actor, form: &ProfileForm) -> Result<Found<ProfileView>> {
    let patient = Patient::try_from(actor)?;
    let today = services.settings().await?.labels(services.now()).today();
    let mut form = form.clone();
    for name in [&mut form.first_name, &mut form.last_name, &mut form.emergency_contact_name] {
        *name = nfc(name);
    }
    let wanted = form.parse(today).map_err(Error::Invalid)?;
    let row = store(tx, patient.id, &wanted).await?;
    // The account after the patient, as a booking does: two that take turns the other way round would block each other.
    let user = users::lock(tx, patient.person.user().0).await?;
    let user = users::rename(tx, user, &wanted.first_name, &wanted.last_name).await?;
    found(patient.id, user, row)
}

async fn store(tx: &Tx, patient: PatientId, wanted: &ChangeProfile) -> Result<patient::Model> {
    let row = patient::ActiveModel {
        id: Set(patient.0),
        date_of_birth: Set(wanted.date_of_birth.map(date_to_db).transpose()?),
        gender: Set(wanted.gender.map(|gender| gender.as_str().to_owned())),
        phone: Set(wanted.phone.clone()),
        phone_digits: Set(phone_digits(wanted.phone.as_deref())),
        address: Set(wanted.address.clone()),
        emergency_contact_name: Set(wanted.emergency_contact_name.clone()),
        emergency_contact_phone: Set(wanted.emergency_contact_phone.clone()),
        ..Default::default()
    };
    Ok(row.update(tx).await?)
}

fn found(patient: PatientId, user: user::Model, row: patient::Model) -> Result<Found<ProfileView>> {
    let unknown = || Error::internal("a stored gender is unknown");
    let gender = row.gender.as_deref().map(|word| Gender::parse(word).ok_or_else(unknown)).transpose()?;
    let view = ProfileView {
        id: patient,
        reference: row.reference,
        username: user.username,
        email: addresses::shown(&user.email),
        first_name: user.first_name,
        last_name: user.last_name,
        date_of_birth: row.date_of_birth.map(date_from_db).transpose()?.map(|born| born.to_string()),
        gender,
        phone: row.phone,
        address: row.address,
        emergency_contact_name: row.emergency_contact_name,
        emergency_contact_phone: row.emergency_contact_phone,
    };
    Ok(Found::of(patient, vec![patient.0], view))
}
