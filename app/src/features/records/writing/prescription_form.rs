//! The fields of a prescription.

use domain_types::records::Prescription;
use leptos::prelude::*;

use crate::{
    components::{TextField, TextareaField},
    forms::Flash,
};

/// The names of its fields, in their order.
pub(super) const FIELDS: &[&str] = &["medication_name", "dosage", "frequency", "duration", "instructions"];

const FREQUENCIES: [&str; 8] = [
    "Once a day",
    "Twice a day",
    "Three times a day",
    "Four times a day",
    "Every 8 hours",
    "Once a day at bedtime",
    "Once a week",
    "When needed",
];
const DURATIONS: [&str; 7] = ["3 days", "5 days", "7 days", "10 days", "14 days", "28 days", "3 months"];

/// What is prescribed: as it was typed, or as it was saved before.
#[component]
pub(super) fn PrescriptionFields(flash: Flash, #[prop(optional)] before: Prescription) -> impl IntoView {
    let typed = |name: &str, before: &str| flash.typed_or(name, before);
    view! {
        <TextField
            name="medication_name"
            label="Medicine"
            value=typed("medication_name", &before.medication_name)
            hint="Brand name or active ingredient, such as amlodipine."
            error=flash.error("medication_name")
            required=true
        />
        <div class="prescription-how">
            <TextField
                name="dosage"
                label="Dose"
                value=typed("dosage", &before.dosage)
                hint="Amount each time, such as 5 mg."
                error=flash.error("dosage")
                required=true
            />
            <TextField
                name="frequency"
                label="How often"
                value=typed("frequency", &before.frequency)
                hint="Such as once a day."
                error=flash.error("frequency")
                list="frequencies"
                required=true
            />
            <TextField
                name="duration"
                label="For how long"
                value=typed("duration", &before.duration)
                hint="Such as 28 days."
                error=flash.error("duration")
                list="durations"
                required=true
            />
        </div>
        <TextareaField
            name="instructions"
            label="Instructions for the patient"
            value=typed("instructions", &before.instructions)
            error=flash.error("instructions")
        />
        {often("frequencies", &FREQUENCIES)}
        {often("durations", &DURATIONS)}
    }
}

/// What is often typed: offered by the browser, and anything else can be typed as well.
fn often(id: &'static str, texts: &'static [&'static str]) -> impl IntoView {
    let options = texts.iter().map(|text| view! { <option value=*text></option> }).collect_view();
    view! { <datalist id=id>{options}</datalist> }
}
