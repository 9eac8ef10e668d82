//! A patient's chart.

use domain_types::{
    PatientId,
    records::{Access, Chart, ChartVisit, PatientHead, PatientRef, RecordType, TimelineGroup, latest_readings},
};
use sea_orm::sea_query::ExprTrait;

use super::{
    checking, drafts, opening, patients,
    policy::{self, Reach},
    rows::{self, R, col},
    timeline,
};
use crate::{
    access::{Act, Actor, Audited, Found, Person},
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
/// Vaccinations in a chart.
const VACCINATIONS: u64 = 12;
/// The latest measurements, from which every reading is taken as it was last.
const MEASUREMENTS: u64 = 12;

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
    pub labels: Labels,
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
    let measured = latest(TimelineGroup::Vitals, MEASUREMENTS);
    let vitals = latest_readings(&opening::read(services, &**tx, settings, &measured).await?.records);
    let shots = latest(TimelineGroup::Immunisations, VACCINATIONS);
    let immunisations = opening::read(services, &**tx, settings, &shots).await?.records;
    let mut own = drafts::of(person, Some(id));
    rows::newest_first(&mut own);
    let drafts = opening::read(services, &**tx, settings, &own).await?.records;
    let out_of_range = timeline::newest_out_of_range(services, tx, settings, id).await?;
    let visits = visits(services, tx, person, &opening).await?;

    let shown = [&holds, &recent, &immunisations, &drafts].into_iter().flatten();
    let mut ids: Vec<i64> = shown.map(|record| record.id.0).collect();
    ids.extend(vitals.iter().map(|reading| reading.record.0));
    ids.extend(out_of_range.iter().map(|result| result.record.0));
    ids.sort_unstable();
    ids.dedup();
    let chart = Chart {
        access: opening.access(),
        may_write: person.doctor().is_some(),
        allergies: of(RecordType::Allergy),
        none_known: of(RecordType::NoKnownAllergies).into_iter().next(),
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
