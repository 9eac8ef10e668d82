//! `/appointments/:reference/move`: the free times, and then the question whether to take the chosen one.

use domain_types::{
    Problem, ProblemCode,
    appointments::{AppointmentDetail, AppointmentView, Audience, SlotChoice, SlotGrid},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    chosen_slot::{ChosenSlot, NearestTimes, TooLateToChange},
    server_fns::{RescheduleVisit, get_appointment, get_choice, get_slots},
    visit_parts::visit_address,
};
use crate::{
    components::{
        Alert, Card, Described, DescriptionList, FormErrors, LinkButton, Page, PhoneLink, SlotPicker, Submit, Tone,
        Variant, WhenText, Width,
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
        let wanted = match chosen {
            None => Wanted::Times(get_slots(doctor, from).await?),
            Some((date, time)) => {
                let choice = Box::new(get_choice(doctor, date.clone(), time.clone()).await?);
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
        let back = match moving.wanted {
            Wanted::Time { .. } => (here.clone(), "Choose another time".to_owned()),
            Wanted::Times(_) => (visit_address(&visit.reference, ""), "The visit".to_owned()),
        };
        let next = match moving.wanted {
            _ if !visit.may_move => not_movable(visit, audience, &detail.clinic.phone).into_any(),
            Wanted::Times(grid) => times(grid, visit).into_any(),
            Wanted::Time { date, time, choice } => {
                let conflict = problem.clone().filter(is_conflict);
                match (conflict, choice.refusal.clone()) {
                    (Some(problem), _) => other_times(problem, choice.grid, here).into_any(),
                    (None, Some(refusal)) => choose_again(refusal, *choice, visit).into_any(),
                    (None, None) => confirm(&detail, &choice, date, time).into_any(),
                }
            }
        };
        let (whose, kept) = if audience.is_staff() {
            (
                format!("{} with {}. It is on ", visit.patient.name, visit.doctor_name),
                " now and keeps that time until the new one is taken. The patient is told by e-mail.",
            )
        } else {
            (format!("With {}. It is on ", visit.doctor_name), " now and keeps that time until the new one is yours.")
        };
        let now = visit.starts.clone();
        view! {
            <Page title="Move this visit" width=Width::Wide back_to=back>
                <FormErrors problem/>
                <div class="stack-lg">
                    <p>{whose} <WhenText when=now/> {kept}</p>
                    {next}
                </div>
            </Page>
        }
    })
}

/// Another time would do: this one went to somebody else, or the patient is elsewhere then.
fn is_conflict(problem: &Problem) -> bool {
    matches!(problem.code, ProblemCode::SlotTaken | ProblemCode::PatientBusy)
}

/// Two weeks to choose from, with the time that the visit has now.
fn times(grid: SlotGrid, visit: &AppointmentView) -> impl IntoView + use<> {
    let here = visit_address(&visit.reference, "/move");
    let chosen = format!("{}T{}", visit.starts.date, visit.starts.time);
    view! { <SlotPicker grid slot_href=here.clone() page_href=here chosen/> }
}

fn not_movable(visit: &AppointmentView, audience: Audience, phone: &str) -> impl IntoView + use<> {
    let status = visit.status.label().to_lowercase();
    let words = if audience.is_staff() {
        view! { {format!("This visit is {status} and can no longer be moved.")} }.into_any()
    } else {
        let until = &visit.change_until.label;
        let words = format!("It is {status}, and it could be changed online until {until}.");
        view! { {words} " If it has to change, please call " <PhoneLink number=phone/> "." }.into_any()
    };
    view! { <Alert tone=Tone::Warning title="It cannot be moved here"><p>{words}</p></Alert> }
}

/// The nearest times in place of one that was refused.
fn other_times(problem: Problem, grid: SlotGrid, times: String) -> impl IntoView {
    view! {
        <NearestTimes problem grid base=times.clone()/>
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
    let title = if is_taken { "This time is not free" } else { "This time cannot be chosen" };
    let when = choice.when.map(|when| view! { <p><WhenText when/></p> });
    let sentence = refusal.detail.clone();
    let base = visit_address(&visit.reference, "/move");
    view! {
        <Alert tone=Tone::Warning title=title>{when} <p>{sentence}</p></Alert>
        <NearestTimes problem=refusal grid=choice.grid.clone() base/>
        {times(choice.grid, visit)}
    }
}

fn confirm(detail: &AppointmentDetail, choice: &SlotChoice, date: String, time: String) -> impl IntoView + use<> {
    let AppointmentDetail { audience, visit, clinic, rules, .. } = detail;
    let is_patient = !audience.is_staff();
    let zone = format!("Time in {}", rules.zone);
    let hours = rules.cancel_cutoff_hours;
    let phone = clinic.phone.clone();
    let new_time = choice.when.clone().map(|when| view! { <strong><WhenText when spoken=is_patient/></strong> <br/> });
    let old_time = visit.starts.clone();
    // What it warns of binds patients alone.
    let warning = ChosenSlot::of(choice)
        .filter(|_| is_patient)
        .map(|chosen| view! { <TooLateToChange chosen hours phone=phone.clone()/> });
    view! {
        <Card title="The new time">
            <DescriptionList>
                <Described term="Until now"><WhenText when=old_time/></Described>
                <Described term="New">{new_time} <span class="text-muted">{zone}</span></Described>
            </DescriptionList>
        </Card>
        {warning}
        <form method="post" action=RescheduleVisit::PATH class="form">
            <input type="hidden" name="appointment" value=visit.id.to_string()/>
            <input type="hidden" name="reference" value=visit.reference.clone()/>
            <input type="hidden" name="date" value=date/>
            <input type="hidden" name="time" value=time/>
            <div class="form-actions"><Submit label="Move to this time" busy="Moving…"/></div>
        </form>
    }
}
