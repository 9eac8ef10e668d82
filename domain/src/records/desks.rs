//! The desks at which doctors write: what they need to know before they begin, and what they are writing.

use domain_types::records::{
    Content, LabDraft, NoteDraft, PatientRef, PrescriptionDraft, RecordType, RecordView, WritingDesk,
};
use sea_orm::sea_query::ExprTrait;

use super::{
    Which, allergies,
    chart::{Opening, asked},
    checking,
    entries::{Entry, entry},
    note_visits::note_visits,
    opening,
    overview::overview,
    policy,
    rows::{self, R, col},
    warnings,
};
use crate::{
    access::{Act, Actor, Audited, Doctor, Found},
    appointments,
    db::Tx,
    error::{Error, Result},
    services::Services,
};

/// Earlier notes whose words can be carried over.
const EARLIER: u64 = 5;

/// What a form about a patient needs to know, before anything is written.
///
/// # Errors
/// `OtherRole` for everybody but doctors, `NotFound` for a patient that they may not write about.
pub async fn desk(services: &Services, actor: &Actor, patient: &PatientRef) -> Result<Audited<WritingDesk>> {
    actor.person()?;
    let act = Act::OpenForm;
    let tx = services.db().snapshot().await?;
    let outcome = async {
        let doctor = Doctor::try_from(actor)?;
        let opening = Opening::of(services, &tx, doctor.person, patient).await?;
        let id = opening.head.id;
        let (allergies, none_known) = allergies::held(services, &tx, &opening.settings, opening.head.id).await?;
        let earlier = earlier_notes(services, &tx, &opening).await?;
        let doctors = colleagues(services, &tx, doctor, &opening).await?;
        let visits = note_visits(&tx, (doctor.person, doctor.id), &opening, services.now()).await?;
        let ids = allergies.iter().chain(&none_known).chain(&earlier).map(|record| record.id.0).collect();
        let today = opening.labels.today().to_string();
        let access = opening.access();
        let known_names = warnings::choices();
        let patient = opening.head;
        let desk = WritingDesk { patient, access, allergies, none_known, known_names, today, doctors, earlier, visits };
        Ok(Found::of(id, ids, desk))
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, &asked(patient), outcome).await
}

async fn earlier_notes(services: &Services, tx: &Tx, opening: &Opening) -> Result<Vec<RecordView>> {
    let mut query = rows::records();
    query.and_where(col(R::PatientId).eq(opening.head.id.0));
    rows::final_only(&mut query);
    rows::of_kinds(&mut query, &[RecordType::Consultation]);
    rows::without_addenda(&mut query);
    rows::newest_first(&mut query);
    query.limit(EARLIER);
    Ok(opening::read(services, tx, &opening.settings, &query).await?.records)
}

/// The other doctors of the patient.
async fn colleagues(
    services: &Services,
    tx: &Tx,
    doctor: Doctor<'_>,
    opening: &Opening,
) -> Result<Vec<(String, String)>> {
    let since = appointments::care_begins(&opening.settings, services.now())?;
    let doctors = appointments::doctors_of(tx, opening.head.id, since).await?;
    let others = doctors.into_iter().filter(|(id, _)| *id != doctor.id);
    Ok(others.map(|(id, name)| (id.to_string(), name)).collect())
}

/// A draft of a doctor's own with who it is about.
async fn opened_draft(services: &Services, tx: &Tx, doctor: Doctor<'_>, which: &Which) -> Result<(Opening, Entry)> {
    let settings = services.settings().await?;
    let draft = entry(services, tx, doctor.person, &settings, which).await?;
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
    let act = Act::OpenDraft;
    let tx = services.db().snapshot().await?;
    let outcome = async {
        let doctor = Doctor::try_from(actor)?;
        let (opening, Entry { record, .. }) = opened_draft(services, &tx, doctor, &reference.into()).await?;
        if !matches!(record.content, Some(Content::Report(_))) || record.kind == RecordType::LabReport {
            return Err(Error::NotFound);
        }
        let (overview, beside) = overview(services, &tx, &opening.settings, opening.head.id).await?;
        let earlier = earlier_notes(services, &tx, &opening).await?;
        let mut others = [beside, earlier.iter().map(|record| record.id.0).collect()].concat();
        others.sort_unstable();
        others.dedup();
        // The draft stands first: by it the patient's log knows when the opening was one before a signature.
        let ids = std::iter::once(record.id.0).chain(others).collect();
        let access = opening.access();
        let patient = record.patient;
        Ok(Found::of(patient, ids, NoteDraft { patient: opening.head, access, record, overview, earlier }))
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
    which: impl Into<Which> + Send,
) -> Result<Audited<PrescriptionDraft>> {
    actor.person()?;
    let which = which.into();
    let act = Act::OpenDraft;
    let tx = services.db().snapshot().await?;
    let outcome = async {
        let doctor = Doctor::try_from(actor)?;
        let (opening, Entry { record, .. }) = opened_draft(services, &tx, doctor, &which).await?;
        if record.kind != RecordType::Prescription {
            return Err(Error::NotFound);
        }
        let (allergies, none_known) = allergies::held(services, &tx, &opening.settings, opening.head.id).await?;
        let checking::Checked { warnings, not_compared, remark, seen, .. } =
            checking::check(services, &tx, &opening.settings, &record).await?;
        let ids = std::iter::once(&record).chain(&allergies).chain(&none_known).map(|record| record.id.0).collect();
        let (patient, access) = (record.patient, opening.access());
        let draft = PrescriptionDraft {
            patient: opening.head,
            access,
            record,
            allergies,
            none_known,
            warnings,
            not_compared,
            remark,
            seen,
        };
        Ok(Found::of(patient, ids, draft))
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, &which.words(), outcome).await
}

/// A laboratory report that a doctor is entering.
///
/// # Errors
/// `NotFound` for whatever is not the actor's own draft of a report, `RecordSigned` when it is released.
pub async fn lab_draft(services: &Services, actor: &Actor, reference: &str) -> Result<Audited<LabDraft>> {
    actor.person()?;
    let act = Act::OpenDraft;
    let tx = services.db().snapshot().await?;
    let outcome = async {
        let doctor = Doctor::try_from(actor)?;
        let (opening, Entry { record, results, .. }) = opened_draft(services, &tx, doctor, &reference.into()).await?;
        if record.kind != RecordType::LabReport {
            return Err(Error::NotFound);
        }
        let (patient, access) = (record.patient, opening.access());
        let (allergies, none_known) = allergies::held(services, &tx, &opening.settings, patient).await?;
        let ids = std::iter::once(&record).chain(&allergies).chain(&none_known).map(|record| record.id.0).collect();
        let draft = LabDraft { patient: opening.head, access, record, results, allergies, none_known };
        Ok(Found::of(patient, ids, draft))
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, reference, outcome).await
}
