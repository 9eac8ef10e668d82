//! `/records/:reference/add`

use domain_types::{
    Problem, ProblemCode,
    records::{RecordDetail, RecordView},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::super::{
    entry_address,
    entry_content::EntryContent,
    server_fns::{AddToEntry, get_record},
};
use crate::{
    components::{Alert, Card, Form, FormErrors, LinkButton, Page, Submit, TextareaField, Tone, Variant, WhenText},
    features::{Trouble, loaded, param, query},
    forms::{Flash, take_flash},
};

/// Adds something to a signed report, which itself stays as it is.
#[component]
pub fn AdditionPage() -> impl IntoView {
    let (reference, token) = (param("reference"), query("flash"));
    let load = async move { Ok((get_record(reference).await?, take_flash(token).await)) };
    loaded(load, |(detail, flash): (RecordDetail, Flash)| {
        if detail.is_own {
            let problem = Problem::new(ProblemCode::Forbidden, "Only doctors can add an addendum.");
            return view! { <Trouble problem/> }.into_any();
        }
        let RecordDetail { record, addenda, may_add, .. } = detail;
        let here = entry_address(&record.reference);
        let lead = format!("{}, {} · {}", record.patient_name, record.patient_reference, record.title());
        let next = if may_add { form(&record, &flash).into_any() } else { refusal().into_any() };
        view! {
            <Page title="Add an addendum" lead back_to=(here, "Entry".to_owned())>
                <FormErrors problem=flash.problem().cloned() controls=&["text"]/>
                <div class="stack-lg">
                    {so_far(record, addenda)}
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

fn form(record: &RecordView, flash: &Flash) -> impl IntoView + use<> {
    let (record, flash) = (record.clone(), flash.clone());
    let keep = entry_address(&record.reference);
    view! {
        <Form action=AddToEntry::PATH class="form">
            <input type="hidden" name="reference" value=record.reference.clone()/>
            <TextareaField
                name="text"
                label="Addendum"
                hint="It appears below the entry with your name and the date. It is signed at once, and the patient \
                    can read it."
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

fn refusal() -> impl IntoView {
    view! {
        <Alert tone=Tone::Warning title="You cannot add an addendum here">
            <p>"You can add one only to a signed report of a patient in your care."</p>
        </Alert>
    }
}
