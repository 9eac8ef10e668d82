//! `/account/app`

use domain_types::auth::{NewFactor, SecurityView};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    components::{Alert, Button, Form, FormErrors, Page, Submit, Tone, Variant, Width},
    features::{
        auth::{
            SECURITY,
            app_set_up::AppSetUp,
            server_fns::{BeginFactor, ConfirmFactor, get_pending_factor, get_security},
        },
        loaded, query,
    },
    forms::{Flash, take_flash},
};

/// Setting up an authenticator app, or another one. Whoever has not proved for some minutes who they are does so first.
#[component]
pub fn AppPage() -> impl IntoView {
    let token = query("flash");
    let load = async move {
        // First: what was typed is not taken before its form can be shown.
        let pending = get_pending_factor().await?;
        Ok((pending, get_security().await?, take_flash(token).await))
    };
    loaded(load, |(pending, security, flash): (Option<NewFactor>, SecurityView, Flash)| {
        let replaces = security.app_since.is_some();
        let title = if replaces { "Replace your authenticator app" } else { "Set up an authenticator app" };
        let error = flash.error("otp");
        view! {
            <Page title width=Width::Narrow back=(SECURITY, "Security")>
                <FormErrors problem=flash.problem().cloned() controls=&["otp"]/>
                {match pending {
                    Some(factor) => {
                        view! {
                            <AppSetUp factor action=ConfirmFactor::PATH verb="Turn on" next=None error/>
                            <Form action=BeginFactor::PATH class="mt-4">
                                <Button variant=Variant::Quiet>"Start again with a new key"</Button>
                            </Form>
                        }
                            .into_any()
                    }
                    None => beginning(replaces).into_any(),
                }}
            </Page>
        }
    })
}

fn beginning(replaces: bool) -> impl IntoView {
    view! {
        <div class="stack">
            <p>
                "You need your phone and about two minutes. After that, you sign in with your password and a code from \
                 the app. You also get ten recovery codes in case you lose your phone."
            </p>
            {replaces
                .then(|| {
                    view! {
                        <Alert tone=Tone::Info>
                            <p>"Your current app keeps working until the new one is confirmed. Then it and your \
                                current recovery codes stop working."</p>
                        </Alert>
                    }
                })}
            <p class="text-muted">"All your other devices will be signed out."</p>
            <Form action=BeginFactor::PATH class="form">
                <div class="form-actions">
                    <Submit label="Start" busy="Starting…" wide=true/>
                </div>
            </Form>
        </div>
    }
}
