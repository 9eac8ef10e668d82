//! The record as programs read it: page by page.

use super::{opening, policy, rows};
use crate::{
    access::{Act, Actor, Audited, Found},
    db::{self, Tx},
    error::Result,
    services::Services,
    settings,
};
use domain_types::{
    page::Page,
    records::{RecordFilter, RecordType, RecordView},
};

/// The signed entries that the actor may see, of the kinds that programs know, the newest first.
///
/// # Errors
/// `Unauthenticated` when nobody is signed in.
pub async fn list(services: &Services, actor: &Actor, filter: RecordFilter) -> Result<Audited<Page<RecordView>>> {
    actor.person()?;
    let act = Act { action: "records.list", object: "record" };
    let tx = services.db().begin().await?;
    let outcome = find(services, &tx, actor, filter).await;
    Audited::settle(services, tx, actor, act, "", outcome).await
}

async fn find(services: &Services, tx: &Tx, actor: &Actor, filter: RecordFilter) -> Result<Found<Page<RecordView>>> {
    let person = actor.person()?;
    let settings = settings::load(&**tx).await?;
    let mut query = rows::records();
    policy::visible_to(person, &settings, services.now(), &mut query)?;
    rows::final_only(&mut query);
    match filter.kind {
        Some(kind) => rows::of_kinds(&mut query, &[kind]),
        None => rows::of_kinds(&mut query, &RecordType::CONTRACT),
    }
    let count = db::count(&**tx, &query, ("r", "id")).await?;
    rows::newest_first(&mut query);
    query.limit(u64::from(filter.page.size())).offset(filter.page.offset());
    let records = opening::read(services, &**tx, &settings, &query).await?.records;
    let ids = records.iter().map(|record| record.id.0).collect();
    let patients: Vec<_> = records.iter().map(|record| record.patient).chain(person.patient()).collect();
    Ok(Found::of_all(patients, ids, Page::new(filter.page, count, records)))
}
