//! `/account/app/off`

use domain_types::auth::SecurityView;
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    components::{
        Alert, CodeField, Form, FormErrors, LinkButton, Page, PasswordField, Submit, TextLink, Tone, Variant, Width,
    },
    features::{
        auth::{
            APP, SECURITY,
            server_fns::{RemoveFactor, get_security},
        },
        loaded, query,
    },
    forms::{Flash, take_flash},
};

/// Asks once more before an authenticator app is turned off.
#[component]
pub fn AppOffPage() -> impl IntoView {
    let token = query("flash");
    let load = async move { Ok((get_security().await?, take_flash(token).await)) };
    loaded(load, |(security, flash): (SecurityView, Flash)| {
        let body = match (security.app_since.is_some(), security.is_app_required) {
            (false, _) => view! {
                <Alert tone=Tone::Info title="It is already off"><p>"You sign in with your password only."</p></Alert>
            }
            .into_any(),
            (true, true) => view! {
                <Alert tone=Tone::Info title="Staff cannot turn it off">
                    <p>"You can " <TextLink href=APP>"replace it"</TextLink>
                        ", for example with an app on a new phone."</p>
                </Alert>
            }
            .into_any(),
            (true, false) => question(&flash).into_any(),
        };
        view! {
            <Page title="Turn off the authenticator app?" width=Width::Narrow back=(SECURITY, "Security")>
                <FormErrors problem=flash.problem().cloned() controls=&["password", "otp"]/>
                {body}
            </Page>
        }
    })
}

fn question(flash: &Flash) -> impl IntoView + use<> {
    let flash = flash.clone();
    view! {
        <Form action=RemoveFactor::PATH class="form">
            <p>
                "You will sign in with your password only. Your recovery codes stop working, and all your other \
                 devices are signed out."
            </p>
            <p class="text-muted">
                "No longer have that phone? " <TextLink href=APP>"Replace the app"</TextLink> " with one on \
                 another phone instead."
            </p>
            <PasswordField
                name="password"
                label="Password"
                autocomplete="current-password"
                error=flash.error("password")
            />
            <CodeField name="otp" label="Code from the app" error=flash.error("otp")/>
            <div class="form-actions">
                <Submit label="Turn it off" busy="Turning off…" variant=Variant::Danger/>
                <LinkButton href=SECURITY variant=Variant::Secondary>"Keep it on"</LinkButton>
            </div>
        </Form>
    }
}
