//! `/login`

use domain_types::auth::Viewer;
use leptos::{prelude::*, server_fn::ServerFn};

use super::server_fns::{SignIn, get_registration_is_open, get_viewer};
use crate::{
    address::address,
    components::{Alert, Form, FormErrors, Page, PasswordField, Submit, TextField, TextLink, Tone, Width},
    error::redirect_page,
    features::{loaded, query},
    forms::{Flash, local_path, take_flash},
};

/// What led here, told above the form.
#[derive(Clone, Copy)]
enum Notice {
    SignedOut,
    Verified,
    Reset,
    /// Nothing happened for a while.
    Rested,
    /// The longest time of a session was over.
    Long,
    /// The second step took too long.
    Late,
    /// A page that needs somebody to be signed in.
    Wanted,
}

impl Notice {
    fn of_address(wants_page: bool) -> Option<Self> {
        let is = |name: &str| query(name).is_some();
        let found = [
            (is("signed_out"), Self::SignedOut),
            (is("verified"), Self::Verified),
            (is("reset"), Self::Reset),
            (query("ended").as_deref() == Some("long"), Self::Long),
            (is("ended"), Self::Rested),
            (is("late"), Self::Late),
            (wants_page, Self::Wanted),
        ];
        found.into_iter().find(|(applies, _)| *applies).map(|(_, notice)| notice)
    }

    const fn words(self) -> (Tone, &'static str) {
        match self {
            Self::SignedOut => (Tone::Success, "You are signed out on this device."),
            Self::Verified => (
                Tone::Success,
                "Your address is confirmed and your account is ready. Sign in with the user name and password you \
                 chose.",
            ),
            Self::Reset => (
                Tone::Success,
                "Password changed. Sign in with your new password. All your devices have been signed out.",
            ),
            Self::Rested => (
                Tone::Info,
                "We signed you out because you had not used SecureMed for a while. Sign in to continue where you were.",
            ),
            Self::Long => (
                Tone::Info,
                "We signed you out because you had been signed in for a long time. Sign in to continue where you were.",
            ),
            Self::Late => (Tone::Warning, "This sign-in took too long or had too many attempts. Please start again."),
            Self::Wanted => (Tone::Info, "Sign in to continue."),
        }
    }
}

/// Signing in. Whoever is signed in already goes on at once.
#[component]
pub fn SignInPage() -> impl IntoView {
    let next = query("next").and_then(|next| local_path(&next).map(str::to_owned));
    let token = query("flash");
    let notice = Notice::of_address(next.is_some());
    let load = async move {
        // That it cannot be found out hides a link and is no reason to keep anybody from signing in.
        let may_register = get_registration_is_open().await.unwrap_or(false);
        Ok((get_viewer().await?, take_flash(token).await, may_register))
    };
    loaded(load, move |(viewer, flash, may_register)| match viewer {
        Some(viewer) => go_on(&viewer, next).into_any(),
        None => sign_in_form(flash, next, notice, may_register).into_any(),
    })
}

/// For whoever is signed in on a page that is for signing in, or for opening an account.
pub(super) fn go_on(viewer: &Viewer, next: Option<String>) -> impl IntoView + use<> {
    let next = next.unwrap_or_else(|| viewer.role.home().to_owned());
    redirect_page(&next);
    view! {
        <Page title="You are signed in" width=Width::Narrow>
            <p><a class="link" href=next>"Continue"</a></p>
        </Page>
    }
}

fn sign_in_form(flash: Flash, next: Option<String>, notice: Option<Notice>, may_register: bool) -> impl IntoView {
    let has_problem = flash.problem().is_some();
    let notice = notice.filter(|_| !has_problem).map(Notice::words);
    let register = address("/register", &[("next", next.as_deref().unwrap_or_default())]);
    view! {
        <Page title="Sign in" width=Width::Narrow>
            <FormErrors problem=flash.problem().cloned() controls=&["username", "password"]/>
            <div class="stack">
                {notice.map(|(tone, words)| view! { <Alert tone><p>{words}</p></Alert> })}
                <Form action=SignIn::PATH class="form">
                    {next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
                    <TextField
                        name="username"
                        label="User name or e-mail"
                        value=flash.value("username")
                        error=flash.error("username")
                        autocomplete="username"
                        required=true
                        autofocus={!has_problem}
                    />
                    <PasswordField
                        name="password"
                        label="Password"
                        autocomplete="current-password"
                        error=flash.error("password")
                    />
                    <div class="form-actions">
                        <Submit label="Sign in" busy="Signing in…" wide=true/>
                    </div>
                </Form>
                <div class="form-ways">
                    <TextLink href="/forgot-password">"Forgot your password?"</TextLink>
                    {may_register
                        .then(|| view! { <TextLink href=register>"Create an account"</TextLink> })}
                </div>
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
