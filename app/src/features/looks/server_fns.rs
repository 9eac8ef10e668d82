//! Reading who saw a record, asking about it, and answering. Every read is in the audit trail.

use domain_types::{
    page::Page,
    records::{AccessReview, LookView, Looks},
};
use leptos::prelude::*;

use crate::error::AppError;

/// A stretch of who did what with the own record of whoever asks; what others did unless told otherwise.
#[server(prefix = "/fn", endpoint = "looks/list")]
pub async fn get_looks(show: Option<String>, older: Option<String>, newer: Option<String>) -> Result<Looks, AppError> {
    use domain_types::records::LooksQuery;
    let ctx = crate::server_ctx::ctx()?;
    let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let (show, older, newer) = (given(&show), given(&older), given(&newer));
    let query = LooksQuery::parse(show.as_deref(), older.as_deref(), newer.as_deref())?;
    Ok(domain::records::looks(&ctx.services, &ctx.actor, query).await?.into_inner())
}

/// One look of somebody else at the own record of whoever asks.
#[server(prefix = "/fn", endpoint = "looks/look")]
pub async fn get_look(#[server(default)] event: String) -> Result<LookView, AppError> {
    let ctx = crate::server_ctx::ctx()?;
    let event = domain_types::records::event_of(&event)?;
    Ok(domain::records::look(&ctx.services, &ctx.actor, event).await?.into_inner())
}

/// Says that a look is not recognised. It leads to the page of the question.
#[server(prefix = "/fn", endpoint = "looks/ask")]
pub async fn ask_about_look(
    #[server(default)] event: String,
    #[server(default)] note: String,
) -> Result<LookView, AppError> {
    use domain_types::records::QuestionForm;
    let ctx = crate::server_ctx::ctx()?;
    let page = super::ask_address(&event);
    let form = crate::forms::FormPage::at(page.clone()).typed("note", &note);
    let outcome = async {
        let command = QuestionForm { event, note }.parse()?;
        Ok(domain::records::ask(&ctx.services, &ctx.actor, command).await?.into_inner())
    };
    form.answer(&ctx, outcome.await, |_| format!("{page}?asked=1")).await
}

/// The questions of patients about looks, of one state; open ones unless told otherwise.
#[server(prefix = "/fn", endpoint = "looks/questions")]
pub async fn list_questions(state: Option<String>, page: Option<String>) -> Result<Page<AccessReview>, AppError> {
    use domain_types::{
        Problem,
        page::PageRequest,
        records::{QuestionFilter, QuestionState},
    };
    let ctx = crate::server_ctx::ctx()?;
    let unknown = || Problem::field("state", "Choose a status from the list.");
    let state = state.filter(|state| !state.is_empty());
    let state = state.map_or(Some(QuestionState::Open), |state| QuestionState::parse(&state)).ok_or_else(unknown)?;
    let filter = QuestionFilter { state, page: PageRequest::parse(page.as_deref(), None)? };
    Ok(domain::records::questions(&ctx.services, &ctx.actor, filter).await?.into_inner())
}

/// Answers a question for good.
#[server(prefix = "/fn", endpoint = "looks/answer")]
pub async fn answer_question(
    #[server(default)] question: String,
    #[server(default)] answer: String,
) -> Result<AccessReview, AppError> {
    use super::QUESTIONS;
    use domain_types::records::AnswerForm;
    let ctx = crate::server_ctx::ctx()?;
    let form = crate::forms::FormPage::at(QUESTIONS).typed("question", &question).typed("answer", &answer);
    let outcome = async {
        let command = AnswerForm { question, answer }.parse()?;
        Ok(domain::records::answer(&ctx.services, &ctx.actor, command).await?.into_inner())
    };
    form.answer(&ctx, outcome.await, |_| format!("{QUESTIONS}?answered=1")).await
}
