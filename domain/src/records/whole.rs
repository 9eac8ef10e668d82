//! A patient's whole record in the order of time, for those who work here.

use domain_types::records::{ChartEntries, PatientRef, TimelineQuery};

use super::{
    chart::{Opening, asked},
    timeline,
};
use crate::{
    access::{Act, Actor, Audited, Found},
    error::Result,
    services::Services,
};

/// A stretch of the record of a patient, the newest entry first, for whoever may see their chart.
///
/// # Errors
/// Those of [`super::chart`].
pub async fn chart_entries(
    services: &Services,
    actor: &Actor,
    patient: &PatientRef,
    query: TimelineQuery,
) -> Result<Audited<ChartEntries>> {
    actor.person()?;
    let act = Act::ReadTimeline;
    let tx = services.db().snapshot().await?;
    let outcome = async {
        let opening = Opening::of(services, &tx, actor.person()?, patient).await?;
        let id = opening.head.id;
        let (timeline, ids) = timeline::stretch_of(services, &tx, &opening.settings, id, query).await?;
        let access = opening.access();
        Ok(Found::of(id, ids, ChartEntries { patient: opening.head, access, timeline }))
    };
    let outcome = outcome.await;
    Audited::settle(services, tx, actor, act, &asked(patient), outcome).await
}
