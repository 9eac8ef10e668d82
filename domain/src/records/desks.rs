//! The desks at which doctors write: what they need to know before they begin, and what they are writing.

use domain_types::records::{
    Content, LabDraft, NoteDraft, PatientRef, PrescriptionDraft, RecordStatus, RecordType, RecordView, WritingDesk,
};
use sea_orm::sea_query::ExprTrait;

use super::{
    chart::{Opening, asked},
    checking,
    entries::{Entry, entry},
    opening, policy,
    rows::{self, R, col},
};
use crate::{
    access::{Act, Actor, Audited, Doctor, Found},
    appointments,
    db::Tx,
    error::{Error, Result},
    services::Services,
    settings,
};

/// Earlier notes whose words can be carried over.
const EARLIER: u64 = 5;

/// What a form about a patient needs to know, before anything is written.
///
/// # Errors
/// `OtherRole` for everybody but doctors, `NotFound` for a patient that they may not write about.
pub async fn desk(services: &Services, actor: &Actor, patient: &PatientRef) -> Result<Audited<WritingDesk>> {
    actor.person()?;
    let act = Act { action: "records.desk", object: "patient" };
    let tx = services.db().begin().await?;
    let outcome = async {
        let doctor = Doctor::try_from(actor)?;
        let opening = Opening::of(services, &tx, doctor.person, patient).await?;
        let id = opening.head.id;
        let allergies = allergies(services, &tx, &opening).await?;
        let earlier = earlier_notes(services, &tx, &opening).await?;
        let doctors = colleagues(services, &tx, doctor, &opening).await?;
        let ids = allergies.iter().chain(&earlier).map(|record| record.id.0).collect();
        let today = opening.labels.today().to_string();
        let access = opening.access();
        Ok(Found::of(id, ids, WritingDesk { patient: opening.head, access, allergies, today, doctors, earlier }))
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, &asked(patient), outcome).await
}

async fn allergies(services: &Services, tx: &Tx, opening: &Opening) -> Result<Vec<RecordView>> {
    let mut query = rows::records();
    query.and_where(col(R::PatientId).eq(opening.head.id.0));
    query.and_where(col(R::Status).eq(RecordStatus::Active.as_str()));
    rows::of_kinds(&mut query, &[RecordType::Allergy]);
    rows::newest_first(&mut query);
    Ok(opening::read(services, &**tx, &opening.settings, &query).await?.records)
}

async fn earlier_notes(services: &Services, tx: &Tx, opening: &Opening) -> Result<Vec<RecordView>> {
    let mut query = rows::records();
    query.and_where(col(R::PatientId).eq(opening.head.id.0));
    rows::final_only(&mut query);
    rows::of_kinds(&mut query, &[RecordType::Consultation]);
    rows::without_addenda(&mut query);
    rows::newest_first(&mut query);
    query.limit(EARLIER);
    Ok(opening::read(services, &**tx, &opening.settings, &query).await?.records)
}

/// The other doctors of the patient.
async fn colleagues(
    services: &Services,
    tx: &Tx,
    doctor: Doctor<'_>,
    opening: &Opening,
) -> Result<Vec<(String, String)>> {
    let since = appointments::care_begins(&opening.settings, services.now())?;
    let doctors = appointments::doctors_of(&**tx, opening.head.id, since).await?;
    let others = doctors.into_iter().filter(|(id, _)| *id != doctor.id);
    Ok(others.map(|(id, name)| (id.to_string(), name)).collect())
}

/// A draft of a doctor's own with who it is about.
async fn opened_draft(services: &Services, tx: &Tx, doctor: Doctor<'_>, reference: &str) -> Result<(Opening, Entry)> {
    let settings = settings::load(&**tx).await?;
    let draft = entry(services, &**tx, doctor.person, &settings, &reference.into()).await?;
    let _permit = policy::change(doctor.person, &draft.row)?;
    let opening = Opening::of(services, tx, doctor.person, &PatientRef::Id(draft.record.patient)).await?;
    Ok((opening, draft))
}

/// A note that a doctor is writing.
///
/// # Errors
/// `NotFound` for whatever is not the actor's own draft of a note, `RecordSigned` when it is signed.
pub async fn note_draft(services: &Services, actor: &Actor, reference: &str) -> Result<Audited<NoteDraft>> {
    actor.person()?;
    let act = Act { action: "records.write", object: "record" };
    let tx = services.db().begin().await?;
    let outcome = async {
        let doctor = Doctor::try_from(actor)?;
        let (opening, Entry { record, .. }) = opened_draft(services, &tx, doctor, reference).await?;
        if !matches!(record.content, Some(Content::Report(_))) || record.kind == RecordType::LabReport {
            return Err(Error::NotFound);
        }
        let allergies = allergies(services, &tx, &opening).await?;
        let earlier = earlier_notes(services, &tx, &opening).await?;
        let ids = std::iter::once(&record).chain(&allergies).chain(&earlier).map(|record| record.id.0).collect();
        let access = opening.access();
        let patient = record.patient;
        Ok(Found::of(patient, ids, NoteDraft { patient: opening.head, access, record, allergies, earlier }))
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, reference, outcome).await
}

/// A prescription that a doctor is writing, with what speaks against it.
///
/// # Errors
/// `NotFound` for whatever is not the actor's own draft of a prescription, `RecordSigned` when it is signed.
pub async fn prescription_draft(
    services: &Services,
    actor: &Actor,
    reference: &str,
) -> Result<Audited<PrescriptionDraft>> {
    actor.person()?;
    let act = Act { action: "prescriptions.write", object: "record" };
    let tx = services.db().begin().await?;
    let outcome = async {
        let doctor = Doctor::try_from(actor)?;
        let (opening, Entry { record, .. }) = opened_draft(services, &tx, doctor, reference).await?;
        if record.kind != RecordType::Prescription {
            return Err(Error::NotFound);
        }
        let allergies = allergies(services, &tx, &opening).await?;
        let checking::Checked { warnings, remark, seen } =
            checking::check(services, &tx, &opening.settings, &record).await?;
        let ids = std::iter::once(&record).chain(&allergies).map(|record| record.id.0).collect();
        let (patient, access) = (record.patient, opening.access());
        let draft = PrescriptionDraft { patient: opening.head, access, record, allergies, warnings, remark, seen };
        Ok(Found::of(patient, ids, draft))
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, reference, outcome).await
}

/// A laboratory report that a doctor is entering.
///
/// # Errors
/// `NotFound` for whatever is not the actor's own draft of a report, `RecordSigned` when it is released.
pub async fn lab_draft(services: &Services, actor: &Actor, reference: &str) -> Result<Audited<LabDraft>> {
    actor.person()?;
    let act = Act { action: "labs.write", object: "record" };
    let tx = services.db().begin().await?;
    let outcome = async {
        let doctor = Doctor::try_from(actor)?;
        let (opening, Entry { record, results, .. }) = opened_draft(services, &tx, doctor, reference).await?;
        if record.kind != RecordType::LabReport {
            return Err(Error::NotFound);
        }
        let (patient, access) = (record.patient, opening.access());
        let ids = vec![record.id.0];
        let draft = LabDraft { patient: opening.head, access, record, results };
        Ok(Found::of(patient, ids, draft))
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, reference, outcome).await
}
