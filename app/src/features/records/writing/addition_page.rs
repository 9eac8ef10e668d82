//! `/records/:reference/add`

use domain_types::{
    Problem, ProblemCode,
    records::{AnswerState, EntryQuestion, RecordDetail, RecordView, WritingDesk},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    super::{
        addresses::{Trends, addition_address},
        entry_address,
        entry_content::EntryContent,
        lab_results::LabResults,
        questions::Questions,
        server_fns::{AddToEntry, get_record},
    },
    desk::{banner_of, desk_of},
};
use crate::{
    components::{
        Alert, Card, Form, FormErrors, LinkButton, Page, Submit, TextLink, TextareaField, Tone, Variant, WhenText,
    },
    features::{Trouble, loaded, param, query},
    forms::{Flash, take_flash},
};

/// Adds something to a signed report, which itself stays as it is.
#[component]
pub fn AdditionPage() -> impl IntoView {
    let (reference, token) = (param("reference"), query("flash"));
    let question = query("question");
    let load = async move {
        let detail = get_record(reference).await?;
        Ok((desk_of(&detail.record, detail.may_add).await?, detail, take_flash(token).await))
    };
    loaded(load, move |(desk, detail, flash): (Option<WritingDesk>, RecordDetail, Flash)| {
        if detail.is_own {
            let problem = Problem::new(ProblemCode::Forbidden, "Only doctors can add an addendum.");
            return view! { <Trouble problem/> }.into_any();
        }
        let RecordDetail { record, addenda, may_add, questions, results, .. } = detail;
        let trends = Trends::Of(record.patient_reference.clone());
        let results = (!results.is_empty()).then(|| view! { <LabResults results trends/> });
        let question = question.and_then(|id| questions.into_iter().find(|one| one.id.to_string() == id));
        let here = entry_address(&record.reference);
        let lead = format!("{}, {} · {}", record.patient_name, record.patient_reference, record.title());
        let title = if question.is_some() { "Answer a question" } else { "Add an addendum" };
        let asked =
            question.clone().map(|question| view! { <Questions questions=vec![question] addenda=addenda.clone()/> });
        let is_answered = question.as_ref().is_some_and(|one| matches!(one.state, AnswerState::Answered(_)));
        let next = match may_add {
            true if is_answered => answered(&record).into_any(),
            true => form(&record, question, &flash).into_any(),
            false => refusal().into_any(),
        };
        view! {
            <Page title lead back_to=(here, "Entry".to_owned())>
                {desk.map(banner_of)}
                <FormErrors problem=flash.problem().cloned() controls=&["text"]/>
                <div class="stack-lg">
                    {so_far(record, addenda)}
                    {results}
                    {asked}
                    {next}
                </div>
            </Page>
        }
        .into_any()
    })
}

/// What it says, with what was added before.
fn so_far(record: RecordView, addenda: Vec<RecordView>) -> impl IntoView {
    let title = format!("{} of {}, {}", record.kind.label(), record.date_label, record.doctor_name);
    let added = addenda
        .into_iter()
        .map(|entry| {
            let title = format!("Added by {}", entry.doctor_name);
            view! { <Card title>
                <p class="text-muted"><WhenText when=entry.created/></p>
                <EntryContent kind=entry.kind content=entry.content/>
            </Card> }
        })
        .collect_view();
    view! { <Card title><EntryContent kind=record.kind content=record.content/></Card> {added} }
}

fn form(record: &RecordView, question: Option<EntryQuestion>, flash: &Flash) -> impl IntoView + use<> {
    let (record, flash) = (record.clone(), flash.clone());
    let (label, hint) = if question.is_some() {
        (
            "Your answer",
            "It appears below the entry as an addendum with your name and the date. It is signed at once, and we tell the \
             patient by e-mail that there is an answer.",
        )
    } else {
        (
            "Addendum",
            "It appears below the entry with your name and the date. It is signed at once, and the patient can read it.",
        )
    };
    let keep = entry_address(&record.reference);
    view! {
        <Form action=AddToEntry::PATH class="form">
            <input type="hidden" name="reference" value=record.reference.clone()/>
            {question.map(|question| view! { <input type="hidden" name="question" value=question.id.to_string()/> })}
            <TextareaField
                name="text"
                label
                hint
                value=flash.value("text")
                error=flash.error("text")
                rows=6
                required=true
            />
            <div class="form-actions">
                <Submit label="Sign and add" busy="Signing…"/>
                <LinkButton href=keep variant=Variant::Secondary>"Go back"</LinkButton>
            </div>
        </Form>
    }
}

/// Somebody answered it meanwhile.
fn answered(record: &RecordView) -> impl IntoView + use<> {
    let href = addition_address(&record.reference);
    view! {
        <Alert tone=Tone::Info title="This question has an answer">
            <p>"You can still " <TextLink href>"add an addendum"</TextLink> "."</p>
        </Alert>
    }
}

fn refusal() -> impl IntoView {
    view! {
        <Alert tone=Tone::Warning title="You cannot add an addendum here">
            <p>"You can add one only to a signed report of a patient in your care."</p>
        </Alert>
    }
}
