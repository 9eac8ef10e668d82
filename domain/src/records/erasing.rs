//! Erasing what is said about a patient.

use domain_types::PatientId;
use entity::patient;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::{
    access::{Act, Actor, AuditEvent, record},
    error::{Error, Result},
    patient_keys,
    services::Services,
};

/// Erases the key of a patient, by their reference: nothing that was sealed under it can be read by anybody any more, in
/// no copy of the database that is made from now on. Entries keep their dates and kinds. Only the command line asks.
///
/// # Errors
/// `Forbidden` and `Unauthenticated` for whoever is not, `NotFound` for an unknown patient and for one whose key was erased before.
pub async fn erase(services: &Services, actor: &Actor, reference: &str) -> Result<()> {
    actor.must_be_system()?;
    let tx = services.db().begin().await?;
    let found = patient::Entity::find().filter(patient::Column::Reference.eq(reference.trim().to_uppercase()));
    let patient = PatientId(found.one(&tx).await?.ok_or(Error::NotFound)?.id);
    if !patient_keys::erase(services, &tx, patient).await? {
        return Err(Error::NotFound);
    }
    let event = AuditEvent { act: Act::EraseRecord, ids: &[patient.0], patient: Some(patient) };
    record(services, &tx, actor, event).await?;
    tx.commit().await
}
