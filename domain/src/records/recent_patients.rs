//! The patients whose charts a doctor opened last, to come back to.

use domain_types::{PatientId, records::PatientHead};
use entity::audit_event;
use sea_orm::{
    FromQueryResult,
    sea_query::{Expr, ExprTrait, Order, Query},
};

use super::{patients, policy};
use crate::{
    access::{Act, Actor, Audited, Doctor, Found},
    db::{self, Tx},
    error::Result,
    services::Services,
};

/// Most that are listed.
const SHOWN: usize = 6;
/// Charts that are looked through: one chart is opened many times.
const LOOKED_THROUGH: u64 = 200;
/// Served by the index `audit_event_charts`, which holds in these very words.
fn charts() -> Expr {
    Expr::cust(format!("action = '{}' AND outcome = 'allowed'", Act::OpenChart.as_str()))
}

#[derive(FromQueryResult)]
struct Opened {
    patient_id: Option<i64>,
}

/// The patients whose charts a doctor opened last, the latest first; of them those who are still within reach.
///
/// # Errors
/// `OtherRole` for everybody but doctors.
pub async fn recent_patients(services: &Services, actor: &Actor) -> Result<Audited<Vec<PatientHead>>> {
    actor.person()?;
    let act = Act::ListRecentPatients;
    let tx = services.db().snapshot().await?;
    let outcome = recent(services, &tx, actor).await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}

async fn recent(services: &Services, tx: &Tx, actor: &Actor) -> Result<Found<Vec<PatientHead>>> {
    let doctor = Doctor::try_from(actor)?;
    let (settings, now) = (services.settings().await?, services.now());
    let mut query = Query::select();
    let column = || Expr::col(audit_event::Column::PatientId);
    query
        .column(audit_event::Column::PatientId)
        .from(audit_event::Entity)
        .and_where(Expr::col(audit_event::Column::ActorUserId).eq(doctor.person.user().0))
        .and_where(charts())
        .and_where(policy::within_reach(doctor.person, &settings, now, column)?)
        .order_by(audit_event::Column::Id, Order::Desc)
        .limit(LOOKED_THROUGH);
    let opened: Vec<Opened> = db::all(tx, &query).await?;
    let mut ids: Vec<i64> = Vec::new();
    for id in opened.into_iter().filter_map(|opened| opened.patient_id) {
        if !ids.contains(&id) && ids.len() < SHOWN {
            ids.push(id);
        }
    }
    let found = patients::find_all(tx, ids.iter().copied()).await?;
    let labels = settings.labels(now);
    let heads =
        ids.iter().filter_map(|id| found.get(id)).map(|facts| facts.head(&labels)).collect::<Result<Vec<_>>>()?;
    Ok(Found::of_all(ids.into_iter().map(PatientId).collect::<Vec<_>>(), Vec::new(), heads))
}
