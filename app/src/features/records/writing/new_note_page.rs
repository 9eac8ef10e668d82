//! `/patients/:patient/notes/new`

use domain_types::records::{NoteTemplate, RecordView, WritingDesk};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    super::{
        addresses::chart_address,
        banner::PatientBanner,
        server_fns::{BeginNote, get_desk},
    },
    about_visit::{about, already_noted},
    desk::EmergencyNotice,
};
use crate::{
    components::{Choice, Form, FormErrors, Page, Submit},
    features::{loaded, param, query},
    forms::{Flash, take_flash},
};

/// How a note begins: empty, with the headings of a template, or with the words of an earlier note.
#[component]
pub fn NewNotePage() -> impl IntoView {
    let (patient, visit, token) = (param("patient"), query("visit"), query("flash"));
    let load = async move { Ok((get_desk(patient).await?, take_flash(token).await)) };
    loaded(load, move |(desk, flash): (WritingDesk, Flash)| {
        let WritingDesk { patient, access, allergies, none_known, earlier, visits, .. } = desk;
        let back = (chart_address(&patient.reference), "Chart".to_owned());
        let reference = patient.reference.clone();
        // Whoever chose no appointment is not offered one in its place when the form comes back.
        let is_none = flash.problem().is_some() && flash.value("visit").is_empty();
        let noted = visits.noted(visit.as_deref()).cloned();
        view! {
            <Page title="New note" back_to=back>
                <PatientBanner head=patient allergies none_known/>
                <FormErrors problem=flash.problem().cloned()/>
                <div class="stack-lg">
                    <EmergencyNotice access/>
                    {noted.map(|visit| already_noted(visit, &reference))}
                    <Form action=BeginNote::PATH class="form">
                        <input type="hidden" name="patient" value=reference.clone()/>
                        {about(visits, visit, is_none, &reference)}
                        {templates(&flash.value("template"))}
                        {carry_over(earlier, &flash.value("from"))}
                        <p class="text-muted">"Only you can see it until you sign it."</p>
                        <div class="form-actions"><Submit label="Start the note" busy="Starting…"/></div>
                    </Form>
                </div>
            </Page>
        }
    })
}

fn templates(chosen: &str) -> impl IntoView + use<> {
    let chosen = NoteTemplate::parse(chosen).unwrap_or(NoteTemplate::Blank);
    let choices = NoteTemplate::ALL
        .iter()
        .map(|template| {
            let is_chosen = *template == chosen;
            view! { <Choice name="template" value=template.as_str() label=template.label() is_chosen/> }
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
fn carry_over(earlier: Vec<RecordView>, chosen: &str) -> impl IntoView + use<> {
    let is_none = earlier.iter().all(|note| note.reference != chosen);
    let choices = earlier
        .into_iter()
        .map(|note| {
            let label = format!("Copy from the note of {}", note.date_label);
            let about = format!("{} · {}", note.title(), note.doctor_name);
            let is_chosen = note.reference == chosen;
            view! { <Choice name="from" value=note.reference label about is_chosen/> }
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
                <Choice name="from" value="" label="Don’t copy" is_chosen=is_none/>
                {choices}
            </fieldset>
        }
    })
}
