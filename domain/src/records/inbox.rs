//! What waits for a doctor: critical values and questions first.

use domain_types::records::{Inbox, InboxItem, InboxVisit, Notice, NoticeKind, RecordView, ValueLine};

use super::{
    inbox_queries as queries, notices,
    opening::{self, Opened},
    patients,
};
use crate::{
    access::{Act, Actor, Audited, Doctor, Found},
    db::Tx,
    error::Result,
    services::Services,
    settings,
};

/// What waits for a doctor: critical values, questions of patients, notes that are not signed, results that were not seen,
/// visits without a note.
///
/// # Errors
/// `OtherRole` for everybody but doctors.
pub async fn inbox(services: &Services, actor: &Actor) -> Result<Audited<Inbox>> {
    actor.person()?;
    let act = Act::ReadInbox;
    let tx = services.db().snapshot().await?;
    let outcome = waiting(services, &tx, actor).await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}

async fn waiting(services: &Services, tx: &Tx, actor: &Actor) -> Result<Found<Inbox>> {
    let doctor = Doctor::try_from(actor)?;
    let settings = services.settings().await?;
    let begun = opening::read(services, tx, &settings, &queries::begun(services, doctor, &settings)?).await?;
    let released = opening::read(services, tx, &settings, &queries::unseen(services, doctor, &settings)?).await?;
    let visits = visits(services, tx, doctor, &settings).await?;

    let notices = notices::waiting(services, tx, doctor, &settings).await?;
    let mut results = items(released);
    // What stands first does not stand there twice.
    results.retain(|item| {
        let is_told = |notice: &Notice| notice.kind == NoticeKind::Critical && notice.record.id == item.record.id;
        !notices.iter().any(is_told)
    });
    let inbox = Inbox { notices, drafts: items(begun), results, visits };
    let told = || inbox.notices.iter().map(|notice| &notice.record);
    let shown = || inbox.drafts.iter().chain(&inbox.results).map(|item| &item.record).chain(told());
    let (patients, ids) =
        (shown().map(|record| record.patient).collect::<Vec<_>>(), shown().map(|record| record.id.0).collect());
    Ok(Found::of_all(patients, ids, inbox))
}

fn items(Opened { records, results, .. }: Opened) -> Vec<InboxItem> {
    let item = |record: RecordView| {
        let values = ValueLine::all(results.iter().filter(|result| result.record == record.id));
        InboxItem { record, values }
    };
    records.into_iter().map(item).collect()
}

async fn visits(
    services: &Services,
    tx: &Tx,
    doctor: Doctor<'_>,
    settings: &settings::Settings,
) -> Result<Vec<InboxVisit>> {
    let labels = settings.labels(services.now());
    let without = queries::without_note(services, tx, doctor, settings).await?;
    let patients = patients::find_all(tx, without.iter().map(|visit| visit.patient.0)).await?;
    let waiting = without.into_iter().filter_map(|visit| {
        let patient = patients.get(&visit.patient.0)?;
        Some(InboxVisit {
            when: labels.when(visit.starts),
            reference: visit.reference,
            patient_name: patient.name(),
            patient_reference: patient.reference.clone(),
        })
    });
    Ok(waiting.collect())
}
