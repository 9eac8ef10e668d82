//! The second step of a sign-in: a code of the app, or one from the paper.

use domain_types::{UserId, auth::SecondProof};
use entity::user;

use crate::{
    access::Actor,
    auth::{
        factors::{app_step, needs_code},
        guessing::{self, Claimed, Guess, Secret},
        login::{Arrival, Pending, SignedIn, Ticket, complete, may_sign_in},
        notices, recovery_codes,
        repo::{
            factors,
            one_time::{self, Purpose},
            users,
        },
        sessions::Device,
    },
    db::Tx,
    error::{Error, Result},
    mail::AccountNews,
    secrets::token_hash,
    services::Services,
};

/// Finishes a sign-in whose password was right. Public: the ticket is the proof of the first step.
///
/// # Errors
/// `Invalid` when no code was typed, `TokenNotValid` when the ticket is unknown, too old, used, or out of tries,
/// `WrongCode`, `TooManyGuesses`.
pub async fn finish_sign_in(
    services: &Services,
    actor: &Actor,
    ticket: &Ticket,
    proof: SecondProof,
    device: Device,
) -> Result<SignedIn> {
    match &proof {
        SecondProof::Otp(otp) => needs_code(otp)?,
        SecondProof::Recovery(code) if code.trim().is_empty() => {
            return Err(Error::field("recovery_code", "Enter one of your recovery codes."));
        }
        SecondProof::Recovery(_) => {}
    }
    let hash = token_hash(&ticket.0);
    let user = take_try(services, Purpose::SignInCode, &hash).await?;
    let guess = guessing::count(services, Secret::Code, Claimed::Account(UserId(user)), Some(&device)).await?;
    let step = Step { ticket_hash: hash, proof, guess, device };
    services.db().retrying(|| finish_once(services, actor, user, &step)).await?.finish(services).await
}

struct Step {
    ticket_hash: String,
    proof: SecondProof,
    guess: Guess,
    device: Device,
}

/// Counts a try of the ticket, and gives whose it is.
pub(super) async fn take_try(services: &Services, purpose: Purpose, ticket_hash: &str) -> Result<i64> {
    let now = services.now();
    let token = one_time::find(services.db().read(), purpose, ticket_hash, now).await?.ok_or(Error::TokenNotValid)?;
    let tx = services.db().begin().await?;
    if !one_time::take_try(&tx, purpose, ticket_hash, now).await? {
        return Err(Error::TokenNotValid);
    }
    tx.commit().await?;
    Ok(token.user_id)
}

async fn finish_once(services: &Services, actor: &Actor, user: i64, step: &Step) -> Result<Pending> {
    let settings = services.settings().await?;
    let tx = services.db().begin().await?;
    let user = users::lock(&tx, user).await?;
    if !may_sign_in(&user) {
        return Err(Error::TokenNotValid);
    }
    if !fits(services, &tx, &user, &step.proof).await? {
        return Err(Error::WrongCode);
    }
    if !one_time::use_up(&tx, Purpose::SignInCode, &step.ticket_hash, services.now()).await? {
        return Err(Error::TokenNotValid);
    }
    step.guess.was_right(&tx).await?;
    if matches!(step.proof, SecondProof::Recovery(_)) {
        let left = factors::codes_left(&tx, user.id).await?;
        notices::tell(services, &tx, &settings, &user, AccountNews::RecoveryCodeUsed { left }).await?;
    }
    let arrival = Arrival { actor, settings: &settings, device: &step.device, has_factor: true };
    let pending = complete(services, &tx, &arrival, &user).await?;
    tx.commit().await?;
    Ok(pending)
}

/// Whether the code is right, and uses it up.
async fn fits(services: &Services, tx: &Tx, user: &user::Model, proof: &SecondProof) -> Result<bool> {
    let now = services.now();
    match proof {
        SecondProof::Otp(otp) => app_step(services, tx, user, otp).await,
        SecondProof::Recovery(code) => {
            factors::use_code(tx, user.id, &recovery_codes::hash(UserId(user.id), code), now).await
        }
    }
}
