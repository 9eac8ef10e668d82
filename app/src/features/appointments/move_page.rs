//! `/appointments/:reference/move`: the free times, and then the question whether to take the chosen one.

use domain_types::{
    Problem,
    appointments::{AppointmentDetail, AppointmentView, Audience, OwnVisit, SlotChoice, SlotGrid, When},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    chosen_slot::{ChosenSlot, NearestTimes, TooLateToChange},
    closed::ClosedToPatient,
    own_visit::{ElsewhereThen, ThereAlready, ToThatVisit, is_conflict, named},
    server_fns::{RescheduleVisit, get_appointment, get_choice, get_slots},
    visit_parts::visit_address,
};
use crate::{
    components::{
        Alert, Card, Described, DescriptionList, Form, FormErrors, LinkButton, Page, SlotPicker, Submit, Tone, Variant,
        WhenText, Width,
    },
    error::{AppError, answer_page},
    features::{loaded, param, query},
    forms::{Flash, take_flash},
};

/// What the address asks for.
enum Wanted {
    /// The free times.
    Times(SlotGrid),
    /// One time: its day and time as they are sent, and what is known of it.
    Time { date: String, time: String, choice: Box<SlotChoice> },
}

struct Moving {
    detail: AppointmentDetail,
    wanted: Wanted,
    flash: Flash,
}

impl Moving {
    async fn load(
        reference: String,
        chosen: Option<(String, String)>,
        from: Option<String>,
        token: Option<String>,
    ) -> Result<Self, AppError> {
        let detail = get_appointment(reference).await?;
        let doctor = detail.visit.doctor.0;
        let moving = Some(detail.visit.reference.clone());
        let wanted = match chosen {
            None => Wanted::Times(get_slots(doctor, from, moving).await?),
            Some((date, time)) => {
                let choice = Box::new(get_choice(doctor, date.clone(), time.clone(), moving).await?);
                Wanted::Time { date, time, choice }
            }
        };
        Ok(Self { detail, wanted, flash: take_flash(token).await })
    }
}

/// Moving a visit to another time with the same doctor.
#[component]
pub fn MovePage() -> impl IntoView {
    let chosen = query("date").zip(query("time"));
    loaded(Moving::load(param("reference"), chosen, query("from"), query("flash")), |moving: Moving| {
        let detail = moving.detail;
        let (audience, visit) = (detail.audience, &detail.visit);
        let here = visit_address(&visit.reference, "/move");
        let problem = moving.flash.problem().cloned();
        if let Wanted::Time { choice, .. } = &moving.wanted
            && choice.when.as_ref().is_some_and(|when| when.instant == visit.starts.instant)
        {
            return there_already(visit, audience, here).into_any();
        }
        let back = match moving.wanted {
            Wanted::Time { .. } => (here.clone(), "Choose another time".to_owned()),
            Wanted::Times(_) => (visit_address(&visit.reference, ""), "Appointment".to_owned()),
        };
        let own = match &moving.wanted {
            Wanted::Time { choice, .. } => choice.own.clone(),
            Wanted::Times(_) => None,
        };
        let next = match moving.wanted {
            _ if !visit.may_move => not_movable(&detail).into_any(),
            Wanted::Times(grid) => times(grid, visit).into_any(),
            Wanted::Time { date, time, choice } => {
                let conflict = problem.clone().filter(is_conflict);
                match (conflict, choice.refusal.clone()) {
                    (Some(problem), _) => other_times(problem, *choice, here).into_any(),
                    (None, Some(refusal)) => choose_again(refusal, *choice, visit).into_any(),
                    (None, None) => confirm(&detail, &choice, date, time).into_any(),
                }
            }
        };
        let whose = if audience.is_staff() {
            format!("{} with {}. ", visit.patient.name, visit.doctor_name)
        } else {
            format!("With {}. ", visit.doctor_name)
        };
        let (stands, kept) = match (visit.may_move, audience.is_staff()) {
            (false, _) => ("", "."),
            (true, true) => ("It stays booked for ", " until you confirm a new time. We will e-mail the patient."),
            (true, false) => ("It stays booked for ", " until you confirm a new time."),
        };
        let now = visit.starts.clone();
        let problem = problem.map(|problem| named(problem, own.as_ref()));
        view! {
            <Page title="Move this appointment" width=Width::Wide back_to=back>
                <FormErrors problem/>
                <div class="stack-lg">
                    <p>{whose} {stands} <WhenText when=now/> {kept}</p>
                    {next}
                </div>
            </Page>
        }
        .into_any()
    })
}

