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
    let ids = serde_json::to_string(event.ids).map_err(Error::caused("an audit event could not be written"))?;
    audit_event::ActiveModel {
        at: Set(to_db(services.now())),
        actor_user_id: Set(actor.user_id().map(|user| user.0)),
        actor_role: Set(actor.trail_name()),
        action: Set(event.action.to_owned()),
        object_kind: Set(event.object.to_owned()),
        object_ids: Set(ids),
        patient_id: Set(event.patient.map(|patient| patient.0)),
        outcome: Set("allowed".into()),
        request_id: Set(actor.request_id().map(str::to_owned)),
        ..Default::default()
    }
    .insert(&**tx)
    .await?;
    Ok(())
}

/// Clinical data that was read, together with the proof that the reading is in the trail: it can only be made by
/// writing the event and committing it.
#[derive(Debug)]
#[must_use]
pub struct Audited<T>(T);

impl<T> Audited<T> {
    /// Writes the event, commits the transaction that the value was read in, and releases the value.
    pub(crate) async fn release(
        services: &Services,
        tx: Tx,
        actor: &Actor,
        event: AuditEvent<'_>,
        value: T,
    ) -> Result<Self> {
        record(services, &tx, actor, event).await?;
        tx.commit().await?;
        Ok(Self(value))
    }

    /// The value, to be shown.
    pub fn into_inner(self) -> T {
        self.0
    }
}
