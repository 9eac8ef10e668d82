//! Writing notes, signing them and completing them. Each is a plain form that leads somewhere.

// The fields of plain forms; the macro does not hand a function its own exception on.
#![allow(clippy::too_many_arguments)]

use domain_types::records::{RecordView, Saved};
use leptos::prelude::*;

use crate::error::AppError;

/// Begins a note about a patient: about a visit, from a template, or with the words of an earlier note (`from`).
#[server(prefix = "/fn", endpoint = "records/begin-note")]
pub async fn begin_note(
    #[server(default)] patient: String,
    #[server(default)] visit: String,
    #[server(default)] template: String,
    #[server(default)] from: String,
) -> Result<RecordView, AppError> {
    use super::super::{
        addresses::{new_note_address, note_address},
        entry_address,
    };
    use domain_types::records::{NoteTemplate, PatientRef};
    let ctx = crate::server_ctx::ctx()?;
    let form = crate::forms::FormPage::at(new_note_address(&patient, &visit))
        .typed("visit", &visit)
        .typed("template", &template)
        .typed("from", &from);
    let given = |text: String| Some(text).filter(|text| !text.is_empty());
    let command = domain::records::BeginNote {
        patient: PatientRef::parse(&patient),
        visit: given(visit),
        template: NoteTemplate::parse(&template).unwrap_or(NoteTemplate::Blank),
        carried_from: given(from),
    };
    let outcome = async { Ok(domain::records::begin_note(&ctx.services, &ctx.actor, command).await?.into_inner()) };
    let onwards = |note: &RecordView| match note.signed {
        None => note_address(&note.patient_reference, &note.reference),
        Some(_) => format!("{}?done=noted", entry_address(&note.reference)),
    };
    form.answer(&ctx, outcome.await, onwards).await
}

/// Saves a note as far as it is written. The editor does it by itself; without a script it is a button.
#[server(prefix = "/fn", endpoint = "records/save-note")]
pub async fn save_note(
    #[server(default)] reference: String,
    #[server(default)] patient: String,
    version: i32,
    #[server(default)] subjective: String,
    #[server(default)] objective: String,
    #[server(default)] assessment: String,
    #[server(default)] plan: String,
) -> Result<Saved, AppError> {
    use super::super::addresses::note_address;
    let ctx = crate::server_ctx::ctx()?;
    let form = note_page(&patient, &reference, [&subjective, &objective, &assessment, &plan]);
    let typed = domain_types::records::NoteForm { subjective, objective, assessment, plan };
    let outcome = async {
        Ok(domain::records::save_note(&ctx.services, &ctx.actor, &reference, version, &typed).await?.into_inner())
    };
    form.answer(&ctx, outcome.await, |saved| format!("{}?done=saved", note_address(&patient, &saved.reference))).await
}

/// Signs a note for good, with the words that came along.
#[server(prefix = "/fn", endpoint = "records/sign-note")]
pub async fn sign_note(
    #[server(default)] reference: String,
    #[server(default)] patient: String,
    version: i32,
    #[server(default)] subjective: String,
    #[server(default)] objective: String,
    #[server(default)] assessment: String,
    #[server(default)] plan: String,
) -> Result<RecordView, AppError> {
    use super::super::entry_address;
    let ctx = crate::server_ctx::ctx()?;
    let form = note_page(&patient, &reference, [&subjective, &objective, &assessment, &plan]);
    let typed = Some((version, domain_types::records::NoteForm { subjective, objective, assessment, plan }));
    let outcome =
        async { Ok(domain::records::sign_note(&ctx.services, &ctx.actor, &reference, typed).await?.into_inner()) };
    form.answer(&ctx, outcome.await, |note| format!("{}?done=signed", entry_address(&note.reference))).await
}

#[cfg(feature = "ssr")]
fn note_page(patient: &str, reference: &str, typed: [&String; 4]) -> crate::forms::FormPage {
    let page = crate::forms::FormPage::at(super::super::addresses::note_address(patient, reference));
    let [subjective, objective, assessment, plan] = typed;
    page.typed("subjective", subjective)
        .typed("objective", objective)
        .typed("assessment", assessment)
        .typed("plan", plan)
}

/// Throws away what whoever asks was writing.
#[server(prefix = "/fn", endpoint = "records/discard")]
pub async fn discard_draft(
    #[server(default)] reference: String,
    #[server(default)] patient: String,
) -> Result<RecordView, AppError> {
    use super::super::addresses::chart_address;
    let ctx = crate::server_ctx::ctx()?;
    let form = crate::forms::FormPage::at(chart_address(&patient));
    let outcome = async { Ok(domain::records::discard(&ctx.services, &ctx.actor, &reference).await?.into_inner()) };
    form.answer(&ctx, outcome.await, |draft| format!("{}?done=discarded", chart_address(&draft.patient_reference)))
        .await
}

/// Adds something to a signed report. It is signed at once. `question` is the number of the question that it answers.
#[server(prefix = "/fn", endpoint = "records/add-to")]
pub async fn add_to_entry(
    #[server(default)] reference: String,
    #[server(default)] text: String,
    #[server(default)] question: String,
) -> Result<RecordView, AppError> {
    use super::super::{
        addresses::{addition_address, answer_address},
        entry_address,
    };
    let ctx = crate::server_ctx::ctx()?;
    let answers = question.parse().ok().map(domain_types::DoctorNoticeId);
    let page = answers.map_or_else(|| addition_address(&reference), |question| answer_address(&reference, question));
    let form = crate::forms::FormPage::at(page).typed("text", &text);
    let outcome = async {
        // What is no number is no question.
        if answers.is_none() && !question.is_empty() {
            return Err(domain::Error::NotFound.into());
        }
        Ok(domain::records::add_to(&ctx.services, &ctx.actor, &reference, &text, answers).await?.into_inner())
    };
    form.answer(&ctx, outcome.await, |_| format!("{}?done=added", entry_address(&reference))).await
}
