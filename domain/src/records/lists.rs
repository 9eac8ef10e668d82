//! What holds at present: problems, allergies and medicines, each until it is ended; and vaccinations, which stay.

use domain_types::{
    RecordId,
    records::{Content, ListForm, PatientRef, RecordStatus, RecordType, RecordView},
};

use super::{
    entries::{entry, shown},
    policy,
    writing::{self, NewEntry, enter},
};
use crate::{
    access::{Act, Actor, Audited, Doctor},
    error::{Error, Result},
    services::Services,
    settings,
};

/// Adds a problem, an allergy or a medicine to what holds for a patient, or enters a vaccination that was given today.
///
/// # Errors
/// `OtherRole` for everybody but doctors, `NotFound` for a patient that they may not write about, `Invalid`.
pub async fn add_item(
    services: &Services,
    actor: &Actor,
    patient: &PatientRef,
    form: &ListForm,
) -> Result<Audited<RecordView>> {
    actor.person()?;
    let act = Act { action: "lists.add", object: "record" };
    let tx = services.db().begin().await?;
    let outcome = async {
        let doctor = Doctor::try_from(actor)?;
        let settings = settings::load(&*tx).await?;
        let permit = policy::write(&*tx, doctor, patient, &settings, services.now()).await?;
        let content = form.parse()?;
        let (kind, status) = kind_of(&content)?;
        let new = NewEntry {
            doctor: Some(doctor.id),
            author: doctor.person,
            visit: None,
            about: None,
            kind,
            status,
            date: settings.labels(services.now()).today(),
            content: &content,
            results: &[],
        };
        let id = enter(services, &tx, permit, new).await?;
        shown(services, &tx, doctor.person, &settings, RecordId(id)).await
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}

fn kind_of(content: &Content) -> Result<(RecordType, RecordStatus)> {
    match content {
        Content::Problem(_) => Ok((RecordType::Problem, RecordStatus::Active)),
        Content::Allergy(_) => Ok((RecordType::Allergy, RecordStatus::Active)),
        Content::Medication(_) => Ok((RecordType::Medication, RecordStatus::Active)),
        Content::Immunisation(_) => Ok((RecordType::Immunisation, RecordStatus::Final)),
        _ => Err(Error::field("kind", "Choose a type.")),
    }
}

/// Ends an item: it no longer holds, and stays in the database as what held once.
///
/// # Errors
/// `OtherRole` for everybody but doctors, `NotFound` for whatever does not hold, or not for a patient of theirs.
pub async fn end_item(services: &Services, actor: &Actor, reference: &str) -> Result<Audited<RecordView>> {
    actor.person()?;
    let act = Act { action: "lists.end", object: "record" };
    let tx = services.db().begin().await?;
    let outcome = async {
        let doctor = Doctor::try_from(actor)?;
        let settings = settings::load(&*tx).await?;
        let item = entry(services, &*tx, doctor.person, &settings, &reference.into()).await?;
        writing::end(services, &tx, policy::end(doctor, &item.row)?).await?;
        Ok(item.found())
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, reference, outcome).await
}
