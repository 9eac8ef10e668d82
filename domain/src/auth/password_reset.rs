//! A new password for whoever lost theirs and still reads their mail. A second factor stays in force: the new password
//! is the first step of a sign-in, as the old one was.

use domain_types::auth::{Email, ResetPassword};
use entity::mail_request;
use jiff::SignedDuration;

use crate::{
    access::{Act, Actor, AuditEvent, record},
    addresses,
    auth::{
        guessing,
        login::may_sign_in,
        notices,
        password_rules::{Known, accept},
        repo::{
            devices,
            one_time::{self, NewToken, Purpose},
            sessions, users,
        },
        requests::{self, Answered, Wanted},
        sessions::Device,
    },
    db::Tx,
    error::{Error, Result},
    mail::AccountNews,
    secrets::{random_token, token_hash},
    services::Services,
};

/// How long a mailed link works.
pub(super) const LINK_TIME: SignedDuration = SignedDuration::from_mins(30);

/// Mails a link to the owner of an address. Public; the answer, and what it takes to give it, is the same whether there
/// is one or not.
///
/// # Errors
/// `Invalid` when it is no address.
pub async fn request_password_reset(services: &Services, actor: &Actor, email: &str, from: &Device) -> Result<()> {
    let email = addresses::email(email).map_err(|why| Error::field("email", why))?;
    services.db().retrying(|| request_once(services, actor, &email, from)).await
}

async fn request_once(services: &Services, actor: &Actor, email: &Email, from: &Device) -> Result<()> {
    let tx = services.db().begin().await?;
    requests::ask(services, &tx, (Wanted::ResetPassword, email.as_str()), from, None).await?;
    let event = AuditEvent { act: Act::RequestPasswordReset, ids: &[], patient: None };
    record(services, &tx, actor, event).await?;
    tx.commit().await
}

/// Writes the mail that somebody asked for, if the address has an account.
pub(super) async fn answer(services: &Services, tx: &Tx, request: &mail_request::Model) -> Result<Answered> {
    let email = Email::parse(&request.email).map_err(|_| Error::internal("a stored address is none"))?;
    let Some(found) = users::find_by_email(tx, &email).await? else { return Ok(Answered::default()) };
    // Requests for one account take turns: its messages are counted.
    let owner = users::lock(tx, found.id).await?;
    if !may_sign_in(&owner) {
        return Ok(Answered::default());
    }
    let known_since = services.now() - guessing::KNOWN_DEVICE;
    let by_owner = match &request.device_hashes {
        Some(hashes) => {
            let hashes: Vec<String> = hashes.split(' ').map(str::to_owned).collect();
            devices::find(tx, owner.id, &hashes, known_since).await?.is_some()
        }
        None => false,
    };
    let is_mailed = requests::may_mail(services, tx, request, by_owner).await?;
    if is_mailed {
        let settings = services.settings().await?;
        let token = issue(services, tx, owner.id).await?;
        notices::tell(services, tx, &settings, &owner, AccountNews::ResetPassword { token }).await?;
        let event = AuditEvent { act: Act::MailPasswordReset, ids: &[owner.id], patient: None };
        record(services, tx, &Actor::system("mail"), event).await?;
    }
    Ok(Answered { by_owner, is_mailed })
}

/// A new token beside those mailed before: each works until its time is over or one of them was used.
async fn issue(services: &Services, tx: &Tx, user: i64) -> Result<String> {
    let (token, now) = (random_token(), services.now());
    let new = NewToken {
        purpose: Purpose::ResetPassword,
        user,
        hash: token_hash(&token),
        tries: 1,
        expires: now + LINK_TIME,
    };
    one_time::insert(tx, new, now).await?;
    Ok(token)
}

/// Whether a mailed link still works. Looking uses nothing up. Public: the token is the proof.
///
/// # Errors
/// When the database is away.
pub async fn may_reset_password(services: &Services, _actor: &Actor, token: &str) -> Result<bool> {
    let (db, now) = (services.db().read(), services.now());
    Ok(one_time::find(db, Purpose::ResetPassword, &token_hash(token), now).await?.is_some())
}

/// Sets the new password, once. All sessions end. Public: the token is the proof.
///
/// # Errors
/// `Invalid` with a sentence for the token or the password; a refused password does not use the link up.
pub async fn reset_password(services: &Services, actor: &Actor, command: ResetPassword) -> Result<()> {
    let ResetPassword { token, password, password_confirm } = command;
    let hash = token_hash(&token);
    let (db, now) = (services.db().read(), services.now());
    let found = one_time::find(db, Purpose::ResetPassword, &hash, now).await?.ok_or_else(not_working)?;
    let user = users::load(db, found.user_id).await?;
    let known = Known::of(&[&user.username, &user.email, &user.first_name, &user.last_name]);
    let password = accept(services, "password", password, password_confirm, known).await?.map_err(Error::Invalid)?;
    let new_hash = services.passwords().hash(password).await?;
    services.db().retrying(|| reset_once(services, actor, user.id, &hash, &new_hash)).await
}

fn not_working() -> Error {
    Error::field("token", "This link was already used or has expired. Please ask for a new one.")
}

async fn reset_once(services: &Services, actor: &Actor, user: i64, token: &str, new_hash: &str) -> Result<()> {
    let settings = services.settings().await?;
    let now = services.now();
    let tx = services.db().begin().await?;
    let user = users::lock(&tx, user).await?;
    if !may_sign_in(&user) || !one_time::use_up(&tx, Purpose::ResetPassword, token, now).await? {
        return Err(not_working());
    }
    users::set_password(&tx, user.id, new_hash.to_owned()).await?;
    sessions::revoke_all(&tx, user.id, None, now, "password reset").await?;
    devices::forget_all(&tx, user.id).await?;
    one_time::withdraw(&tx, Purpose::ResetPassword, user.id).await?;
    one_time::withdraw(&tx, Purpose::SignInCode, user.id).await?;
    one_time::withdraw(&tx, Purpose::SignInEnrolment, user.id).await?;
    notices::tell(services, &tx, &settings, &user, AccountNews::PasswordReset).await?;
    let event = AuditEvent { act: Act::ResetPassword, ids: &[user.id], patient: None };
    record(services, &tx, actor, event).await?;
    tx.commit().await
}
