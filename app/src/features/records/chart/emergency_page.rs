//! `/emergency`

use domain_types::auth::{Role, Viewer};
use leptos::{prelude::*, server_fn::ServerFn};

use super::reader::reader;
use crate::{
    components::{FormErrors, LinkButton, Page, Submit, TextField, TextareaField, Variant, Width},
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
                lead="For a patient who is not in your care, when it cannot wait."
                width=Width::Narrow
            >
                <FormErrors problem=flash.problem().cloned() controls=&["patient", "name", "born", "reason"]/>
                <div class="stack-lg">
                    <ul class="list-disc pl-5 stack">
                        <li>"The record opens for sixty minutes, to you alone. Every look is noted."</li>
                        <li>"The patient is told at once by e-mail that you opened it."</li>
                        <li>"An administrator reads your reason and reviews it."</li>
                    </ul>
                    {form(&flash, &patient, viewer.role.home())}
                </div>
            </Page>
        }
    })
}

fn form(flash: &Flash, patient: &str, home: &'static str) -> impl IntoView + use<> {
    view! {
        <form method="post" action=OpenEmergency::PATH class="form">
            <TextField
                name="patient"
                label="Reference"
                hint="PT-… on the patient’s papers. Leave it empty when nobody knows it, and fill in the next two."
                value=flash.typed_or("patient", patient)
                error=flash.error("patient")
                autocomplete="off"
                maxlength=40_u32
                unmarked=true
            />
            <div class="field-pair">
                <TextField
                    name="name"
                    label="First and last name"
                    value=flash.value("name")
                    error=flash.error("name")
                    autocomplete="off"
                    maxlength=200_u32
                    unmarked=true
                />
                <TextField
                    name="born"
                    label="Day of birth"
                    kind="date"
                    value=flash.value("born")
                    error=flash.error("born")
                    autocomplete="off"
                    unmarked=true
                />
            </div>
            <TextareaField
                name="reason"
                label="Why do you need it now?"
                hint="A sentence. Whoever reviews it reads it."
                value=flash.value("reason")
                error=flash.error("reason")
                rows=3
                required=true
            />
            <div class="form-actions">
                <Submit label="Open the record" busy="Opening…" variant=Variant::Danger/>
                <LinkButton href=home variant=Variant::Secondary>"Not now"</LinkButton>
            </div>
        </form>
    }
}
