//! Setting up an authenticator app in the middle of a sign-in: for people who may not be without one.

use domain_types::{UserId, auth::NewFactor};

use crate::{
    access::Actor,
    auth::{
        factors,
        guessing::{self, Claimed, Guess, Secret},
        login::{Arrival, Pending, SignedIn, Ticket, complete, may_sign_in},
        repo::{
            one_time::{self, Purpose},
            sessions, users,
        },
        second_step::take_try,
        sessions::Device,
    },
    db::Tx,
    error::{Error, Result},
    secrets::token_hash,
    services::Services,
};

/// A finished enrolment: the session, and the recovery codes, which are shown only now.
#[derive(Clone)]
pub struct Enrolled {
    pub signed_in: SignedIn,
    pub recovery_codes: Vec<String>,
}

impl std::fmt::Debug for Enrolled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Enrolled(…)")
    }
}

/// Draws the secret, in the transaction of the first step.
pub(super) async fn prepare(services: &Services, tx: &Tx, user: i64) -> Result<()> {
    factors::put_pending(services, tx, user).await
}

/// What the app has to be told. Public: the ticket is the proof of the first step.
///
/// # Errors
/// `TokenNotValid` when the ticket is unknown, too old or used.
pub async fn enrolment(services: &Services, _actor: &Actor, ticket: &Ticket) -> Result<NewFactor> {
    let (db, now) = (services.db().read(), services.now());
    let found = one_time::find(db, Purpose::SignInEnrolment, &token_hash(&ticket.0), now).await?;
    let user = found.ok_or(Error::TokenNotValid)?.user_id;
    factors::pending(services, user).await?.ok_or(Error::TokenNotValid)
}

/// Takes the app into use and signs in; sessions from before it end. Public: the ticket is the proof of the first step.
///
/// # Errors
/// `TokenNotValid` when the ticket is unknown, too old, used or out of tries, `Invalid` for a wrong code,
/// `TooManyGuesses`.
pub async fn confirm_enrolment(
    services: &Services,
    actor: &Actor,
    ticket: &Ticket,
    otp: &str,
    device: Device,
) -> Result<Enrolled> {
    factors::needs_code(otp)?;
    let hash = token_hash(&ticket.0);
    let user = take_try(services, Purpose::SignInEnrolment, &hash).await?;
    let guess = guessing::count(services, Secret::Code, Claimed::Account(UserId(user)), Some(&device)).await?;
    let step = Step { user, ticket_hash: &hash, otp, guess: &guess, device: &device };
    let (pending, recovery_codes) = services.db().retrying(|| confirm_once(services, actor, &step)).await?;
    Ok(Enrolled { signed_in: pending.finish(services).await?, recovery_codes })
}

struct Step<'a> {
    user: i64,
    ticket_hash: &'a str,
    otp: &'a str,
    guess: &'a Guess,
    device: &'a Device,
}

async fn confirm_once(services: &Services, actor: &Actor, step: &Step<'_>) -> Result<(Pending, Vec<String>)> {
    let settings = services.settings().await?;
    let tx = services.db().begin().await?;
    let user = users::lock(&tx, step.user).await?;
    if !may_sign_in(&user) {
        return Err(Error::TokenNotValid);
    }
    if !one_time::use_up(&tx, Purpose::SignInEnrolment, step.ticket_hash, services.now()).await? {
        return Err(Error::TokenNotValid);
    }
    let codes = factors::take_into_use(services, &tx, &user, step.otp).await?;
    step.guess.was_right(&tx).await?;
    sessions::revoke_all(&tx, user.id, None, services.now(), "second factor changed").await?;
    let arrival = Arrival { actor, settings: &settings, device: step.device, has_factor: true };
    let pending = complete(services, &tx, &arrival, &user).await?;
    tx.commit().await?;
    Ok((pending, codes))
}
