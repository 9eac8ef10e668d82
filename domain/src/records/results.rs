//! Laboratory results: page by page for programs, and one test over time.

use std::collections::HashMap;

use domain_types::{
    PatientId,
    page::{Cursor, Page, PageRequest},
    records::{
        ChartTests, ChartTrend, LabResultView, PatientRef, RecordType, TestInBrief, Trend, TrendOfUnit, unit_key,
    },
};
use entity::lab_result;
use sea_orm::{
    FromQueryResult,
    prelude::TimeDate,
    sea_query::{Condition, Expr, ExprTrait, JoinType, Order},
};

use super::{
    chart::{Opening, asked},
    explanations::explanation,
    newest,
    opening::{self, Opened},
    patients, policy,
    rows::{self, R, col},
};
use crate::{
    access::{Act, Actor, Audited, Found, Patient},
    db::{self, Tx},
    error::{Error, Result},
    keyset,
    services::Services,
    settings::Settings,
};

/// A result of a page.
#[derive(FromQueryResult)]
struct Wanted {
    id: i64,
    record_id: i64,
    position: i32,
    record_date: TimeDate,
}

impl Wanted {
    fn place(&self) -> Cursor {
        Cursor { at: keyset::number_of(self.record_date), id: self.record_id, part: self.position.into() }
    }
}

/// The released results that the actor may see, the newest first.
///
/// # Errors
/// `Unauthenticated` when nobody is signed in.
pub async fn results(services: &Services, actor: &Actor, page: PageRequest) -> Result<Audited<Page<LabResultView>>> {
    actor.person()?;
    let act = Act::ListResults;
    let tx = services.db().snapshot().await?;
    let outcome = find(services, &tx, actor, page).await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}

async fn find(services: &Services, tx: &Tx, actor: &Actor, page: PageRequest) -> Result<Found<Page<LabResultView>>> {
    let person = actor.person()?;
    let settings = services.settings().await?;
    let mut reports = rows::records();
    policy::visible_to(person, &settings, services.now(), &mut reports)?;
    rows::final_only(&mut reports);
    rows::of_kinds(&mut reports, &[RecordType::LabReport]);
    let mut found = reports.clone();
    found.join_as(JoinType::InnerJoin, lab_result::Entity, "l", Expr::col(("l", "record_id")).equals(("r", "id")));
    let count = keyset::count(tx, &found, ("l", "id"), page).await?;
    let position = || Expr::col(("l", lab_result::Column::Position));
    if let Some(after) = page.after() {
        let same_report = Condition::all().add(col(R::Id).eq(after.id)).add(position().gt(after.part));
        found.cond_where(Condition::any().add(rows::after(after)?).add(same_report));
    }
    rows::newest_first(&mut found);
    found.order_by(("l", lab_result::Column::Position), Order::Asc);
    found.limit(u64::from(page.size())).offset(page.offset());
    found.clear_selects().column(("l", lab_result::Column::Id)).column(("l", lab_result::Column::RecordId));
    found.column(("l", lab_result::Column::Position)).column(("r", R::RecordDate));
    let wanted: Vec<Wanted> = db::all(tx, &found).await?;
    // The whole reports are read: what was signed is compared as a whole.
    reports.and_where(col(R::Id).is_in(wanted.iter().map(|row| row.record_id)));
    let Opened { records, results, .. } = opening::read(services, tx, &settings, &reports).await?;
    let mut by_id: HashMap<i64, LabResultView> = results.into_iter().map(|result| (result.id.0, result)).collect();
    let results: Vec<LabResultView> = wanted.iter().filter_map(|row| by_id.remove(&row.id)).collect();
    let ids = results.iter().map(|result| result.id.0).collect();
    let patients: Vec<_> = records.iter().map(|report| report.patient).chain(person.patient()).collect();
    let last = wanted.last().map(Wanted::place);
    Ok(Found::of_all(patients, ids, Page::new(page, count, results).ending_at(last)))
}

/// One of a patient's own tests over time, by its name in the address.
///
/// # Errors
/// `OtherRole` for anybody but patients, `NotFound` when there is no such result.
pub async fn trend(services: &Services, actor: &Actor, test: &str) -> Result<Audited<Trend>> {
    actor.person()?;
    let act = Act::ReadTrend;
    let tx = services.db().snapshot().await?;
    let outcome = async {
        let patient = Patient::try_from(actor)?.id;
        over_time(services, &tx, patient, &*services.settings().await?, test).await
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, test, outcome).await
}

