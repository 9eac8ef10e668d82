//! The record as programs read it: page by page.

use domain_types::{
    page::Page,
    records::{RecordFilter, RecordType, RecordView},
};
use sea_orm::sea_query::SelectStatement;

use super::{entries::page_of, rows};
use crate::{
    access::{Act, Actor, Audited, perform},
    error::Result,
    services::Services,
};

/// The signed entries that the actor may see, of the kinds that programs know, the newest first.
///
/// # Errors
/// `Unauthenticated` when nobody is signed in.
pub async fn list(services: &Services, actor: &Actor, filter: RecordFilter) -> Result<Audited<Page<RecordView>>> {
    let filter = &filter;
    perform(services, actor, Act::ListEntries, "", |cx| async move {
        let kinds = filter.kind.as_ref().map_or(&RecordType::CONTRACT[..], std::slice::from_ref);
        let narrow = |query: &mut SelectStatement| {
            rows::final_only(query);
            rows::of_kinds(query, kinds);
        };
        page_of(services, &cx.tx, cx.person()?, filter.page, narrow).await
    })
    .await
}
