//! Visits in a chart, and the buttons of their notes.

use domain_types::{appointments::NoteStep, records::ChartVisit};
use leptos::{prelude::*, server_fn::ServerFn};

use super::held::nothing;
use crate::{
    components::{Button, Card, Form, LinkButton, Size, StatusBadge, TextLink, Variant, WhenText},
    features::records::{addresses::note_address, entry_address, server_fns::BeginNote},
};

/// Begins the note about a visit, or goes on with it.
#[component]
pub fn WriteNote(
    /// `PT-…`
    patient: String,
    /// `APT-…`
    visit: String,
    /// " about Tue 1 December, 09:30": which visit, for those who do not see where the button stands.
    which: String,
    #[prop(optional)] size: Size,
) -> impl IntoView {
    view! {
        <Form action=BeginNote::PATH class="no-print">
            <input type="hidden" name="patient" value=patient/>
            <input type="hidden" name="visit" value=visit/>
            <Button size variant=Variant::Secondary>
                "Write note" <span class="visually-hidden">{which}</span>
            </Button>
        </Form>
    }
}

/// The next step with the note of a visit: written, written on, or opened.
#[component]
pub fn NoteWay(
    step: NoteStep,
    /// `PT-…`
    patient: String,
    /// `APT-…`
    visit: String,
    /// " about Tue 1 December, 09:30": which visit, for those who do not see where the button stands.
    which: String,
    #[prop(optional)] size: Size,
) -> impl IntoView {
    let words = step.label();
    let href = match step {
        NoteStep::Write => return view! { <WriteNote patient visit which size/> }.into_any(),
        NoteStep::Continue(note) => note_address(&patient, &note),
        NoteStep::Open(note) => entry_address(&note),
    };
    view! {
        <LinkButton href size variant=Variant::Secondary>
            {words} <span class="visually-hidden">{which}</span>
        </LinkButton>
    }
    .into_any()
}

/// The visits of a patient.
pub(super) fn visits(visits: Vec<ChartVisit>, patient: &str) -> AnyView {
    let list = if visits.is_empty() {
        nothing("No appointments yet.")
    } else {
        let lines = visits.into_iter().map(|visit| line(visit, patient)).collect_view();
        view! { <ul class="held">{lines}</ul> }.into_any()
    };
    view! { <Card title="Appointments">{list}</Card> }.into_any()
}

fn line(visit: ChartVisit, patient: &str) -> impl IntoView + use<> {
    let ChartVisit { when, status, doctor_name, reason, reference, note } = visit;
    let which = format!(" about {}", when.label);
    let note = note.map(|step| {
        let (patient, visit) = (patient.to_owned(), reference.clone().unwrap_or_default());
        view! { <NoteWay step patient visit which size=Size::Small/> }
    });
    let when = match reference {
        Some(visit) => view! { <TextLink href=format!("/appointments/{visit}")><WhenText when/></TextLink> }.into_any(),
        None => view! { <WhenText when/> }.into_any(),
    };
    view! {
        <li class="held-item">
            <div class="held-body">
                <p><strong>{when}</strong></p>
                <p class="chart-visit"><StatusBadge status/> <span class="text-muted">{doctor_name}</span></p>
                {reason.map(|reason| view! { <p>{reason}</p> })}
            </div>
            {note}
        </li>
    }
}
