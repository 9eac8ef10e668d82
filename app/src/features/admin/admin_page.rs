//! `/admin`

use domain_types::admin::AdminOverview;
use leptos::prelude::*;

use super::server_fns::get_overview;
use crate::{
    components::{Alert, LinkButton, Page, Stat, Tone, Variant, Width},
    features::loaded,
};

/// An administrator's first page: counts from rows, each with the way to the rows.
#[component]
pub fn AdminPage() -> impl IntoView {
    loaded(get_overview(), |overview: AdminOverview| {
        let failed = overview.mails_failed;
        let mails = match failed {
            0 => None,
            1 => Some("1 message could not be delivered.".to_owned()),
            n => Some(format!("{n} messages could not be delivered.")),
        };
        view! {
            <Page title="Administration" lead="The clinic today, counted now." width=Width::Wide>
                <div class="stack-lg">
                    {mails
                        .map(|sentence| {
                            view! {
                                <Alert tone=Tone::Warning title="Mail needs attention">
                                    <p>{sentence} " Check the address of the mail server and its log."</p>
                                </Alert>
                            }
                        })}
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
                    <section class="stack" aria-labelledby="visits">
                        <h2 class="card-title" id="visits">"Visits"</h2>
                        <div class="stats">
                            <Stat label="Today" value=overview.visits_today.to_string()/>
                            <Stat label="Next seven days" value=overview.visits_next_seven_days.to_string()/>
                        </div>
                    </section>
                    <section class="stack" aria-labelledby="mail">
                        <h2 class="card-title" id="mail">"Mail"</h2>
                        <div class="stats">
                            <Stat label="Waiting to be sent" value=overview.mails_waiting.to_string()/>
                            <Stat label="Not delivered" value=overview.mails_failed.to_string()/>
                        </div>
                    </section>
                    <div class="row">
                        <LinkButton href="/admin/users">"See all people"</LinkButton>
                        <LinkButton href="/appointments" variant=Variant::Secondary>"See all visits"</LinkButton>
                    </div>
                </div>
            </Page>
        }
    })
}
