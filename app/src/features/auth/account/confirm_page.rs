//! `/account/confirm`

use domain_types::auth::SecurityView;
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    address::with_query,
    components::{CodeField, Form, FormErrors, LinkButton, Page, PasswordField, Submit, Variant, Width},
    features::{
        auth::server_fns::{StepUp, get_security},
        loaded, query,
    },
    forms::{Flash, local_path, take_flash},
};

/// Asks for a fresh proof of who is there, and leads back to where it was needed.
#[component]
pub fn ConfirmPage() -> impl IntoView {
    let next = query("next").and_then(|next| local_path(&next).map(str::to_owned));
    let act = query("act");
    let token = query("flash");
    let load = async move { Ok((get_security().await?, take_flash(token).await)) };
    loaded(load, move |(security, flash): (SecurityView, Flash)| {
        // What waits for the proof comes back with what was typed.
        let not_now = match (&next, &act) {
            (Some(next), Some(act)) => with_query(next, &[("flash", act)]),
            _ => "/account".to_owned(),
        };
        let has_app = security.app_since.is_some();
        let error = if has_app { flash.error("otp") } else { flash.error("password") };
        let proof = if has_app {
            view! { <CodeField name="otp" label="Code from your authenticator app" error autofocus=true/> }.into_any()
        } else {
            view! {
                <input type="text" value=security.username autocomplete="username" readonly hidden/>
                <PasswordField name="password" label="Password" autocomplete="current-password" error/>
            }
            .into_any()
        };
        view! {
            <Page
                title="Confirm your identity"
                lead="This protects the record if you leave your screen open. We will not ask again for five minutes."
                width=Width::Narrow
            >
                <FormErrors problem=flash.problem().cloned() controls=&["otp", "password"]/>
                <Form action=StepUp::PATH class="form">
                    {next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
                    {act.map(|act| view! { <input type="hidden" name="act" value=act/> })}
                    {proof}
                    <div class="form-actions">
                        <Submit label="Confirm" busy="Confirming…"/>
                        <LinkButton href=not_now variant=Variant::Secondary>"Go back"</LinkButton>
                    </div>
                </Form>
            </Page>
        }
    })
}
