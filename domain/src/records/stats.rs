//! What programs show on a patient's first page, counted from real rows.

use domain_types::records::{Content, PatientRef, PatientStats, RecordType, TimelineGroup, Unacted};

use super::{checking, newest, opening, patients, rows, timeline, unacted};
use crate::{
    access::{Act, Actor, Audited, Found, Patient},
    appointments,
    error::{Error, Result},
    services::Services,
};

/// Readings in the history.
const HISTORY: u64 = 30;

/// A patient's own numbers.
///
/// # Errors
/// `OtherRole` for anybody but patients.
pub async fn stats(services: &Services, actor: &Actor) -> Result<Audited<PatientStats>> {
    actor.person()?;
    let act = Act::ReadNumbers;
    let tx = services.db().snapshot().await?;
    let outcome = async {
        let patient = Patient::try_from(actor)?.id;
        let settings = services.settings().await?;
        let facts = patients::find(&tx, &PatientRef::Id(patient)).await?.ok_or(Error::NotFound)?;
        let mut measured = timeline::in_time(patient, Some(TimelineGroup::Vitals));
        rows::newest_first(&mut measured);
        measured.limit(HISTORY);
        let history = opening::read(services, &tx, &settings, &measured).await?.records;
        let holds = checking::what_holds(services, &tx, &settings, patient.0).await?;
        let active = holds.iter().filter(|record| record.kind == RecordType::Prescription).count();
        let ids: Vec<i64> = history.iter().map(|record| record.id.0).collect();
        let newest = history.iter().find(|record| matches!(record.content, Some(Content::Vitals(_)))).cloned();
        let results = newest::out_of_range(services, &tx, &settings, patient).await?;
        let unacted = Unacted::all(&results, &unacted::readings(services, &tx, &settings, patient).await?);
        let ids = ids.into_iter().chain(unacted.iter().map(|entry| entry.record.0)).collect();
        let stats = PatientStats {
            patient_name: facts.name(),
            vitals: newest,
            vitals_history: history,
            unacted,
            active_prescriptions: active as u64,
            upcoming_appointments: appointments::count_upcoming(&tx, patient, services.now()).await?,
        };
        Ok(Found::of(patient, ids, stats))
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}