/// Whoever comes back to a time after moving to it, by the browser's own way back for one.
fn there_already(visit: &AppointmentView, audience: Audience, times: String) -> impl IntoView + use<> {
    let title = if audience.is_staff() {
        "The appointment is already at this time"
    } else {
        "Your appointment is already at this time"
    };
    let back_to = (visit_address(&visit.reference, ""), "Appointment".to_owned());
    let own = OwnVisit {
        reference: visit.reference.clone(),
        doctor_name: visit.doctor_name.clone(),
        starts: visit.starts.clone(),
        is_this: true,
    };
    view! {
        <Page title width=Width::Narrow back_to>
            <ThereAlready title="Nothing to change" visit=own other=(times, "Choose another time")/>
        </Page>
    }
}

/// Two weeks to choose from, in which the time that the visit has now is marked.
fn times(grid: SlotGrid, visit: &AppointmentView) -> impl IntoView + use<> {
    let here = visit_address(&visit.reference, "/move");
    let When { date, time, .. } = &visit.starts;
    let chosen = format!("{date}T{time}");
    // Other weeks do not hold it.
    let is_marked = grid.days.iter().any(|day| day.date == *date && day.slots.iter().any(|slot| slot.time == *time));
    let now = visit.starts.zoned();
    let legend =
        is_marked.then(|| view! { <p class="text-muted">{format!("The current time, {now}, is marked.")}</p> });
    view! {
        {legend}
        <SlotPicker grid slot_href=here.clone() page_href=here chosen/>
    }
}

fn not_movable(detail: &AppointmentDetail) -> impl IntoView + use<> {
    let AppointmentDetail { audience, visit, clinic, rules, .. } = detail;
    let why = if audience.is_staff() {
        let status = visit.status.label().to_lowercase();
        view! { <p>{format!("This appointment is {status} and can no longer be moved.")}</p> }.into_any()
    } else {
        let (visit, hours, phone) = (visit.clone(), rules.cancel_cutoff_hours, clinic.phone.clone());
        view! { <ClosedToPatient visit hours phone/> }.into_any()
    };
    view! { <Alert tone=Tone::Warning title="It cannot be moved here">{why}</Alert> }
}

/// The nearest times in place of one that was refused.
fn other_times(problem: Problem, choice: SlotChoice, times: String) -> impl IntoView {
    let own = choice.own.map(|visit| view! { <p><ToThatVisit visit/></p> });
    view! {
        {own}
        <NearestTimes problem grid=choice.grid base=times.clone()/>
        <div class="row">
            <LinkButton href=times variant=Variant::Secondary>"See all free times"</LinkButton>
        </div>
    }
}

/// A time that cannot be chosen: why, and the times to choose from instead.
fn choose_again(refusal: Problem, choice: SlotChoice, visit: &AppointmentView) -> impl IntoView + use<> {
    let is_taken = is_conflict(&refusal);
    if !is_taken {
        // The address itself is wrong; that somebody was quicker is no mistake of whoever opens it.
        answer_page(&refusal);
    }
    let why = if let Some(visit) = choice.own {
        view! { <ElsewhereThen visit/> }.into_any()
    } else {
        let title = if is_taken { "This time is not free" } else { "This time cannot be chosen" };
        let when = choice.when.map(|when| view! { <p><WhenText when/></p> });
        let sentence = refusal.detail.clone();
        view! { <Alert tone=Tone::Warning title=title>{when} <p>{sentence}</p></Alert> }.into_any()
    };
    let base = visit_address(&visit.reference, "/move");
    view! {
        {why}
        <NearestTimes problem=refusal grid=choice.grid.clone() base/>
        {times(choice.grid, visit)}
    }
}

fn confirm(detail: &AppointmentDetail, choice: &SlotChoice, date: String, time: String) -> impl IntoView + use<> {
    let AppointmentDetail { audience, visit, clinic, rules, .. } = detail;
    let is_patient = !audience.is_staff();
    let hours = rules.cancel_cutoff_hours;
    let phone = clinic.phone.clone();
    let new_time = choice.when.clone().map(|when| view! { <strong><WhenText when spoken=is_patient/></strong> });
    let old_time = visit.starts.clone();
    let (id, reference) = (visit.id.to_string(), visit.reference.clone());
    // What it warns of binds patients alone.
    let warning = ChosenSlot::of(choice)
        .filter(|_| is_patient)
        .map(|chosen| view! { <TooLateToChange chosen hours phone=phone.clone()/> });
    view! {
        <Card title="Check the new time">
            <DescriptionList>
                <Described term="Current time"><WhenText when=old_time/></Described>
                <Described term="New time">{new_time}</Described>
            </DescriptionList>
        </Card>
        {warning}
        <Form action=RescheduleVisit::PATH class="form">
            <input type="hidden" name="appointment" value=id/>
            <input type="hidden" name="reference" value=reference/>
            <input type="hidden" name="date" value=date/>
            <input type="hidden" name="time" value=time/>
            <div class="form-actions"><Submit label="Move to this time" busy="Moving…"/></div>
        </Form>
    }
}
