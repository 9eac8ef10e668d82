//! Visits in a chart, and the button that begins a note about one.

use domain_types::records::ChartVisit;
use leptos::{prelude::*, server_fn::ServerFn};

use super::held::nothing;
use crate::{
    components::{Button, Card, Form, Size, StatusBadge, TextLink, Variant, WhenText},
    features::records::{entry_address, server_fns::BeginNote},
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

/// The visits of a patient. `writer` is the patient's reference for those who may write.
pub(super) fn visits(visits: Vec<ChartVisit>, writer: Option<&str>) -> AnyView {
    let list = if visits.is_empty() {
        nothing("No appointments yet.")
    } else {
        let lines = visits.into_iter().map(|visit| line(visit, writer)).collect_view();
        view! { <ul class="held">{lines}</ul> }.into_any()
    };
    view! { <Card title="Appointments">{list}</Card> }.into_any()
}

fn line(visit: ChartVisit, writer: Option<&str>) -> impl IntoView + use<> {
    let ChartVisit { when, status, doctor_name, reason, reference, note, needs_note } = visit;
    let which = format!(" about {}", when.label);
    let note = match (note, needs_note, writer, reference.clone()) {
        (Some(note), ..) => {
            view! { <TextLink href=entry_address(&note)>"Note" <span class="visually-hidden">{which}</span></TextLink> }
                .into_any()
        }
        (None, true, Some(patient), Some(visit)) => {
            view! { <WriteNote patient=patient.to_owned() visit which size=Size::Small/> }.into_any()
        }
        _ => ().into_any(),
    };
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
