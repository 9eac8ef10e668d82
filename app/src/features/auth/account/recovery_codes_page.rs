//! `/account/recovery-codes`

use domain_types::auth::SecurityView;
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    components::{
        Alert, CodeSheet, Form, FormErrors, LinkButton, Page, PasswordField, Submit, TextLink, Tone, Variant, Width,
    },
    features::{
        auth::{
            APP, SECURITY,
            server_fns::{RenewRecoveryCodes, get_security},
        },
        loaded, query,
    },
    forms::{Flash, local_path, take_flash},
};

/// New recovery codes, shown once; without any, the way to new ones.
#[component]
pub fn RecoveryCodesPage() -> impl IntoView {
    let next = query("next").and_then(|next| local_path(&next).map(str::to_owned));
    let token = query("flash");
    let load = async move { Ok((get_security().await?, take_flash(token).await)) };
    loaded(load, move |(security, flash): (SecurityView, Flash)| {
        let codes: Vec<String> = flash.value("codes").split_whitespace().map(str::to_owned).collect();
        let next = next.unwrap_or_else(|| SECURITY.to_owned());
        if !codes.is_empty() {
            shown(&security, codes, next).into_any()
        } else if security.app_since.is_some() {
            renewing(&security, flash).into_any()
        } else {
            without_app().into_any()
        }
    })
}

fn shown(security: &SecurityView, codes: Vec<String>, next: String) -> impl IntoView + use<> {
    let heading = format!(
        "SecureMed: recovery codes for {}\nEach works once, instead of a code from the authenticator app.",
        security.username
    );
    view! {
        <Page
            title="Your recovery codes"
            lead="Use one to sign in when you do not have your phone. Each works once. We show them only now."
            width=Width::Narrow
        >
            <div class="stack-lg">
                <CodeSheet label="Recovery codes" codes heading file_name="securemed-recovery-codes.txt"/>
                <p>
                    "Keep them with your important papers or in a password manager, not on the phone that has the app."
                </p>
                <div class="form-actions no-print">
                    <LinkButton href=next wide=true>"I have saved them: continue"</LinkButton>
                </div>
            </div>
        </Page>
    }
}

fn renewing(security: &SecurityView, flash: Flash) -> impl IntoView + use<> {
    let security = security.clone();
    let left = match security.recovery_codes_left {
        0 => "You have none left.".to_owned(),
        1 => "You have one left.".to_owned(),
        left => format!("You have {left} left."),
    };
    view! {
        <Page
            title="Create new recovery codes"
            lead="We show recovery codes only once. If you have lost yours or used most of them, create new ones."
            width=Width::Narrow
            back=(SECURITY, "Security")
        >
            <FormErrors problem=flash.problem().cloned() controls=&["password"]/>
            <Form action=RenewRecoveryCodes::PATH class="form">
                <p>{left} " They stop working when you create new ones."</p>
                <PasswordField
                    name="password"
                    label="Password"
                    autocomplete="current-password"
                    error=flash.error("password")
                />
                <div class="form-actions">
                    <Submit label="Create new codes" busy="Creating…" wide=true/>
                </div>
            </Form>
        </Page>
    }
}

fn without_app() -> impl IntoView {
    view! {
        <Page title="Recovery codes" width=Width::Narrow back=(SECURITY, "Security")>
            <div class="stack">
                <Alert tone=Tone::Info title="You have no recovery codes">
                    <p>
                        "Recovery codes let you sign in when you do not have your authenticator app. You get them when you "
                        <TextLink href=APP>"set up an app"</TextLink> ". We show them only once."
                    </p>
                </Alert>
                <div class="row">
                    <LinkButton href=SECURITY variant=Variant::Secondary>"Go to security"</LinkButton>
                </div>
            </div>
        </Page>
    }
}
