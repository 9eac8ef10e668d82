//! A new password for whoever lost theirs and still reads their mail. A second factor stays in force: the new password
//! is the first step of a sign-in, as the old one was.

use domain_types::auth::{Email, ResetPassword};
use jiff::SignedDuration;

use crate::{
    access::{Actor, AuditEvent, record},
    auth::{
        login::may_sign_in,
        notices,
        password_rules::{Known, accept},
        repo::{
            devices,
            one_time::{self, NewToken, Purpose},
            sessions, users,
        },
    },
    db::Tx,
    error::{Error, Result},
    mail::AccountNews,
    secrets::{random_token, token_hash},
    services::Services,
    settings::{self, Settings},
};

/// How long a mailed link works.
const LINK_TIME: SignedDuration = SignedDuration::from_mins(30);

/// Mails a link to the owner of an address. Public; the answer is the same whether there is one or not.
///
/// # Errors
/// `Invalid` when it is no address.
pub async fn request_password_reset(services: &Services, actor: &Actor, email: &str) -> Result<()> {
    let email = Email::parse(email).map_err(|why| Error::field("email", why))?;
    services.db().retrying(|| request_once(services, actor, &email)).await
}

async fn request_once(services: &Services, actor: &Actor, email: &Email) -> Result<()> {
    let settings = settings::load(services.db().read()).await?;
    let owner = users::find_by_email(services.db().read(), email).await?.filter(may_sign_in);
    // The trail is written for everybody, so that both answers cost one transaction.
    let tx = services.db().begin().await?;
    let ids: Vec<i64> = owner.iter().map(|user| user.id).collect();
    if let Some(owner) = &owner {
        // Requests for one account take turns: its messages are counted, and only the newest link works.
        users::lock(&tx, owner.id).await?;
    }
    if let Some(owner) = &owner
        && notices::may_write(services, &tx, &owner.email, "reset_password").await?
    {
        let token = issue(services, &tx, owner.id).await?;
        notices::tell(services, &tx, &settings, owner, AccountNews::ResetPassword { token }).await?;
    }
    let event = AuditEvent { action: "auth.request_password_reset", object: "user", ids: &ids, patient: None };
    record(services, &tx, actor, event).await?;
    tx.commit().await
}

/// A new token; those mailed before stop working.
async fn issue(services: &Services, tx: &Tx, user: i64) -> Result<String> {
    let (token, now) = (random_token(), services.now());
    one_time::withdraw(tx, Purpose::ResetPassword, user).await?;
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
    let password = accept("password", password, password_confirm, known).await.map_err(Error::Invalid)?;
    let new_hash = services.passwords().hash(password).await?;
    services.db().retrying(|| reset_once(services, actor, user.id, &hash, &new_hash)).await
}

fn not_working() -> Error {
    Error::field("token", "This link was already used or has expired. Please ask for a new one.")
}

async fn reset_once(services: &Services, actor: &Actor, user: i64, token: &str, new_hash: &str) -> Result<()> {
    let settings: Settings = settings::load(services.db().read()).await?;
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
    let event = AuditEvent { action: "auth.reset_password", object: "user", ids: &[user.id], patient: None };
    record(services, &tx, actor, event).await?;
    tx.commit().await
}
