//! `/appointments/:reference/cancel`

use domain_types::appointments::{AppointmentDetail, VisitAction};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    server_fns::{CancelVisit, get_appointment},
    visit_parts::visit_address,
};
use crate::{
    components::{
        Alert, Card, Described, DescriptionList, FormErrors, LinkButton, Page, Submit, Tone, Variant, WhenText, Width,
    },
    features::{loaded, param, query},
    forms::{Flash, take_flash},
};

/// Asks once more before a visit is cancelled, and says what happens then.
#[component]
pub fn CancelPage() -> impl IntoView {
    let reference = param("reference");
    let token = query("flash");
    let load = async move { Ok((get_appointment(reference).await?, take_flash(token).await)) };
    loaded(load, |(detail, flash): (AppointmentDetail, Flash)| {
        let AppointmentDetail { visit, clinic, .. } = detail;
        let here = visit_address(&visit.reference, "");
        let may_cancel = visit.actions.contains(&VisitAction::Cancel);
        let next = if may_cancel {
            view! {
                <form method="post" action=CancelVisit::PATH class="form">
                    <input type="hidden" name="appointment" value=visit.id.to_string()/>
                    <input type="hidden" name="reference" value=visit.reference.clone()/>
                    <p>
                        "The time becomes free for somebody else at once and cannot be held for you. "
                        "The visit stays in the list of past visits, marked as cancelled."
                    </p>
                    <div class="form-actions">
                        <Submit label="Cancel this visit" busy="Cancelling…" variant=Variant::Danger/>
                        <LinkButton href=here.clone() variant=Variant::Secondary>"Keep it"</LinkButton>
                    </div>
                </form>
            }
            .into_any()
        } else {
            view! {
                <Alert tone=Tone::Warning title="It cannot be cancelled here">
                    <p>
                        {format!("This visit is {}. ", visit.status.label().to_lowercase())}
                        "If something is not right about it, please call "
                        <span class="tnum">{clinic.phone}</span> "."
                    </p>
                </Alert>
            }
            .into_any()
        };
        view! {
            <Page title="Cancel this visit?" width=Width::Narrow back_to=(here, "The visit".to_owned())>
                <FormErrors problem=flash.problem().cloned()/>
                <div class="stack-lg">
                    <Card title="The visit">
                        <DescriptionList>
                            <Described term="When"><WhenText when=visit.starts/></Described>
                            <Described term="Doctor">{visit.doctor_name} ", " {visit.specialty}</Described>
                            <Described term="Patient">{visit.patient.name}</Described>
                            <Described term="Reference">
                                <span class="reference">{visit.reference}</span>
                            </Described>
                        </DescriptionList>
                    </Card>
                    {next}
                </div>
            </Page>
        }
    })
}
