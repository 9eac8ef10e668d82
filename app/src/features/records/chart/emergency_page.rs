//! `/emergency`

use domain_types::auth::{Role, Viewer};
use leptos::{prelude::*, server_fn::ServerFn};

use super::reader::reader;
use crate::{
    components::{Form, FormErrors, LinkButton, Page, Submit, TextField, TextareaField, Variant, Width},
    features::{loaded, query, records::server_fns::OpenEmergency},
    forms::{Flash, take_flash},
};

/// Opens the record of somebody who is not in care, for those who work at the clinic. It says first what that means.
#[component]
pub fn EmergencyPage() -> impl IntoView {
    let (token, patient) = (query("flash"), query("patient").unwrap_or_default());
    let load = async move { Ok((reader(Role::Doctor, Role::is_staff).await?, take_flash(token).await)) };
    loaded(load, move |(viewer, flash): (Viewer, Flash)| {
        view! {
            <Page
                title="Open a record in an emergency"
                lead="For a patient who is not in your care, when you cannot wait."
                width=Width::Narrow
            >
                <FormErrors problem=flash.problem().cloned() controls=&["patient", "name", "born", "reason"]/>
                <div class="stack-lg">
                    <ul class="list-disc pl-5 stack">
                        <li>"Only you can open the record, for sixty minutes. Every access is logged."</li>
                        <li>"We e-mail the patient at once that you opened it."</li>
                        <li>"An administrator reviews the access and your reason."</li>
                    </ul>
                    {form(&flash, patient, viewer.role.home())}
                </div>
            </Page>
        }
    })
}

fn form(flash: &Flash, patient: String, home: &'static str) -> impl IntoView + use<> {
    let flash = flash.clone();
    view! {
        <Form action=OpenEmergency::PATH class="form">
            <TextField
                name="patient"
                label="Reference"
                hint="PT-… on the patient’s documents. If you do not know it, leave this empty and fill in the next two."
                value=flash.typed_or("patient", &patient)
                error=flash.error("patient")
                autocomplete="off"
                unmarked=true
            />
            <div class="field-pair">
                <TextField
                    name="name"
                    label="First and last name"
                    value=flash.value("name")
                    error=flash.error("name")
                    autocomplete="off"
                    unmarked=true
                />
                <TextField
                    name="born"
                    label="Date of birth"
                    kind="date"
                    value=flash.value("born")
                    error=flash.error("born")
                    autocomplete="off"
                    unmarked=true
                />
            </div>
            <TextareaField
                name="reason"
                label="Why do you need this record now?"
                hint="One sentence. The administrator who reviews the access reads it."
                value=flash.value("reason")
                error=flash.error("reason")
                rows=3
                required=true
            />
            <div class="form-actions">
                <Submit label="Open the record" busy="Opening…" variant=Variant::Danger/>
                <LinkButton href=home variant=Variant::Secondary>"Go back"</LinkButton>
            </div>
        </Form>
    }
}
