//! Opening an account.
//!
//! An account comes into being when its address is confirmed; until then there is a registration, which can do nothing
//! but that. Whoever registers learns whether a user name is taken, and nothing about addresses: one that has an account
//! gets the same answer, at the same price, and its owner a message.

use domain_types::{
    FieldErrors,
    auth::{
        Email, Gender, Password, Register, Username, chosen_gender, date_of_birth, first_name, last_name, phone_number,
    },
};
use entity::registration;
use jiff::{SignedDuration, Timestamp, civil::Date};
use sea_orm::Set;

use crate::{
    access::{Actor, AuditEvent, record},
    auth::{
        login::POLICY_VERSION,
        notices,
        password_rules::{Known, accept},
        repo::{registrations, users},
        verification,
    },
    db::Tx,
    error::{Error, Result},
    mail::AccountNews,
    secrets::{random_token, token_hash},
    services::Services,
    settings::{self, Settings},
    time::{date_to_db, to_db},
};

/// How long a registration waits for its address to be confirmed, and how long its link works.
const WAITS: SignedDuration = SignedDuration::from_hours(24);
/// How long the mailed digits work.
pub(super) const CODE_TIME: SignedDuration = SignedDuration::from_mins(10);
/// Tries of the mailed digits.
pub(super) const CODE_TRIES: i32 = 5;

/// What was typed, judged.
struct Parsed {
    username: Username,
    email: Email,
    first_name: String,
    last_name: String,
    date_of_birth: Option<Date>,
    gender: Option<Gender>,
    phone: Option<String>,
    password: Password,
}

/// Whether patients may open an account by themselves. Public.
///
/// # Errors
/// When the database is away.
pub async fn registration_is_open(services: &Services, _actor: &Actor) -> Result<bool> {
    Ok(settings::load(services.db().read()).await?.identity.registration_open)
}

/// Registers a patient and mails a link and a code to the address. Public. The answer is the same whether the address
/// has an account already or not.
///
/// # Errors
/// `RegistrationClosed`, `Invalid` with a sentence for every field that is wrong, `Busy`.
pub async fn register(services: &Services, actor: &Actor, command: Register) -> Result<()> {
    let settings = settings::load(services.db().read()).await?;
    if !settings.identity.registration_open {
        return Err(Error::RegistrationClosed);
    }
    let parsed = parse(services, command).await?;
    let hash = services.passwords().hash(parsed.password.clone()).await?;
    let act = || services.db().retrying(|| register_once(services, actor, &settings, &parsed, &hash));
    match act().await {
        // The name was free a moment ago. If it was the same person who took it, who sent the form twice, this is the
        // later one and replaces the earlier.
        Err(Error::Invalid(_)) => act().await,
        outcome => outcome,
    }
}

async fn parse(services: &Services, command: Register) -> Result<Parsed> {
    let mut wrong = FieldErrors::new();
    let mut note = |field: &str, sentence: &str| {
        wrong.entry(field.to_owned()).or_default().push(sentence.to_owned());
    };
    let username = Username::parse(&command.username).map_err(|why| note("username", why)).ok();
    let email = Email::parse(&command.email).map_err(|why| note("email", why)).ok();
    let first_name = first_name(&command.first_name).map_err(|why| note("first_name", why)).ok();
    let last_name = last_name(&command.last_name).map_err(|why| note("last_name", why)).ok();
    let phone = phone_number(&command.phone).map_err(|why| note("phone", why)).ok();
    let gender = chosen_gender(&command.gender).map_err(|why| note("gender", why)).ok();
    let latest = last_birthday(services.now())?;
    let born = date_of_birth(&command.date_of_birth, latest).map_err(|why| note("date_of_birth", why)).ok();
    if !command.accepts_policy {
        note("accepts_policy", "Please read the privacy policy and agree to it.");
    }
    if let Some(name) = &username
        && is_taken(services, name, email.as_ref(), (first_name.as_deref(), last_name.as_deref())).await?
    {
        note("username", "This user name is taken. Please choose another.");
    }
    let known = Known::of(&[&command.username, &command.email, &command.first_name, &command.last_name]);
    let password = accept("password", command.password, command.password_confirm, known).await;
    let names = username.zip(email).zip(first_name.zip(last_name));
    match (names, born, gender, phone, password) {
        (Some(((username, email), (first_name, last_name))), Some(born), Some(gender), Some(phone), Ok(password))
            if wrong.is_empty() =>
        {
            Ok(Parsed { username, email, first_name, last_name, date_of_birth: born, gender, phone, password })
        }
        (.., password) => {
            wrong.extend(password.err().unwrap_or_default());
            Err(Error::Invalid(wrong))
        }
    }
}

