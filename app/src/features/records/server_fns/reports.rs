//! Laboratory reports: entered, changed, released, taken from the inbox. Each is a plain form that leads somewhere.

// The fields of plain forms; the macro does not hand a function its own exception on.
#![allow(clippy::too_many_arguments)]

use domain_types::records::{RecordView, ResultForm};
use leptos::prelude::*;

use crate::error::AppError;

/// Enters a laboratory report, which its author alone sees until it is released.
#[server(prefix = "/fn", endpoint = "records/enter-report")]
pub async fn enter_report(
    #[server(default)] patient: String,
    #[server(default)] title: String,
    #[server(default)] date: String,
    #[server(default)] time: String,
    #[server(default)] comment: String,
    #[server(default)] doctor: String,
    #[server(default)] results: Vec<ResultForm>,
) -> Result<RecordView, AppError> {
    use super::super::addresses::{lab_address, new_lab_address};
    use domain_types::records::{LabForm, PatientRef};
    let ctx = crate::server_ctx::ctx()?;
    let typed = LabForm { title, date, time, comment, doctor, results };
    let form = with_typed(crate::forms::FormPage::at(new_lab_address(&patient)), &typed);
    let whose = PatientRef::parse(&patient);
    let outcome =
        async { Ok(domain::records::enter_report(&ctx.services, &ctx.actor, &whose, &typed).await?.into_inner()) };
    form.answer(&ctx, outcome.await, |report| lab_address(&report.patient_reference, &report.reference)).await
}

/// Changes a laboratory report that was not released.
#[server(prefix = "/fn", endpoint = "records/save-report")]
pub async fn save_report(
    #[server(default)] reference: String,
    #[server(default)] patient: String,
    version: i32,
    #[server(default)] title: String,
    #[server(default)] date: String,
    #[server(default)] time: String,
    #[server(default)] comment: String,
    #[server(default)] results: Vec<ResultForm>,
) -> Result<RecordView, AppError> {
    use super::super::addresses::lab_address;
    use domain_types::records::LabForm;
    let ctx = crate::server_ctx::ctx()?;
    let typed = LabForm { title, date, time, comment, results, ..LabForm::default() };
    let form = with_typed(crate::forms::FormPage::at(lab_address(&patient, &reference)), &typed);
    let outcome = async {
        let saved = domain::records::save_report(&ctx.services, &ctx.actor, &reference, version, &typed);
        Ok(saved.await?.into_inner())
    };
    form.answer(&ctx, outcome.await, |report| {
        format!("{}?done=saved", lab_address(&report.patient_reference, &report.reference))
    })
    .await
}

/// Offers more rows for results, and what was typed comes along. Answers with the address of the form.
#[server(prefix = "/fn", endpoint = "records/more-rows")]
pub async fn more_rows(
    #[server(default)] patient: String,
    #[server(default)] reference: String,
    #[server(default)] rows: String,
    #[server(default)] title: String,
    #[server(default)] date: String,
    #[server(default)] time: String,
    #[server(default)] comment: String,
    #[server(default)] doctor: String,
    #[server(default)] results: Vec<ResultForm>,
) -> Result<String, AppError> {
    use super::super::{
        addresses::{lab_address, new_lab_address},
        writing::first_new_row,
    };
    use domain_types::records::{LabForm, PatientRef};
    let ctx = crate::server_ctx::ctx()?;
    let here = if reference.is_empty() { new_lab_address(&patient) } else { lab_address(&patient, &reference) };
    let form = crate::forms::FormPage::at(crate::address::with_query(&here, &[("rows", &rows)]));
    let form = with_typed(form, &LabForm { title, date, time, comment, doctor, results });
    let outcome = match domain::records::desk(&ctx.services, &ctx.actor, &PatientRef::parse(&patient)).await {
        Ok(_) => Ok(form.clone().carried(&ctx).await),
        Err(error) => Err(error.into()),
    };
    form.answer(&ctx, outcome, |next| format!("{next}#{}", first_new_row(&rows))).await
}

/// What was typed, by the names that complaints about a result have: `results[0].value`.
#[cfg(feature = "ssr")]
fn with_typed(page: crate::forms::FormPage, typed: &domain_types::records::LabForm) -> crate::forms::FormPage {
    let mut page = page
        .typed("title", &typed.title)
        .typed("date", &typed.date)
        .typed("time", &typed.time)
        .typed("comment", &typed.comment)
        .typed("doctor", &typed.doctor);
    for (place, row) in typed.results.iter().enumerate().take(domain_types::records::MOST_RESULTS) {
        for (name, text) in [
            ("test", &row.test),
            ("value", &row.value),
            ("unit", &row.unit),
            ("low", &row.low),
            ("high", &row.high),
            ("flag", &row.flag),
            ("note", &row.note),
        ] {
            page = page.typed(&format!("results[{place}].{name}"), text);
        }
    }
    page
}

