//! The last step of booking: look at everything once more, say why, book.

use domain_types::{
    Problem, ProblemCode,
    appointments::{DoctorView, SlotGrid},
    auth::Viewer,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    book_page::{STEPS, times_address},
    chosen_slot::{ChosenSlot, NearestTimes, NotFree, TooLateToChange, find_slot},
    server_fns::{Book, get_doctor, get_slots},
};
use crate::{
    address::{address, with_query},
    components::{
        Alert, Card, Described, DescriptionList, FormErrors, LinkButton, Page, Steps, Submit, TextareaField, Tone,
    },
    error::{AppError, this_address},
    features::{auth::server_fns::get_viewer, loaded},
    forms::{Flash, form_key, keep_flash, take_flash},
};

/// The confirm step for a time: where a refused booking comes back to.
#[cfg(feature = "ssr")]
#[must_use]
pub(super) fn confirm_address(doctor: i64, date: &str, time: &str) -> String {
    with_query(&times_address(doctor), &[("date", date), ("time", time)])
}

struct Confirm {
    doctor: DoctorView,
    grid: SlotGrid,
    slot: Option<ChosenSlot>,
    viewer: Option<Viewer>,
    flash: Flash,
    /// Brings what was typed to one of the nearest times.
    flash_onwards: Option<String>,
    date: String,
    time: String,
}

impl Confirm {
    async fn load(doctor: i64, date: String, time: String, token: Option<String>) -> Result<Self, AppError> {
        let view = get_doctor(doctor).await?;
        let grid = get_slots(doctor, Some(date.clone())).await?;
        let viewer = get_viewer().await?;
        // Without a session it stays kept until they are back from signing in.
        let flash = if viewer.is_some() { take_flash(token).await } else { Flash::default() };
        let has_other_times = flash.problem().is_some_and(|problem| !problem.nearest_slots.is_empty());
        let flash_onwards = if has_other_times { keep_flash(&flash).await } else { None };
        Ok(Self { slot: find_slot(&grid, &date, &time), doctor: view, grid, viewer, flash, flash_onwards, date, time })
    }

    /// What was wrong with this time. What was wrong with another one is history.
    fn problem(&self) -> Option<Problem> {
        let is_about_this = self.flash.value("date") == self.date && self.flash.value("time") == self.time;
        self.flash.problem().filter(|_| is_about_this).cloned()
    }
}

/// The page of the last step.
pub(super) fn confirm_step(doctor: i64, date: String, time: String) -> impl IntoView {
    loaded(Confirm::load(doctor, date, time, query_flash()), |confirm: Confirm| {
        let times = times_address(confirm.doctor.row.id.0);
        let problem = confirm.problem();
        let is_conflict =
            problem.as_ref().is_some_and(|p| matches!(p.code, ProblemCode::SlotTaken | ProblemCode::PatientBusy));
        let is_free = confirm.slot.as_ref().is_some_and(|slot| slot.is_free);
        let next_step = if is_conflict {
            conflict(&confirm, problem.clone()).into_any()
        } else if !is_free {
            view! { <NotFree found=confirm.slot.clone() times=times.clone()/> }.into_any()
        } else if confirm.viewer.is_none() {
            sign_in_first().into_any()
        } else if confirm.viewer.as_ref().is_some_and(|viewer| !viewer.role.books_for_themselves()) {
            not_a_patient().into_any()
        } else {
            form(&confirm, problem.as_ref()).into_any()
        };
        view! {
            <Page title="Check and confirm" back_to=(times, "Choose another time".to_owned())>
                <Steps current=4 names=STEPS/>
                <FormErrors problem controls=&["reason"]/>
                <div class="stack-lg">
                    <div class="split">
                        <div class="stack-lg">{summary(&confirm)} {next_step}</div>
                        {rules(&confirm)}
                    </div>
                </div>
            </Page>
        }
    })
}

fn query_flash() -> Option<String> {
    crate::features::query("flash")
}

