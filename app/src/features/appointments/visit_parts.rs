//! What several pages show of a visit.

use domain_types::appointments::{AppointmentView, Audience, ClinicView, VisitAction};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{server_fns::StepVisit, visit_status::VisitStatus};
use crate::{
    address::with_query,
    components::{
        Avatar, Button, Card, Described, DescriptionList, Form, LinkButton, LinkCard, Size, Variant, WhenText,
    },
    forms::local_path,
};

/// A doctor's day.
pub(super) const SCHEDULE: &str = "/schedule";

/// The page of a visit, or a page below it. What cannot be a reference leads to the list.
#[must_use]
pub(crate) fn visit_address(reference: &str, below: &str) -> String {
    let is_plain = reference.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if is_plain && !reference.is_empty() {
        format!("/appointments/{reference}{below}")
    } else {
        "/appointments".to_owned()
    }
}

/// The page that asks once more before a step is taken. It leads back to `back`, or to the visit.
#[must_use]
pub(super) fn step_address(reference: &str, action: VisitAction, back: Option<&str>) -> String {
    let below = format!("/{}", action.as_str().replace('_', "-"));
    with_query(&visit_address(reference, &below), &[("back", back.unwrap_or_default())])
}

/// A doctor's day, at the place of a visit: of its day (`YYYY-MM-DD`) and reference. Today when none is named.
#[must_use]
pub(crate) fn day_of_visit(visit: Option<(&str, &str)>) -> String {
    match visit {
        Some((date, reference)) => {
            format!("{}#{}", with_query(SCHEDULE, &[("date", date)]), visit_anchor(reference))
        }
        None => SCHEDULE.to_owned(),
    }
}

/// Where a visit is completed after a question, leading back to its day (`YYYY-MM-DD`).
#[must_use]
pub(crate) fn completing_address(reference: &str, date: &str) -> String {
    let day = with_query(SCHEDULE, &[("date", date)]);
    step_address(reference, VisitAction::Complete, Some(&day))
}

/// The page that a form or a question came from, when it is one of ours.
#[must_use]
pub(super) fn came_from(back: &str) -> Option<String> {
    local_path(back).map(|path| path.split('#').next().unwrap_or(path).to_owned())
}

/// The place of a visit on a page.
#[must_use]
pub(super) fn visit_anchor(reference: &str) -> String {
    format!("visit-{reference}")
}

/// A page, at the place of a visit, that tells what became of it. The address only names the visit: what is told is
/// read from how it stands.
#[cfg(any(feature = "ssr", test))]
#[must_use]
pub(super) fn told_on(page: &str, reference: &str) -> String {
    format!("{}#{}", with_query(page, &[("done", reference)]), visit_anchor(reference))
}

/// A visit in a patient's list, leading to its page. `reader` is who looks: their own name is not repeated to them.
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
                        <VisitStatus status=visit.status audience=Audience::Patient/>
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
pub(super) fn VisitFacts(
    visit: AppointmentView,
    /// Named when it is not the usual one.
    kind: Option<String>,
    clinic: ClinicView,
    /// Says "Today" or "Tomorrow" too, for whoever has to come.
    spoken: bool,
) -> impl IntoView {
    view! {
        <DescriptionList>
            <Described term="When">
                <WhenText when=visit.starts spoken to=visit.ends_time/>
                <span class="text-muted">{format!(" ({} minutes)", visit.duration_minutes)}</span>
            </Described>
            <Described term="Doctor">{format!("{}, {}", visit.doctor_name, visit.specialty)}</Described>
            <Described term="Patient">
                {visit.patient.name} " " <span class="text-muted">{visit.patient.reference}</span>
            </Described>
            <Described term="Where">
                {visit.hospital} ", " {visit.department} <br/> {clinic.address}
            </Described>
            {kind.map(|kind| view! { <Described term="Appointment type">{kind}</Described> })}
            <Described term="Fee"><span class="tnum">{visit.fee.to_string()}</span></Described>
            {visit.reason.map(|reason| view! { <Described term="Reason"><span class="kept-words">{reason}</span></Described> })}
            {visit.notes.map(|notes| view! { <Described term="Notes"><span class="kept-words">{notes}</span></Described> })}
            <Described term="Reference"><span class="reference">{visit.reference}</span></Described>
        </DescriptionList>
    }
}

