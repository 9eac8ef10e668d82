//! `/patients/:patient/prescriptions/new`

use domain_types::records::WritingDesk;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    super::{
        addresses::{chart_address, note_address},
        banner::PatientBanner,
        server_fns::{WritePrescription, get_desk},
    },
    desk::{Allergies, EmergencyNotice},
    prescription_form::{FIELDS, PrescriptionFields},
};
use crate::{
    components::{Form, FormErrors, Page, Submit},
    features::{loaded, param, query},
    forms::{Flash, take_flash},
};

/// A new prescription, of a note or none. It is compared with the record before it can be signed.
#[component]
pub fn NewPrescriptionPage() -> impl IntoView {
    let (patient, note, token) = (param("patient"), query("note"), query("flash"));
    let load = async move { Ok((get_desk(patient).await?, take_flash(token).await)) };
    loaded(load, move |(desk, flash): (WritingDesk, Flash)| {
        let WritingDesk { patient, access, allergies, none_known, .. } = desk;
        let back = match &note {
            Some(note) => (note_address(&patient.reference, note), "Note".to_owned()),
            None => (chart_address(&patient.reference), "Chart".to_owned()),
        };
        view! {
            <Page title="New prescription" back_to=back>
                <PatientBanner head=patient.clone() allergies=allergies.clone() none_known=none_known.clone()/>
                <FormErrors problem=flash.problem().cloned() controls=FIELDS/>
                <div class="stack-lg">
                    <EmergencyNotice access/>
                    <Allergies allergies none_known/>
                    <Form action=WritePrescription::PATH class="form">
                        <input type="hidden" name="patient" value=patient.reference/>
                        <input type="hidden" name="note" value=note.unwrap_or_default()/>
                        <PrescriptionFields flash/>
                        <p class="text-muted">
                            "Next, it is checked against the allergies and medicines in the record. Doses are not \
                             checked. Only you can see it until you sign it."
                        </p>
                        <div class="form-actions"><Submit label="Check for conflicts" busy="Checking…"/></div>
                    </Form>
                </div>
            </Page>
        }
    })
}
