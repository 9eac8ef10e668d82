//! Agreeing to the privacy policy: which version, and when.

use crate::{
    access::{Act, Actor, AuditEvent, record},
    auth::{
        login::{POLICY_VERSION, needs_policy},
        repo::users,
    },
    error::Result,
    services::Services,
};

/// Notes that whoever asks agrees to the newest version, and gives its number.
///
/// # Errors
/// `Unauthenticated` when nobody is signed in.
pub async fn accept_policy(services: &Services, actor: &Actor) -> Result<i64> {
    let user = actor.person()?.user().0;
    let tx = services.db().begin().await?;
    users::accept_policy(&tx, user, POLICY_VERSION, services.now()).await?;
    let event = AuditEvent { act: Act::AcceptPolicy, ids: &[user], patient: None };
    record(services, &tx, actor, event).await?;
    tx.commit().await?;
    Ok(POLICY_VERSION)
}

/// Whether whoever asks has not agreed to the newest version yet.
///
/// # Errors
/// `Unauthenticated` when nobody is signed in.
pub async fn policy_is_pending(services: &Services, actor: &Actor) -> Result<bool> {
    Ok(needs_policy(&users::load(services.db().read(), actor.person()?.user().0).await?))
}