/// What somebody has to know to be sure which visit they are asked about.
#[component]
pub(super) fn VisitBrief(visit: AppointmentView) -> impl IntoView {
    view! {
        <Card title="Appointment">
            <DescriptionList>
                <Described term="When"><WhenText when=visit.starts/></Described>
                <Described term="Doctor">{visit.doctor_name} ", " {visit.specialty}</Described>
                <Described term="Patient">{visit.patient.name}</Described>
                <Described term="Reference"><span class="reference">{visit.reference}</span></Described>
            </DescriptionList>
        </Card>
    }
}

/// What a form about a step carries: which visit, how it stood when the form was drawn, and the page to go back to.
#[component]
pub(super) fn StepFacts(visit: AppointmentView, #[prop(into)] back: String) -> impl IntoView {
    view! {
        <input type="hidden" name="appointment" value=visit.id.to_string()/>
        <input type="hidden" name="seen" value=visit.status.as_str()/>
        <input type="hidden" name="back" value=back/>
    }
}

/// A button for each step that whoever looks may take now. Steps that cannot be taken back lead to a page that asks
/// first.
#[component]
pub(super) fn StepForms(
    visit: AppointmentView,
    /// The page that this stands on.
    back: String,
    /// The id of what tells how the last step went.
    #[prop(optional_no_strip)]
    told_by: Option<String>,
    /// The way to its note, which stands before what is rarely wanted.
    #[prop(optional_no_strip)]
    note: Option<AnyView>,
) -> impl IntoView {
    let mut main = true;
    let whose = format!("Actions for {}, {}", visit.patient.name, visit.starts.time);
    let is_rare = |action: &VisitAction| *action == VisitAction::Cancel;
    let place_of_note = visit.actions.iter().position(is_rare).unwrap_or(visit.actions.len());
    let mut forms: Vec<AnyView> = visit
        .actions
        .iter()
        .copied()
        .map(|action| {
            // The first step is the usual one; calling off is never the usual one.
            let variant = match std::mem::take(&mut main) {
                _ if is_rare(&action) => Variant::Quiet,
                true => Variant::Primary,
                false => Variant::Secondary,
            };
            if action.asks_first() {
                let href = step_address(&visit.reference, action, Some(&back));
                return view! { <LinkButton href size=Size::Small variant>{action.label()}</LinkButton> }.into_any();
            }
            let (visit, back) = (visit.clone(), back.clone());
            view! {
                <Form action=StepVisit::PATH>
                    <StepFacts visit back/>
                    <Button size=Size::Small variant name="action" value=action.as_str()>{action.label()}</Button>
                </Form>
            }
            .into_any()
        })
        .collect();
    if let Some(note) = note {
        forms.insert(place_of_note, note);
    }
    (!forms.is_empty()).then(|| {
        view! {
            <div class="day-actions no-print" role="group" aria-label=whose aria-describedby=told_by>{forms}</div>
        }
    })
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
    #[test]
    fn the_page_that_asks_knows_where_it_was_asked_from() {
        let address = |back| step_address("APT-7K3M9Q2X", VisitAction::NoShow, back);
        assert_eq!(address(None), "/appointments/APT-7K3M9Q2X/no-show");
        assert_eq!(
            address(Some("/schedule?date=2026-11-24")),
            "/appointments/APT-7K3M9Q2X/no-show?back=%2Fschedule%3Fdate%3D2026-11-24"
        );
    }

    #[test]
    fn a_visit_is_found_on_its_day_and_completed_from_there() {
        assert_eq!(day_of_visit(Some(("2026-11-24", "APT-7K3M9Q2X"))), "/schedule?date=2026-11-24#visit-APT-7K3M9Q2X");
        assert_eq!(day_of_visit(None), "/schedule");
        assert_eq!(
            completing_address("APT-7K3M9Q2X", "2026-11-24"),
            "/appointments/APT-7K3M9Q2X/complete?back=%2Fschedule%3Fdate%3D2026-11-24"
        );
    }

    #[test]
    fn the_way_back_is_a_page_of_this_site_without_its_place() {
        assert_eq!(came_from("/schedule?date=2026-11-24#visit-APT-1").as_deref(), Some("/schedule?date=2026-11-24"));
        for foreign in ["", "//evil.example", "https://evil.example/schedule"] {
            assert_eq!(came_from(foreign), None, "{foreign}");
        }
    }

    #[test]
    fn what_was_done_is_told_at_the_place_of_the_visit() {
        assert_eq!(
            told_on("/schedule?date=2026-11-24", "APT-7K3M9Q2X"),
            "/schedule?date=2026-11-24&done=APT-7K3M9Q2X#visit-APT-7K3M9Q2X"
        );
    }
}
