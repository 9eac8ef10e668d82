//! A patient's own record in the order of time, a stretch at a time.
//!
//! A stretch begins after a place and not after a number of entries, so that the thousandth costs what the first does.

use std::collections::BTreeSet;

use domain_types::{
    PatientId,
    records::{
        Cursor, LabResultView, Level, RecordGlance, RecordType, RecordView, Timeline, TimelineEntry, TimelineGroup,
        TimelineQuery, Unacted, ValueLine,
    },
};
use sea_orm::sea_query::{ExprTrait, Order, SelectStatement};

use super::{
    checking, dangers, newest,
    opening::{self, Opened},
    rows::{self, R, col},
    unacted,
};
use crate::{
    access::{Act, Actor, Audited, Found, Patient},
    db::Tx,
    error::Result,
    services::Services,
    settings::Settings,
    time::date_to_db,
};

/// Entries of a stretch.
const STRETCH: usize = 20;
/// Entries on a patient's first page.
const GLANCE: u64 = 4;

/// A stretch of a patient's own record, the newest entry first. Staff read charts elsewhere: this is not theirs.
///
/// # Errors
/// `OtherRole` for anybody but patients.
pub async fn timeline(services: &Services, actor: &Actor, query: TimelineQuery) -> Result<Audited<Timeline>> {
    actor.person()?;
    let act = Act::ReadTimeline;
    let tx = services.db().snapshot().await?;
    let outcome = stretch(services, &tx, actor, query).await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}

async fn stretch(services: &Services, tx: &Tx, actor: &Actor, wanted: TimelineQuery) -> Result<Found<Timeline>> {
    let patient = Patient::try_from(actor)?.id;
    let settings = services.settings().await?;
    let (mut value, mut ids) = stretch_of(services, tx, &settings, patient, wanted).await?;
    if wanted == TimelineQuery::default() {
        let holds = checking::what_holds(services, tx, &settings, patient.0).await?;
        ids.extend(holds.iter().map(|record| record.id.0));
        value.holds = Some(holds);
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(Found::of(patient, ids, value))
}

/// A stretch of a patient's record and the numbers of its entries, whoever asks.
pub(super) async fn stretch_of(
    services: &Services,
    tx: &Tx,
    settings: &Settings,
    patient: PatientId,
    wanted: TimelineQuery,
) -> Result<(Timeline, Vec<i64>)> {
    let mut query = in_time(patient, wanted.group);
    let backwards = wanted.newer_than.is_some() && wanted.older_than.is_none();
    if let Some(cursor) = wanted.older_than.or(wanted.newer_than) {
        beyond(&mut query, cursor, backwards)?;
    }
    let order = if backwards { Order::Asc } else { Order::Desc };
    query.order_by(("r", R::RecordDate), order.clone()).order_by(("r", R::Id), order).limit(STRETCH as u64 + 1);
    let Opened { mut records, results, .. } = opening::read(services, tx, settings, &query).await?;
    let goes_on = records.len() > STRETCH;
    records.truncate(STRETCH);
    if backwards {
        records.reverse();
    }
    let place = |record: &RecordView| -> Result<Cursor> { Ok(Cursor { date: record.date.parse()?, id: record.id.0 }) };
    let (first, last) = (records.first().map(place).transpose()?, records.last().map(place).transpose()?);
    let came_from_newer = wanted.older_than.is_some();
    let mut ids: Vec<i64> = records.iter().map(|record| record.id.0).collect();
    let (mut unacted, mut is_critical) = (Vec::new(), false);
    if wanted.older_than.is_none() && wanted.newer_than.is_none() {
        let results = newest::out_of_range(services, tx, settings, patient).await?;
        ids.extend(results.iter().map(|result| result.record.0));
        unacted = Unacted::all(&results, &unacted::readings(services, tx, settings, patient).await?);
        is_critical = Level::worst(&results) == Level::Critical || !unacted.is_empty();
    }
    ids.extend(unacted.iter().map(|entry| entry.record.0));
    let value = Timeline {
        holds: None,
        is_critical,
        unacted,
        newer: if backwards { first.filter(|_| goes_on) } else { first.filter(|_| came_from_newer) },
        older: if backwards { last } else { last.filter(|_| goes_on) },
        entries: records.into_iter().map(|record| entry(record, &results)).collect(),
    };
    Ok((value, ids))
}

/// The latest entries and results out of range, for a patient's first page.
///
/// # Errors
/// `OtherRole` for anybody but patients.
pub async fn glance(services: &Services, actor: &Actor) -> Result<Audited<RecordGlance>> {
    actor.person()?;
    let act = Act::ReadGlance;
    let tx = services.db().snapshot().await?;
    let outcome = latest(services, &tx, actor).await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}

async fn latest(services: &Services, tx: &Tx, actor: &Actor) -> Result<Found<RecordGlance>> {
    let patient = Patient::try_from(actor)?.id;
    let settings = services.settings().await?;
    let mut query = in_time(patient, None);
    rows::newest_first(&mut query);
    query.limit(GLANCE);
    let Opened { records, results, .. } = opening::read(services, tx, &settings, &query).await?;
    let recent: Vec<TimelineEntry> = records.into_iter().map(|record| entry(record, &results)).collect();
    let out_of_range = newest::out_of_range(services, tx, &settings, patient).await?;
    let mut readings = unacted::readings(services, tx, &settings, patient).await?;
    readings.retain(|reading| reading.is_unacted);
    let ids = recent.iter().map(|entry| entry.record.id).chain(out_of_range.iter().map(|result| result.record));
    let ids = ids.chain(readings.iter().map(|reading| reading.record));
    let ids = ids.map(|id| id.0).collect::<BTreeSet<_>>().into_iter().collect();
    Ok(Found::of(patient, ids, RecordGlance { recent, out_of_range, readings }))
}

/// The signed entries of a patient that have a place in time.
pub(super) fn in_time(patient: PatientId, group: Option<TimelineGroup>) -> SelectStatement {
    let mut query = rows::records();
    query.and_where(col(R::PatientId).eq(patient.0));
    rows::final_only(&mut query);
    match group {
        Some(group) => rows::of_kinds(&mut query, group.kinds()),
        None => {
            let all: Vec<RecordType> = TimelineGroup::ALL.iter().flat_map(|group| group.kinds()).copied().collect();
            rows::of_kinds(&mut query, &all);
        }
    }
    rows::without_addenda(&mut query);
    query
}

/// Keeps what lies beyond a place. The first condition is the one that the index serves.
pub(super) fn beyond(query: &mut SelectStatement, cursor: Cursor, backwards: bool) -> Result<()> {
    let day = date_to_db(cursor.date)?;
    if backwards {
        query.and_where(col(R::RecordDate).gte(day)).and_where(col(R::RecordDate).gt(day).or(col(R::Id).gt(cursor.id)));
    } else {
        query.and_where(col(R::RecordDate).lte(day)).and_where(col(R::RecordDate).lt(day).or(col(R::Id).lt(cursor.id)));
    }
    Ok(())
}

/// An entry with what is out of its range in it.
pub(super) fn entry(record: RecordView, results: &[LabResultView]) -> TimelineEntry {
    let own = results.iter().filter(|result| result.record == record.id);
    let out_of_range = [dangers::lines(&record), ValueLine::out_of_range(own)].concat();
    TimelineEntry { record, out_of_range }
}
