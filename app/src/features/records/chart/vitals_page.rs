//! `/patients/:patient/vitals/new` and `/records/vitals/new`

use domain_types::{
    auth::{Role, Viewer},
    records::WritingDesk,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::reader::{AccessNotice, reader};
use crate::{
    components::{Form, FormErrors, LinkButton, MeasureField, Page, Submit, Variant, Width},
    features::{
        loaded, param, query,
        records::{
            RECORDS,
            addresses::chart_address,
            banner::PatientBanner,
            server_fns::{EnterVitals, get_desk},
        },
    },
    forms::{Flash, take_flash},
};

/// In the order in which they stand on the page.
const CONTROLS: &[&str] = &["systolic_bp", "diastolic_bp", "heart_rate", "weight", "temperature", "oxygen_saturation"];

/// A doctor enters what was measured at a patient.
#[component]
pub fn VitalsPage() -> impl IntoView {
    let (patient, token) = (param("patient"), query("flash"));
    let load = async move { Ok((get_desk(patient).await?, take_flash(token).await)) };
    loaded(load, |(desk, flash): (WritingDesk, Flash)| {
        let WritingDesk { patient, access, allergies, none_known, .. } = desk;
        let chart = chart_address(&patient.reference);
        view! {
            <Page
                title="Enter vital signs"
                width=Width::Narrow
                back_to=(chart.clone(), format!("Chart of {}", patient.name))
            >
                <PatientBanner head=patient.clone() allergies none_known/>
                <FormErrors problem=flash.problem().cloned() controls=CONTROLS/>
                <div class="stack-lg">
                    <AccessNotice access/>
                    {form(Some(patient.reference), &flash, chart)}
                </div>
            </Page>
        }
    })
}

/// Patients enter what they measured themselves.
#[component]
pub fn OwnVitalsPage() -> impl IntoView {
    let token = query("flash");
    let is_for = |role| role == Role::Patient;
    let load = async move { Ok((reader(Role::Patient, is_for).await?, take_flash(token).await)) };
    loaded(load, |(_, flash): (Viewer, Flash)| {
        view! {
            <Page
                title="Add a measurement"
                lead="It goes into your record, marked as yours, and your doctors can see it. No one checks it \
                    straight away: if you feel unwell, call the clinic."
                width=Width::Narrow
                back=(RECORDS, "Medical records")
            >
                <FormErrors problem=flash.problem().cloned() controls=CONTROLS/>
                {form(None, &flash, RECORDS.to_owned())}
            </Page>
        }
    })
}

/// `patient` is named by doctors alone.
fn form(patient: Option<String>, flash: &Flash, back: String) -> impl IntoView + use<> {
    let flash = flash.clone();
    let field = move |name: &'static str, label: &'static str, unit: &'static str| {
        let (value, error) = (flash.value(name), flash.error(name));
        view! { <MeasureField name label unit value error/> }
    };
    view! {
        <Form action=EnterVitals::PATH class="form">
            {patient.map(|patient| view! { <input type="hidden" name="patient" value=patient/> })}
            <p class="text-muted">"Measured just now. Leave empty what you did not measure."</p>
            <div class="field-pair">
                {field("systolic_bp", "Blood pressure, upper value", "mmHg")}
                {field("diastolic_bp", "Blood pressure, lower value", "mmHg")}
                {field("heart_rate", "Pulse", "per minute")} {field("weight", "Weight", "kg")}
                {field("temperature", "Temperature", "°C")} {field("oxygen_saturation", "Oxygen saturation", "%")}
            </div>
            <div class="form-actions">
                <Submit label="Save" busy="Saving…"/>
                <LinkButton href=back variant=Variant::Secondary>"Go back"</LinkButton>
            </div>
        </Form>
    }
}
