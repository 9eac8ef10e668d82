//! A patient's chart.

use std::sync::Arc;

use domain_types::{
    PatientId,
    appointments::{NoteStep, VisitNote},
    records::{
        Access, Chart, ChartVisit, ContactDetails, PatientHead, PatientRef, RecordType, TimelineEntry, TimelineGroup,
    },
};
use sea_orm::sea_query::{ExprTrait, Order};

use super::{
    drafts,
    opening::{self, Opened},
    overview::overview,
    patients,
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
    settings::Settings,
    time::Labels,
};

/// Latest entries in a chart.
const RECENT: u64 = 8;
/// Visits in a chart.
const VISITS: u64 = 12;
/// Vaccinations in a chart.
const VACCINATIONS: u64 = 12;

/// A patient's chart, for doctors who have them in care, and in an emergency for doctors and administrators.
///
/// # Errors
/// `NotFound` for a patient who is unknown or not the actor's to see, `OtherRole` for patients.
pub async fn chart(services: &Services, actor: &Actor, patient: &PatientRef) -> Result<Audited<Chart>> {
    actor.person()?;
    let act = Act::OpenChart;
    let tx = services.db().snapshot().await?;
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
    pub settings: Arc<Settings>,
    pub labels: Labels,
    pub head: PatientHead,
    pub contact: ContactDetails,
    reach: Reach,
}

impl Opening {
    pub(super) async fn of(services: &Services, tx: &Tx, person: &Person, patient: &PatientRef) -> Result<Self> {
        if person.patient().is_some() {
            return Err(Error::OtherRole { needed: domain_types::auth::Role::Doctor, is: person.role() });
        }
        let settings = services.settings().await?;
        let facts = patients::find(tx, patient).await?.ok_or(Error::NotFound)?;
        let now = services.now();
        let reach = policy::reach(tx, person, PatientId(facts.id), &settings, now).await?.ok_or(Error::NotFound)?;
        let labels = settings.labels(now);
        let head = facts.head(&labels)?;
        Ok(Self { settings, labels, contact: facts.contact(), head, reach })
    }

    pub(super) fn access(&self) -> Access {
        self.reach.shown(&self.labels)
    }
}

async fn read(services: &Services, tx: &Tx, actor: &Actor, patient: &PatientRef) -> Result<Found<Chart>> {
    let person = actor.person()?;
    let opening = Opening::of(services, tx, person, patient).await?;
    let (id, settings) = (opening.head.id, &opening.settings);
    let (overview, mut ids) = overview(services, tx, settings, id).await?;
    let mut recent = timeline::in_time(id, None);
    rows::newest_first(&mut recent);
    recent.limit(RECENT);
    let Opened { records, results, .. } = opening::read(services, tx, settings, &recent).await?;
    let recent: Vec<TimelineEntry> = records.into_iter().map(|record| timeline::entry(record, &results)).collect();
    let mut shots = timeline::in_time(id, Some(TimelineGroup::Immunisations));
    rows::newest_first(&mut shots);
    shots.limit(VACCINATIONS);
    let immunisations = opening::read(services, tx, settings, &shots).await?.records;
    let mut own = drafts::of(person, Some(id));
    rows::newest_first(&mut own);
    let drafts = opening::read(services, tx, settings, &own).await?.records;
    let visits = visits(services, tx, person, &opening).await?;

    ids.extend(recent.iter().map(|entry| entry.record.id.0));
    ids.extend([&immunisations, &drafts].into_iter().flatten().map(|record| record.id.0));
    ids.sort_unstable();
    ids.dedup();
    let chart = Chart {
        access: opening.access(),
        contact: opening.contact,
        may_write: person.doctor().is_some(),
        overview,
        immunisations,
        recent,
        drafts,
        visits,
        patient: opening.head,
    };
    Ok(Found::of(id, ids, chart))
}

async fn visits(services: &Services, tx: &Tx, person: &Person, opening: &Opening) -> Result<Vec<ChartVisit>> {
    let visits = appointments::of_patient(tx, opening.head.id, VISITS).await?;
    let mut noted = rows::records();
    noted.and_where(col(R::AppointmentId).is_in(visits.iter().map(|visit| visit.id)));
    noted.and_where(col(R::PatientId).eq(opening.head.id.0));
    drafts::signed_or_own(person, &mut noted);
    rows::of_kinds(&mut noted, &[RecordType::Consultation, RecordType::Surgery, RecordType::Imaging]);
    rows::without_addenda(&mut noted);
    noted.order_by(("r", R::Id), Order::Asc);
    let noted: Vec<rows::Row> = crate::db::all(tx, &noted).await?;
    let keys = patient_keys::find(services, tx, [opening.head.id.0]).await?;
    let key = keys.get(&opening.head.id.0);
    let view = |visit: appointments::VisitFacts| -> Result<ChartVisit> {
        let is_own = person.doctor() == Some(visit.doctor);
        let mut of_visit = noted.iter().filter(|row| row.appointment_id == Some(visit.id));
        // Their own before anybody else's.
        let note = of_visit
            .clone()
            .find(|row| drafts::is_note_of(person, row))
            .or_else(|| of_visit.find(|row| rows::is_signed(row)));
        let note = note.map(|row| VisitNote { reference: row.reference.clone(), is_signed: rows::is_signed(row) });
        Ok(ChartVisit {
            reason: key.map(|key| visit.reason(key)).transpose()?,
            note: if is_own { NoteStep::of(visit.status, note) } else { note.map(NoteStep::with) },
            when: opening.labels.when(visit.starts),
            status: visit.status,
            doctor_name: visit.doctor_name,
            reference: is_own.then_some(visit.reference),
        })
    };
    visits.into_iter().map(view).collect()
}
