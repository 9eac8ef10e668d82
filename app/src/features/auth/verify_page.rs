//! `/verify-email`

use domain_types::auth::PendingRegistration;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    VERIFY_EMAIL,
    server_fns::{ResendVerification, VerifyEmail, get_pending_registration},
};
use crate::{
    components::{
        Alert, CodeField, Described, DescriptionList, Form, FormErrors, Page, Submit, TextField, TextLink, Tone,
        WhenText, Width,
    },
    features::{loaded, query},
    forms::{Flash, take_flash},
};

/// Confirming an address: by the mailed link, or by the digits beside it. Looking at the page uses nothing up.
#[component]
pub fn VerifyEmailPage() -> impl IntoView {
    let link = query("token");
    let token = query("flash");
    let asks_again = query("again").is_some();
    let is_sent = query("sent").is_some();
    let load = async move {
        let pending = match &link {
            Some(link) => Some((link.clone(), get_pending_registration(link.clone()).await?)),
            None => None,
        };
        Ok((pending, take_flash(token).await))
    };
    loaded(load, move |(pending, flash)| match pending {
        Some((link, Some(registration))) => confirm(link, registration, flash).into_any(),
        Some((_, None)) => dead_link(flash).into_any(),
        None if asks_again => resend_page(flash).into_any(),
        None => code_page(flash, is_sent).into_any(),
    })
}

/// The mailed link was opened: one press more, so that no program that looks into mail confirms it.
fn confirm(link: String, registration: PendingRegistration, flash: Flash) -> impl IntoView {
    let PendingRegistration { username, email, is_username_taken, is_own, made } = registration;
    let wants_name = is_username_taken || flash.error("username").is_some();
    view! {
        <Page
            title="Confirm your e-mail address"
            lead="One last step, then your account is ready."
            width=Width::Narrow
        >
            <FormErrors problem=flash.problem().cloned() controls=&["username"]/>
            <div class="stack-lg">
                <DescriptionList>
                    <Described term="User name">{username}</Described>
                    <Described term="E-mail">{email}</Described>
                    <Described term="Created"><WhenText when=made/></Described>
                </DescriptionList>
                {(!is_own)
                    .then(|| {
                        view! {
                            <Alert tone=Tone::Info>
                                <p>"This account was not created in this browser. Confirm it only if you created it \
                                    yourself at the time shown."</p>
                            </Alert>
                        }
                    })}
                <Form action=VerifyEmail::PATH class="form">
                    <input type="hidden" name="token" value=link/>
                    {wants_name.then(|| other_name(&flash))}
                    <div class="form-actions">
                        <Submit label="Confirm e-mail address" busy="Confirming…" wide=true/>
                    </div>
                </Form>
                <p class="text-muted">
                    "If you did not create this account, close this page. Unconfirmed accounts are deleted within a \
                     day."
                </p>
            </div>
        </Page>
    }
}

/// The user name that was asked for belongs to somebody else by now.
fn other_name(flash: &Flash) -> impl IntoView + use<> {
    let error = flash.error("username").or_else(|| Some("This user name is taken. Choose another.".to_owned()));
    view! {
        <TextField
            name="username"
            label="User name"
            hint="For signing in. 3 to 30 letters from a to z, digits, dots, hyphens and underscores."
            value=flash.value("username")
            error
            autocomplete="username"
            required=true
        />
    }
}

fn dead_link(flash: Flash) -> impl IntoView {
    view! {
        <Page title="This link no longer works" width=Width::Narrow>
            <div class="stack-lg">
                <p>
                    "Links work once, for a day. If you have already confirmed your address, "
                    <TextLink href="/login">"sign in"</TextLink>
                    ". Otherwise, we can send you a new one."
                </p>
                {resend_form(flash)}
            </div>
        </Page>
    }
}

fn resend_page(flash: Flash) -> impl IntoView {
    view! {
        <Page
            title="Send the e-mail again"
            lead="If an account is waiting for this address to be confirmed, we will e-mail you again."
            width=Width::Narrow
            back=(VERIFY_EMAIL, "I have the code")
        >
            <FormErrors problem=flash.problem().cloned() controls=&["email"]/>
            {resend_form(flash)}
        </Page>
    }
}

fn resend_form(flash: Flash) -> impl IntoView {
    view! {
        <Form action=ResendVerification::PATH class="form">
            {email_field(&flash)}
            <div class="form-actions">
                <Submit label="Send it again" busy="Sending…" wide=true/>
            </div>
        </Form>
    }
}

fn email_field(flash: &Flash) -> impl IntoView + use<> {
    view! {
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

fn code_page(flash: Flash, is_sent: bool) -> impl IntoView {
    let email = flash.value("email");
    let has_problem = flash.problem().is_some();
    view! {
        <Page
            title="Check your e-mail"
            lead="We have e-mailed you. Open the link in the e-mail, or enter the six-digit code here."
            width=Width::Narrow
        >
            <FormErrors problem=flash.problem().cloned() controls=&["email", "code", "username"]/>
            <div class="stack-lg">
                {(is_sent && !has_problem)
                    .then(|| {
                        view! {
                            <Alert tone=Tone::Success>
                                <p>"If an account is waiting for this address, we have sent another e-mail."</p>
                            </Alert>
                        }
                    })}
                <Form action=VerifyEmail::PATH class="form">
                    {email_field(&flash)}
                    <CodeField
                        name="code"
                        label="Code from the e-mail"
                        hint="It works for ten minutes, the link for a day."
                        error=flash.error("code")
                        autofocus={!email.is_empty() && !has_problem}
                    />
                    {flash.error("username").is_some().then(|| other_name(&flash))}
                    <div class="form-actions">
                        <Submit label="Confirm e-mail address" busy="Confirming…" wide=true/>
                    </div>
                    {no_mail()}
                </Form>
            </div>
        </Page>
    }
}

/// What to do when nothing arrives. It goes to the address that stands in the form now, corrected or not.
fn no_mail() -> impl IntoView {
    view! {
        <section class="stack">
            <h2 class="card-title">"Nothing arrived?"</h2>
            <p class="text-muted">
                "It can take a minute or two. Check your spam folder, and check that the address above is right. If it \
                 is wrong, create the account again with the right address."
            </p>
            <button type="submit" class="btn btn-secondary" formaction=ResendVerification::PATH formnovalidate>
                <span>"Send it again"</span>
            </button>
        </section>
    }
}
