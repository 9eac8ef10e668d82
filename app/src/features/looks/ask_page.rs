//! `/account/looks/:event/ask`

use domain_types::{
    records::{LookView, QuestionForm},
    text::limit_words,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    LOOKS,
    look_parts::{EmergencyNote, LookSentence, QuestionStory},
    server_fns::{AskAboutLook, get_look},
};
use crate::{
    components::{Alert, AskForm, FormErrors, Page, Tone, WhenText, Width},
    features::{loaded, param, query},
    forms::{Flash, take_flash},
};

/// "I don't recognise this": the look, what somebody wants to say about it, and what happens then. Once it was asked,
/// the question and its answer.
#[component]
pub fn AskPage() -> impl IntoView {
    let (event, token) = (param("event"), query("flash"));
    let was_asked = query("asked").is_some();
    let load = async move { Ok((get_look(event).await?, take_flash(token).await)) };
    loaded(load, move |(look, flash): (LookView, Flash)| {
        let title = if look.question.is_some() { "Your question" } else { "Ask about this access" };
        let was_asked = was_asked && look.question.as_ref().is_some_and(|question| question.answer.is_none());
        let next = match look.question.clone() {
            Some(question) => view! { <div class="card"><QuestionStory question/></div> }.into_any(),
            None => form(&look, flash.clone()).into_any(),
        };
        view! {
            <Page title width=Width::Narrow back=(LOOKS, "Who accessed my record")>
                <FormErrors problem=flash.problem().cloned() controls=&["note"]/>
                <div class="stack-lg">
                    {was_asked
                        .then(|| {
                            view! {
                                <Alert tone=Tone::Success title="Question sent to the clinic">
                                    <p>"The answer will appear here."</p>
                                </Alert>
                            }
                        })}
                    <Brief look/>
                    {next}
                </div>
            </Page>
        }
    })
}

#[component]
fn Brief(look: LookView) -> impl IntoView {
    let (when, is_emergency) = (look.at.clone(), look.is_emergency);
    view! {
        <section class="card stack" aria-label="Emergency access">
            <LookSentence look/>
            <p class="text-muted"><WhenText when spoken=true/></p>
            {is_emergency.then(|| view! { <EmergencyNote/> })}
        </section>
    }
}

fn form(look: &LookView, flash: Flash) -> impl IntoView + use<> {
    let event = look.event.to_string();
    let hint = format!("For example, you were not at the clinic that day. {}", limit_words(QuestionForm::LONGEST));
    view! {
        <AskForm
            action=AskAboutLook::PATH
            about=("event", event)
            text=("note", "What seems wrong?")
            hint
            flash
            send="Ask the clinic"
            back=(LOOKS.to_owned(), "Go back")
        >
            <div>
                <p class="font-semibold">"What happens next"</p>
                <p>
                    "The clinic will check this and answer here. We will e-mail you when there is an answer. An \
                     administrator reads your question. The person who accessed your record cannot answer it."
                </p>
            </div>
        </AskForm>
    }
}
