//! `/admin/questions`

use domain_types::{
    page::Page as PageOf,
    records::{AccessReview, AnswerForm, QuestionState},
    text::limit_words,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    QUESTIONS,
    server_fns::{AnswerQuestion, list_questions},
};
use crate::{
    address::address,
    components::{
        Alert, Badge, Card, Chips, Described, DescriptionList, EmptyState, Form, FormErrors, Glyph, Icon, Page,
        Pagination, Submit, TabItem, Textarea, Tone, WhenText,
    },
    features::{loaded, query},
    forms::{Flash, take_flash},
};

/// Patients who do not recognise a look at their record, and what the clinic answers them.
#[component]
pub fn QuestionsPage() -> impl IntoView {
    let state = query("state").unwrap_or_default();
    let (wanted, token, was_answered) = (state.clone(), query("flash"), query("answered").is_some());
    let page = query("page");
    let load = async move { Ok((list_questions(Some(wanted), page).await?, take_flash(token).await)) };
    loaded(load, move |(questions, flash): (PageOf<AccessReview>, Flash)| {
        let (page, pages) = (questions.page, questions.pages());
        let is_open = state != QuestionState::Answered.as_str();
        let was_answered = was_answered && flash.problem().is_none();
        let list = if questions.results.is_empty() {
            nothing(is_open).into_any()
        } else {
            questions.results.into_iter().map(|review| question(review, &flash)).collect_view().into_any()
        };
        view! {
            <Page
                title="Access questions"
                lead="Patients ask about an access they do not recognise. Their records are not shown here."
                back=("/admin", "Administration")
            >
                <FormErrors problem=flash.problem().cloned()/>
                <div class="stack-lg">
                    {was_answered
                        .then(|| {
                            view! {
                                <Alert tone=Tone::Success title="Answered">
                                    <p>"The patient can read it in their access log. We have e-mailed them."</p>
                                </Alert>
                            }
                        })}
                    <Chips label="Status" items=states(is_open)/>
                    {list}
                    <Pagination page pages base=address(QUESTIONS, &[("state", &state)])/>
                </div>
            </Page>
        }
    })
}

fn states(is_open: bool) -> Vec<TabItem> {
    let answered = QuestionState::Answered;
    vec![
        TabItem::new(QUESTIONS, QuestionState::Open.label(), is_open),
        TabItem::new(address(QUESTIONS, &[("state", answered.as_str())]), answered.label(), !is_open),
    ]
}

fn nothing(is_open: bool) -> impl IntoView {
    if is_open {
        view! {
            <EmptyState icon=Glyph::CheckCircle title="No open questions" action=("/admin", "Back to the overview")>
                "No patient is waiting for an answer."
            </EmptyState>
        }
    } else {
        view! {
            <EmptyState icon=Glyph::Inbox title="No answered questions" action=(QUESTIONS, "Show open questions")>
                "Answered questions appear here."
            </EmptyState>
        }
    }
}

fn question(review: AccessReview, flash: &Flash) -> impl IntoView + use<> {
    let id = review.id.to_string();
    let title = format!("{}, {}", review.patient_name, review.patient_reference);
    let note = match review.question.note.is_empty() {
        true => view! { <span class="text-muted">"No message"</span> }.into_any(),
        false => view! { <span class="kept-words">{review.question.note}</span> }.into_any(),
    };
    let reply = match review.question.answer {
        Some(answer) => view! {
            <p class="text-muted">{answer.by} " answered on " <WhenText when=answer.at/> ":"</p>
            <p class="kept-words">{answer.text}</p>
        }
        .into_any(),
        None if review.may_answer => {
            let is_refused = flash.value("question") == id;
            let (typed, error) =
                if is_refused { (flash.value("answer"), flash.error("answer")) } else { Default::default() };
            view! { <Reply id typed error/> }.into_any()
        }
        None => view! {
            <Alert tone=Tone::Info title="This question is about your own access">
                <p>"Another administrator must answer it."</p>
            </Alert>
        }
        .into_any(),
    };
    view! {
        <Card title>
            <div class="stack">
                <DescriptionList>
                    <Described term="Access">
                        {review.who} " " {review.what} ", " <WhenText when=review.at/> " "
                        {review
                            .is_emergency
                            .then(|| view! { <Badge tone=Tone::Danger icon=Glyph::Warning>"Emergency access"</Badge> })}
                    </Described>
                    <Described term="Asked"><WhenText when=review.question.asked/></Described>
                    <Described term="The patient’s message">{note}</Described>
                </DescriptionList>
                {reply}
            </div>
        </Card>
    }
}

/// The form of one answer among several: its ids carry the question's number.
#[component]
fn Reply(id: String, typed: String, error: Option<String>) -> impl IntoView {
    let control = format!("answer-{id}");
    let (hint, wrong) = (format!("{control}-hint"), format!("{control}-error"));
    let described = if error.is_some() { format!("{wrong} {hint}") } else { hint.clone() };
    let is_wrong = error.is_some();
    let class = if error.is_some() { "field field-wrong" } else { "field" };
    let limit = format!(
        "Tell the patient who it was and why they opened the record. {} You cannot change the answer later.",
        limit_words(AnswerForm::LONGEST)
    );
    view! {
        <Form action=AnswerQuestion::PATH class="form">
            <input type="hidden" name="question" value=id/>
            <div class=class>
                <label class="field-label" for=control.clone()>"Your answer"</label>
                <p class="field-hint" id=hint>{limit}</p>
                <Textarea id=control name="answer" value=typed rows=4 required=true described=Some(described) is_wrong/>
                {error
                    .map(|sentence| {
                        view! {
                            <p class="field-error" id=wrong>
                                <Icon glyph=Glyph::AlertCircle/>
                                <span>{sentence}</span>
                            </p>
                        }
                    })}
            </div>
            <div class="form-actions"><Submit label="Send answer" busy="Sending…"/></div>
        </Form>
    }
}
