//! `/register`

use domain_types::appointments::ClinicView;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    person_fields::{NameFields, OptionalFields, Typed},
    server_fns::{Register, get_registration_is_open, get_viewer},
    sign_in_page::go_on,
};
use crate::{
    address::address,
    components::{
        Alert, CheckboxField, Form, FormErrors, LinkButton, Page, PasswordField, PhoneLink, Submit, TextField,
        TextLink, Tone, Variant, Width,
    },
    features::{clinic::get_clinic, loaded, query},
    forms::{Flash, form_key, local_path, take_flash},
};

const CONTROLS: &[&str] =
    &["first_name", "last_name", "email", "username", "password", "date_of_birth", "gender", "phone", "accepts_policy"];

/// Opening an account.
#[component]
pub fn RegisterPage() -> impl IntoView {
    let token = query("flash");
    let next = query("next").and_then(|next| local_path(&next).map(str::to_owned));
    let load = async move {
        let viewer = get_viewer().await?;
        let is_open = get_registration_is_open().await?;
        let clinic = if is_open { None } else { Some(get_clinic().await?) };
        Ok((viewer, clinic, take_flash(token).await))
    };
    loaded(load, move |(viewer, clinic, flash)| match (viewer, clinic) {
        (Some(viewer), _) => go_on(&viewer, next).into_any(),
        (None, Some(clinic)) => closed(clinic).into_any(),
        (None, None) => register_form(flash, next).into_any(),
    })
}

fn closed(clinic: ClinicView) -> impl IntoView {
    view! {
        <Page title="Create an account" width=Width::Narrow>
            <div class="stack">
                <Alert tone=Tone::Info title="The clinic creates accounts">
                    <p>
                        "Please call " <PhoneLink number=clinic.phone/>
                        " or ask at the front desk. It takes a few minutes."
                    </p>
                </Alert>
                <div class="row">
                    <LinkButton href="/login" variant=Variant::Secondary>"Sign in"</LinkButton>
                </div>
            </div>
        </Page>
    }
}

fn register_form(flash: Flash, next: Option<String>) -> impl IntoView {
    let sign_in = address("/login", &[("next", next.as_deref().unwrap_or_default())]);
    view! {
        <Page
            title="Create an account"
            lead="Book appointments and read your records. We will e-mail you to confirm your address."
            width=Width::Narrow
        >
            <FormErrors problem=flash.problem().cloned() controls=CONTROLS/>
            <div class="stack">
                <Form action=Register::PATH class="form">
                    <input type="hidden" name="key" value=form_key()/>
                    {next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
                    {who(&flash)}
                    {credentials(&flash)}
                    {rest(&flash)}
                    <CheckboxField
                        name="accepts_policy"
                        checked=flash.value("accepts_policy") == "true"
                        error=flash.error("accepts_policy")
                        required=true
                    >
                        "I have read the " <TextLink href="/privacy">"privacy policy"</TextLink> " and agree to it"
                    </CheckboxField>
                    <div class="form-actions">
                        <Submit label="Create account" busy="Creating…" wide=true/>
                    </div>
                </Form>
                <p class="text-muted">
                    "Already have an account? " <TextLink href=sign_in>"Sign in"</TextLink>
                </p>
            </div>
        </Page>
    }
}

fn who(flash: &Flash) -> impl IntoView + use<> {
    view! {
        <NameFields first=typed(flash, "first_name") last=typed(flash, "last_name")/>
        <TextField
            name="email"
            inputmode="email"
            label="E-mail"
            value=flash.value("email")
            error=flash.error("email")
            autocomplete="email"
            required=true
        />
    }
}

fn credentials(flash: &Flash) -> impl IntoView + use<> {
    const HINT: &str = "At least 12 characters. Three or four unrelated words are easy to remember.";
    // A password does not come back with the rest. Where one is wrong or missing, that says it.
    let hint = match flash.problem() {
        Some(_) if flash.error("password").is_none() => format!("Enter your password again. {HINT}"),
        _ => HINT.to_owned(),
    };
    view! {
        <TextField
            name="username"
            label="User name"
            hint="You use this to sign in. 3 to 30 letters (a to z), digits, dots, hyphens or underscores."
            value=flash.value("username")
            error=flash.error("username")
            autocomplete="username"
            required=true
        />
        <PasswordField
            name="password"
            label="Password"
            hint
            autocomplete="new-password"
            error=flash.error("password")
            judged=true
        />
    }
}

/// What helps the clinic and can wait.
fn rest(flash: &Flash) -> impl IntoView + use<> {
    view! {
        <OptionalFields born=typed(flash, "date_of_birth") gender=typed(flash, "gender") phone=typed(flash, "phone")/>
    }
}

fn typed(flash: &Flash, name: &str) -> Typed {
    (flash.value(name), flash.error(name))
}
