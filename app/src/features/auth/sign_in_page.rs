//! `/login`

use domain_types::auth::Viewer;
use leptos::{prelude::*, server_fn::ServerFn};

use super::server_fns::{SignIn, get_viewer};
use crate::{
    components::{Alert, FormErrors, Page, PasswordField, Submit, TextField, Tone, Width},
    error::redirect_page,
    features::{loaded, query},
    forms::{Flash, local_path, take_flash},
};

/// Signing in. Whoever is signed in already goes on at once.
#[component]
pub fn SignInPage() -> impl IntoView {
    let next = query("next").and_then(|next| local_path(&next).map(str::to_owned));
    let token = query("flash");
    let signed_out = query("signed_out").is_some();
    loaded(async move { Ok((get_viewer().await?, take_flash(token).await)) }, move |(viewer, flash)| match viewer {
        Some(viewer) => go_on(&viewer, next).into_any(),
        None => sign_in_form(flash, next, signed_out).into_any(),
    })
}

fn go_on(viewer: &Viewer, next: Option<String>) -> impl IntoView + use<> {
    let next = next.unwrap_or_else(|| viewer.role.home().to_owned());
    redirect_page(&next);
    view! {
        <Page title="You are signed in" width=Width::Narrow>
            <p><a class="link" href=next>"Continue"</a></p>
        </Page>
    }
}

fn sign_in_form(flash: Flash, next: Option<String>, signed_out: bool) -> impl IntoView {
    let has_problem = flash.problem().is_some();
    let wants_page = next.is_some() && !has_problem;
    view! {
        <Page title="Sign in" width=Width::Narrow>
            <FormErrors problem=flash.problem().cloned() controls=&["username"]/>
            <div class="stack">
                {(signed_out && !has_problem)
                    .then(|| {
                        view! { <Alert tone=Tone::Success><p>"You are signed out on this device."</p></Alert> }
                    })}
                {wants_page
                    .then(|| {
                        view! {
                            <Alert tone=Tone::Info>
                                <p>"Sign in to go on. You come back to where you were."</p>
                            </Alert>
                        }
                    })}
                <form method="post" action=SignIn::PATH class="form">
                    {next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
                    <TextField
                        name="username"
                        label="User name or e-mail"
                        value=flash.value("username")
                        error=flash.error("username")
                        autocomplete="username"
                        maxlength=254_u32
                        required=true
                        autofocus={!has_problem}
                    />
                    <PasswordField name="password" label="Password" autocomplete="current-password"/>
                    <div class="form-actions">
                        <Submit label="Sign in" busy="Signing in…" wide=true/>
                    </div>
                </form>
                {demo_hint()}
            </div>
        </Page>
    }
}

/// The accounts of the demo clinic, told nowhere else.
fn demo_hint() -> impl IntoView {
    #[cfg(feature = "ssr")]
    let is_demo = crate::server_ctx::is_demo();
    #[cfg(not(feature = "ssr"))]
    let is_demo = false;
    is_demo.then(|| {
        view! {
            <Alert tone=Tone::Neutral title="This is a demo clinic">
                <p>
                    "Sign in as " <code>"patient"</code> ", " <code>"patient2"</code> ", " <code>"dr.rivera"</code>
                    " or " <code>"admin"</code>
                    ". Their password was shown in the terminal when the demo was first started."
                </p>
            </Alert>
        }
    })
}
