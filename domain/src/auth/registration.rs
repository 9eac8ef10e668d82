//! Opening an account.
//!
//! An account comes into being when its address is confirmed; until then there is a registration, which can do nothing
//! but that. Whoever registers learns nothing about addresses and user names: those that belong to somebody get the same
//! answer, at the same price. Everything else is told to whoever reads the mail.
//!
//! Each registration stands for itself, with its password, links and codes. Only the browser that made it replaces it.

use domain_types::{
    FieldErrors,
    auth::{
        Email, Gender, Password, Register, Username, chosen_gender, date_of_birth, first_name, last_name, phone_number,
    },
};
use entity::registration;
use jiff::{SignedDuration, civil::Date};
use sea_orm::Set;

use crate::{
    access::{Act, Actor, AuditEvent, record},
    addresses,
    auth::{
        login::POLICY_VERSION,
        network::requester_hash,
        password_rules::{Known, accept},
        profile::nfc,
        repo::registrations,
        requests::{self, Wanted},
        sessions::Device,
    },
    db::Tx,
    error::{Error, Result},
    secrets::{is_token, random_token, token_hash},
    services::Services,
    settings::Settings,
    time::{date_to_db, to_db},
};

/// How long a registration waits for its address to be confirmed, and how long its link works.
const WAITS: SignedDuration = SignedDuration::from_hours(24);
/// How long the mailed digits work.
pub(super) const CODE_TIME: SignedDuration = SignedDuration::from_mins(10);
/// Tries of the mailed digits in the browser that registered, for as long as it waits.
const CODE_TRIES: i32 = 10;
/// User names that may turn out to be taken when the address is confirmed.
const NAMES: i32 = 10;
/// Registrations that wait for one address, and those of them that one network may cause.
const WAITING: u64 = 15;
const WAITING_FROM_ONE: u64 = 5;

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
    Ok(services.settings().await?.identity.registration_open)
}

/// Registers a patient and mails a link and a code to the address. Public. Gives the token by which the browser or
/// program that registered is known again. The answer is the same whether the address or the user name belongs to
/// somebody already or not: who owns the address decides, when they read the mail.
///
/// # Errors
/// `RegistrationClosed`, `Invalid` with a sentence for every field that is wrong, `Busy`.
pub async fn register(services: &Services, actor: &Actor, command: Register, from: &Device) -> Result<String> {
    let settings = services.settings().await?;
    if !settings.identity.registration_open {
        return Err(Error::RegistrationClosed);
    }
    let known = Some(command.browser.clone()).filter(|token| is_token(token));
    let parsed = parse(services, &settings, command).await?;
    let browser = browser(services, known, &parsed).await?;
    let hash = services.passwords().hash(parsed.password.clone()).await?;
    services.db().retrying(|| register_once(services, actor, &parsed, &hash, (&browser, from))).await?;
    Ok(browser)
}

/// By which the browser is known: by the token that it has, unless that belongs to the registration of somebody else,
/// of another person of the household say.
async fn browser(services: &Services, known: Option<String>, parsed: &Parsed) -> Result<String> {
    let Some(token) = known else { return Ok(random_token()) };
    let earlier = registrations::find_by_browser(services.db().read(), &token_hash(&token), services.now()).await?;
    let is_another =
        |row: registration::Model| row.email != parsed.email.as_str() && row.username != parsed.username.as_str();
    Ok(if earlier.is_some_and(is_another) { random_token() } else { token })
}

async fn parse(services: &Services, settings: &Settings, command: Register) -> Result<Parsed> {
    let mut wrong = FieldErrors::new();
    let mut note = |field: &str, sentence: String| {
        wrong.entry(field.to_owned()).or_default().push(sentence);
    };
    let username = Username::parse(&command.username).map_err(|why| note("username", why)).ok();
    let email = addresses::email(&command.email).map_err(|why| note("email", why)).ok();
    let first_name = first_name(&nfc(&command.first_name)).map_err(|why| note("first_name", why)).ok();
    let last_name = last_name(&nfc(&command.last_name)).map_err(|why| note("last_name", why)).ok();
    let phone = phone_number(&command.phone).map_err(|why| note("phone", why)).ok();
    let gender = chosen_gender(&command.gender).map_err(|why| note("gender", why)).ok();
    let born = date_of_birth(&command.date_of_birth, settings.labels(services.now()).today())
        .map_err(|why| note("date_of_birth", why))
        .ok();
    if !command.accepts_policy {
        note("accepts_policy", "Read the privacy policy and agree to it.".into());
    }
    let known = Known::of(&[&command.username, &command.email, &command.first_name, &command.last_name]);
    let password = accept(services, "password", command.password, command.password_confirm, known).await?;
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

async fn register_once(
    services: &Services,
    actor: &Actor,
    parsed: &Parsed,
    hash: &str,
    (browser, from): (&str, &Device),
) -> Result<()> {
    let tx = services.db().begin().await?;
    registrations::forget(&tx, services.now()).await?;
    if keep(services, &tx, parsed, hash, (browser, from)).await? {
        let wanted = (Wanted::ConfirmAddress, parsed.email.as_str());
        requests::ask(services, &tx, wanted, from, Some(token_hash(browser))).await?;
    }
    let event = AuditEvent { act: Act::Register, ids: &[], patient: None };
    record(services, &tx, actor, event).await?;
    tx.commit().await
}

/// Keeps the registration beside all others, in the place of an earlier one of the same browser. `false` when too many
/// wait for the address already.
async fn keep(
    services: &Services,
    tx: &Tx,
    parsed: &Parsed,
    hash: &str,
    (browser, from): (&str, &Device),
) -> Result<bool> {
    let now = services.now();
    let browser_hash = token_hash(browser);
    let requester = requester_hash(services, &from.address);
    let row = registration::ActiveModel {
        browser_hash: Set(browser_hash.clone()),
        requester_hash: Set(requester.clone()),
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
        created_at: Set(to_db(now)),
        expires_at: Set(to_db(now + WAITS)),
        ..Default::default()
    };
    let earlier = registrations::lock_of_browser(tx, &browser_hash).await?;
    let (all, theirs) = registrations::count(tx, &parsed.email, &requester, now).await?;
    let is_new = earlier.as_ref().is_none_or(|earlier| earlier.email != parsed.email.as_str());
    if is_new && (all >= WAITING || theirs >= WAITING_FROM_ONE) {
        return Ok(false);
    }
    match earlier {
        // The tries stay as they are, or whoever guesses would register again for more.
        Some(earlier) => {
            if is_new {
                registrations::withdraw_mails(tx, earlier.id).await?;
            }
            registrations::update(tx, registration::ActiveModel { id: Set(earlier.id), ..row }).await?;
        }
        None => {
            let fresh = registration::ActiveModel { code_tries_left: Set(CODE_TRIES), names_left: Set(NAMES), ..row };
            registrations::insert(tx, fresh).await?;
        }
    }
    Ok(true)
}
