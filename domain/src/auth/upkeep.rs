//! What happens to accounts without anybody asking: what expired is forgotten, what is sealed moves to the newest key.

use jiff::SignedDuration;

use crate::{
    access::{Act, Actor, AuditEvent, record},
    auth::{
        factors, guessing, keys,
        repo::{devices, one_time, registrations, requests, sessions},
        requests::REMEMBERED,
    },
    error::Result,
    key_check, patient_keys,
    services::Services,
};

/// Ended sessions stay for so long, for whoever asks what happened.
const ENDED_SESSIONS: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Forgets registrations, tokens, counters, keys and sessions that are over.
///
/// # Errors
/// When the database is away.
pub async fn forget_expired(services: &Services) -> Result<u64> {
    let now = services.now();
    let tx = services.db().begin().await?;
    let mut gone = registrations::forget(&tx, now).await?;
    gone += requests::forget(&tx, now - REMEMBERED).await?;
    gone += one_time::forget(&tx, now).await?;
    gone += devices::forget(&tx, now - guessing::KNOWN_DEVICE).await?;
    gone += sessions::forget(&tx, now - ENDED_SESSIONS).await?;
    tx.commit().await?;
    gone += guessing::forget_old(services).await?;
    gone += keys::forget_retired(services).await?;
    Ok(gone)
}

/// Seals everything anew that was sealed under an earlier master key, and gives how much. Afterwards nothing needs the
/// earlier key any more but forms and messages of the last minutes.
///
/// # Errors
/// When something was sealed under a key that nobody has.
pub async fn reseal(services: &Services, actor: &Actor) -> Result<u64> {
    let resealed =
        keys::reseal(services).await? + factors::reseal(services).await? + patient_keys::reseal(services).await?;
    key_check::reseal(services).await?;
    let tx = services.db().begin().await?;
    let event = AuditEvent { act: Act::Reseal, ids: &[], patient: None };
    record(services, &tx, actor, event).await?;
    tx.commit().await?;
    Ok(resealed)
}