/// Releases a laboratory report for good.
#[server(prefix = "/fn", endpoint = "records/release-report")]
pub async fn release_report(
    #[server(default)] reference: String,
    #[server(default)] patient: String,
    version: i32,
    #[server(default)] for_patient: String,
    #[server(default)] without_comment: String,
) -> Result<RecordView, AppError> {
    use super::super::{addresses::lab_address, entry_address};
    use domain::records::Comment;
    let ctx = crate::server_ctx::ctx()?;
    let form = crate::forms::FormPage::at(lab_address(&patient, &reference))
        .typed("for_patient", &for_patient)
        .typed("without_comment", &without_comment);
    let comment = match (for_patient.trim().is_empty(), without_comment.is_empty()) {
        (false, _) => Comment::Words(for_patient),
        (true, false) => Comment::None,
        (true, true) => Comment::AsSaved,
    };
    let outcome = async {
        let released = domain::records::release(&ctx.services, &ctx.actor, &reference, version, comment);
        Ok(released.await?.into_inner())
    };
    form.answer(&ctx, outcome.await, |report| format!("{}?done=released", entry_address(&report.reference))).await
}

/// Takes a critical value or a patient's question from what waits for a doctor.
#[server(prefix = "/fn", endpoint = "records/notice-seen")]
pub async fn notice_seen(#[server(default)] notice: i64) -> Result<RecordView, AppError> {
    use super::super::addresses::INBOX;
    let ctx = crate::server_ctx::ctx()?;
    let form = crate::forms::FormPage::at(INBOX);
    let notice = domain_types::DoctorNoticeId(notice);
    let outcome = async { Ok(domain::records::notice_seen(&ctx.services, &ctx.actor, notice).await?.into_inner()) };
    form.answer(&ctx, outcome.await, |_| format!("{INBOX}?done=seen")).await
}

/// Notes that a doctor has acted on what is critical in an entry, and leads to the patient's chart.
#[server(prefix = "/fn", endpoint = "records/acted-on")]
pub async fn acted_on(#[server(default)] reference: String) -> Result<RecordView, AppError> {
    use super::super::addresses::{INBOX, chart_address};
    let ctx = crate::server_ctx::ctx()?;
    let form = crate::forms::FormPage::at(INBOX);
    let outcome = async { Ok(domain::records::act_on(&ctx.services, &ctx.actor, &reference).await?.into_inner()) };
    form.answer(&ctx, outcome.await, |record| format!("{}?done=acted", chart_address(&record.patient_reference))).await
}

/// Asks the doctor who answers for one of one's own entries about it.
#[server(prefix = "/fn", endpoint = "records/ask-doctor")]
pub async fn ask_doctor(
    #[server(default)] reference: String,
    #[server(default)] text: String,
) -> Result<RecordView, AppError> {
    use super::super::{ask_page::ask_address, entry_address};
    let ctx = crate::server_ctx::ctx()?;
    let form = crate::forms::FormPage::at(ask_address(&reference)).typed("text", &text);
    let outcome =
        async { Ok(domain::records::ask_doctor(&ctx.services, &ctx.actor, &reference, &text).await?.into_inner()) };
    form.answer(&ctx, outcome.await, |record| format!("{}?done=asked", entry_address(&record.reference))).await
}

/// Takes a released report from what waits for a doctor; with `next`, it leads to the one that waits longest now.
#[server(prefix = "/fn", endpoint = "records/mark-seen")]
pub async fn mark_seen(
    #[server(default)] reference: String,
    #[server(default)] next: String,
) -> Result<RecordView, AppError> {
    use super::super::addresses::{INBOX, waiting_result_address};
    let ctx = crate::server_ctx::ctx()?;
    let form = crate::forms::FormPage::at(INBOX);
    let outcome = async { Ok(domain::records::mark_seen(&ctx.services, &ctx.actor, &reference).await?.into_inner()) };
    let outcome: Result<RecordView, AppError> = outcome.await;
    let waiting = match (&outcome, next.is_empty()) {
        (Ok(_), false) => domain::records::next_result(&ctx.services, &ctx.actor).await?,
        _ => None,
    };
    let onwards = |_: &RecordView| match &waiting {
        Some(next) => format!("{}&done=seen", waiting_result_address(next)),
        None => format!("{INBOX}?done=seen"),
    };
    form.answer(&ctx, outcome, onwards).await
}
