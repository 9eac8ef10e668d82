//! `/appointments/:reference/move`: the free times, and then the question whether to take the chosen one.

use domain_types::{
    Problem, ProblemCode,
    appointments::{AppointmentDetail, AppointmentView, BookingRules, SlotGrid},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    chosen_slot::{ChosenSlot, NearestTimes, NotFree, TooLateToChange, find_slot},
    server_fns::{RescheduleVisit, get_appointment, get_slots},
    visit_parts::visit_address,
};
use crate::{
    components::{
        Alert, Card, Described, DescriptionList, FormErrors, LinkButton, Page, SlotPicker, Submit, Tone, Variant,
        WhenText, Width,
    },
    error::AppError,
    features::{loaded, param, query},
    forms::{Flash, take_flash},
};

struct Moving {
    detail: AppointmentDetail,
    grid: SlotGrid,
    /// Day, time, and what the grid says of it.
    chosen: Option<(String, String, Option<ChosenSlot>)>,
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
        let from = chosen.as_ref().map(|(date, _)| date.clone()).or(from);
        let grid = get_slots(detail.visit.doctor.0, from).await?;
        let chosen = chosen.map(|(date, time)| {
            let slot = find_slot(&grid, &date, &time);
            (date, time, slot)
        });
        Ok(Self { detail, grid, chosen, flash: take_flash(token).await })
    }
}

/// Moving a visit to another time with the same doctor.
#[component]
pub fn MovePage() -> impl IntoView {
    let chosen = query("date").zip(query("time"));
    loaded(Moving::load(param("reference"), chosen, query("from"), query("flash")), |moving: Moving| {
        let visit = moving.detail.visit;
        let here = visit_address(&visit.reference, "/move");
        let problem = moving.flash.problem().cloned();
        let back = match moving.chosen {
            Some(_) => (here.clone(), "Choose another time".to_owned()),
            None => (visit_address(&visit.reference, ""), "The visit".to_owned()),
        };
        let next = if !visit.may_move {
            not_movable(&visit, &moving.detail.clinic.phone).into_any()
        } else if let Some((date, time, slot)) = moving.chosen {
            confirm(&visit, problem.as_ref(), moving.grid, &moving.detail.rules, (date, time, slot)).into_any()
        } else {
            let chosen = format!("{}T{}", visit.starts.date, visit.starts.time);
            view! { <SlotPicker grid=moving.grid slot_href=here.clone() page_href=here chosen/> }.into_any()
        };
        view! {
            <Page title="Move this visit" width=Width::Wide back_to=back>
                <FormErrors problem/>
                <div class="stack-lg">
                    <p>
                        {format!("With {}. It is on ", visit.doctor_name)} <WhenText when=visit.starts/>
                        " now and keeps that time until the new one is yours."
                    </p>
                    {next}
                </div>
            </Page>
        }
    })
}

fn not_movable(visit: &AppointmentView, phone: &str) -> impl IntoView + use<> {
    let until = visit.change_until.label.clone();
    let status = visit.status.label().to_lowercase();
    let phone = phone.to_owned();
    view! {
        <Alert tone=Tone::Warning title="It cannot be moved here">
            <p>
                {format!("It is {status}, and it could be changed online until {until}. If it has to change, please call ")}
                <span class="tnum">{phone}</span> "."
            </p>
        </Alert>
    }
}

fn confirm(
    visit: &AppointmentView,
    problem: Option<&Problem>,
    grid: SlotGrid,
    rules: &BookingRules,
    (date, time, slot): (String, String, Option<ChosenSlot>),
) -> impl IntoView + use<> {
    let times = visit_address(&visit.reference, "/move");
    let conflict = problem.filter(|p| matches!(p.code, ProblemCode::SlotTaken | ProblemCode::PatientBusy)).cloned();
    if let Some(problem) = conflict {
        return view! {
            <NearestTimes problem grid base=times.clone()/>
            <div class="row">
                <LinkButton href=times variant=Variant::Secondary>"See all free times"</LinkButton>
            </div>
        }
        .into_any();
    }
    let Some(slot) = slot.clone().filter(|slot| slot.is_free) else {
        return view! { <NotFree found=slot times/> }.into_any();
    };
    let new_time = format!("{}, {time}", slot.day);
    let zone = format!("Time in {}", rules.zone);
    let hours = rules.cancel_cutoff_hours;
    let machine = format!("{date}T{time}");
    let old_time = visit.starts.clone();
    view! {
        <Card title="The new time">
            <DescriptionList>
                <Described term="Until now"><WhenText when=old_time/></Described>
                <Described term="New">
                    <strong><time class="tnum" datetime=machine>{new_time}</time></strong>
                    <br/>
                    <span class="text-muted">{zone}</span>
                </Described>
            </DescriptionList>
        </Card>
        <TooLateToChange chosen=slot hours/>
        <form method="post" action=RescheduleVisit::PATH class="form">
            <input type="hidden" name="appointment" value=visit.id.to_string()/>
            <input type="hidden" name="reference" value=visit.reference.clone()/>
            <input type="hidden" name="date" value=date/>
            <input type="hidden" name="time" value=time/>
            <div class="form-actions"><Submit label="Move to this time" busy="Moving…"/></div>
        </form>
    }
    .into_any()
}
