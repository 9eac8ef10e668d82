//! Vital signs: measured by patients at home or by doctors at a visit. They are final as they are entered.

use domain_types::{
    DoctorId, PatientId, RecordId,
    auth::Role,
    page::{Page, PageRequest},
    records::{Content, PatientRef, RecordStatus, RecordType, RecordView, Vitals},
};
use sea_orm::sea_query::SelectStatement;

use super::{
    dangers,
    entries::{page_of, shown_once},
    notices::{self, Told},
    policy::{self, Write},
    rows,
    writing::{NewEntry, enter},
};
use crate::{
    access::{Act, Actor, Audited, Doctor, Patient, Permit},
    db::Tx,
    error::{Error, Result},
    idempotency::IdempotencyKey,
    services::Services,
    settings::Settings,
};

/// Enters what was measured just now: patients for themselves, doctors for patients that they may write about. Doctors who
/// have a patient in care are told of what the patient measured and nobody should wait with; what a doctor measured waits in
/// their own inbox until they have acted.
///
/// # Errors
/// `Forbidden` for administrators, `NotFound` for a patient that is not theirs, `Invalid` when a doctor names nobody.
pub async fn enter_vitals(
    services: &Services,
    actor: &Actor,
    patient: Option<&PatientRef>,
    vitals: Vitals,
    key: Option<IdempotencyKey>,
) -> Result<Audited<RecordView>> {
    let person = actor.person()?;
    let act = Act::EnterVitals;
    let tx = services.db().begin().await?;
    let outcome = async {
        shown_once(services, &tx, person, key.as_ref(), measured(services, &tx, actor, patient, vitals)).await
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}

async fn measured(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    patient: Option<&PatientRef>,
    vitals: Vitals,
) -> Result<i64> {
    let person = actor.person()?;
    let settings = services.settings().await?;
    let (permit, doctor) = whose(services, tx, actor, patient, &settings).await?;
    let new = NewEntry {
        doctor,
        author: person,
        visit: None,
        about: None,
        kind: RecordType::Vitals,
        status: RecordStatus::Final,
        date: settings.labels(services.now()).today(),
        content: &Content::Vitals(vitals),
        results: &[],
    };
    let patient = PatientId(permit.object());
    let id = enter(services, tx, permit, new).await?;
    if dangers::are_dangerous(&vitals) {
        // A doctor who measures knows it, and has not acted by that; a patient at home is alone with it.
        let (doctors, told) = match doctor {
            Some(doctor) => (vec![doctor], Told::Inbox),
            None => (notices::doctors_in_care(services, tx, &settings, patient).await?, Told::InboxAndMail),
        };
        notices::tell_critical(services, tx, &settings, (RecordId(id), patient), &doctors, told).await?;
    }
    Ok(id)
}

/// About whom something is entered, and which doctor answers for it: patients enter for themselves, doctors for patients
/// that they may write about.
///
/// # Errors
/// `OtherRole` for administrators, `NotFound` for a patient that is not theirs, `Invalid` when a doctor names nobody.
pub(super) async fn whose(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    patient: Option<&PatientRef>,
    settings: &Settings,
) -> Result<(Permit<Write>, Option<DoctorId>)> {
    if actor.person()?.role() == Role::Patient {
        let own = Patient::try_from(actor)?.id;
        if patient.is_some_and(|named| *named != PatientRef::Id(own)) {
            return Err(Error::NotFound);
        }
        return Ok((policy::write_own(own), None));
    }
    let doctor = Doctor::try_from(actor)?;
    let named = patient.ok_or_else(|| Error::field("patient", "Enter the patient."))?;
    let permit = policy::write(tx, doctor, named, settings, services.now()).await?;
    Ok((permit, Some(doctor.id)))
}

/// What was measured, of the patients that the actor may see, the newest first.
///
/// # Errors
/// `Unauthenticated` when nobody is signed in.
pub async fn vitals(services: &Services, actor: &Actor, page: PageRequest) -> Result<Audited<Page<RecordView>>> {
    actor.person()?;
    let act = Act::ListVitals;
    let tx = services.db().snapshot().await?;
    let outcome = async {
        let narrow = |query: &mut SelectStatement| {
            rows::final_only(query);
            rows::of_kinds(query, &[RecordType::Vitals]);
        };
        page_of(services, &tx, actor.person()?, page, narrow).await
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}
