//! Confirming an address: by the mailed link, or by the six digits beside it. Then there is an account.

use domain_types::{
    ReferenceKind,
    auth::{ConfirmAddress, Email, PendingRegistration, Role, Username, VerifyEmail},
};
use entity::{mail_request, patient, registration, registration_mail, user};
use sea_orm::{ActiveModelTrait, Set};

use crate::{
    access::{Act, Actor, AuditEvent, record},
    addresses,
    auth::{
        guessing::{self, Claimed, Secret},
        notices,
        registration::CODE_TIME,
        repo::{
            registrations::{self, Proven},
            users,
        },
        requests::{self, Answered, Wanted},
        sessions::Device,
    },
    db::Tx,
    error::{Error, Result},
    mail::AccountNews,
    people,
    secrets::{random_bits, random_digits, random_token, token_hash},
    services::Services,
    settings::Settings,
    time::{date_from_db, date_to_db, from_db, to_db},
};

/// Writes the mail that somebody asked for, if a registration waits for the address: for the one of their browser, or
/// for all of them. The owner of an account is told instead that somebody registered.
pub(super) async fn answer(services: &Services, tx: &Tx, request: &mail_request::Model) -> Result<Answered> {
    let settings = services.settings().await?;
    let now = services.now();
    let mut rows = registrations::lock_for(tx, &request.email).await?;
    rows.retain(|row| from_db(row.expires_at) > now);
    if let Some(own) = rows.iter().position(|row| Some(&row.browser_hash) == request.browser_hash.as_ref()) {
        rows = vec![rows.swap_remove(own)];
    }
    let email = Email::parse(&request.email).map_err(|_| Error::internal("a stored address is none"))?;
    let owner = users::find_by_email(tx, &email).await?;
    let mut is_mailed = false;
    for row in rows {
        if !requests::may_mail(services, tx, request, false).await? {
            break;
        }
        is_mailed = true;
        if let Some(owner) = &owner {
            notices::tell(services, tx, &settings, owner, AccountNews::AddressInUse).await?;
            break;
        }
        mail(services, tx, &settings, &row).await?;
    }
    Ok(Answered { by_owner: false, is_mailed })
}

/// Mails one more link and one more code; those mailed before go on working.
async fn mail(services: &Services, tx: &Tx, settings: &Settings, row: &registration::Model) -> Result<()> {
    let (token, code) = (random_token(), random_digits());
    let mailed = registration_mail::ActiveModel {
        registration_id: Set(row.id),
        link_hash: Set(token_hash(&token)),
        code_hash: Set(code_hash(services, row.id, &code)),
        code_expires_at: Set(to_db(services.now() + CODE_TIME)),
        ..Default::default()
    };
    registrations::insert_mail(tx, mailed).await?;
    let news = AccountNews::ConfirmAddress { username: row.username.clone(), token, code };
    // Nobody knows yet whose address it is: the names that were typed are not written on the envelope.
    notices::write(services, tx, settings, (&row.email, "", ""), news).await
}

fn code_hash(services: &Services, registration: i64, code: &str) -> String {
    services.seals().codes.of(format!("registration {registration} {code}"))
}

/// Asks for one more mail, for somebody who signed in with the right password and has not confirmed their address.
pub(super) async fn remind(services: &Services, registration: registration::Model, from: &Device) -> Result<()> {
    let tx = services.db().begin().await?;
    let wanted = (Wanted::ConfirmAddress, registration.email.as_str());
    requests::ask(services, &tx, wanted, from, Some(registration.browser_hash)).await?;
    tx.commit().await
}

/// Mails a link and a code once more, if somebody waits for them. Public; the answer is always the same. `browser` is
/// the token of whoever registered: without it, every registration that waits for the address gets its mail.
///
/// # Errors
/// `Invalid` when it is no address.
pub async fn resend_verification(
    services: &Services,
    actor: &Actor,
    email: &str,
    browser: Option<&str>,
    from: &Device,
) -> Result<()> {
    let email = addresses::email(email).map_err(|why| Error::field("email", why))?;
    let tx = services.db().begin().await?;
    let wanted = (Wanted::ConfirmAddress, email.as_str());
    requests::ask(services, &tx, wanted, from, browser.map(token_hash)).await?;
    let event = AuditEvent { act: Act::ResendVerification, ids: &[], patient: None };
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
    browser: Option<&str>,
) -> Result<Option<PendingRegistration>> {
    let (db, now) = (services.db().read(), services.now());
    let Some((row, _)) = registrations::find_by_link(db, &token_hash(token), now).await? else { return Ok(None) };
    let settings = services.settings().await?;
    Ok(Some(PendingRegistration {
        is_username_taken: is_taken(db, &row.username).await?,
        is_own: browser.is_some_and(|browser| token_hash(browser) == row.browser_hash),
        made: settings.labels(now).when(from_db(row.created_at)),
        username: row.username,
        email: addresses::shown(&row.email),
    }))
}

