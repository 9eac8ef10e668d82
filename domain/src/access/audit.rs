//! The audit trail: one event for each act, in the transaction of the act.

use domain_types::{PatientId, audit::Act};
use entity::audit_event;
use sea_orm::Set;

use super::group_commit::{Event, insert};
use crate::{
    access::Actor,
    db::Tx,
    error::{Error, Result},
    services::Services,
    time::to_db,
};

/// What happened to which objects.
#[derive(Debug)]
pub(crate) struct AuditEvent<'a> {
    pub act: Act,
    pub ids: &'a [i64],
    pub patient: Option<PatientId>,
}

/// Writes an event into the transaction of the act.
///
/// # Errors
/// When the database refuses; the act then fails with it.
pub(crate) async fn record(services: &Services, tx: &Tx, actor: &Actor, event: AuditEvent<'_>) -> Result<()> {
    let patients: Vec<PatientId> = event.patient.into_iter().collect();
    write(services, tx, actor, event.act, event.ids, &patients, Ok(())).await
}

/// `outcome` is the reason of a denial.
async fn write(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    act: Act,
    ids: &[i64],
    patients: &[PatientId],
    outcome: Result<(), Option<String>>,
) -> Result<()> {
    insert(tx, [event(services, actor, act, ids, patients, outcome)?]).await
}

fn event(
    services: &Services,
    actor: &Actor,
    act: Act,
    ids: &[i64],
    patients: &[PatientId],
    outcome: Result<(), Option<String>>,
) -> Result<Event> {
    let ids = serde_json::to_string(ids).map_err(Error::caused("an audit event could not be written"))?;
    let one = match patients {
        [patient] => Some(patient.0),
        _ => None,
    };
    let row = audit_event::ActiveModel {
        at: Set(to_db(services.now())),
        actor_user_id: Set(actor.user_id().map(|user| user.0)),
        actor_role: Set(actor.trail_name()),
        action: Set(act.as_str().to_owned()),
        object_kind: Set(act.object().as_str().to_owned()),
        object_ids: Set(ids),
        patient_id: Set(one),
        outcome: Set(if outcome.is_ok() { "allowed" } else { "denied" }.to_owned()),
        reason: Set(outcome.err().flatten()),
        request_id: Set(actor.request_id().map(str::to_owned)),
        ..Default::default()
    };
    Ok(Event { row, patients: patients.to_vec() })
}

/// What an act found or made.
#[derive(Debug)]
pub(crate) struct Found<T> {
    pub value: T,
    pub ids: Vec<i64>,
    /// Whose records it is about, each once.
    pub patients: Vec<PatientId>,
    /// What was done, when it turned out to be something else than what was asked for.
    act: Option<Act>,
}

impl<T> Found<T> {
    /// About one patient.
    pub(crate) fn of(patient: PatientId, ids: Vec<i64>, value: T) -> Self {
        Self { value, ids, patients: vec![patient], act: None }
    }

    /// About all of these patients, each of whom may be named more than once.
    pub(crate) fn of_all(patients: impl IntoIterator<Item = PatientId>, ids: Vec<i64>, value: T) -> Self {
        let mut patients: Vec<PatientId> = patients.into_iter().collect();
        patients.sort_unstable();
        patients.dedup();
        Self { value, ids, patients, act: None }
    }

    /// The same things found, shown in another form.
    pub(crate) fn map<U>(self, show: impl FnOnce(T) -> U) -> Found<U> {
        let Self { value, ids, patients, act } = self;
        Found { value: show(value), ids, patients, act }
    }

    /// The same things found, by another act than the one that was asked for.
    pub(crate) fn by(mut self, act: Act) -> Self {
        self.act = Some(act);
        self
    }
}

/// Clinical data, together with the proof that the reading is in the trail: it can only be made by writing the event and
/// committing it.
#[derive(Debug)]
#[must_use]
pub struct Audited<T>(T);

impl<T> Audited<T> {
    /// Ends an act on clinical data with exactly one event. What was allowed is noted in the act's own transaction,
    /// which is then committed; what was read on a snapshot, in the next group of such events, and nothing is handed out
    /// before that is committed. What was denied is rolled back and noted by itself: that of an
    /// unknown object reads like that of somebody else's, `asked` being what was asked for. What failed otherwise
    /// changes nothing, and nobody saw anything.
    pub(crate) async fn settle(
        services: &Services,
        tx: Tx,
        actor: &Actor,
        act: Act,
        asked: &str,
        outcome: Result<Found<T>>,
    ) -> Result<Self> {
        match outcome {
            Ok(Found { value, ids, patients, act: done }) if tx.only_reads() => {
                tx.roll_back().await?;
                let event = event(services, actor, done.unwrap_or(act), &ids, &patients, Ok(()))?;
                services.group_commit().write(services.db(), event).await?;
                Ok(Self(value))
            }
            Ok(Found { value, ids, patients, act: done }) => {
                write(services, &tx, actor, done.unwrap_or(act), &ids, &patients, Ok(())).await?;
                tx.commit().await?;
                Ok(Self(value))
            }
            Err(error) => {
                tx.roll_back().await?;
                if error.is_denial() && actor.is_signed_in() {
                    let event = event(services, actor, act, &[], &[], Err(plainly(asked)))?;
                    services.group_commit().write(services.db(), event).await?;
                }
                Err(error)
            }
        }
    }

    /// The value, to be shown.
    pub fn into_inner(self) -> T {
        self.0
    }
}

/// What somebody asked for, as far as it can be a reference or a number: nothing else that was typed is kept.
fn plainly(asked: &str) -> Option<String> {
    let is_plain =
        !asked.is_empty() && asked.len() <= 40 && asked.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    is_plain.then(|| format!("asked for {asked}"))
}
