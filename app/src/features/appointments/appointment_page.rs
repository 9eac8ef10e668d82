//! `/appointments/:reference`

use domain_types::appointments::{AppointmentDetail, AppointmentView, Audience, ClinicView, VisitAction};
use leptos::prelude::*;

use super::{
    closed::{ClosedToPatient, is_too_late},
    server_fns::get_appointment,
    visit_parts::{SCHEDULE, StepForms, VisitFacts, visit_address, visit_anchor},
    visit_status::VisitStatus,
};
use crate::{
    address::address,
    components::{
        Alert, Card, DownloadButton, FormErrors, Glyph, Icon, LinkButton, Page, PhoneLink, TextLink, Timeline,
        TimelineItem, Tone, Variant, WhenText,
    },
    features::{
        loaded, param, query,
        records::{WriteNote, chart_address},
    },
    forms::{Flash, take_flash},
};

/// What was just done, told by the address that the form led to.
#[derive(Clone, Copy)]
struct JustDone {
    booked: bool,
    moved: bool,
    unmoved: bool,
    cancelled: bool,
    stepped: bool,
}

/// A visit: when, where, what happened to it, and what can still be done. After booking it is the confirmation.
#[component]
pub fn AppointmentPage() -> impl IntoView {
    let reference = param("reference");
    let token = query("flash");
    let done = |name| query(name).is_some();
    let done = JustDone {
        booked: done("booked"),
        moved: done("moved"),
        unmoved: done("unmoved"),
        cancelled: done("cancelled"),
        stepped: done("done"),
    };
    let load = async move { Ok((get_appointment(reference).await?, take_flash(token).await)) };
    loaded(load, move |(detail, flash)| visit_page(detail, &flash, done))
}

fn visit_page(detail: AppointmentDetail, flash: &Flash, done: JustDone) -> impl IntoView + use<> {
    let AppointmentDetail { audience, visit, kind, history, clinic, rules, mailed_to, has_demo_mailbox } = detail;
    let is_staff = audience.is_staff();
    let is_confirmation = done.booked && !is_staff && visit.is_upcoming && visit.status.holds_its_time();
    let (title, heading) = if is_confirmation {
        ("Your appointment is booked".to_owned(), "Your appointment is booked".to_owned())
    } else if is_staff {
        let whose = format!("{}, {}", visit.patient.name, visit.starts.day);
        (whose.clone(), whose)
    } else {
        (format!("Appointment {}", visit.reference), format!("Appointment with {}", visit.doctor_name))
    };
    let items = history
        .into_iter()
        .map(|event| TimelineItem { when: event.at, what: event.what, zone: event.zone, by: event.by })
        .collect::<Vec<_>>();
    let status = visit.status;
    let problem = flash.problem().cloned();
    let outcome = outcome(&visit, audience, done);
    let confirmation = is_confirmation.then(|| confirmation(&visit, &mailed_to, has_demo_mailbox));
    let changes = changes(&visit, audience, rules.cancel_cutoff_hours, &clinic);
    let chart = chart(&visit, audience);
    let before = (!is_staff && visit.is_upcoming).then(|| before_you_come(&visit, &clinic, !is_confirmation));
    view! {
        <Page title heading back_to=way_back(&visit, audience)>
            <FormErrors problem/>
            {confirmation}
            <div class="stack-lg">
                {outcome}
                <div class="split">
                    <div class="stack-lg">
                        <Card title="Appointment" actions=move || view! { <VisitStatus status audience/> }>
                            <VisitFacts visit kind clinic spoken=!is_staff/>
                            {chart}
                        </Card>
                        {changes}
                    </div>
                    <aside class="stack-lg">
                        {before}
                        <Card title="History"><Timeline label="History" items/></Card>
                    </aside>
                </div>
            </div>
        </Page>
    }
}

/// The list that whoever reads came from: a doctor's is the day of the visit, at its place.
fn way_back(visit: &AppointmentView, audience: Audience) -> (String, String) {
    match audience {
        Audience::Patient => ("/appointments".to_owned(), "Appointments".to_owned()),
        Audience::Admin => ("/appointments".to_owned(), "Appointments".to_owned()),
        Audience::Doctor => {
            let day = address(SCHEDULE, &[("date", &visit.starts.date)]);
            let place = visit_anchor(&visit.reference);
            (format!("{day}#{place}"), format!("Schedule, {}", visit.starts.day))
        }
    }
}

/// One sentence after a change, as long as it is still true. The address leads to it, so that it is what is read next.
fn outcome(visit: &AppointmentView, audience: Audience, done: JustDone) -> impl IntoView + use<> {
    let is_on = visit.status.holds_its_time();
    let mail = if audience.is_staff() { "We have e-mailed the patient." } else { "We have e-mailed you." };
    let (title, sentence) = match done {
        JustDone { cancelled: true, .. } if !is_on => {
            ("Appointment cancelled", format!("The time is free for others again. {mail}"))
        }
        JustDone { moved: true, .. } if is_on && visit.is_upcoming => {
            ("Appointment moved", format!("It is now on {}. {mail}", visit.starts.zoned()))
        }
        JustDone { unmoved: true, .. } if is_on && visit.is_upcoming => {
            ("Nothing was changed", format!("This appointment is already booked for {}.", visit.starts.zoned()))
        }
        JustDone { stepped: true, .. } => ("Done", visit.news()?),
        _ => return None,
    };
    let anchor = visit_anchor(&visit.reference);
    Some(view! {
        <div id=anchor tabindex="-1">
            <Alert tone=Tone::Success title=title><p>{sentence}</p></Alert>
        </div>
    })
}

