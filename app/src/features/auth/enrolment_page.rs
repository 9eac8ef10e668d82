//! `/login/app`

use domain_types::{Problem, ProblemCode, auth::NewFactor};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    app_set_up::AppSetUp,
    server_fns::{ConfirmEnrolment, get_enrolment, get_viewer},
    sign_in_page::go_on,
};
use crate::{
    address::address,
    components::{FormErrors, Page, TextLink, Width},
    error::redirect_page,
    features::{Trouble, loaded, query},
    forms::{Flash, local_path, take_flash},
};

/// Setting up an authenticator app in the middle of a sign-in, for people who may not be without one.
#[component]
pub fn EnrolmentPage() -> impl IntoView {
    let next = query("next").and_then(|next| local_path(&next).map(str::to_owned));
    let token = query("flash");
    let load = async move {
        let viewer = get_viewer().await?;
        let factor = if viewer.is_none() { Some(get_enrolment().await) } else { None };
        Ok((viewer, factor, take_flash(token).await))
    };
    loaded(load, move |(viewer, factor, flash)| match (viewer, factor) {
        (Some(viewer), _) => go_on(&viewer, next).into_any(),
        (None, Some(Ok(factor))) => set_up(factor, flash, next).into_any(),
        (None, Some(Err(error))) => not_possible(error.0, next).into_any(),
        (None, None) => not_possible(Problem::new(ProblemCode::TokenNotValid, ""), next).into_any(),
    })
}

fn set_up(factor: NewFactor, flash: Flash, next: Option<String>) -> impl IntoView {
    let error = flash.error("otp");
    view! {
        <Page
            title="Protect your account"
            lead="Staff accounts need more than a password to protect patients. From now on, you also need a code from \
             your phone to sign in. Setting it up takes about two minutes. If you have started this before, delete the \
             old entry from the app: the key is new."
            width=Width::Narrow
        >
            <FormErrors problem=flash.problem().cloned() controls=&["otp"]/>
            <AppSetUp factor action=ConfirmEnrolment::PATH verb="Turn on and sign in" next error/>
        </Page>
    }
}

/// Without a first step, or when it was too long ago, signing in begins anew.
fn not_possible(problem: Problem, next: Option<String>) -> AnyView {
    if problem.code != ProblemCode::TokenNotValid {
        return view! { <Trouble problem/> }.into_any();
    }
    redirect_page(&address("/login", &[("late", "1"), ("next", next.as_deref().unwrap_or_default())]));
    view! {
        <Page title="Sign in again" width=Width::Narrow>
            <p><TextLink href="/login">"Sign in"</TextLink></p>
        </Page>
    }
    .into_any()
}
