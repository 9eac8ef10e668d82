//! `/patients/:patient/notes/new`

use domain_types::records::{NoteTemplate, RecordView, WritingDesk};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    super::{
        addresses::chart_address,
        server_fns::{BeginNote, get_desk},
    },
    desk::{Allergies, EmergencyNotice, who},
};
use crate::{
    components::{Form, FormErrors, Page, Submit},
    features::{loaded, param, query},
    forms::{Flash, take_flash},
};

/// How a note begins: empty, with the headings of a template, or with the words of an earlier note.
#[component]
pub fn NewNotePage() -> impl IntoView {
    let (patient, visit, token) = (param("patient"), query("visit"), query("flash"));
    let load = async move { Ok((get_desk(patient).await?, take_flash(token).await)) };
    loaded(load, move |(desk, flash): (WritingDesk, Flash)| {
        let WritingDesk { patient, access, allergies, earlier, .. } = desk;
        let back = (chart_address(&patient.reference), "Chart".to_owned());
        let about = match &visit {
            Some(visit) => format!("It is for the appointment {visit}."),
            None => "It is not linked to an appointment.".to_owned(),
        };
        view! {
            <Page title="New note" lead=who(&patient) back_to=back>
                <FormErrors problem=flash.problem().cloned()/>
                <div class="stack-lg">
                    <EmergencyNotice access/>
                    <Allergies allergies/>
                    <Form action=BeginNote::PATH class="form">
                        <input type="hidden" name="patient" value=patient.reference/>
                        <input type="hidden" name="visit" value=visit.unwrap_or_default()/>
                        {templates()}
                        {carry_over(earlier)}
                        <p class="text-muted">{about} " Only you can see it until you sign it."</p>
                        <div class="form-actions"><Submit label="Start the note" busy="Starting…"/></div>
                    </Form>
                </div>
            </Page>
        }
    })
}

fn templates() -> impl IntoView {
    let choices = NoteTemplate::ALL
        .iter()
        .map(|template| {
            let is_first = *template == NoteTemplate::Blank;
            view! { <Choice name="template" value=template.as_str() label=template.label() is_chosen=is_first/> }
        })
        .collect_view();
    view! {
        <fieldset class="choices">
            <legend class="choices-title">"Start with"</legend>
            {choices}
        </fieldset>
    }
}

/// Nothing is carried over unless somebody says so: copied words are easily overlooked.
fn carry_over(earlier: Vec<RecordView>) -> impl IntoView {
    let choices = earlier
        .into_iter()
        .map(|note| {
            let label = format!("Copy from the note of {}", note.date_label);
            let about = format!("{} · {}", note.title(), note.doctor_name);
            view! { <Choice name="from" value=note.reference label about/> }
        })
        .collect::<Vec<_>>();
    (!choices.is_empty()).then(|| {
        view! {
            <fieldset class="choices" aria-describedby="carry-over-hint">
                <legend class="choices-title">"Copy from an earlier note"</legend>
                <p class="field-hint choices-hint" id="carry-over-hint">
                    "This replaces the template. What you leave unchanged is marked as copied, so that readers know it \
                     is not new."
                </p>
                <Choice name="from" value="" label="Don’t copy" is_chosen=true/>
                {choices}
            </fieldset>
        }
    })
}

/// One of several, as large as a finger.
#[component]
fn Choice(
    name: &'static str,
    #[prop(into)] value: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] about: String,
    #[prop(optional)] is_chosen: bool,
) -> impl IntoView {
    view! {
        <label class="choice">
            <input class="choice-mark" type="radio" name=name value=value checked=is_chosen/>
            <span>
                {label}
                {(!about.is_empty()).then(|| view! { <span class="choice-about">{about}</span> })}
            </span>
        </label>
    }
}
