//! Confirming an address: by the mailed link, or by the six digits beside it. Then there is an account.

use domain_types::{
    ReferenceKind,
    auth::{Email, PendingRegistration, Role, VerifyEmail},
};
use entity::{patient, registration, user};
use sea_orm::{ActiveModelTrait, Set};

use crate::{
    access::{Actor, AuditEvent, record},
    auth::{
        notices,
        profile::search_key,
        registration::{CODE_TIME, CODE_TRIES},
        repo::{registrations, users},
    },
    db::Tx,
    error::{Error, Result},
    mail::AccountNews,
    secrets::{random_bits, random_digits, random_token, token_hash},
    services::Services,
    settings::{self, Settings},
    time::{date_from_db, date_to_db, from_db, to_db},
};

/// Mails a link and a code, and forgets those mailed before; not more often than an address is to be written to.
pub(super) async fn mail(
    services: &Services,
    tx: &Tx,
    settings: &Settings,
    registration: &registration::Model,
) -> Result<()> {
    // Locked, so that the messages are counted one after the other. It may have become an account meanwhile.
    let Some(row) = registrations::lock(tx, registration.id).await? else { return Ok(()) };
    if !notices::may_write(services, tx, &row.email, "confirm_address").await? {
        return Ok(());
    }
    let (token, code) = (random_token(), random_digits());
    let change = registration::ActiveModel {
        id: Set(row.id),
        link_hash: Set(token_hash(&token)),
        code_hash: Set(code_hash(services, row.id, &code)),
        code_expires_at: Set(to_db(services.now() + CODE_TIME)),
        code_tries_left: Set(CODE_TRIES),
        ..Default::default()
    };
    registrations::update(tx, change).await?;
    let news = AccountNews::ConfirmAddress { username: row.username.clone(), token, code };
    // Nobody knows yet whose address it is: the names that were typed are not written on the envelope.
    notices::write(services, tx, settings, (&row.email, "", ""), news).await
}

fn code_hash(services: &Services, registration: i64, code: &str) -> String {
    services.seals().codes.of(&format!("registration {registration} {code}"))
}

/// Mails once more, to somebody who signed in with the right password and has not confirmed their address.
pub(super) async fn remind(services: &Services, registration: registration::Model) -> Result<()> {
    let settings = settings::load(services.db().read()).await?;
    let tx = services.db().begin().await?;
    mail(services, &tx, &settings, &registration).await?;
    tx.commit().await
}

/// Mails the link and the code once more, if somebody waits for them. Public; the answer is always the same.
///
/// # Errors
/// `Invalid` when it is no address.
pub async fn resend_verification(services: &Services, actor: &Actor, email: &str) -> Result<()> {
    let email = Email::parse(email).map_err(|why| Error::field("email", why))?;
    let settings = settings::load(services.db().read()).await?;
    let tx = services.db().begin().await?;
    if let Some(waiting) = registrations::newest(&*tx, &email, services.now()).await? {
        mail(services, &tx, &settings, &waiting).await?;
    }
    let event = AuditEvent { action: "auth.resend_verification", object: "registration", ids: &[], patient: None };
    record(services, &tx, actor, event).await?;
    tx.commit().await
}

/// Whose registration a mailed link confirms. Looking uses nothing up. Public: the token is the proof.
///
/// # Errors
/// When the database is away.
pub async fn pending_registration(
    services: &Services,
    _actor: &Actor,
    token: &str,
) -> Result<Option<PendingRegistration>> {
    let found = registrations::find_by_link(services.db().read(), &token_hash(token), services.now()).await?;
    Ok(found.map(|row| PendingRegistration { username: row.username, email: row.email }))
}

/// Makes an account of a registration. Public: the token or the code is the proof.
///
/// # Errors
/// `Invalid` for the token or the code: wrong, used, too old or out of tries.
pub async fn verify_email(services: &Services, actor: &Actor, command: VerifyEmail) -> Result<()> {
    let (registration, field) = match &command {
        VerifyEmail::Link(token) => {
            (registrations::find_by_link(services.db().read(), &token_hash(token), services.now()).await?, "token")
        }
        VerifyEmail::Code { email, code } => (by_code(services, email, code).await?, "code"),
    };
    let registration = registration.ok_or_else(|| not_working(field))?;
    services.db().retrying(|| open_account(services, actor, &registration, field)).await
}

fn not_working(field: &str) -> Error {
    Error::field(
        field,
        match field {
            "token" => "This link was already used or has expired. Sign in, or ask for a new one.",
            _ => "This code is not correct or has expired. Check it, or ask for a new one.",
        },
    )
}

/// Counts the try before it looks at the digits.
async fn by_code(services: &Services, email: &str, code: &str) -> Result<Option<registration::Model>> {
    let Ok(email) = Email::parse(email) else { return Ok(None) };
    let now = services.now();
    let Some(row) = registrations::newest(services.db().read(), &email, now).await? else { return Ok(None) };
    let tx = services.db().begin().await?;
    if !registrations::take_try(&tx, row.id, now).await? {
        return Ok(None);
    }
    tx.commit().await?;
    let digits: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
    Ok((row.code_hash == code_hash(services, row.id, &digits)).then_some(row))
}

async fn open_account(
    services: &Services,
    actor: &Actor,
    registration: &registration::Model,
    field: &'static str,
) -> Result<()> {
    let tx = services.db().begin().await?;
    // Of two that come at once one finds the registration gone. One that was mailed again meanwhile has another link.
    let waiting = registrations::lock_for(&tx, &registration.email).await?;
    if !waiting.iter().any(|row| row.id == registration.id && row.link_hash == registration.link_hash) {
        return Err(not_working(field));
    }
    let email = Email::parse(&registration.email).map_err(|_| Error::internal("a stored address is none"))?;
    if users::find_by_email(&*tx, &email).await?.is_some() {
        return Err(not_working(field));
    }
    registrations::remove_for(&tx, &registration.email).await?;
    let (user, patient) = insert(services, &tx, registration).await?;
    let event = AuditEvent { action: "auth.open_account", object: "user", ids: &[user], patient: Some(patient) };
    record(services, &tx, actor, event).await?;
    tx.commit().await
}

async fn insert(services: &Services, tx: &Tx, row: &registration::Model) -> Result<(i64, domain_types::PatientId)> {
    let now = to_db(services.now());
    let user = user::ActiveModel {
        username: Set(row.username.clone()),
        email: Set(row.email.clone()),
        password_hash: Set(Some(row.password_hash.clone())),
        role: Set(Role::Patient.as_str().to_owned()),
        first_name: Set(row.first_name.clone()),
        last_name: Set(row.last_name.clone()),
        search_key: Set(search_key(&row.first_name, &row.last_name, &row.username, &row.email)),
        is_active: Set(true),
        email_verified_at: Set(Some(now)),
        created_at: Set(now),
        accepted_policy_version: Set(Some(row.accepted_policy_version)),
        accepted_policy_at: Set(Some(to_db(from_db(row.accepted_policy_at)))),
        ..Default::default()
    }
    .insert(&**tx)
    .await?;
    let born = row.date_of_birth.map(date_from_db).transpose()?.map(date_to_db).transpose()?;
    let patient = patient::ActiveModel {
        user_id: Set(user.id),
        reference: Set(ReferenceKind::Patient.encode(random_bits())),
        date_of_birth: Set(born),
        gender: Set(row.gender.clone()),
        phone: Set(row.phone.clone()),
        created_at: Set(now),
        ..Default::default()
    }
    .insert(&**tx)
    .await?;
    Ok((user.id, domain_types::PatientId(patient.id)))
}
