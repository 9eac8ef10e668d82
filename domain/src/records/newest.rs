//! Every laboratory result of a patient, and of each test what holds now.
//!
//! A result is superseded by a newer one of its test, and by nothing else: not by how many reports of other tests came
//! since, not by a row beside it, not by a newer one that says nothing. A critical one stays beside the newer one until a
//! doctor has acted on it.

use std::collections::BTreeMap;

use domain_types::{
    PatientId,
    records::{Cursor, LabResultView, Level, TestInBrief, TimelineGroup},
};

use super::{
    opening::{self, Opened},
    rows,
    test_names::same_test,
    timeline::{beyond, in_time},
};
use crate::{db::Tx, error::Result, services::Services, settings::Settings};

/// Reports that are read at once.
const STRETCH: usize = 500;

/// Every released result of a patient, the oldest first.
pub(super) async fn every_result(
    services: &Services,
    tx: &Tx,
    settings: &Settings,
    patient: PatientId,
) -> Result<Vec<LabResultView>> {
    let mut all = Vec::new();
    let mut from = None;
    loop {
        let mut query = in_time(patient, Some(TimelineGroup::Labs));
        if let Some(cursor) = from {
            beyond(&mut query, cursor, false)?;
        }
        rows::newest_first(&mut query);
        query.limit(STRETCH as u64);
        let Opened { records, results, .. } = opening::read(services, tx, settings, &query).await?;
        all.extend(results);
        match records.last() {
            Some(last) if records.len() == STRETCH => from = Some(Cursor { date: last.date.parse()?, id: last.id.0 }),
            _ => break,
        }
    }
    all.sort_by(|one, other| place(one).cmp(&place(other)));
    Ok(all)
}

/// Where a result stands in time; without a time of day, in the order in which it was entered.
fn place(result: &LabResultView) -> (i64, Option<&str>, i64, i64) {
    (result.day, result.time.as_deref(), result.record.0, result.id.0)
}

/// Whether it is unknown which of two results is the newer one: they stand in one report, or are of one day and at least
/// one of them has no time.
fn are_of_one_time(one: &LabResultView, other: &LabResultView) -> bool {
    one.record == other.record
        || (one.day == other.day && (one.time.is_none() || other.time.is_none() || one.time == other.time))
}

/// Of every test what holds now, the most urgent first, then the newest. Before it stands what is critical in an earlier
/// report and no doctor has acted on.
pub(super) async fn of_each_test(
    services: &Services,
    tx: &Tx,
    settings: &Settings,
    patient: PatientId,
) -> Result<Vec<TestInBrief>> {
    let mut tests: BTreeMap<(String, String), Vec<LabResultView>> = BTreeMap::new();
    for result in every_result(services, tx, settings, patient).await? {
        tests.entry(same_test(&result.slug, &result.value.unit)).or_default().push(result);
    }
    let mut newest: Vec<Vec<TestInBrief>> = tests.into_values().filter_map(|results| in_brief(&results)).collect();
    newest.sort_by(|one, other| {
        let (one, other) = (&one[0].latest, &other[0].latest);
        (one.level().rank(), other.day, &one.slug).cmp(&(other.level().rank(), one.day, &other.slug))
    });
    Ok(newest.into_iter().flatten().collect())
}

/// What holds of a test, after what is critical in earlier reports and no doctor has acted on; the newest of those first.
fn in_brief(results: &[LabResultView]) -> Option<Vec<TestInBrief>> {
    let (latest, count) = (holding(results)?, results.len());
    let later = format!("{} ({})", latest.in_words(), latest.sampled());
    let waits = results.iter().rev().filter(|result| result.is_unacted && result.record != latest.record);
    let stays = waits.map(|result| LabResultView { later: Some(later.clone()), ..result.clone() });
    let all = stays.collect::<Vec<_>>().into_iter().chain([latest]);
    Some(all.map(|latest| TestInBrief { latest, count }).collect())
}

/// The result of a test that holds now: of the newest ones of one time the worst. One that cannot be judged takes nothing
/// back: a sample that was spoilt does not end what the one before it said.
pub(super) fn holding(results: &[LabResultView]) -> Option<LabResultView> {
    let worst_of_time = |newest: &LabResultView| {
        let same = results.iter().rev().filter(|result| are_of_one_time(result, newest));
        // Of equals the newest.
        same.min_by_key(|result| result.level().rank()).cloned()
    };
    let judged = results.iter().rev().find(|result| result.level() != Level::Open).and_then(worst_of_time);
    judged.filter(|result| result.level().is_out_of_range()).or_else(|| results.last().and_then(worst_of_time))
}

/// The results of one unit in the order of time, of one time the one last that holds: a line ends with it.
pub(super) fn ending_with(mut results: Vec<LabResultView>, holds: &LabResultView) -> Vec<LabResultView> {
    let Some(place) = results.iter().position(|result| result.id == holds.id) else { return results };
    let holds = results.remove(place);
    let end =
        results.iter().rposition(|result| are_of_one_time(result, &holds)).map_or(place, |last| (last + 1).max(place));
    results.insert(end, holds);
    results
}

/// Of every test what holds now, as far as it is out of its range, with what waits for a doctor to act.
pub(super) async fn out_of_range(
    services: &Services,
    tx: &Tx,
    settings: &Settings,
    patient: PatientId,
) -> Result<Vec<LabResultView>> {
    let newest = of_each_test(services, tx, settings, patient).await?.into_iter().map(|test| test.latest);
    Ok(newest.filter(|result| result.level().is_out_of_range()).collect())
}
