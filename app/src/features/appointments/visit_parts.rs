//! What several pages show of a visit.

use domain_types::appointments::{AppointmentView, ClinicView, VisitAction};
use leptos::{prelude::*, server_fn::ServerFn};

use super::server_fns::StepVisit;
use crate::components::{
    Avatar, Button, Described, DescriptionList, LinkButton, LinkCard, Size, StatusBadge, Variant, WhenText,
};

/// The page of a visit, or a page below it. What cannot be a reference leads to the list.
#[must_use]
pub(super) fn visit_address(reference: &str, below: &str) -> String {
    let is_plain = reference.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if is_plain && !reference.is_empty() {
        format!("/appointments/{reference}{below}")
    } else {
        "/appointments".to_owned()
    }
}

/// A visit in a list, leading to its page. `reader` is who looks: their own name is not repeated to them.
#[component]
pub(super) fn VisitCard(visit: AppointmentView, reader: String) -> impl IntoView {
    let patient = (visit.patient.name != reader).then(|| visit.patient.name.clone());
    let doctor = (visit.doctor_name != reader).then(|| format!("{} · {}", visit.doctor_name, visit.specialty));
    view! {
        <LinkCard href=visit_address(&visit.reference, "")>
            <div class="flex items-start gap-4">
                <Avatar initials=visit.doctor_initials size=Size::Medium/>
                <div class="min-w-0 grow">
                    <div class="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
                        <h2 class="card-title"><WhenText when=visit.starts/></h2>
                        <StatusBadge status=visit.status/>
                    </div>
                    {patient.map(|name| view! { <p>{name}</p> })}
                    {doctor.map(|doctor| view! { <p>{doctor}</p> })}
                    <p class="text-muted">{visit.hospital} " · " {visit.department}</p>
                </div>
            </div>
        </LinkCard>
    }
}

/// When, with whom, where, how long, for how much.
#[component]
pub(super) fn VisitFacts(visit: AppointmentView, clinic: ClinicView) -> impl IntoView {
    view! {
        <DescriptionList>
            <Described term="When">
                <WhenText when=visit.starts/>
                <span class="tnum">{format!(" to {}", visit.ends_time)}</span>
                <span class="text-muted">{format!(" ({} minutes)", visit.duration_minutes)}</span>
            </Described>
            <Described term="Doctor">{format!("{}, {}", visit.doctor_name, visit.specialty)}</Described>
            <Described term="Patient">
                {visit.patient.name} " " <span class="text-muted">{visit.patient.reference}</span>
            </Described>
            <Described term="Where">
                {visit.hospital} ", " {visit.department} <br/> {clinic.address}
            </Described>
            <Described term="Kind of visit">{visit.visit_type}</Described>
            <Described term="Fee"><span class="tnum">{visit.fee.to_string()}</span></Described>
            {visit.reason.map(|reason| view! { <Described term="Reason">{reason}</Described> })}
            {visit.notes.map(|notes| view! { <Described term="Notes">{notes}</Described> })}
            <Described term="Reference"><span class="reference">{visit.reference}</span></Described>
        </DescriptionList>
    }
}

/// A button for each step that whoever looks may take now. Cancelling has a page of its own, which asks first.
#[component]
pub(super) fn StepForms(visit: AppointmentView, back: String) -> impl IntoView {
    let mut main = true;
    let cancel = visit_address(&visit.reference, "/cancel");
    let forms: Vec<_> = visit
        .actions
        .into_iter()
        .map(|action| {
            if action == VisitAction::Cancel {
                let href = cancel.clone();
                return view! {
                    <LinkButton href size=Size::Small variant=Variant::Quiet>
                        {action.label()}
                    </LinkButton>
                }
                .into_any();
            }
            // The first step is the usual one.
            let variant = if std::mem::take(&mut main) { Variant::Primary } else { Variant::Secondary };
            view! {
                <form method="post" action=StepVisit::PATH>
                    <input type="hidden" name="appointment" value=visit.id.to_string()/>
                    <input type="hidden" name="back" value=back.clone()/>
                    <Button size=Size::Small variant name="action" value=action.as_str()>{action.label()}</Button>
                </form>
            }
            .into_any()
        })
        .collect();
    (!forms.is_empty()).then(|| view! { <div class="day-actions no-print">{forms}</div> })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_reference_becomes_part_of_an_address() {
        assert_eq!(visit_address("APT-7K3M9Q2X", "/cancel"), "/appointments/APT-7K3M9Q2X/cancel");
        for odd in ["", "../admin", "APT/1", "APT?x=1", "APT%2F"] {
            assert_eq!(visit_address(odd, "/cancel"), "/appointments", "{odd}");
        }
    }
}