fn confirmation(visit: &AppointmentView, mailed_to: &str, has_demo_mailbox: bool) -> impl IntoView + use<> {
    view! {
        <div class="confirmed" role="status">
            <Icon glyph=Glyph::CalendarCheck/>
            <h2><WhenText when=visit.starts.clone() spoken=true/></h2>
            <p>{format!("{}, {}, {}", visit.doctor_name, visit.hospital, visit.department)}</p>
            <p>"Your reference is " <span class="reference">{visit.reference.clone()}</span></p>
            <p>{format!("We have e-mailed a confirmation with a calendar file to {mailed_to}.")}</p>
            {has_demo_mailbox
                .then(|| {
                    view! {
                        <p>"In this demo, you can read it in the " <TextLink href="/demo/mailbox">"demo mailbox"</TextLink> "."</p>
                    }
                })}
            {add_to_calendar(visit)}
        </div>
    }
}

fn add_to_calendar(visit: &AppointmentView) -> impl IntoView + use<> {
    let calendar = visit_address(&visit.reference, "/calendar.ics");
    view! {
        <div class="row no-print">
            <DownloadButton href=calendar icon=Glyph::CalendarPlus>"Add to calendar"</DownloadButton>
        </div>
    }
}

fn before_you_come(visit: &AppointmentView, clinic: &ClinicView, with_calendar: bool) -> impl IntoView + use<> {
    let calendar = with_calendar.then(|| add_to_calendar(visit));
    let number = clinic.phone.clone();
    view! {
        <Card title="Before your appointment">
            <div class="stack">
                <ul class="list-disc pl-5 stack">
                    <li>"Bring a photo ID, your insurance card and a list of the medicines you take."</li>
                    <li>"Arrive ten minutes early and give your reference at the front desk."</li>
                    <li>"Running late or unsure? Call " <PhoneLink number/> "."</li>
                </ul>
                {calendar}
            </div>
        </Card>
    }
}

/// The ways from a visit into the record, for its doctor.
fn chart(visit: &AppointmentView, audience: Audience) -> impl IntoView + use<> {
    let is_of_the_doctor = audience == Audience::Doctor && visit.status.holds_its_time();
    let note = (is_of_the_doctor && visit.status.is_noted()).then(|| {
        let which = format!(" about {}, {}", visit.patient.name, visit.starts.label);
        let (patient, visit) = (visit.patient.reference.clone(), visit.reference.clone());
        view! { <WriteNote patient visit which/> }
    });
    let href = chart_address(&visit.patient.reference);
    is_of_the_doctor.then(|| {
        view! {
            <div class="row visit-chart no-print">
                <LinkButton href variant=Variant::Secondary icon=Glyph::Clipboard>"Open the chart"</LinkButton>
                {note}
            </div>
        }
    })
}

/// What can still be done with it, and until when; or why nothing can.
fn changes(visit: &AppointmentView, audience: Audience, hours: u32, clinic: &ClinicView) -> impl IntoView + use<> {
    let may_cancel = visit.actions.contains(&VisitAction::Cancel);
    if !visit.may_move && visit.actions.is_empty() {
        let is_closed = !audience.is_staff() && is_too_late(visit);
        let (visit, phone) = (visit.clone(), clinic.phone.clone());
        return is_closed
            .then(|| view! { <Card title="Change this appointment"><ClosedToPatient visit hours phone/></Card> })
            .into_any();
    }
    let until = visit.is_upcoming.then(|| {
        let until = visit.change_until.zoned();
        let words = if audience.is_staff() {
            format!("The patient can change this online until {until}.")
        } else {
            format!("You can change this online until {until}.")
        };
        view! { <p class="text-muted">{words}</p> }
    });
    let steps = audience.is_staff().then(|| {
        view! { <StepForms visit=visit.clone() back=visit_address(&visit.reference, "")/> }
    });
    let move_href = visit.may_move.then(|| visit_address(&visit.reference, "/move"));
    // Staff find it among the steps.
    let cancel_href = (may_cancel && !audience.is_staff()).then(|| visit_address(&visit.reference, "/cancel"));
    view! {
        <Card title="Change this appointment">
            <div class="stack no-print">
                {until}
                {steps}
                <div class="row">
                    {move_href
                        .map(|href| {
                            view! {
                                <LinkButton href variant=Variant::Secondary icon=Glyph::CalendarClock>
                                    "Move to another time"
                                </LinkButton>
                            }
                        })}
                    {cancel_href
                        .map(|href| view! { <LinkButton href variant=Variant::Quiet>"Cancel appointment"</LinkButton> })}
                </div>
            </div>
        </Card>
    }
    .into_any()
}
