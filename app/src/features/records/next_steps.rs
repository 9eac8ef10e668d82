//! What a doctor goes on with after signing a note.

use domain_types::{
    appointments::{NotedVisit, VisitAction},
    records::{AfterNote, RecordView},
};
use leptos::prelude::*;

use super::addresses::{chart_address, new_lab_address, new_prescription_address};
use crate::{
    components::{Card, Glyph, LinkButton, TextLink, Variant, WhenText},
    features::appointments::{completing_address, day_of_visit, visit_address},
};

/// The ways on: completing the visit, prescribing, results, a follow-up, the chart, the day.
pub(super) fn next_steps(next: AfterNote, note: &RecordView) -> impl IntoView + use<> {
    let AfterNote { visit, doctor } = next;
    let patient = &note.patient_reference;
    let prescribe = new_prescription_address(patient, &note.reference);
    let (results, chart) = (new_lab_address(patient), chart_address(patient));
    let free_times = format!("/doctors/{doctor}");
    let day = visit
        .as_ref()
        .map_or_else(|| day_of_visit(None), |visit| day_of_visit(Some((&visit.when.date, &visit.reference))));
    let day_words = if visit.is_some() { "Back to the schedule" } else { "Go to the schedule" };
    let (told, step) = visit.map(about_visit).unzip();
    view! {
        <Card title="Next steps">
            <div class="stack no-print">
                {told}
                <div class="row">
                    {step}
                    <LinkButton href=prescribe variant=Variant::Secondary icon=Glyph::Pill>"Prescribe"</LinkButton>
                    <LinkButton href=results variant=Variant::Secondary icon=Glyph::Flask>"Enter results"</LinkButton>
                    <LinkButton href=chart variant=Variant::Secondary icon=Glyph::Clipboard>"Open the chart"</LinkButton>
                    <LinkButton href=day variant=Variant::Secondary icon=Glyph::Calendar>{day_words}</LinkButton>
                </div>
                <p>
                    "Follow-up: the patient reads your plan and books online. "
                    <TextLink href=free_times>"See your free times"</TextLink> " to find one that suits the patient."
                </p>
            </div>
        </Card>
    }
}

/// How the visit stands, and the button of its next step. What comes before completing it is done on its own page.
fn about_visit(visit: NotedVisit) -> (AnyView, Option<AnyView>) {
    let href = visit_address(&visit.reference, "");
    let (is, step) = (visit.status.label().to_lowercase(), visit.next_step());
    let button = match step {
        Some(VisitAction::Complete) => {
            let href = completing_address(&visit.reference, &visit.when.date);
            Some(view! { <LinkButton href icon=Glyph::CheckCircle>"Complete the appointment"</LinkButton> }.into_any())
        }
        Some(_) => Some(view! { <LinkButton href=href.clone()>"Open the appointment"</LinkButton> }.into_any()),
        None => None,
    };
    let before = step
        .filter(|step| *step != VisitAction::Complete)
        .map(|step| format!(" To complete it, choose “{}” on its page first.", step.label()));
    let told =
        view! { <p><TextLink href>"Appointment of " <WhenText when=visit.when/></TextLink> ": " {is} "." {before}</p> };
    (told.into_any(), button)
}
