//! What a doctor must know of a patient at a glance, read in the transaction of the page that shows it.

use domain_types::{
    PatientId,
    records::{Overview, RecordType, severe_first},
};

use super::{checking, newest, unacted};
use crate::{db::Tx, error::Result, services::Services, settings::Settings};

/// The overview of a patient, and the numbers of the entries in it.
pub(super) async fn overview(
    services: &Services,
    tx: &Tx,
    settings: &Settings,
    patient: PatientId,
) -> Result<(Overview, Vec<i64>)> {
    let holds = checking::what_holds(services, tx, settings, patient.0).await?;
    let vitals = unacted::readings(services, tx, settings, patient).await?;
    let tests = newest::of_each_test(services, tx, settings, patient).await?;
    let results: Vec<_> = tests.into_iter().map(|test| test.latest).collect();

    let mut ids: Vec<i64> = holds.iter().map(|record| record.id.0).collect();
    ids.extend(vitals.iter().map(|reading| reading.record.0));
    ids.extend(results.iter().map(|result| result.record.0));
    let of = |kind: RecordType| holds.iter().filter(|record| record.kind == kind).cloned().collect::<Vec<_>>();
    let mut allergies = of(RecordType::Allergy);
    severe_first(&mut allergies);
    let overview = Overview {
        allergies,
        none_known: of(RecordType::NoKnownAllergies).into_iter().next(),
        problems: of(RecordType::Problem),
        medications: of(RecordType::Medication),
        prescriptions: of(RecordType::Prescription),
        vitals,
        results,
    };
    Ok((overview, ids))
}
