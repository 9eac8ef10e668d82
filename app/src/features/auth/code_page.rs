//! `/login/code`

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    server_fns::{FinishSignIn, get_viewer},
    sign_in_page::go_on,
};
use crate::{
    address::address,
    components::{CodeField, Form, FormErrors, Page, PhoneLink, Submit, TextLink, Width},
    error::redirect_page,
    features::{clinic::get_clinic, loaded, query},
    forms::{Flash, local_path, take_flash},
};

/// The second step of a sign-in: a code of the app, or with `?recovery=1` one from the paper.
#[component]
pub fn CodePage() -> impl IntoView {
    let next = query("next").and_then(|next| local_path(&next).map(str::to_owned));
    let is_recovery = query("recovery").is_some();
    let token = query("flash");
    let load = async move { Ok((get_viewer().await?, take_flash(token).await, get_clinic().await?.phone)) };
    loaded(load, move |(viewer, flash, phone)| match viewer {
        Some(viewer) => go_on(&viewer, next).into_any(),
        None if !has_ticket() => first_step(next).into_any(),
        None => code_form(flash, next, is_recovery, phone).into_any(),
    })
}

/// Whether this browser has taken the first step.
fn has_ticket() -> bool {
    #[cfg(feature = "ssr")]
    let has_ticket = crate::server_ctx::ctx().is_ok_and(|ctx| ctx.ticket().is_some());
    #[cfg(not(feature = "ssr"))]
    let has_ticket = false;
    has_ticket
}

fn first_step(next: Option<String>) -> impl IntoView {
    redirect_page(&address("/login", &[("next", next.as_deref().unwrap_or_default())]));
    view! {
        <Page title="Sign in first" width=Width::Narrow>
            <p><TextLink href="/login">"Sign in"</TextLink></p>
        </Page>
    }
}

fn code_form(flash: Flash, next: Option<String>, is_recovery: bool, phone: String) -> impl IntoView {
    let query =
        |recovery| address("/login/code", &[("recovery", recovery), ("next", next.as_deref().unwrap_or_default())]);
    let (lead, href, other) = if is_recovery {
        ("Enter one of your recovery codes. Each works once.", query(""), "Use the app instead")
    } else {
        (
            "Open your authenticator app and enter the six-digit code for SecureMed.",
            query("1"),
            "I do not have my phone: use a recovery code",
        )
    };
    let again = address("/login", &[("next", next.as_deref().unwrap_or_default())]);
    view! {
        <Page title="Enter your code" heading="One more step" lead width=Width::Narrow>
            <FormErrors problem=flash.problem().cloned() controls=&["otp", "recovery_code"]/>
            <div class="stack">
                <Form action=FinishSignIn::PATH class="form">
                    {next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
                    {if is_recovery {
                        let error = flash.error("recovery_code");
                        view! {
                            <CodeField name="recovery_code" label="Recovery code" letters=true error autofocus=true/>
                        }
                        .into_any()
                    } else {
                        let error = flash.error("otp");
                        view! { <CodeField name="otp" label="Code from the app" error autofocus=true/> }.into_any()
                    }}
                    <div class="form-actions">
                        <Submit label="Sign in" busy="Signing in…" wide=true/>
                    </div>
                </Form>
                <div class="form-ways">
                    <TextLink href>{other}</TextLink>
                    <TextLink href=again>"Sign in with a different account"</TextLink>
                </div>
                <p class="text-muted">"No phone and no recovery code? Call us: " <PhoneLink number=phone/></p>
            </div>
        </Page>
    }
}
