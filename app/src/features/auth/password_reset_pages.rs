//! `/forgot-password` and `/reset-password`

use leptos::{prelude::*, server_fn::ServerFn};

use super::server_fns::{RequestReset, ResetPassword, get_may_reset};
use crate::{
    components::{Alert, Form, FormErrors, LinkButton, Page, PasswordField, Submit, TextField, TextLink, Tone, Width},
    features::{loaded, query},
    forms::{Flash, take_flash},
};

const SIGN_IN: (&str, &str) = ("/login", "Sign in");

/// Asks where to send a link for a new password.
#[component]
pub fn ForgotPasswordPage() -> impl IntoView {
    let token = query("flash");
    let is_sent = query("sent").is_some();
    loaded(async move { Ok(take_flash(token).await) }, move |flash: Flash| {
        if is_sent { sent(&flash).into_any() } else { ask(flash).into_any() }
    })
}

fn ask(flash: Flash) -> impl IntoView {
    let problem = flash.problem().cloned();
    let has_problem = problem.is_some();
    view! {
        <Page
            title="Forgot your password?"
            lead="Enter the e-mail address of your account. We will send you a link to choose a new password."
            width=Width::Narrow
            back=SIGN_IN
        >
            <FormErrors problem controls=&["email"]/>
            <Form action=RequestReset::PATH class="form">
                <TextField
                    name="email"
                    inputmode="email"
                    label="E-mail"
                    value=flash.value("email")
                    error=flash.error("email")
                    autocomplete="email"
                    required=true
                    autofocus={!has_problem}
                />
                <div class="form-actions">
                    <Submit label="Send me a link" busy="Sending…" wide=true/>
                </div>
            </Form>
        </Page>
    }
}

/// The same whether there is such an account or not.
fn sent(flash: &Flash) -> impl IntoView + use<> {
    let email = flash.value("email");
    let whom = if email.is_empty() { "this address".to_owned() } else { email };
    view! {
        <Page title="Check your e-mail" width=Width::Narrow back=SIGN_IN>
            <div class="stack">
                <Alert tone=Tone::Success>
                    <p>"If there is an account for " <strong>{whom}</strong> ", we have e-mailed it a link. The link \
                        works for 30 minutes."</p>
                </Alert>
                <p class="text-muted">
                    "Your password does not change until you choose a new one. If nothing arrives, check your spam \
                     folder or "
                    <TextLink href="/forgot-password">"try again"</TextLink> "."
                </p>
            </div>
        </Page>
    }
}

/// Choosing a new password with the mailed link. Looking at the page uses nothing up.
#[component]
pub fn ResetPasswordPage() -> impl IntoView {
    let link = query("token").unwrap_or_default();
    let token = query("flash");
    let load = async move {
        let works = !link.is_empty() && get_may_reset(link.clone()).await?;
        Ok((link, works, take_flash(token).await))
    };
    loaded(
        load,
        move |(link, works, flash): (String, bool, Flash)| {
            if works { choose(link, flash).into_any() } else { dead_link().into_any() }
        },
    )
}

fn choose(link: String, flash: Flash) -> impl IntoView {
    view! {
        <Page
            title="Choose a new password"
            lead="This signs out every device that is signed in to your account."
            width=Width::Narrow
        >
            <FormErrors problem=flash.problem().cloned() controls=&["password"]/>
            <Form action=ResetPassword::PATH class="form">
                <input type="hidden" name="token" value=link/>
                <PasswordField
                    name="password"
                    label="New password"
                    hint="At least 12 characters. Three or four unrelated words are easy to remember."
                    autocomplete="new-password"
                    error=flash.error("password")
                    judged=true
                />
                <div class="form-actions">
                    <Submit label="Set password" busy="Setting…" wide=true/>
                </div>
            </Form>
        </Page>
    }
}

fn dead_link() -> impl IntoView {
    view! {
        <Page
            title="This link no longer works"
            lead="It has already been used, a newer link was sent, or it is more than 30 minutes old. If you asked for it \
                and still need it, ask for a new one."
            width=Width::Narrow
            back=SIGN_IN
        >
            <div class="row"><LinkButton href="/forgot-password">"Send me a new link"</LinkButton></div>
        </Page>
    }
}
