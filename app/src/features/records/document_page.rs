//! `/records/documents/new` for patients, `/patients/:patient/documents/new` for doctors

use domain_types::records::WritingDesk;
use leptos::prelude::*;

use super::{
    RECORDS,
    addresses::chart_address,
    banner::PatientBanner,
    server_fns::{get_desk, may_bring},
};
use crate::{
    components::{
        Alert, FieldFrame, Form, FormErrors, Page, Submit, TextareaField, Tone, Width, described_by, field_id,
    },
    features::{loaded, param, query},
    forms::{Flash, form_key, take_flash},
};

/// Takes the form: a file is no matter of a server function.
const SEND_TO: &str = "/records/documents";
/// What the browser offers first. What the bytes are is found out when they are here.
const OFFERED: &str = ".pdf,.jpg,.jpeg,.png,.webp,.txt";
const ALLOWED: &str = "A PDF, a JPEG, PNG or WebP picture of up to 20 MB, or a plain text file (.txt) of up to 1 MB.";

/// Adds a file to one's own record, or to that of a patient.
#[component]
pub fn DocumentPage() -> impl IntoView {
    let patient = param("patient");
    let token = query("flash");
    let load = async move {
        let desk = if patient.is_empty() {
            may_bring().await?;
            None
        } else {
            Some(get_desk(patient).await?)
        };
        Ok((desk, take_flash(token).await))
    };
    loaded(load, |(desk, flash): (Option<WritingDesk>, Flash)| {
        let patient = desk.as_ref().map(|desk| desk.patient.clone());
        let banner = desk.map(|WritingDesk { patient, allergies, none_known, .. }| {
            view! { <PatientBanner head=patient allergies none_known/> }
        });
        let back = match &patient {
            Some(patient) => (chart_address(&patient.reference), patient.name.clone()),
            None => (RECORDS.to_owned(), "Medical records".to_owned()),
        };
        let lead = match &patient {
            Some(_) => "A letter, a report or a picture for the record.",
            None => "A letter, a report or a picture for your doctors.",
        };
        let problem = flash.problem().cloned();
        view! {
            <Page title="Add a document" lead width=Width::Narrow back_to=back>
                {banner}
                <FormErrors problem=problem.clone() controls=&["file", "note"]/>
                <div class="stack-lg">
                    {problem.is_some().then(choose_again)}
                    {form(patient.map(|patient| patient.reference), &flash)}
                </div>
            </Page>
        }
    })
}

/// A browser keeps no file for a form that comes back, and neither do we.
fn choose_again() -> impl IntoView {
    view! {
        <Alert tone=Tone::Info>
            <p>"Nothing was saved. Please choose the file again."</p>
        </Alert>
    }
}

fn form(patient: Option<String>, flash: &Flash) -> impl IntoView + use<> {
    let flash = flash.clone();
    let (error, note, note_error) = (flash.error("file"), flash.value("note"), flash.error("note"));
    let described = described_by("file", ALLOWED, error.as_deref());
    let invalid = error.is_some().then_some("true");
    view! {
        <Form action=SEND_TO class="form" multipart=true>
            <input type="hidden" name="key" value=form_key()/>
            {patient.map(|patient| view! { <input type="hidden" name="patient" value=patient/> })}
            <FieldFrame name="file" label="File" hint=ALLOWED error required=true>
                <input
                    class="input"
                    id=field_id("file")
                    name="file"
                    type="file"
                    accept=OFFERED
                    required
                    aria-describedby=described
                    aria-invalid=invalid
                />
            </FieldFrame>
            <TextareaField
                name="note"
                label="Note"
                hint="What it is and where it comes from."
                value=note
                error=note_error
                rows=3
            />
            <p class="text-muted">
                "It is kept permanently, like everything in a medical record. Every access is logged."
            </p>
            <div class="form-actions">
                <Submit label="Add the document" busy="Sending…"/>
            </div>
        </Form>
    }
}
