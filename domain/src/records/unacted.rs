//! Vital signs as they were measured last, and beside them what is critical and no doctor has acted on.

use domain_types::{
    PatientId,
    records::{Content, LatestReading, RecordView, TimelineGroup, latest_readings},
};
use sea_orm::sea_query::ExprTrait;

use super::{
    dangers, notices, opening,
    rows::{self, R, col},
    timeline::in_time,
};
use crate::{db::Tx, error::Result, services::Services, settings::Settings};

/// The latest measurements, from which every reading is taken as it was last.
const MEASUREMENTS: usize = 12;

/// Every reading of a patient as it was taken last, and before them the critical ones that wait for a doctor to act, however
/// much was measured since; the newest first.
pub(super) async fn readings(
    services: &Services,
    tx: &Tx,
    settings: &Settings,
    patient: PatientId,
) -> Result<Vec<LatestReading>> {
    let measured = || in_time(patient, Some(TimelineGroup::Vitals));
    let mut newest = measured();
    rows::newest_first(&mut newest);
    newest.clear_selects().column(("r", R::Id)).limit(MEASUREMENTS as u64);
    let mut both = measured();
    let is_waiting = col(R::Id).in_subquery(notices::waiting_of(patient));
    both.and_where(col(R::Id).in_subquery(newest).or(is_waiting));
    rows::newest_first(&mut both);
    let records = opening::read(services, tx, settings, &both).await?.records;
    let latest = latest_readings(records.get(..MEASUREMENTS).unwrap_or(&records), dangers::is_danger);
    let mut all: Vec<LatestReading> =
        records.iter().filter(|record| record.is_unacted).flat_map(|record| beside(record, &latest)).collect();
    all.extend(latest);
    Ok(all)
}

/// The critical readings of an entry that are not among the latest, with what was measured later.
fn beside(record: &RecordView, latest: &[LatestReading]) -> Vec<LatestReading> {
    let Some(Content::Vitals(vitals)) = &record.content else { return Vec::new() };
    let is_beside = |name: &str| {
        let is_latest = latest.iter().any(|one| one.record == record.id && one.name == name);
        dangers::is_danger(vitals, name) && !is_latest
    };
    let reading = |(name, value): (&str, String)| {
        let later = latest.iter().find(|one| one.name == name);
        let later = later.map(|later| format!("{} ({})", later.value, later.date_label));
        LatestReading { later, ..LatestReading::of(record, name, value, true) }
    };
    vitals.readings().into_iter().filter(|(name, _)| is_beside(name)).map(reading).collect()
}
