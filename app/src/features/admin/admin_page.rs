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
            1 => Some("1 e-mail could not be delivered.".to_owned()),
            n => Some(format!("{n} e-mails could not be delivered.")),
        };
        // The same visits that are counted: those that hold their time.
        let visits = |to: &str| address(VISITS, &[("status", VisitQuery::HELD), ("from", &overview.today), ("to", to)]);
        let mails = |state: MailState| address("/admin/mail", &[("state", state.as_str())]);
        let (today, week) = (visits(&overview.today), visits(&overview.seventh_day));
        view! {
            <Page title="Administration" lead="Live figures." width=Width::Wide>
                <div class="stack-lg">
                    {undelivered
                        .map(|sentence| {
                            view! {
                                <Alert tone=Tone::Warning title="E-mail needs attention">
                                    <p>{sentence} " Check the mail server’s address and its log."</p>
                                </Alert>
                            }
                        })}
                    // What waits for somebody comes first.
                    <div class="overview">
                        <Counts id="emergencies" title="Emergency access">
                            <Stat
                                label="Awaiting review"
                                value=overview.emergencies_waiting.to_string()
                                href=EMERGENCIES
                            />
                        </Counts>
                        <Counts id="questions" title="Access questions">
                            <Stat label="Open" value=overview.questions_open.to_string() href=QUESTIONS/>
                        </Counts>
                        <Counts id="mail" title="E-mail">
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
                        </Counts>
                        <Counts id="visits" title="Appointments">
                            <Stat label="Today" value=overview.visits_today.to_string() href=today/>
                            <Stat
                                label="Next seven days"
                                value=overview.visits_next_seven_days.to_string()
                                href=week
                            />
                        </Counts>
                        <Counts id="people" title="Users">
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
                        </Counts>
                    </div>
                    <div class="row">
                        <LinkButton href="/admin/users">"See all users"</LinkButton>
                        <LinkButton href=VISITS variant=Variant::Secondary>"See all appointments"</LinkButton>
                        <LinkButton href=EMERGENCY variant=Variant::Quiet>"Open a record in an emergency"</LinkButton>
                    </div>
                </div>
            </Page>
        }
    })
}

/// Counts that belong together.
#[component]
fn Counts(id: &'static str, title: &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="stack" aria-labelledby=id>
            <h2 class="card-title" id=id>{title}</h2>
            <div class="stats">{children()}</div>
        </section>
    }
}
