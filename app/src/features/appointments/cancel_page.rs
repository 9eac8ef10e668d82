//! `/appointments/:reference/cancel`

use domain_types::appointments::{AppointmentDetail, AppointmentView, Audience, VisitAction};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    closed::ClosedToPatient,
    server_fns::{CancelVisit, get_appointment},
    visit_parts::{StepFacts, VisitBrief, came_from, visit_address},
};
use crate::{
    components::{Alert, Form, FormErrors, LinkButton, Page, Submit, Tone, Variant, Width},
    features::{loaded, param, query},
    forms::{Flash, take_flash},
};

/// Asks once more before a visit is cancelled, and says what happens then.
#[component]
pub fn CancelPage() -> impl IntoView {
    let reference = param("reference");
    let token = query("flash");
    let back = query("back").and_then(|back| came_from(&back));
    let load = async move { Ok((get_appointment(reference).await?, take_flash(token).await)) };
    loaded(load, move |(detail, flash): (AppointmentDetail, Flash)| {
        let AppointmentDetail { audience, visit, clinic, rules, .. } = detail;
        let here = visit_address(&visit.reference, "");
        let is_cancelled = visit.status.holds(VisitAction::Cancel);
        let title = if is_cancelled { "This appointment is already cancelled" } else { "Cancel this appointment?" };
        let next = if is_cancelled {
            ().into_any()
        } else if visit.actions.contains(&VisitAction::Cancel) {
            question(&visit, audience, back).into_any()
        } else {
            refusal(&visit, audience, rules.cancel_cutoff_hours, clinic.phone).into_any()
        };
        view! {
            <Page title width=Width::Narrow back_to=(here, "Appointment".to_owned())>
                <FormErrors problem=flash.problem().cloned()/>
                <div class="stack-lg">
                    <VisitBrief visit/>
                    {next}
                </div>
            </Page>
        }
    })
}

fn question(visit: &AppointmentView, audience: Audience, back: Option<String>) -> impl IntoView + use<> {
    let visit = visit.clone();
    let keep = back.clone().unwrap_or_else(|| visit_address(&visit.reference, ""));
    let what_happens = if audience.is_staff() {
        "The time becomes free for others at once. We will e-mail the patient with the clinic’s phone number and how \
         to book another time. The appointment stays in the list, marked as cancelled."
    } else {
        "The time becomes free for others at once, and we cannot hold it for you. The appointment stays in your past \
         appointments, marked as cancelled."
    };
    view! {
        <Form action=CancelVisit::PATH class="form">
            <input type="hidden" name="reference" value=visit.reference.clone()/>
            <StepFacts visit=visit.clone() back=back.unwrap_or_default()/>
            <p>{what_happens}</p>
            <div class="form-actions">
                <Submit label="Cancel this appointment" busy="Cancelling…" variant=Variant::Danger/>
                <LinkButton href=keep variant=Variant::Secondary>"Keep it"</LinkButton>
            </div>
        </Form>
    }
}

fn refusal(visit: &AppointmentView, audience: Audience, hours: u32, phone: String) -> impl IntoView + use<> {
    let why = if audience.is_staff() {
        let status = visit.status.label().to_lowercase();
        view! { <p>{format!("This appointment is {status}.")}</p> }.into_any()
    } else {
        view! { <ClosedToPatient visit=visit.clone() hours phone/> }.into_any()
    };
    view! { <Alert tone=Tone::Warning title="It cannot be cancelled here">{why}</Alert> }
}