fn summary(confirm: &Confirm) -> impl IntoView + use<> {
    let DoctorView { row, address, rules, .. } = confirm.doctor.clone();
    let day = confirm.slot.as_ref().map_or(confirm.date.clone(), |slot| slot.day.clone());
    let when = format!("{day}, {}", confirm.time);
    let machine = format!("{}T{}", confirm.date, confirm.time);
    let zone = format!("Time in {}", rules.zone);
    view! {
        <Card title="Your visit">
            <DescriptionList>
                <Described term="When">
                    <strong><time class="tnum" datetime=machine>{when}</time></strong>
                    <br/>
                    <span class="text-muted">{zone}</span>
                </Described>
                <Described term="Doctor">{row.name} ", " {row.specialty}</Described>
                <Described term="Kind of visit">
                    {format!("{}, {} minutes", rules.visit_type_name, rules.duration_minutes)}
                </Described>
                <Described term="Fee"><span class="tnum">{rules.fee.to_string()}</span></Described>
                <Described term="Where">{row.department} <br/> {address}</Described>
            </DescriptionList>
        </Card>
    }
}

fn rules(confirm: &Confirm) -> impl IntoView + use<> {
    let hours = confirm.doctor.rules.cancel_cutoff_hours;
    view! {
        <aside class="stack">
            <Card title="Good to know">
                <ul class="list-disc pl-5 stack">
                    <li>{format!("You can cancel or move the visit online until {hours} hours before it starts.")}</li>
                    <li>"We write to your e-mail address when it is booked, with a file for your calendar."</li>
                    <li>"In an emergency call the emergency number. Do not wait for a visit."</li>
                </ul>
            </Card>
        </aside>
    }
}

fn not_a_patient() -> impl IntoView {
    view! {
        <Alert tone=Tone::Info title="You are signed in as staff">
            "Visits are booked here by patients, for themselves. Sign in with a patient's account to book this time."
        </Alert>
    }
}

fn sign_in_first() -> impl IntoView {
    let href = address("/login", &[("next", &this_address())]);
    view! {
        <div class="stack">
            <Alert tone=Tone::Info title="Sign in to book this time">
                <p>"You come back to exactly this page. The time is not held until you book it."</p>
            </Alert>
            <div class="form-actions"><LinkButton href>"Sign in to book"</LinkButton></div>
        </div>
    }
}

fn form(confirm: &Confirm, problem: Option<&Problem>) -> impl IntoView + use<> {
    let error = problem.and_then(|problem| problem.for_field("reason")).map(str::to_owned);
    let rules = &confirm.doctor.rules;
    let hours = rules.cancel_cutoff_hours;
    let binding = confirm.slot.clone().map(|slot| view! { <TooLateToChange chosen=slot hours/> });
    view! {
        {binding}
        <form method="post" action=Book::PATH class="form">
            <input type="hidden" name="doctor" value=confirm.doctor.row.id.to_string()/>
            <input type="hidden" name="date" value=confirm.date.clone()/>
            <input type="hidden" name="time" value=confirm.time.clone()/>
            <input type="hidden" name="visit_type" value=rules.visit_type.to_string()/>
            <input type="hidden" name="key" value=form_key()/>
            <TextareaField
                name="reason"
                label="Why do you come?"
                hint="A few words help your doctor to prepare. 1,000 characters at most."
                value=confirm.flash.value("reason")
                error
                required=true
            />
            <div class="form-actions"><Submit label="Book this time" busy="Booking…"/></div>
        </form>
    }
}

/// The time went to somebody else, or the patient has another visit then.
fn conflict(confirm: &Confirm, problem: Option<Problem>) -> impl IntoView + use<> {
    let times = times_address(confirm.doctor.row.id.0);
    let onwards = confirm.flash_onwards.clone().unwrap_or_default();
    let base = with_query(&times, &[("flash", &onwards)]);
    let reason = confirm.flash.value("reason");
    let grid = confirm.grid.clone();
    view! {
        <div class="stack-lg">
            {problem.map(|problem| view! { <NearestTimes problem grid base/> })}
            {(!onwards.is_empty() && !reason.is_empty())
                .then(|| {
                    view! {
                        <Card title="What you wrote is kept">
                            <p>{reason}</p>
                            <p class="text-muted">"It is filled in again when you choose one of these times."</p>
                        </Card>
                    }
                })}
            <div class="row">
                <LinkButton href=times variant=crate::components::Variant::Secondary>"See all free times"</LinkButton>
            </div>
        </div>
    }
}
