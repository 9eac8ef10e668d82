//! `/appointments/:reference`

use domain_types::appointments::{AppointmentDetail, AppointmentView, ClinicView, VisitAction};
use leptos::prelude::*;

use super::{
    server_fns::get_appointment,
    visit_parts::{StepForms, VisitFacts, visit_address},
};
use crate::{
    components::{
        Alert, Card, FormErrors, Glyph, Icon, LinkButton, Page, StatusBadge, TextLink, Timeline, TimelineItem, Tone,
        Variant,
    },
    features::{loaded, param, query},
    forms::{Flash, take_flash},
};

/// What was just done, told by the address that the form led to.
#[derive(Clone, Copy)]
struct JustDone {
    booked: bool,
    moved: bool,
    cancelled: bool,
}

/// A visit: when, where, what happened to it, and what can still be done. After booking it is the confirmation.
#[component]
pub fn AppointmentPage() -> impl IntoView {
    let reference = param("reference");
    let token = query("flash");
    let done = |name| query(name).is_some();
    let done = JustDone { booked: done("booked"), moved: done("moved"), cancelled: done("cancelled") };
    let load = async move { Ok((get_appointment(reference).await?, take_flash(token).await)) };
    loaded(load, move |(detail, flash)| visit_page(detail, &flash, done))
}

fn visit_page(detail: AppointmentDetail, flash: &Flash, done: JustDone) -> impl IntoView + use<> {
    let AppointmentDetail { visit, history, clinic, .. } = detail;
    let is_confirmation = done.booked && visit.is_upcoming && visit.status.holds_its_time();
    let title = if is_confirmation { "Your visit is booked".to_owned() } else { format!("Visit {}", visit.reference) };
    let heading = if is_confirmation { title.clone() } else { format!("Visit with {}", visit.doctor_name) };
    let items = history
        .into_iter()
        .map(|event| TimelineItem { when: event.at.label, machine: event.at.instant, what: event.what, by: event.by })
        .collect::<Vec<_>>();
    let status = visit.status;
    let problem = flash.problem().cloned();
    let outcome = outcome(&visit, done);
    let confirmation = is_confirmation.then(|| confirmation(&visit));
    let changes = changes(&visit, &clinic);
    let before = visit.is_upcoming.then(|| before_you_come(&visit, &clinic));
    view! {
        <Page title heading back=("/appointments", "Appointments")>
            <FormErrors problem/>
            {confirmation}
            <div class="stack-lg">
                {outcome}
                <div class="split">
                    <div class="stack-lg">
                        <Card title="The visit" actions=move || view! { <StatusBadge status/> }>
                            <VisitFacts visit clinic/>
                        </Card>
                        {changes}
                    </div>
                    <aside class="stack-lg">
                        {before}
                        <Card title="What happened so far"><Timeline label="History" items/></Card>
                    </aside>
                </div>
            </div>
        </Page>
    }
}

/// One sentence after a change, as long as it is still true.
fn outcome(visit: &AppointmentView, done: JustDone) -> impl IntoView + use<> {
    let is_on = visit.status.holds_its_time();
    let (title, sentence) = match done {
        JustDone { cancelled: true, .. } if !is_on => {
            ("The visit is cancelled", "Its time is free again. A message about it is on its way.".to_owned())
        }
        JustDone { moved: true, .. } if is_on && visit.is_upcoming => {
            ("The visit is moved", format!("It is now on {}. A message about it is on its way.", visit.starts.label))
        }
        _ => return None,
    };
    Some(view! { <Alert tone=Tone::Success title=title><p>{sentence}</p></Alert> })
}

fn confirmation(visit: &AppointmentView) -> impl IntoView + use<> {
    view! {
        <div class="confirmed" role="status">
            <Icon glyph=Glyph::CalendarCheck/>
            <h2>{visit.starts.label.clone()}</h2>
            <p>{format!("{}, {}, {}", visit.doctor_name, visit.hospital, visit.department)}</p>
            <p>"Your reference is " <span class="reference">{visit.reference.clone()}</span></p>
            <p>"A confirmation with a calendar file is on its way to your e-mail address."</p>
        </div>
    }
}

fn before_you_come(visit: &AppointmentView, clinic: &ClinicView) -> impl IntoView + use<> {
    let calendar = visit_address(&visit.reference, "/calendar.ics");
    let phone = clinic.phone.clone();
    view! {
        <Card title="Before you come">
            <div class="stack">
                <ul class="list-disc pl-5 stack">
                    <li>"Bring a photo ID, your insurance card and a list of the medicines you take."</li>
                    <li>"Come ten minutes early and say your reference at the desk."</li>
                    <li>"Running late or unsure? Call " <span class="tnum">{phone}</span> "."</li>
                </ul>
                <div class="row no-print">
                    // A download, not a page: the browser asks for the file as it is.
                    <a class="btn btn-secondary" href=calendar rel="external" download>
                        <Icon glyph=Glyph::CalendarPlus/>
                        <span>"Add to calendar"</span>
                    </a>
                </div>
            </div>
        </Card>
    }
}

/// What can still be done with it, and until when; or why nothing can.
fn changes(visit: &AppointmentView, clinic: &ClinicView) -> impl IntoView + use<> {
    let steps_back = visit_address(&visit.reference, "");
    let may_change = visit.may_move || visit.actions.contains(&VisitAction::Cancel);
    let has_steps = visit.actions.iter().any(|action| *action != VisitAction::Cancel);
    if !may_change && !has_steps {
        let is_open = visit.is_upcoming && !visit.status.is_final();
        return is_open.then(|| too_late(visit, clinic)).into_any();
    }
    let move_href = visit_address(&visit.reference, "/move");
    let cancel_href = visit_address(&visit.reference, "/cancel");
    let may_move = visit.may_move;
    let may_cancel = visit.actions.contains(&VisitAction::Cancel);
    let deadline = visit.is_upcoming.then(|| visit.change_until.label.clone());
    let visit = visit.clone();
    view! {
        <Card title="Change this visit">
            <div class="stack no-print">
                {deadline
                    .map(|until| {
                        view! { <p class="text-muted">{format!("It can be changed online until {until}.")}</p> }
                    })}
                {has_steps.then(|| view! { <StepForms visit=visit back=steps_back/> })}
                <div class="row">
                    {may_move
                        .then(|| {
                            view! {
                                <LinkButton href=move_href variant=Variant::Secondary icon=Glyph::CalendarClock>
                                    "Move to another time"
                                </LinkButton>
                            }
                        })}
                    {(may_cancel && !has_steps)
                        .then(|| {
                            view! { <LinkButton href=cancel_href variant=Variant::Quiet>"Cancel visit"</LinkButton> }
                        })}
                </div>
            </div>
        </Card>
    }
    .into_any()
}

fn too_late(visit: &AppointmentView, clinic: &ClinicView) -> impl IntoView + use<> {
    let until = visit.change_until.label.clone();
    let call = format!("tel:{}", clinic.phone.replace(' ', ""));
    let phone = clinic.phone.clone();
    view! {
        <Card title="Change this visit">
            <p>
                {format!("It could be changed online until {until}. To cancel or move it now, please call ")}
                <TextLink href=call>{phone}</TextLink> "."
            </p>
        </Card>
    }
}
