//! Vital signs: measured by patients at home or by doctors at a visit. They are final as they are entered.

use domain_types::{
    DoctorId, PatientId, RecordId,
    auth::Role,
    page::{Page, PageRequest},
    records::{Content, PatientRef, RecordStatus, RecordType, RecordView, Vitals},
};

use super::{
    notes, opening, patients,
    policy::{self, Write},
    rows,
    writing::{NewEntry, enter, once},
};
use crate::{
    access::{Act, Actor, Audited, Doctor, Found, Patient, Permit},
    db::{self, Tx},
    error::{Error, Result},
    idempotency::IdempotencyKey,
    services::Services,
    settings::{self, Settings},
};

/// Enters what was measured just now: patients for themselves, doctors for patients that they may write about.
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
    let act = Act { action: "vitals.write", object: "record" };
    let tx = services.db().begin().await?;
    let outcome = async {
        let id = once(services, &tx, person, key.as_ref(), measured(services, &tx, actor, patient, vitals)).await?;
        notes::shown(services, &tx, person, &settings::load(&*tx).await?, RecordId(id)).await
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
    let settings = settings::load(&**tx).await?;
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
    enter(services, tx, permit, new).await
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
    let named = patient.ok_or_else(|| Error::field("patient", "Say of which patient."))?;
    let patient = patients::find(&**tx, named).await?.ok_or(Error::NotFound)?;
    let (permit, _) = policy::write(&**tx, doctor, PatientId(patient.id), settings, services.now()).await?;
    Ok((permit, Some(doctor.id)))
}

/// What was measured, of the patients that the actor may see, the newest first.
///
/// # Errors
/// `Unauthenticated` when nobody is signed in.
pub async fn vitals(services: &Services, actor: &Actor, page: PageRequest) -> Result<Audited<Page<RecordView>>> {
    actor.person()?;
    let act = Act { action: "vitals.list", object: "record" };
    let tx = services.db().begin().await?;
    let outcome = async {
        let person = actor.person()?;
        let settings = settings::load(&*tx).await?;
        let mut query = rows::records();
        policy::visible_to(person, &settings, services.now(), &mut query)?;
        rows::final_only(&mut query);
        rows::of_kinds(&mut query, &[RecordType::Vitals]);
        let count = db::count(&*tx, &query, ("r", "id")).await?;
        rows::newest_first(&mut query);
        query.limit(u64::from(page.size())).offset(page.offset());
        let records = opening::read(services, &*tx, &settings, &query).await?.records;
        let ids = records.iter().map(|record| record.id.0).collect();
        let patients: Vec<_> = records.iter().map(|record| record.patient).chain(person.patient()).collect();
        Ok(Found::of_all(patients, ids, Page::new(page, count, records)))
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}
