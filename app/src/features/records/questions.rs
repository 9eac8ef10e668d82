//! What a patient asked about an entry, on its page.

use domain_types::records::{AnswerState, EntryQuestion, RecordView};
use leptos::prelude::*;

use super::addresses::answer_address;
use crate::components::{Card, LinkButton, Size, Variant, WhenText};

/// Questions about an entry, each with what became of it. `answer_at` is the entry's reference for whoever can answer.
#[component]
pub(super) fn Questions(
    questions: Vec<EntryQuestion>,
    addenda: Vec<RecordView>,
    #[prop(optional_no_strip)] answer_at: Option<String>,
    /// Whether the reader asked them.
    #[prop(optional)]
    are_own: bool,
) -> impl IntoView {
    let lines = questions.into_iter().map(|one| line(one, &addenda, answer_at.as_deref())).collect::<Vec<_>>();
    let title = if are_own { "Your questions" } else { "Questions from the patient" };
    (!lines.is_empty()).then(|| view! { <Card title><ul class="held">{lines}</ul></Card> })
}

fn line(one: EntryQuestion, addenda: &[RecordView], answer_at: Option<&str>) -> AnyView {
    let EntryQuestion { id, asked, text, state } = one;
    let text = text.unwrap_or_else(|| "The question was erased.".to_owned());
    let state_words = match state {
        AnswerState::Waiting => "Waiting for an answer.".to_owned(),
        AnswerState::Closed => "Closed without a written answer.".to_owned(),
        AnswerState::Answered(answer) => match addenda.iter().find(|entry| entry.id == answer) {
            Some(entry) => format!("Answered in the addendum of {}.", entry.created.label),
            None => "Answered.".to_owned(),
        },
    };
    let answer = answer_at.filter(|_| state == AnswerState::Waiting).map(|reference| {
        let href = answer_address(reference, id);
        let which = format!(" the question of {}", asked.label);
        view! {
            <LinkButton href size=Size::Small variant=Variant::Secondary>
                "Answer" <span class="visually-hidden">{which}</span>
            </LinkButton>
        }
    });
    view! {
        <li class="held-item held-item-tall">
            <div class="held-body">
                <p class="whitespace-pre-line">{text}</p>
                <p class="text-muted">"Asked " <WhenText when=asked/> " · " {state_words}</p>
            </div>
            {answer}
        </li>
    }
    .into_any()
}
