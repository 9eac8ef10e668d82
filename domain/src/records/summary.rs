//! The whole record of a patient on paper.

use domain_types::{
    PatientId,
    records::{LabResultView, PatientHead, PatientRef, RecordStatus, RecordView},
};
use sea_orm::sea_query::{ExprTrait, SelectStatement};

use super::{
    checking,
    opening::{self, Opened},
    patients,
    printing::{self, Cover, Printed},
    rows::{self, R, col},
    summary_parts::blocks,
};
use crate::{
    access::{Act, Actor, Audited, Found, Patient, RecentlyVerified},
    db::Tx,
    error::{Error, Result},
    services::Services,
};

/// Entries that are printed at most, beside what holds at present.
pub(super) const MOST: usize = 1_000;

/// Everything that is printed.
pub(super) struct Whole {
    pub head: PatientHead,
    /// What holds at present: problems, allergies, medicines and prescriptions.
    pub holds: Vec<RecordView>,
    /// Everything else, the newest first.
    pub entries: Vec<RecordView>,
    /// Of the laboratory reports.
    pub results: Vec<LabResultView>,
    /// Whether there are older entries that are not printed.
    pub has_more: bool,
}

/// The whole record of whoever asks, as one PDF.
///
/// # Errors
/// `OtherRole` for anybody but patients, `StepUpRequired` without a fresh proof of who it is.
pub async fn summary(services: &Services, actor: &Actor) -> Result<Printed> {
    actor.person()?;
    let act = Act::DownloadRecord;
    let tx = services.db().snapshot().await?;
    let outcome = whole(services, &tx, actor).await;
    let whole = Audited::settle(services, tx, actor, act, "", outcome).await?.into_inner();
    let cover = Cover {
        name: format!("{}-record.pdf", whole.head.reference),
        title: "Medical record".to_owned(),
        patient: whole.head.clone(),
    };
    printing::on_paper(services, actor, cover, move || blocks(&whole)).await
}

async fn whole(services: &Services, tx: &Tx, actor: &Actor) -> Result<Found<Whole>> {
    let patient = Patient::try_from(actor)?.id;
    RecentlyVerified::try_from(actor)?;
    let settings = services.settings().await?;
    let labels = settings.labels(services.now());
    let facts = patients::find(tx, &PatientRef::Id(patient)).await?.ok_or(Error::NotFound)?;
    let holds = checking::what_holds(services, tx, &settings, patient.0).await?;
    let Opened { mut records, results, .. } = opening::read(services, tx, &settings, &of_the_past(patient)).await?;
    let has_more = records.len() > MOST;
    records.truncate(MOST);
    records.retain(|record| holds.iter().all(|held| held.id != record.id));
    let ids = holds.iter().chain(&records).map(|record| record.id.0).collect();
    let head = facts.head(&labels)?;
    Ok(Found::of(patient, ids, Whole { head, holds, entries: records, results, has_more }))
}

/// What was signed, entered or ended, one more than is printed.
fn of_the_past(patient: PatientId) -> SelectStatement {
    let mut query = rows::records();
    query.and_where(col(R::PatientId).eq(patient.0));
    query.and_where(col(R::Status).is_in([RecordStatus::Final.as_str(), RecordStatus::Ended.as_str()]));
    rows::newest_first(&mut query);
    query.limit(MOST as u64 + 1);
    query
}
