//! A patient's chart, and the desks at which something is written about them.

use domain_types::{
    PatientId,
    records::{
        Access, Chart, ChartVisit, Content, LabDraft, NoteDraft, PatientHead, PatientRef, PrescriptionDraft,
        RecordStatus, RecordType, RecordView, TimelineGroup, WritingDesk,
    },
};
use sea_orm::sea_query::ExprTrait;

use super::{
    checking, drafts,
    entries::{Entry, entry},
    opening, patients,
    policy::{self, Reach},
    rows::{self, R, col},
    timeline,
};
use crate::{
    access::{Act, Actor, Audited, Doctor, Found, Person},
    appointments,
    db::Tx,
    error::{Error, Result},
    patient_keys,
    services::Services,
    settings::{self, Settings},
    time::Labels,
};

/// Latest entries in a chart.
const RECENT: u64 = 8;
/// Visits in a chart.
const VISITS: u64 = 12;
/// Earlier notes whose words can be carried over.
const EARLIER: u64 = 5;
/// Vaccinations in a chart.
const VACCINATIONS: u64 = 12;

/// A patient's chart, for doctors who have them in care, and in an emergency for doctors and administrators.
///
/// # Errors
/// `NotFound` for a patient who is unknown or not the actor's to see, `OtherRole` for patients.
pub async fn chart(services: &Services, actor: &Actor, patient: &PatientRef) -> Result<Audited<Chart>> {
    actor.person()?;
    let act = Act { action: "records.chart", object: "patient" };
    let tx = services.db().begin().await?;
    let outcome = read(services, &tx, actor, patient).await;
    Audited::settle(services, tx, actor, act, &asked(patient), outcome).await
}

pub(super) fn asked(patient: &PatientRef) -> String {
    match patient {
        PatientRef::Id(id) => id.to_string(),
        PatientRef::Reference(reference) => reference.clone(),
    }
}

/// Who is written or read about, and how the reader came to them.
pub(super) struct Opening {
    pub settings: Settings,
    labels: Labels,
    pub head: PatientHead,
    reach: Reach,
}

impl Opening {
    pub(super) async fn of(services: &Services, tx: &Tx, person: &Person, patient: &PatientRef) -> Result<Self> {
        if person.patient().is_some() {
            return Err(Error::OtherRole { needed: domain_types::auth::Role::Doctor, is: person.role() });
        }
        let settings = settings::load(&**tx).await?;
        let facts = patients::find(&**tx, patient).await?.ok_or(Error::NotFound)?;
        let now = services.now();
        let reach = policy::reach(&**tx, person, PatientId(facts.id), &settings, now).await?.ok_or(Error::NotFound)?;
        let labels = settings.labels(now);
        let head = facts.head(&labels)?;
        Ok(Self { settings, labels, head, reach })
    }

    pub(super) fn access(&self) -> Access {
        self.reach.shown(&self.labels)
    }
}

async fn read(services: &Services, tx: &Tx, actor: &Actor, patient: &PatientRef) -> Result<Found<Chart>> {
    let person = actor.person()?;
    let opening = Opening::of(services, tx, person, patient).await?;
    let (id, settings) = (opening.head.id, &opening.settings);
    let holds = checking::what_holds(services, &**tx, settings, id.0).await?;
    let of = |kind: RecordType| holds.iter().filter(|record| record.kind == kind).cloned().collect::<Vec<_>>();

    let mut recent = timeline::in_time(id, None);
    rows::newest_first(&mut recent);
    recent.limit(RECENT);
    let recent = opening::read(services, &**tx, settings, &recent).await?.records;
    let latest = |group: TimelineGroup, most: u64| {
        let mut query = timeline::in_time(id, Some(group));
        rows::newest_first(&mut query);
        query.limit(most);
        query
    };
    let vitals = opening::read(services, &**tx, settings, &latest(TimelineGroup::Vitals, 1)).await?.records.pop();
    let shots = latest(TimelineGroup::Immunisations, VACCINATIONS);
    let immunisations = opening::read(services, &**tx, settings, &shots).await?.records;
    let mut own = drafts::of(person, Some(id));
    rows::newest_first(&mut own);
    let drafts = opening::read(services, &**tx, settings, &own).await?.records;
    let out_of_range = timeline::newest_out_of_range(services, tx, settings, id).await?;
    let visits = visits(services, tx, person, &opening).await?;

    let shown = [&holds, &recent, &immunisations, &drafts].into_iter().flatten().chain(&vitals);
    let mut ids: Vec<i64> = shown.map(|record| record.id.0).collect();
    ids.extend(out_of_range.iter().map(|result| result.record.0));
    ids.sort_unstable();
    ids.dedup();
    let chart = Chart {
        access: opening.access(),
        may_write: person.doctor().is_some(),
        allergies: of(RecordType::Allergy),
        problems: of(RecordType::Problem),
        medications: of(RecordType::Medication),
        prescriptions: of(RecordType::Prescription),
        out_of_range,
        vitals,
        immunisations,
        recent,
        drafts,
        visits,
        patient: opening.head,
    };
    Ok(Found::of(id, ids, chart))
}

async fn visits(services: &Services, tx: &Tx, person: &Person, opening: &Opening) -> Result<Vec<ChartVisit>> {
    let visits = appointments::of_patient(&**tx, opening.head.id, VISITS).await?;
    let mut noted = rows::records();
    noted.and_where(col(R::AppointmentId).is_in(visits.iter().map(|visit| visit.id)));
    noted.and_where(col(R::PatientId).eq(opening.head.id.0));
    rows::final_only(&mut noted);
    rows::of_kinds(&mut noted, &[RecordType::Consultation, RecordType::Surgery, RecordType::Imaging]);
    rows::without_addenda(&mut noted);
    let noted: Vec<rows::Row> = crate::db::all(&**tx, &noted).await?;
    let keys = patient_keys::find(services, &**tx, [opening.head.id.0]).await?;
    let key = keys.get(&opening.head.id.0);
    let view = |visit: appointments::VisitFacts| -> Result<ChartVisit> {
        let note = noted.iter().find(|row| row.appointment_id == Some(visit.id)).map(|row| row.reference.clone());
        let is_own = person.doctor() == Some(visit.doctor);
        Ok(ChartVisit {
            reason: key.map(|key| visit.reason(key)).transpose()?,
            needs_note: is_own && note.is_none() && visit.status.is_noted() && visit.starts <= services.now(),
            when: opening.labels.when(visit.starts),
            status: visit.status,
            doctor_name: visit.doctor_name,
            reference: is_own.then_some(visit.reference),
            note,
        })
    };
    visits.into_iter().map(view).collect()
}

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
        let doctors = doctors(services, &tx, &opening).await?;
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

async fn doctors(services: &Services, tx: &Tx, opening: &Opening) -> Result<Vec<(String, String)>> {
    let since = appointments::care_begins(&opening.settings, services.now())?;
    let doctors = appointments::doctors_of(&**tx, opening.head.id, since).await?;
    Ok(doctors.into_iter().map(|(id, name)| (id.to_string(), name)).collect())
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
        let doctors = doctors(services, &tx, &opening).await?;
        let (patient, access) = (record.patient, opening.access());
        let ids = vec![record.id.0];
        let draft = LabDraft { patient: opening.head, access, record, results, doctors };
        Ok(Found::of(patient, ids, draft))
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, reference, outcome).await
}
