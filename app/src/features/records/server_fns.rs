//! Reading the medical record. Every read is in the audit trail.

use domain_types::{page::Page, records::RecordView};
use leptos::prelude::*;

use crate::error::AppError;

/// The own record of whoever asks; all kinds unless told otherwise.
#[server(prefix = "/fn", endpoint = "records/list")]
pub async fn list_records(kind: Option<String>, page: Option<String>) -> Result<Page<RecordView>, AppError> {
    use domain_types::{
        Problem,
        page::PageRequest,
        records::{RecordFilter, RecordType},
    };
    let ctx = crate::server_ctx::ctx()?;
    let unknown = || Problem::field("kind", "There is no such kind of record.");
    let kind = kind.filter(|kind| !kind.is_empty());
    let kind = kind.map(|kind| RecordType::parse(&kind).ok_or_else(unknown)).transpose()?;
    let filter = RecordFilter { kind, page: PageRequest::parse(page.as_deref(), None)? };
    Ok(domain::records::own(&ctx.services, &ctx.actor, filter).await?.into_inner())
}
