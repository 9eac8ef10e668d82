//! The last step of booking: look at everything once more, say why, book.

use domain_types::{
    Problem,
    appointments::{Audience, DoctorView, Reason, SlotChoice},
    auth::Viewer,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    book_again::{booked_already, choose_again, other_times},
    book_page::{counted, times_address},
    chosen_slot::{ChosenSlot, TooLateToChange},
    own_visit::{is_conflict, named},
    server_fns::{Book, get_choice, get_doctor},
};
use crate::{
    address::{address, with_query},
    components::{
        Alert, Card, Described, DescriptionList, FormErrors, LinkButton, Page, Submit, TextareaField, Tone, Variant,
        WhenText,
    },
    error::{AppError, this_address},
    features::{
        auth::server_fns::{get_registration_is_open, get_viewer},
        loaded, query,
    },
    forms::{Flash, form_key, keep_flash, take_flash},
};

/// The confirm step for a time: where a refused booking comes back to.
#[cfg(feature = "ssr")]
#[must_use]
pub(super) fn confirm_address(doctor: i64, way: &str, date: &str, time: &str) -> String {
    with_query(&times_address(doctor, way), &[("date", date), ("time", time)])
}

/// Everything that the last step knows.
pub(super) struct Confirm {
    pub doctor: DoctorView,
    pub choice: SlotChoice,
    viewer: Option<Viewer>,
    /// Whether strangers may open an account by themselves.
    may_register: bool,
    pub flash: Flash,
    /// Brings what was typed to one of the other times.
    pub flash_onwards: Option<String>,
    /// By which specialty somebody came, if any.
    pub way: String,
    date: String,
    time: String,
}

impl Confirm {
    async fn load(
        doctor: i64,
        way: String,
        (date, time): (String, String),
        token: Option<String>,
    ) -> Result<Self, AppError> {
        let view = get_doctor(doctor).await?;
        let choice = get_choice(doctor, date.clone(), time.clone(), None).await?;
        let viewer = get_viewer().await?;
        // That it cannot be found out hides a link and is no reason to keep anybody from signing in.
        let may_register = viewer.is_none() && get_registration_is_open().await.unwrap_or(false);
        // Without a session it stays kept until they are back from signing in.
        let flash = if viewer.is_some() { take_flash(token).await } else { Flash::default() };
        let leads_on = choice.refusal.is_some() || flash.problem().is_some_and(is_conflict);
        let flash_onwards = if leads_on { keep_flash(&flash).await } else { None };
        Ok(Self { doctor: view, choice, viewer, may_register, flash, flash_onwards, way, date, time })
    }

    /// What was wrong with this time. What was wrong with another one is history.
    fn problem(&self) -> Option<Problem> {
        let is_about_this = self.flash.value("date") == self.date && self.flash.value("time") == self.time;
        self.flash.problem().filter(|_| is_about_this).cloned()
    }

    /// The page of times.
    pub fn times(&self) -> String {
        times_address(self.doctor.row.id.0, &self.way)
    }

    /// The same with what was typed.
    pub fn times_with_flash(&self) -> String {
        with_query(&self.times(), &[("flash", self.flash_onwards.as_deref().unwrap_or_default())])
    }
}

/// The page of the last step.
pub(super) fn confirm_step(doctor: i64, way: String, date: String, time: String) -> impl IntoView {
    let flash = query("flash");
    loaded(Confirm::load(doctor, way, (date, time), flash), |confirm: Confirm| {
        if let Some(visit) = confirm.choice.own.clone().filter(|own| own.is_this) {
            return booked_already(visit).into_any();
        }
        let problem = confirm.problem();
        let conflict = problem.clone().filter(is_conflict);
        match (conflict, confirm.choice.refusal.clone()) {
            (None, Some(refusal)) => choose_again(&confirm, refusal).into_any(),
            (conflict, _) => check(&confirm, problem, conflict).into_any(),
        }
    })
}

fn check(confirm: &Confirm, problem: Option<Problem>, conflict: Option<Problem>) -> impl IntoView + use<> {
    let times = confirm.times();
    let problem = problem.map(|problem| named(problem, confirm.choice.own.as_ref()));
    let elsewhere = confirm.viewer.as_ref().and_then(|viewer| Audience::from(viewer.role).books_elsewhere());
    let next_step = if let Some(conflict) = conflict {
        other_times(confirm, conflict).into_any()
    } else if confirm.viewer.is_none() {
        sign_in_first(confirm.may_register).into_any()
    } else if let Some(how) = elsewhere {
        view! { <Alert tone=Tone::Info title="Only patients can book here"><p>{how}</p></Alert> }.into_any()
    } else {
        form(confirm, problem.as_ref()).into_any()
    };
    let (counted, summary, rules) = (counted(4, &confirm.way), summary(confirm), rules(confirm));
    view! {
        <Page title="Check and confirm" back_to=(times, "Choose another time".to_owned())>
            {counted}
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

fn summary(confirm: &Confirm) -> impl IntoView + use<> {
    let DoctorView { row, address, rules, .. } = confirm.doctor.clone();
    let when = confirm.choice.when.clone().map(|when| view! { <strong><WhenText when spoken=true/></strong> });
    view! {
        <Card title="Your appointment">
            <DescriptionList>
                <Described term="When">{when}</Described>
                <Described term="Doctor">{row.name} ", " {row.specialty}</Described>
                <Described term="Duration">
                    <span class="tnum">{format!("{} minutes", rules.duration_minutes)}</span>
                </Described>
                <Described term="Fee"><span class="tnum">{rules.fee.to_string()}</span></Described>
                <Described term="Where">{row.department} <br/> {address}</Described>
            </DescriptionList>
        </Card>
    }
}

fn rules(confirm: &Confirm) -> impl IntoView + use<> {
    let hours = confirm.doctor.rules.cancel_cutoff_hours;
    let change = confirm.choice.may_change_online.then(|| {
        view! { <li>{format!("You can cancel or move the appointment online until {hours} hours before it starts.")}</li> }
    });
    view! {
        <aside class="stack">
            <Card title="Good to know">
                <ul class="list-disc pl-5 stack">
                    {change}
                    <li>"We will e-mail you a confirmation with a calendar file."</li>
                    <li>"In an emergency, call your local emergency number. Do not wait for an appointment."</li>
                </ul>
            </Card>
        </aside>
    }
}

/// Both ways to be somebody, each of which leads back here.
fn sign_in_first(may_register: bool) -> impl IntoView {
    let here = this_address();
    let way = |page: &str| address(page, &[("next", &here)]);
    let register = may_register.then(|| {
        view! { <LinkButton href=way("/register") variant=Variant::Secondary>"Create an account"</LinkButton> }
    });
    view! {
        <div class="stack">
            <Alert tone=Tone::Info title="Sign in to book this time">
                <p>"You will come back to this page. The time is not held until you book it."</p>
            </Alert>
            <div class="form-actions">
                <LinkButton href=way("/login")>"Sign in"</LinkButton>
                {register}
            </div>
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
            <input type="hidden" name="specialty" value=confirm.way.clone()/>
            <TextareaField
                name="reason"
                label="What is the appointment for?"
                hint=format!("A few words help your doctor prepare. {}", Reason::limit_words())
                value=confirm.flash.value("reason")
                error
                required=true
            />
            <div class="form-actions"><Submit label="Book this time" busy="Booking…"/></div>
        </form>
    }
}
