//! The audit trail: one event for each act, in the transaction of the act.

use domain_types::PatientId;
use entity::audit_event;
use sea_orm::{ActiveModelTrait, Set};

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
    /// `records.list`, `appointments.book`
    pub action: &'static str,
    /// `record`, `appointment`
    pub object: &'static str,
    pub ids: &'a [i64],
    pub patient: Option<PatientId>,
}

/// Writes an event into the transaction of the act.
///
/// # Errors
/// When the database refuses; the act then fails with it.
pub(crate) async fn record(services: &Services, tx: &Tx, actor: &Actor, event: AuditEvent<'_>) -> Result<()> {
    write(services, tx, actor, event, "allowed", None).await
}

async fn write(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    event: AuditEvent<'_>,
    outcome: &str,
    reason: Option<String>,
) -> Result<()> {
    let ids = serde_json::to_string(event.ids).map_err(Error::caused("an audit event could not be written"))?;
    audit_event::ActiveModel {
        at: Set(to_db(services.now())),
        actor_user_id: Set(actor.user_id().map(|user| user.0)),
        actor_role: Set(actor.trail_name()),
        action: Set(event.action.to_owned()),
        object_kind: Set(event.object.to_owned()),
        object_ids: Set(ids),
        patient_id: Set(event.patient.map(|patient| patient.0)),
        outcome: Set(outcome.to_owned()),
        reason: Set(reason),
        request_id: Set(actor.request_id().map(str::to_owned)),
        ..Default::default()
    }
    .insert(&**tx)
    .await?;
    Ok(())
}

/// An act on clinical data, for the trail.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Act {
    /// `records.read`
    pub action: &'static str,
    /// `record`
    pub object: &'static str,
}

/// What an act found or made.
#[derive(Debug)]
pub(crate) struct Found<T> {
    pub value: T,
    pub ids: Vec<i64>,
    /// Whose record it is about, when it is about one.
    pub patient: Option<PatientId>,
}

/// Clinical data, together with the proof that the reading is in the trail: it can only be made by writing the event and
/// committing it.
#[derive(Debug)]
#[must_use]
pub struct Audited<T>(T);

impl<T> Audited<T> {
    /// Ends an act on clinical data with exactly one event. What was allowed is noted in the act's own transaction,
    /// which is then committed. What was denied is rolled back and noted in a transaction of its own: that of an
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
        let Act { action, object } = act;
        match outcome {
            Ok(Found { value, ids, patient }) => {
                record(services, &tx, actor, AuditEvent { action, object, ids: &ids, patient }).await?;
                tx.commit().await?;
                Ok(Self(value))
            }
            Err(error) => {
                tx.roll_back().await?;
                if error.is_denial() && actor.is_signed_in() {
                    let tx = services.db().begin().await?;
                    let event = AuditEvent { action, object, ids: &[], patient: None };
                    write(services, &tx, actor, event, "denied", plainly(asked)).await?;
                    tx.commit().await?;
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
