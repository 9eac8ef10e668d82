//! `/patients/:patient/labs/new`

use domain_types::records::WritingDesk;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    super::{
        addresses::chart_address,
        banner::PatientBanner,
        server_fns::{EnterReport, get_desk},
    },
    desk::EmergencyNotice,
    lab_form::{FIELDS, ReportFields, ResultRows, Saved, numbered, row_count, rows_typed, wrong_controls},
};
use crate::{
    components::{Card, Form, FormErrors, Page, SelectField, Submit, Width},
    features::{loaded, param, query},
    forms::{Flash, take_flash},
};

/// A new laboratory report. It is looked at once more before the patient gets it.
#[component]
pub fn NewLabPage() -> impl IntoView {
    let (patient, rows, token) = (param("patient"), query("rows"), query("flash"));
    let load = async move { Ok((get_desk(patient).await?, take_flash(token).await)) };
    loaded(load, move |(desk, flash): (WritingDesk, Flash)| {
        let back = (chart_address(&desk.patient.reference), "Chart".to_owned());
        let rows = row_count(rows.as_deref(), rows_typed(&flash));
        let made = wrong_controls(flash.problem(), rows);
        let banner = view! {
            <PatientBanner
                head=desk.patient.clone()
                allergies=desk.allergies.clone()
                none_known=desk.none_known.clone()
            />
        };
        view! {
            <Page title="New laboratory report" width=Width::Wide back_to=back>
                {banner}
                <FormErrors problem=flash.problem().cloned().map(numbered) controls=FIELDS made/>
                <div class="stack-lg">
                    <EmergencyNotice access=desk.access.clone()/>
                    {form(desk, flash, rows)}
                </div>
            </Page>
        }
    })
}

fn form(desk: WritingDesk, flash: Flash, rows: usize) -> impl IntoView {
    let patient = desk.patient.reference;
    let saved = Saved { date: desk.today, ..Saved::default() };
    let (doctor, doctor_error) = (flash.value("doctor"), flash.error("doctor"));
    let doctors = desk.doctors;
    let above = flash.clone();
    view! {
        <Form action=EnterReport::PATH class="form">
            <input type="hidden" name="patient" value=patient/>
            <div class="report-fields form">
                <ReportFields flash=above saved>
                    <SelectField
                        name="doctor"
                        label="Ordered by"
                        options=doctors
                        value=doctor
                        blank="Me"
                        unmarked=true
                        hint="A colleague will find it in their inbox when you release it."
                        error=doctor_error
                    />
                </ReportFields>
            </div>
            <Card title="Results">
                <ResultRows flash saved=Vec::new() rows/>
            </Card>
            <p class="text-muted">"Only you can see it until you release it."</p>
            <div class="form-actions"><Submit label="Save and preview" busy="Saving…"/></div>
        </Form>
    }
}
