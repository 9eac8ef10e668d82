//! `/patients/:patient/prescriptions/:reference`

use domain_types::{
    Problem,
    records::{Content, PrescriptionDraft, RecordView, WarningView},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    super::{
        addresses::{chart_address, discard_address},
        banner::PatientBanner,
        entry_content::EntryContent,
        server_fns::{SavePrescription, SignPrescription, get_prescription_draft},
    },
    desk::{Allergies, EmergencyNotice, drafted},
    prescription_form::{FIELDS, PrescriptionFields},
};
use crate::{
    components::{Alert, Card, Form, FormErrors, LinkButton, Page, Submit, TextareaField, Tone, Variant},
    features::{param, query},
    forms::{Flash, take_flash},
};

/// The complaint of whoever signs past a warning that was not on their page.
const WARNINGS: &str = "warnings";

/// A prescription that is not signed, with what speaks against it.
#[component]
pub fn PrescriptionPage() -> impl IntoView {
    let (reference, token) = (param("reference"), query("flash"));
    let is_saved = query("done").is_some_and(|done| done == "saved");
    let asked = reference.clone();
    let load = async move { Ok((get_prescription_draft(asked).await?, take_flash(token).await)) };
    drafted(load, reference, move |(draft, flash): (PrescriptionDraft, Flash)| {
        let PrescriptionDraft { patient, access, record, allergies, none_known, warnings, not_compared, remark, seen } =
            draft;
        let back = (chart_address(&patient.reference), "Chart".to_owned());
        let is_saved = is_saved && flash.problem().is_none();
        let problem = flash.problem().cloned();
        let (kind, content) = (record.kind, record.content.clone());
        let found = Found { warnings, not_compared, remark, seen };
        let checked = check_and_sign(&record, found, &flash);
        let change = change(&record, flash);
        view! {
            <Page title="Check and sign" back_to=back>
                <PatientBanner head=patient allergies=allergies.clone() none_known=none_known.clone()/>
                {refused(problem)}
                <div class="stack-lg">
                    <EmergencyNotice access/>
                    <Allergies allergies none_known/>
                    {is_saved
                        .then(|| view! { <Alert tone=Tone::Success><p>"Saved and checked again."</p></Alert> })}
                    <Card title="Prescription"><EntryContent kind content/></Card>
                    {checked}
                    {change}
                </div>
            </Page>
        }
    })
}

/// Warnings that came up meanwhile are not told twice: they stand below as all the others do.
fn refused(problem: Option<Problem>) -> AnyView {
    match problem {
        Some(problem) if problem.for_field(WARNINGS).is_some() => view! {
            <div class="form-errors">
                <Alert tone=Tone::Danger title="It was not signed">
                    <p>"The warnings have changed. Please read them again."</p>
                </Alert>
            </div>
        }
        .into_any(),
        problem => {
            let made = FIELDS.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
            view! { <FormErrors problem controls=&["because"] made/> }.into_any()
        }
    }
}

/// What the comparison found.
struct Found {
    warnings: Vec<WarningView>,
    not_compared: Vec<String>,
    remark: String,
    seen: String,
}

fn check_and_sign(record: &RecordView, found: Found, flash: &Flash) -> impl IntoView + use<> {
    let Found { warnings, not_compared, remark, seen } = found;
    let (record, flash) = (record.clone(), flash.clone());
    let has_warnings = !warnings.is_empty();
    let because = warnings.iter().any(|warning| warning.is_danger).then(|| {
        let (value, error) = (flash.value("because"), flash.error("because"));
        view! {
            <TextareaField
                name="because"
                label="Reason for prescribing anyway"
                hint="Kept with the prescription. The patient can read it."
                value
                error
                rows=2
                required=true
            />
        }
    });
    let label = if has_warnings { "Sign despite the warnings" } else { "Sign the prescription" };
    let variant = if has_warnings { Variant::Danger } else { Variant::Primary };
    let discard = discard_address(&record.patient_reference, &record.reference);
    let listed = in_order(warnings).into_iter().map(warning).collect_view();
    view! {
        <section class="stack" aria-labelledby="against-title">
            <h2 class="card-title" id="against-title">"Warnings"</h2>
            {listed} {(!not_compared.is_empty()).then(|| incomplete(not_compared))}
            {(!remark.is_empty()).then(|| view! { <p class="text-muted">{remark}</p> })}
            <Form action=SignPrescription::PATH class="form">
                <input type="hidden" name="reference" value=record.reference.clone()/>
                <input type="hidden" name="patient" value=record.patient_reference.clone()/>
                <input type="hidden" name="seen" value=seen/>
                {because}
                <p class="text-muted">
                    "After signing it cannot be changed, only cancelled. The warnings that you saw are kept with it."
                </p>
                <div class="form-actions">
                    <Submit label busy="Signing…" variant/>
                    <LinkButton href=discard variant=Variant::Quiet>"Discard"</LinkButton>
                </div>
            </Form>
        </section>
    }
}

/// Dangers come first, otherwise as they came.
fn in_order(mut warnings: Vec<WarningView>) -> Vec<WarningView> {
    warnings.sort_by_key(|warning| !warning.is_danger);
    warnings
}

fn warning(warning: WarningView) -> impl IntoView {
    let WarningView { is_danger, text, source } = warning;
    let (tone, title) = if is_danger { (Tone::Danger, "Severe") } else { (Tone::Warning, "Caution") };
    view! {
        <Alert tone title>
            <p>{text}</p>
            <p class="text-muted">"Source: " {source}</p>
        </Alert>
    }
}

/// What was not compared stands as plainly as a warning: an allergy that was not understood looks safe otherwise.
fn incomplete(not_compared: Vec<String>) -> impl IntoView {
    let sentences = not_compared.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view();
    view! { <Alert tone=Tone::Warning title="Not everything could be checked">{sentences}</Alert> }
}

fn change(record: &RecordView, flash: Flash) -> impl IntoView + use<> {
    let record = record.clone();
    let before = match &record.content {
        Some(Content::Prescription(prescription)) => prescription.clone(),
        _ => domain_types::records::Prescription::default(),
    };
    let (reference, patient) = (record.reference.clone(), record.patient_reference.clone());
    let version = record.version.to_string();
    view! {
        <Card title="Change it">
            <Form action=SavePrescription::PATH class="form">
                <input type="hidden" name="reference" value=reference/>
                <input type="hidden" name="patient" value=patient/>
                <input type="hidden" name="version" value=version autocomplete="off"/>
                <PrescriptionFields flash before/>
                <div class="form-actions">
                    <Submit label="Save and check again" busy="Checking…" variant=Variant::Secondary/>
                </div>
            </Form>
        </Card>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dangers_come_before_cautions() {
        let warning = |is_danger, text: &str| WarningView { is_danger, text: text.into(), source: "BNF".into() };
        let ordered = in_order(vec![warning(false, "one"), warning(true, "two"), warning(false, "three")]);
        let texts: Vec<_> = ordered.iter().map(|warning| warning.text.as_str()).collect();
        assert_eq!(texts, ["two", "one", "three"]);
    }
}
