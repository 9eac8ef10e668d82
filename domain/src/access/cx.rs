//! One act, from its beginning to its end.

use std::sync::Arc;

use domain_types::audit::{Act, Operation};

use super::{
    Actor, Person,
    audit::{Audited, Found},
};
use crate::{
    db::Tx,
    error::{Error, Result},
    moment::Moment,
    services::Services,
    settings::Settings,
};

/// What an act works with: who does it, in which transaction, and the clinic as it stood when it began. Made by
/// [`perform`] alone.
pub(crate) struct Cx<'a> {
    pub services: &'a Services,
    pub actor: &'a Actor,
    pub tx: Tx,
    pub at: Moment,
}

impl<'a> Cx<'a> {
    async fn begin(services: &'a Services, actor: &'a Actor, act: Act) -> Result<Self> {
        // Before the transaction: SQLite's one writer does not wait for what another connection reads.
        let at = services.moment().await?;
        let tx = match act.operation() {
            Operation::Read => services.db().snapshot().await?,
            _ => services.db().begin().await?,
        };
        Ok(Self { services, actor, tx, at })
    }

    pub(crate) fn settings(&self) -> &Settings {
        self.at.settings()
    }

    /// # Errors
    /// `Unauthenticated` when nobody is signed in.
    pub(crate) fn person(&self) -> Result<&'a Person> {
        self.actor.person()
    }
}

/// Does an act in one transaction and ends it with exactly one event ([`Audited`]). What only reads works on a snapshot
/// and holds nobody up; what loses a race in the database is tried again from its beginning. `asked` is what was asked
/// for, kept when it is denied. `work` lets go of the context when it ends.
///
/// # Errors
/// `Unauthenticated` when nobody is signed in, what the act says, and `Busy` when too many wait to write.
pub(crate) async fn perform<'a, T, F, Fut>(
    services: &'a Services,
    actor: &'a Actor,
    act: Act,
    asked: &str,
    work: F,
) -> Result<Audited<T>>
where
    T: Send,
    F: Fn(Arc<Cx<'a>>) -> Fut + Send + Sync,
    Fut: Future<Output = Result<Found<T>>> + Send,
{
    actor.person()?;
    let once = || async {
        let cx = Arc::new(Cx::begin(services, actor, act).await?);
        let outcome = work(Arc::clone(&cx)).await;
        let cx = Arc::into_inner(cx).ok_or_else(|| Error::internal("an act kept its transaction"))?;
        Audited::settle(services, cx.tx, actor, act, asked, outcome).await
    };
    services.db().retrying(once).await
}
