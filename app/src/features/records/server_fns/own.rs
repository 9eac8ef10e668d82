//! Reading the medical record. Every read is in the audit trail.

use domain_types::records::{RecordDetail, RecordGlance, TestInBrief, Timeline, Trend};
use leptos::prelude::*;

use crate::error::AppError;

/// A stretch of the own record of whoever asks; everything unless told otherwise.
#[server(prefix = "/fn", endpoint = "records/timeline")]
pub async fn get_timeline(
    show: Option<String>,
    older: Option<String>,
    newer: Option<String>,
) -> Result<Timeline, AppError> {
    use domain_types::records::TimelineQuery;
    let ctx = crate::server_ctx::ctx()?;
    let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let (show, older, newer) = (given(&show), given(&older), given(&newer));
    let query = TimelineQuery::parse(show.as_deref(), older.as_deref(), newer.as_deref())?;
    Ok(domain::records::timeline(&ctx.services, &ctx.actor, query).await?.into_inner())
}

/// The latest of the own record, for a first page.
#[server(prefix = "/fn", endpoint = "records/glance")]
pub async fn get_glance() -> Result<RecordGlance, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    Ok(domain::records::glance(&ctx.services, &ctx.actor).await?.into_inner())
}

/// An entry with everything around it, for whoever may read it.
#[server(prefix = "/fn", endpoint = "records/detail")]
pub async fn get_record(reference: String) -> Result<RecordDetail, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    let which = domain::records::Which::Reference(reference);
    Ok(domain::records::detail(&ctx.services, &ctx.actor, &which).await?.into_inner())
}

/// Whether whoever asks brings documents to a record of their own. A document itself is no server function: it goes to
/// `POST /records/documents`.
#[server(prefix = "/fn", endpoint = "records/may-bring")]
pub async fn may_bring() -> Result<(), AppError> {
    let ctx = crate::server_ctx::ctx()?;
    Ok(domain::records::may_bring(&ctx.actor)?)
}

/// Every lab test of the own record with its latest result.
#[server(prefix = "/fn", endpoint = "records/tests")]
pub async fn get_tests() -> Result<Vec<TestInBrief>, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    Ok(domain::records::tests(&ctx.services, &ctx.actor).await?.into_inner())
}

/// One test of the own record over time.
#[server(prefix = "/fn", endpoint = "records/trend")]
pub async fn get_trend(test: String) -> Result<Trend, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    Ok(domain::records::trend(&ctx.services, &ctx.actor, &test).await?.into_inner())
}
