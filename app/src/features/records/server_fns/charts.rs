//! What doctors read, and the lists of what holds at present.

// The fields of plain forms; the macro does not hand a function its own exception on.
#![allow(clippy::too_many_arguments)]

use domain_types::records::{
    Chart, ChartEntries, ChartTests, ChartTrend, Inbox, LabDraft, NoteDraft, PatientHead, PatientList,
    PrescriptionDraft, RecordView, WritingDesk,
};
use leptos::prelude::*;

use crate::error::AppError;

/// A page of the patients in care whose name or reference begins so.
#[server(prefix = "/fn", endpoint = "records/patients")]
pub async fn search_patients(
    search: Option<String>,
    after: Option<String>,
    before: Option<String>,
) -> Result<PatientList, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    let given = |text: Option<String>| text.filter(|text| !text.is_empty());
    let (after, before) = (given(after), given(before));
    let query = domain_types::records::PatientQuery { search: search.unwrap_or_default(), after, before };
    Ok(domain::records::search(&ctx.services, &ctx.actor, query).await?.into_inner())
}

/// The patients whose charts a doctor opened last.
#[server(prefix = "/fn", endpoint = "records/recent-patients")]
pub async fn get_recent_patients() -> Result<Vec<PatientHead>, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    Ok(domain::records::recent_patients(&ctx.services, &ctx.actor).await?.into_inner())
}

/// A patient's chart, by reference.
#[server(prefix = "/fn", endpoint = "records/chart")]
pub async fn get_chart(patient: String) -> Result<Chart, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    let patient = domain_types::records::PatientRef::parse(&patient);
    Ok(domain::records::chart(&ctx.services, &ctx.actor, &patient).await?.into_inner())
}

/// A stretch of a patient's whole record; everything unless told otherwise.
#[server(prefix = "/fn", endpoint = "records/chart-entries")]
pub async fn get_chart_entries(
    patient: String,
    show: Option<String>,
    older: Option<String>,
    newer: Option<String>,
) -> Result<ChartEntries, AppError> {
    use domain_types::records::{PatientRef, TimelineQuery};
    let ctx = crate::server_ctx::ctx()?;
    let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let (show, older, newer) = (given(&show), given(&older), given(&newer));
    let query = TimelineQuery::parse(show.as_deref(), older.as_deref(), newer.as_deref())?;
    let patient = PatientRef::parse(&patient);
    Ok(domain::records::chart_entries(&ctx.services, &ctx.actor, &patient, query).await?.into_inner())
}

/// Every test of a patient with what holds of it now.
#[server(prefix = "/fn", endpoint = "records/tests-of")]
pub async fn get_tests_of(patient: String) -> Result<ChartTests, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    let patient = domain_types::records::PatientRef::parse(&patient);
    Ok(domain::records::tests_of(&ctx.services, &ctx.actor, &patient).await?.into_inner())
}

/// One test of a patient over time.
#[server(prefix = "/fn", endpoint = "records/trend-of")]
pub async fn get_trend_of(patient: String, test: String) -> Result<ChartTrend, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    let patient = domain_types::records::PatientRef::parse(&patient);
    Ok(domain::records::trend_of(&ctx.services, &ctx.actor, &patient, &test).await?.into_inner())
}

/// What a form about a patient needs to know.
#[server(prefix = "/fn", endpoint = "records/desk")]
pub async fn get_desk(patient: String) -> Result<WritingDesk, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    let patient = domain_types::records::PatientRef::parse(&patient);
    Ok(domain::records::desk(&ctx.services, &ctx.actor, &patient).await?.into_inner())
}

/// A note that whoever asks is writing.
#[server(prefix = "/fn", endpoint = "records/note-draft")]
pub async fn get_note_draft(reference: String) -> Result<NoteDraft, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    Ok(domain::records::note_draft(&ctx.services, &ctx.actor, &reference).await?.into_inner())
}

/// A prescription that whoever asks is writing, with what speaks against it.
#[server(prefix = "/fn", endpoint = "records/prescription-draft")]
pub async fn get_prescription_draft(reference: String) -> Result<PrescriptionDraft, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    Ok(domain::records::prescription_draft(&ctx.services, &ctx.actor, &reference).await?.into_inner())
}

/// A laboratory report that whoever asks is entering.
#[server(prefix = "/fn", endpoint = "records/lab-draft")]
pub async fn get_lab_draft(reference: String) -> Result<LabDraft, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    Ok(domain::records::lab_draft(&ctx.services, &ctx.actor, &reference).await?.into_inner())
}

/// What waits for a doctor.
#[server(prefix = "/fn", endpoint = "records/inbox")]
pub async fn get_inbox() -> Result<Inbox, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    Ok(domain::records::inbox(&ctx.services, &ctx.actor).await?.into_inner())
}

/// Adds something that holds for a patient, or a vaccination that was given. The fields are those of `ListForm`.
#[server(prefix = "/fn", endpoint = "records/add-item")]
pub async fn add_item(
    #[server(default)] patient: String,
    #[server(default)] kind: String,
    #[server(default)] name: String,
    #[server(default)] meant: String,
    #[server(default)] meant_for: String,
    #[server(default)] twice: String,
    #[server(default)] twice_of: String,
    #[server(default)] since: String,
    #[server(default)] reaction: String,
    #[server(default)] severity: String,
    #[server(default)] dosage: String,
    #[server(default)] frequency: String,
    #[server(default)] dose: String,
    #[server(default)] batch: String,
    #[server(default)] site: String,
    #[server(default)] note: String,
) -> Result<RecordView, AppError> {
    use super::super::addresses::{chart_address, new_item_address};
    use domain_types::records::{ListForm, PatientRef};
    let ctx = crate::server_ctx::ctx()?;
    // That none is known is told on the page of allergies.
    let is_none_known = kind == "no_known_allergies";
    let page = if is_none_known { "allergy" } else { &kind };
    let kept_name = if is_none_known { String::new() } else { name.clone() };
    let mut form = crate::forms::FormPage::at(new_item_address(&patient, page));
    for (field, value) in [
        ("name", &kept_name),
        ("meant", &meant),
        ("meant_for", &meant_for),
        ("since", &since),
        ("reaction", &reaction),
        ("severity", &severity),
        ("dosage", &dosage),
        ("frequency", &frequency),
        ("dose", &dose),
        ("batch", &batch),
        ("site", &site),
        ("note", &note),
    ] {
        form = form.typed(field, value);
    }
    let typed = ListForm {
        kind,
        name,
        meant,
        meant_for,
        twice,
        twice_of,
        since,
        reaction,
        severity,
        dosage,
        frequency,
        dose,
        batch,
        site,
        note,
    };
    let whose = PatientRef::parse(&patient);
    let outcome =
        async { Ok(domain::records::add_item(&ctx.services, &ctx.actor, &whose, &typed).await?.into_inner()) };
    form.answer(&ctx, outcome.await, |item| format!("{}?done=added", chart_address(&item.patient_reference))).await
}

/// Ends something that held for a patient.
#[server(prefix = "/fn", endpoint = "records/end-item")]
pub async fn end_item(
    #[server(default)] reference: String,
    #[server(default)] patient: String,
) -> Result<RecordView, AppError> {
    use super::super::addresses::chart_address;
    let ctx = crate::server_ctx::ctx()?;
    let form = crate::forms::FormPage::at(chart_address(&patient));
    let outcome = async { Ok(domain::records::end_item(&ctx.services, &ctx.actor, &reference).await?.into_inner()) };
    form.answer(&ctx, outcome.await, |item| format!("{}?done=ended", chart_address(&item.patient_reference))).await
}