/// The last day on which somebody can have been born: somewhere on earth it is tomorrow already.
pub(super) fn last_birthday(now: Timestamp) -> Result<Date> {
    Ok(now.to_zoned(jiff::tz::TimeZone::UTC).date().tomorrow()?)
}

/// Taken by an account, or by somebody else who has not confirmed their address yet.
async fn is_taken(
    services: &Services,
    name: &Username,
    email: Option<&Email>,
    (first_name, last_name): (Option<&str>, Option<&str>),
) -> Result<bool> {
    let db = services.db().read();
    if users::is_username_taken(db, name).await? {
        return Ok(true);
    }
    let waiting = registrations::find_by_username(db, name, services.now()).await?;
    let email = email.map(Email::as_str).unwrap_or_default();
    let called = (first_name.unwrap_or_default(), last_name.unwrap_or_default());
    Ok(waiting.is_some_and(|row| !is_same_person(&row, email, called)))
}

/// Whether a waiting registration is an earlier try of the same person: under the same address, or under the same names
/// with an address that was mistyped. It is nobody's account yet, so nothing is lost by replacing it.
fn is_same_person(waiting: &registration::Model, email: &str, (first_name, last_name): (&str, &str)) -> bool {
    let is_called = |stored: &str, typed: &str| stored.to_lowercase() == typed.to_lowercase();
    waiting.email == email || (is_called(&waiting.first_name, first_name) && is_called(&waiting.last_name, last_name))
}

async fn register_once(
    services: &Services,
    actor: &Actor,
    settings: &Settings,
    parsed: &Parsed,
    hash: &str,
) -> Result<()> {
    let tx = services.db().begin().await?;
    registrations::forget(&tx, services.now()).await?;
    let ids = match users::find_by_email(&*tx, &parsed.email).await? {
        Some(owner) => {
            users::lock(&tx, owner.id).await?;
            if notices::may_write(services, &tx, &owner.email, "address_in_use").await? {
                notices::tell(services, &tx, settings, &owner, AccountNews::AddressInUse).await?;
            }
            vec![owner.id]
        }
        None => {
            let row = keep(services, &tx, parsed, hash).await?;
            verification::mail(services, &tx, settings, &row).await?;
            Vec::new()
        }
    };
    let event = AuditEvent { action: "auth.register", object: "user", ids: &ids, patient: None };
    record(services, &tx, actor, event).await?;
    tx.commit().await
}

/// The registration, in the place of an earlier one of the same person under the same user name. Its link and digits
/// are drawn when it is mailed.
async fn keep(services: &Services, tx: &Tx, parsed: &Parsed, hash: &str) -> Result<registration::Model> {
    let now = services.now();
    let row = registration::ActiveModel {
        username: Set(parsed.username.as_str().to_owned()),
        email: Set(parsed.email.as_str().to_owned()),
        password_hash: Set(hash.to_owned()),
        first_name: Set(parsed.first_name.clone()),
        last_name: Set(parsed.last_name.clone()),
        date_of_birth: Set(parsed.date_of_birth.map(date_to_db).transpose()?),
        gender: Set(parsed.gender.map(|gender| gender.as_str().to_owned())),
        phone: Set(parsed.phone.clone()),
        accepted_policy_version: Set(POLICY_VERSION),
        accepted_policy_at: Set(to_db(now)),
        link_hash: Set(token_hash(&random_token())),
        code_hash: Set(String::new()),
        code_expires_at: Set(to_db(now)),
        code_tries_left: Set(0),
        created_at: Set(to_db(now)),
        expires_at: Set(to_db(now + WAITS)),
        ..Default::default()
    };
    match registrations::find_by_username(&**tx, &parsed.username, now).await? {
        Some(earlier) if is_same_person(&earlier, parsed.email.as_str(), (&parsed.first_name, &parsed.last_name)) => {
            registrations::update(tx, registration::ActiveModel { id: Set(earlier.id), ..row }).await
        }
        _ => registrations::insert(tx, row).await,
    }
}
