//! The record as programs read it: page by page.

use domain_types::{
    page::Page,
    records::{RecordFilter, RecordStatus, RecordType, RecordView},
};
use sea_orm::sea_query::ExprTrait;

use super::{
    opening::Reader,
    policy,
    rows::{self, R, col},
};
use crate::{
    access::{Act, Actor, Audited, Found},
    db::Tx,
    error::Result,
    services::Services,
    settings,
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
    query.and_where(col(R::Status).eq(RecordStatus::Final.as_str()));
    match filter.kind {
        Some(kind) => rows::of_kinds(&mut query, &[kind]),
        None => rows::of_kinds(&mut query, &RecordType::CONTRACT),
    }
    let count = rows::count(&**tx, &query).await?;
    rows::newest_first(&mut query);
    query.limit(u64::from(filter.page.size())).offset(filter.page.offset());
    let (_, views) = Reader::read(services, &**tx, &settings, &query).await?;
    let ids = views.iter().map(|view| view.id.0).collect();
    Ok(Found { value: Page::new(filter.page, count, views), ids, patient: person.patient() })
}