async fn is_taken(db: &impl sea_orm::ConnectionTrait, username: &str) -> Result<bool> {
    let name = Username::parse(username).map_err(|_| Error::internal("a stored user name is none"))?;
    users::is_username_taken(db, &name).await
}

/// Makes an account of a registration; all others for the same address are gone then. Public: the token or the code is
/// the proof.
///
/// # Errors
/// `Invalid` for the token or the code: wrong, used, too old or out of tries; for the user name when it is taken by now,
/// then the registration waits for another one; `TooManyGuesses` for codes.
pub async fn verify_email(services: &Services, actor: &Actor, command: impl Into<ConfirmAddress>) -> Result<()> {
    let ConfirmAddress { proof, username, browser } = command.into();
    let other_name = match username.trim() {
        "" => None,
        typed => Some(Username::parse(typed).map_err(|why| Error::field("username", why))?),
    };
    let (proven, field) = match &proof {
        VerifyEmail::Link(token) => {
            (registrations::find_by_link(services.db().read(), &token_hash(token), services.now()).await?, "token")
        }
        VerifyEmail::Code { email, code } => (by_code(services, email, code, browser.as_deref()).await?, "code"),
    };
    let proven = proven.ok_or_else(|| not_working(field))?;
    services.db().retrying(|| open_account(services, actor, &proven, other_name.as_ref(), field)).await
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

/// Counts the try before it looks at the digits. In the browser that registered only its own codes count, and its own
/// tries, which nobody else can use up. Anybody else may mean any registration that waits for the address.
async fn by_code(services: &Services, email: &str, code: &str, browser: Option<&str>) -> Result<Option<Proven>> {
    let Ok(email) = addresses::email(email) else { return Ok(None) };
    let (db, now) = (services.db().read(), services.now());
    let digits: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
    let hash_for = |registration| code_hash(services, registration, &digits);
    let own = match browser {
        Some(browser) => registrations::find_by_browser(db, &token_hash(browser), now).await?,
        None => None,
    };
    if let Some(own) = own.filter(|own| own.email == email.as_str()) {
        let tx = services.db().begin().await?;
        if !registrations::take_try(&tx, own.id).await? {
            return Ok(None);
        }
        tx.commit().await?;
        return registrations::find_by_code(db, vec![own], hash_for, now).await;
    }
    let guess = guessing::count(services, Secret::Code, Claimed::Mailbox(email.as_str()), None).await?;
    let waiting = registrations::waiting_for(db, email.as_str(), now).await?;
    let found = registrations::find_by_code(db, waiting, hash_for, now).await?;
    if found.is_some() {
        guessing::take_back(services, &guess).await?;
    }
    Ok(found)
}

async fn open_account(
    services: &Services,
    actor: &Actor,
    (judged, mail): &Proven,
    other_name: Option<&Username>,
    field: &'static str,
) -> Result<()> {
    let tx = services.db().begin().await?;
    // Of two that come at once one finds the registration gone. What was typed for it may have changed meanwhile.
    let waiting = registrations::lock_for(&tx, &judged.email).await?;
    let Some(mut row) = waiting.into_iter().find(|row| row.id == judged.id) else { return Err(not_working(field)) };
    if !registrations::has_mail(&tx, *mail, row.id).await? {
        return Err(not_working(field));
    }
    let email = Email::parse(&row.email).map_err(|_| Error::internal("a stored address is none"))?;
    if users::find_by_email(&tx, &email).await?.is_some() {
        return Err(not_working(field));
    }
    if let Some(other) = other_name {
        other.as_str().clone_into(&mut row.username);
    }
    if is_taken(&tx, &row.username).await? {
        if !registrations::take_name(&tx, row.id).await? {
            return Err(not_working(field));
        }
        tx.commit().await?;
        return Err(Error::field("username", "This user name is taken. Choose another."));
    }
    registrations::remove_for(&tx, &row.email).await?;
    let (user, patient) = insert(services, &tx, &row).await?;
    let event = AuditEvent { act: Act::OpenAccount, ids: &[user], patient: Some(patient) };
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
        sort_key: Set(people::sort_key(&row.first_name, &row.last_name)),
        is_active: Set(true),
        email_verified_at: Set(Some(now)),
        created_at: Set(now),
        accepted_policy_version: Set(Some(row.accepted_policy_version)),
        accepted_policy_at: Set(Some(to_db(from_db(row.accepted_policy_at)))),
        session_epoch: Set(0),
        ..Default::default()
    }
    .insert(tx)
    .await?;
    people::store_words(tx, &user).await?;
    let born = row.date_of_birth.map(date_from_db).transpose()?.map(date_to_db).transpose()?;
    let patient = patient::ActiveModel {
        user_id: Set(user.id),
        reference: Set(ReferenceKind::Patient.encode(random_bits())),
        date_of_birth: Set(born),
        gender: Set(row.gender.clone()),
        phone: Set(row.phone.clone()),
        phone_digits: Set(people::phone_digits(row.phone.as_deref())),
        created_at: Set(now),
        ..Default::default()
    }
    .insert(tx)
    .await?;
    Ok((user.id, domain_types::PatientId(patient.id)))
}
