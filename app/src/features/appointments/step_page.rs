//! `/appointments/:reference/complete` and `/appointments/:reference/no-show`: steps that cannot be taken back.

use domain_types::{
    Problem, ProblemCode,
    appointments::{AppointmentDetail, AppointmentView, VisitAction},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    server_fns::{StepVisit, get_appointment},
    visit_parts::{StepFacts, VisitBrief, came_from, visit_address},
};
use crate::{
    components::{Alert, LinkButton, Page, Submit, Tone, Variant, Width},
    features::{Trouble, loaded, param, query},
};

/// The words of one question.
struct Question {
    action: VisitAction,
    title: &'static str,
    what_happens: &'static str,
    yes: &'static str,
    busy: &'static str,
    no: &'static str,
    variant: Variant,
}

const COMPLETE: Question = Question {
    action: VisitAction::Complete,
    title: "Complete this appointment?",
    what_happens: "It will be marked as completed. This cannot be undone.",
    yes: "Complete this appointment",
    busy: "Completing…",
    no: "Go back",
    variant: Variant::Primary,
};

const NO_SHOW: Question = Question {
    action: VisitAction::NoShow,
    title: "Mark this appointment as a no-show?",
    what_happens: "The patient did not attend. The appointment stays in the list, marked as a no-show, and its time \
                   becomes free. No e-mail is sent. This cannot be undone.",
    yes: "Mark as a no-show",
    busy: "Marking…",
    no: "Go back",
    variant: Variant::Danger,
};

/// Asks once more before a visit is completed.
#[component]
pub fn CompletePage() -> impl IntoView {
    step_page(COMPLETE)
}

/// Asks once more before a visit is marked as one that nobody came to.
#[component]
pub fn NoShowPage() -> impl IntoView {
    step_page(NO_SHOW)
}

fn step_page(question: Question) -> impl IntoView {
    let reference = param("reference");
    let back = query("back").and_then(|back| came_from(&back));
    loaded(get_appointment(reference), move |detail: AppointmentDetail| {
        let AppointmentDetail { audience, visit, .. } = detail;
        if !audience.takes(question.action) {
            let problem = Problem::new(ProblemCode::Forbidden, "Only clinic staff can do this.");
            return view! { <Trouble problem/> }.into_any();
        }
        let here = visit_address(&visit.reference, "");
        let back = back.unwrap_or_else(|| here.clone());
        let title = question.title;
        let next = if visit.actions.contains(&question.action) {
            form(question, &visit, back).into_any()
        } else {
            refusal(&visit, question.action, back).into_any()
        };
        view! {
            <Page title width=Width::Narrow back_to=(here, "Appointment".to_owned())>
                <div class="stack-lg">
                    <VisitBrief visit/>
                    {next}
                </div>
            </Page>
        }
        .into_any()
    })
}

fn form(question: Question, visit: &AppointmentView, back: String) -> impl IntoView + use<> {
    view! {
        <form method="post" action=StepVisit::PATH class="form">
            <StepFacts visit=visit.clone() back=back.clone()/>
            <input type="hidden" name="action" value=question.action.as_str()/>
            <p>{question.what_happens}</p>
            <div class="form-actions">
                <Submit label=question.yes busy=question.busy variant=question.variant/>
                <LinkButton href=back variant=Variant::Secondary>{question.no}</LinkButton>
            </div>
        </form>
    }
}

fn refusal(visit: &AppointmentView, action: VisitAction, back: String) -> impl IntoView + use<> {
    let status = visit.status.label().to_lowercase();
    let (tone, title) = if visit.status.holds(action) {
        (Tone::Info, "This has already been done")
    } else {
        (Tone::Warning, "This is not possible now")
    };
    view! {
        <div class="stack">
            <Alert tone title>
                <p>{format!("This appointment is {status}.")}</p>
            </Alert>
            <div class="row"><LinkButton href=back variant=Variant::Secondary>"Go back"</LinkButton></div>
        </div>
    }
}
