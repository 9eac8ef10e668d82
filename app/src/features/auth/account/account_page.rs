//! `/account`

use domain_types::auth::{SecurityView, Viewer};
use leptos::prelude::*;

use crate::{
    components::{Card, Described, DescriptionList, Glyph, Page, WayCard},
    features::{
        auth::{
            PROFILE, SECURITY, SESSIONS,
            server_fns::{get_security, get_viewer},
        },
        loaded,
        looks::LOOKS,
    },
};

/// Who somebody is here, and the ways to what they can change.
#[component]
pub fn AccountPage() -> impl IntoView {
    let load = async { Ok((get_security().await?, get_viewer().await?)) };
    loaded(load, |(security, viewer): (SecurityView, Option<Viewer>)| {
        let protection = match (&security.app_since, security.is_app_required) {
            (Some(_), _) => "Password, authenticator app, recovery codes",
            (None, true) => "Password, authenticator app",
            (None, false) => "Password. Add a code from your phone to be safer",
        };
        let has_record = viewer.as_ref().is_some_and(|viewer| viewer.role.has_a_record());
        let has_profile = viewer.as_ref().is_some_and(|viewer| viewer.role.has_profile());
        let (name, role) = viewer.map(|viewer| (viewer.name, viewer.role.label())).unwrap_or_default();
        view! {
            <Page title="Account">
                <div class="split">
                    <Card title="You">
                        <DescriptionList>
                            <Described term="Name">{name}</Described>
                            <Described term="User name">{security.username}</Described>
                            <Described term="E-mail">{security.email}</Described>
                            <Described term="Role">{role}</Described>
                        </DescriptionList>
                    </Card>
                    <nav class="stack" aria-label="Account">
                        {has_profile
                            .then(|| {
                                view! {
                                    <WayCard
                                        href=PROFILE
                                        glyph=Glyph::User
                                        title="Profile"
                                        text="Name, date of birth, address, emergency contact"
                                    />
                                }
                            })}
                        <WayCard href=SECURITY glyph=Glyph::Shield title="Security" text=protection/>
                        <WayCard
                            href=SESSIONS
                            glyph=Glyph::Monitor
                            title="Where you are signed in"
                            text="Your devices, and how to sign them out"
                        />
                        {has_record
                            .then(|| {
                                view! {
                                    <WayCard
                                        href=LOOKS
                                        glyph=Glyph::Eye
                                        title="Who accessed my record"
                                        text="Who opened or changed your record, and when"
                                    />
                                }
                            })}
                    </nav>
                </div>
            </Page>
        }
    })
}