/// One test of a patient over time, for whoever may see their chart.
///
/// # Errors
/// Those of [`super::chart`], and `NotFound` when there is no such result.
pub async fn trend_of(
    services: &Services,
    actor: &Actor,
    patient: &PatientRef,
    test: &str,
) -> Result<Audited<ChartTrend>> {
    actor.person()?;
    let act = Act::ReadTrend;
    let tx = services.db().snapshot().await?;
    let outcome = async {
        let opening = Opening::of(services, &tx, actor.person()?, patient).await?;
        let Found { value: trend, ids, patients, .. } =
            over_time(services, &tx, opening.head.id, &opening.settings, test).await?;
        let access = opening.access();
        Ok(Found::of_all(patients, ids, ChartTrend { patient: opening.head, access, trend }))
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, &asked(patient), outcome).await
}

/// Every test of one's own with the result that holds now, the most urgent first.
///
/// # Errors
/// `OtherRole` for anybody but patients.
pub async fn tests(services: &Services, actor: &Actor) -> Result<Audited<Vec<TestInBrief>>> {
    actor.person()?;
    let act = Act::ListTests;
    let tx = services.db().snapshot().await?;
    let outcome = async {
        let patient = Patient::try_from(actor)?.id;
        let settings = services.settings().await?;
        let tests = newest::of_each_test(services, &tx, &settings, patient).await?;
        let ids = tests.iter().map(|test| test.latest.id.0).collect();
        Ok(Found::of(patient, ids, tests))
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}

/// Every test of a patient with the result that holds now, for whoever may see their chart; the most urgent first.
///
/// # Errors
/// Those of [`super::chart`].
pub async fn tests_of(services: &Services, actor: &Actor, patient: &PatientRef) -> Result<Audited<ChartTests>> {
    actor.person()?;
    let act = Act::ListTests;
    let tx = services.db().snapshot().await?;
    let outcome = async {
        let opening = Opening::of(services, &tx, actor.person()?, patient).await?;
        let id = opening.head.id;
        let tests = newest::of_each_test(services, &tx, &opening.settings, id).await?;
        let ids = tests.iter().map(|test| test.latest.id.0).collect();
        let access = opening.access();
        Ok(Found::of(id, ids, ChartTests { patient: opening.head, access, tests }))
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, &asked(patient), outcome).await
}

async fn over_time(
    services: &Services,
    tx: &Tx,
    patient: PatientId,
    settings: &Settings,
    test: &str,
) -> Result<Found<Trend>> {
    let mut results = newest::every_result(services, tx, settings, patient).await?;
    results.retain(|result| result.slug == test);
    let newest = results.last().ok_or(Error::NotFound)?;
    let name = newest.value.test.clone();
    let facts = patients::find(tx, &PatientRef::Id(patient)).await?;
    let patient_name = facts.map(|facts| facts.name()).unwrap_or_default();
    let ids = results.iter().map(|result| result.id.0).collect();
    let explanation = explanation(&name);
    let value = Trend { test: name, explanation, series: by_unit(results), patient_name };
    Ok(Found::of(patient, ids, value))
}

/// One series for each unit, the one with the newest value first. It is called as it was written last.
fn by_unit(results: Vec<LabResultView>) -> Vec<TrendOfUnit> {
    let mut series: Vec<(String, Vec<LabResultView>)> = Vec::new();
    for result in results {
        let unit = result.value.unit.clone();
        let place = series.iter().position(|(one, _)| unit_key(one) == unit_key(&unit));
        let mut of_unit = place.map(|place| series.remove(place).1).unwrap_or_default();
        of_unit.push(result);
        series.insert(0, (unit, of_unit));
    }
    let with_its_newest = |(unit, results): (String, Vec<LabResultView>)| {
        let holds = newest::holding(&results)?;
        let results = newest::ending_with(results, &holds);
        Some(TrendOfUnit { unit, holds, results })
    };
    series.into_iter().filter_map(with_its_newest).collect()
}
