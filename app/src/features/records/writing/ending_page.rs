//! `/records/:reference/end`

use domain_types::{
    Problem, ProblemCode,
    records::{RecordDetail, RecordView, Twin, WritingDesk},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    super::{
        entry_address,
        entry_content::EntryContent,
        server_fns::{CancelPrescription, get_record},
    },
    desk::{banner_of, desk_of},
};
use crate::{
    components::{Alert, Card, Choice, Form, FormErrors, LinkButton, Page, Submit, TextareaField, Tone, Variant},
    features::{Trouble, loaded, param, query},
    forms::{Flash, take_flash},
};

/// Asks why before a signed prescription is ended.
#[component]
pub fn EndingPage() -> impl IntoView {
    let (reference, token) = (param("reference"), query("flash"));
    let load = async move {
        let detail = get_record(reference).await?;
        Ok((desk_of(&detail.record, detail.may_end).await?, detail, take_flash(token).await))
    };
    loaded(load, |(desk, detail, flash): (Option<WritingDesk>, RecordDetail, Flash)| {
        if detail.is_own {
            let problem = Problem::new(ProblemCode::Forbidden, "Only doctors can cancel a prescription.");
            return view! { <Trouble problem/> }.into_any();
        }
        let RecordDetail { record, may_end, .. } = detail;
        let here = entry_address(&record.reference);
        let lead = format!("{}, {}", record.patient_name, record.patient_reference);
        let next = if may_end { form(&record, &flash).into_any() } else { refusal(&record).into_any() };
        let title = format!("{} of {}, {}", record.kind.label(), record.date_label, record.doctor_name);
        view! {
            <Page title="Cancel this prescription?" lead back_to=(here, "Entry".to_owned())>
                {desk.map(banner_of)}
                <FormErrors problem=flash.problem().cloned() controls=&["reason"]/>
                <div class="stack-lg">
                    <Card title><EntryContent kind=record.kind content=record.content/></Card>
                    {next}
                </div>
            </Page>
        }
        .into_any()
    })
}

fn form(record: &RecordView, flash: &Flash) -> impl IntoView + use<> {
    let (record, flash) = (record.clone(), flash.clone());
    let keep = entry_address(&record.reference);
    view! {
        <Form action=CancelPrescription::PATH class="form">
            <input type="hidden" name="reference" value=record.reference.clone()/>
            <TextareaField
                name="reason"
                label="Reason for cancelling"
                hint="The patient will read this."
                value=flash.value("reason")
                error=flash.error("reason")
                required=true
            />
            {others(&record.stands_for, &flash.value("which"))}
            <p>"It stays in the record, marked as cancelled. This cannot be undone."</p>
            <div class="form-actions">
                <Submit label="Cancel this prescription" busy="Saving…" variant=Variant::Danger/>
                <LinkButton href=keep variant=Variant::Secondary>"Keep it"</LinkButton>
            </div>
        </Form>
    }
}

/// The same medicine was signed more than once: what is left behind would come back into the chart.
fn others(others: &[Twin], chosen: &str) -> impl IntoView + use<> {
    let only_this = chosen == "this";
    let listed = others.iter().map(|other| view! { <li>{other.words.clone()}</li> }).collect::<Vec<_>>();
    let shown = others.iter().map(|other| other.reference.clone()).collect::<Vec<_>>().join(" ");
    let all = format!("Cancel all {}", others.len() + 1);
    (!listed.is_empty()).then(|| {
        view! {
            <fieldset class="choices">
                <legend class="choices-title">"The same medicine in the same strength was also prescribed"</legend>
                <ul class="list-disc pl-6">{listed}</ul>
                <input type="hidden" name="shown" value=shown autocomplete="off"/>
                <Choice name="which" value="all" label=all about="The patient stops taking it." is_chosen=!only_this/>
                <Choice
                    name="which"
                    value="this"
                    label="Cancel only this one"
                    about="It was signed twice by mistake, and the patient keeps taking it."
                    is_chosen=only_this
                />
            </fieldset>
        }
    })
}

fn refusal(record: &RecordView) -> impl IntoView + use<> {
    let why = match record.is_cancelled {
        true => "This prescription was already cancelled.",
        false => "You can cancel only signed prescriptions of patients in your care.",
    };
    view! { <Alert tone=Tone::Warning title="It cannot be cancelled here"><p>{why}</p></Alert> }
}
