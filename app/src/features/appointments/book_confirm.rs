//! The last step of booking: look at everything once more, say why, book.

use domain_types::{
    Problem, ProblemCode,
    appointments::{Audience, DoctorView, SlotChoice},
    auth::Viewer,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    book_page::{STEPS, times_address},
    chosen_slot::{ChosenSlot, NearestTimes, TooLateToChange},
    server_fns::{Book, get_choice, get_doctor},
};
use crate::{
    address::{address, with_query},
    components::{
        Alert, Card, Described, DescriptionList, FormErrors, LinkButton, Page, SlotPicker, Steps, Submit, TextLink,
        TextareaField, Tone, Variant, WhenText, Width,
    },
    error::{AppError, answer_page, this_address},
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
    choice: SlotChoice,
    viewer: Option<Viewer>,
    flash: Flash,
    /// Brings what was typed to one of the other times.
    flash_onwards: Option<String>,
    date: String,
    time: String,
}

impl Confirm {
    async fn load(doctor: i64, date: String, time: String, token: Option<String>) -> Result<Self, AppError> {
        let view = get_doctor(doctor).await?;
        let choice = get_choice(doctor, date.clone(), time.clone()).await?;
        let viewer = get_viewer().await?;
        // Without a session it stays kept until they are back from signing in.
        let flash = if viewer.is_some() { take_flash(token).await } else { Flash::default() };
        let leads_on = choice.refusal.is_some() || flash.problem().is_some_and(is_conflict);
        let flash_onwards = if leads_on { keep_flash(&flash).await } else { None };
        Ok(Self { doctor: view, choice, viewer, flash, flash_onwards, date, time })
    }

    /// What was wrong with this time. What was wrong with another one is history.
    fn problem(&self) -> Option<Problem> {
        let is_about_this = self.flash.value("date") == self.date && self.flash.value("time") == self.time;
        self.flash.problem().filter(|_| is_about_this).cloned()
    }

    /// The page of times, with what was typed.
    fn times_with_flash(&self) -> String {
        let times = times_address(self.doctor.row.id.0);
        with_query(&times, &[("flash", self.flash_onwards.as_deref().unwrap_or_default())])
    }
}

/// Another time would do: this one went to somebody else, or the patient is elsewhere then.
fn is_conflict(problem: &Problem) -> bool {
    matches!(problem.code, ProblemCode::SlotTaken | ProblemCode::PatientBusy)
}

/// The page of the last step.
pub(super) fn confirm_step(doctor: i64, date: String, time: String) -> impl IntoView {
    loaded(Confirm::load(doctor, date, time, query_flash()), |confirm: Confirm| {
        let problem = confirm.problem();
        let conflict = problem.clone().filter(is_conflict);
        match (conflict, confirm.choice.refusal.clone()) {
            (None, Some(refusal)) => choose_again(&confirm, refusal).into_any(),
            (conflict, _) => check(&confirm, problem, conflict).into_any(),
        }
    })
}

fn check(confirm: &Confirm, problem: Option<Problem>, conflict: Option<Problem>) -> impl IntoView + use<> {
    let times = times_address(confirm.doctor.row.id.0);
    let elsewhere = confirm.viewer.as_ref().and_then(|viewer| Audience::from(viewer.role).books_elsewhere());
    let next_step = if let Some(conflict) = conflict {
        other_times(confirm, conflict).into_any()
    } else if confirm.viewer.is_none() {
        sign_in_first().into_any()
    } else if let Some(how) = elsewhere {
        view! { <Alert tone=Tone::Info title="Patients book here, for themselves"><p>{how}</p></Alert> }.into_any()
    } else {
        form(confirm, problem.as_ref()).into_any()
    };
    let (summary, rules) = (summary(confirm), rules(confirm));
    view! {
        <Page title="Check and confirm" back_to=(times, "Choose another time".to_owned())>
            <Steps current=4 names=STEPS/>
            <FormErrors problem controls=&["reason"]/>
            <div class="stack-lg">
                <div class="split">
                    <div class="stack-lg">{summary} {next_step}</div>
                    {rules}
                </div>
            </div>
        </Page>
    }
}

/// A time that cannot be booked: why, what was written so far, and the times to choose from instead.
fn choose_again(confirm: &Confirm, refusal: Problem) -> impl IntoView + use<> {
    let is_taken = is_conflict(&refusal);
    if !is_taken {
        // The address itself is wrong; that somebody was quicker is no mistake of whoever opens it.
        answer_page(&refusal);
    }
    let title = if is_taken { "This time is no longer free" } else { "This time cannot be booked" };
    let when = confirm.choice.when.clone().map(|when| view! { <p><WhenText when/></p> });
    let own = (is_taken && confirm.viewer.is_some()).then(|| {
        view! { " If you have just booked it, it is among " <TextLink href="/appointments">"your appointments"</TextLink> "." }
    });
    let sentence = refusal.detail.clone();
    let row = confirm.doctor.row.clone();
    let times = times_address(row.id.0);
    let grid = confirm.choice.grid.clone();
    let base = confirm.times_with_flash();
    let kept = kept_reason(confirm);
    view! {
        <Page
            title="Choose another time"
            lead=format!("{}, {}", row.name, row.specialty)
            width=Width::Wide
            back_to=(times.clone(), "All free times".to_owned())
        >
            <Steps current=3 names=STEPS/>
            <div class="stack-lg">
                <Alert tone=Tone::Warning title=title>{when} <p>{sentence} {own}</p></Alert>
                {kept}
                <NearestTimes problem=refusal grid=grid.clone() base=base.clone()/>
                <SlotPicker grid slot_href=base page_href=times/>
            </div>
        </Page>
    }
}

fn query_flash() -> Option<String> {
    crate::features::query("flash")
}

fn summary(confirm: &Confirm) -> impl IntoView + use<> {
    let DoctorView { row, address, rules, .. } = confirm.doctor.clone();
    let when = confirm.choice.when.clone().map(|when| view! { <strong><WhenText when spoken=true/></strong> <br/> });
    let zone = format!("Time in {}", rules.zone);
    view! {
        <Card title="Your visit">
            <DescriptionList>
                <Described term="When">{when} <span class="text-muted">{zone}</span></Described>
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
    let phone = confirm.doctor.phone.clone();
    let binding =
        ChosenSlot::of(&confirm.choice).map(|chosen| view! { <TooLateToChange chosen hours phone=phone.clone()/> });
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

/// The nearest times in place of one that was refused.
fn other_times(confirm: &Confirm, conflict: Problem) -> impl IntoView + use<> {
    let times = times_address(confirm.doctor.row.id.0);
    let base = confirm.times_with_flash();
    let grid = confirm.choice.grid.clone();
    view! {
        <div class="stack-lg">
            <NearestTimes problem=conflict grid base/>
            {kept_reason(confirm)}
            <div class="row">
                <LinkButton href=times variant=Variant::Secondary>"See all free times"</LinkButton>
            </div>
        </div>
    }
}

/// What was written goes along to the time that is chosen now.
fn kept_reason(confirm: &Confirm) -> impl IntoView + use<> {
    let reason = confirm.flash.value("reason");
    (confirm.flash_onwards.is_some() && !reason.is_empty()).then(|| {
        view! {
            <Card title="What you wrote is kept">
                <p class="kept-words">{reason}</p>
                <p class="text-muted">"It is filled in again when you choose one of these times."</p>
            </Card>
        }
    })
}
