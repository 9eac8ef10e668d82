//! `/admin`

use domain_types::{
    admin::{AdminOverview, MailState},
    appointments::VisitQuery,
};
use leptos::prelude::*;

use super::server_fns::get_overview;
use crate::{
    address::address,
    components::{Alert, LinkButton, Page, Stat, Tone, Variant, Width},
    features::{
        loaded,
        looks::QUESTIONS,
        records::{EMERGENCIES, EMERGENCY},
    },
};

/// The list of all visits.
const VISITS: &str = "/appointments";

/// An administrator's first page: counts from rows, each with the way to the rows.
#[component]
pub fn AdminPage() -> impl IntoView {
    loaded(get_overview(), |overview: AdminOverview| {
        let failed = overview.mails_failed;
        let undelivered = match failed {
            0 => None,
            1 => Some("1 message could not be delivered.".to_owned()),
            n => Some(format!("{n} messages could not be delivered.")),
        };
        // The same visits that are counted: those that hold their time.
        let visits = |to: &str| address(VISITS, &[("status", VisitQuery::HELD), ("from", &overview.today), ("to", to)]);
        let mails = |state: MailState| address("/admin/mail", &[("state", state.as_str())]);
        let (today, week) = (visits(&overview.today), visits(&overview.seventh_day));
        view! {
            <Page title="Administration" lead="The clinic today, counted now." width=Width::Wide>
                <div class="stack-lg">
                    {undelivered
                        .map(|sentence| {
                            view! {
                                <Alert tone=Tone::Warning title="Mail needs attention">
                                    <p>{sentence} " Check the address of the mail server and its log."</p>
                                </Alert>
                            }
                        })}
                    // What waits for somebody comes first.
                    <div class="overview">
                        <section class="stack" aria-labelledby="emergencies">
                            <h2 class="card-title" id="emergencies">"Records opened in an emergency"</h2>
                            <div class="stats">
                                <Stat
                                    label="Wait for a review"
                                    value=overview.emergencies_waiting.to_string()
                                    href=EMERGENCIES
                                />
                            </div>
                        </section>
                        <section class="stack" aria-labelledby="questions">
                            <h2 class="card-title" id="questions">"Questions about looks"</h2>
                            <div class="stats">
                                <Stat label="Open" value=overview.questions_open.to_string() href=QUESTIONS/>
                            </div>
                        </section>
                        <section class="stack" aria-labelledby="mail">
                            <h2 class="card-title" id="mail">"Mail"</h2>
                            <div class="stats">
                                <Stat
                                    label=MailState::Waiting.label()
                                    value=overview.mails_waiting.to_string()
                                    href=mails(MailState::Waiting)
                                />
                                <Stat
                                    label=MailState::Failed.label()
                                    value=overview.mails_failed.to_string()
                                    href=mails(MailState::Failed)
                                />
                            </div>
                        </section>
                        <section class="stack" aria-labelledby="visits">
                            <h2 class="card-title" id="visits">"Visits"</h2>
                            <div class="stats">
                                <Stat label="Today" value=overview.visits_today.to_string() href=today/>
                                <Stat
                                    label="Next seven days"
                                    value=overview.visits_next_seven_days.to_string()
                                    href=week
                                />
                            </div>
                        </section>
                        <section class="stack" aria-labelledby="people">
                            <h2 class="card-title" id="people">"People"</h2>
                            <div class="stats">
                                <Stat
                                    label="Patients"
                                    value=overview.patients.to_string()
                                    href="/admin/users?role=patient"
                                />
                                <Stat label="Doctors" value=overview.doctors.to_string() href="/admin/users?role=doctor"/>
                                <Stat
                                    label="Administrators"
                                    value=overview.admins.to_string()
                                    href="/admin/users?role=admin"
                                />
                            </div>
                        </section>
                    </div>
                    <div class="row">
                        <LinkButton href="/admin/users">"See all people"</LinkButton>
                        <LinkButton href=VISITS variant=Variant::Secondary>"See all visits"</LinkButton>
                        <LinkButton href=EMERGENCY variant=Variant::Quiet>"Open a record in an emergency"</LinkButton>
                    </div>
                </div>
            </Page>
        }
    })
}
