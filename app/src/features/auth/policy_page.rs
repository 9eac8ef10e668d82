//! `/accept-policy`

use leptos::{prelude::*, server_fn::ServerFn};

use super::server_fns::{AcceptPolicy, get_policy_pending, get_viewer};
use crate::{
    components::{Button, Form, FormErrors, Page, Submit, TextLink, Variant, Width},
    error::AppError,
    features::{auth::sign_in_page::go_on, loaded, public::PRIVACY_EDITION, query},
    forms::{Flash, local_path, take_flash},
};
use domain_types::auth::Viewer;

/// Agreeing to the newest privacy policy, after signing in.
#[component]
pub fn AcceptPolicyPage() -> impl IntoView {
    let next = query("next").and_then(|next| local_path(&next).map(str::to_owned));
    let token = query("flash");
    let load = async move {
        let is_pending = get_policy_pending().await?;
        let viewer = get_viewer().await?.filter(|_| !is_pending);
        Ok::<_, AppError>((viewer, take_flash(token).await))
    };
    loaded(load, move |(agreed, flash): (Option<Viewer>, Flash)| match agreed {
        Some(viewer) => go_on(&viewer, next).into_any(),
        None => question(flash, next).into_any(),
    })
}

fn question(flash: Flash, next: Option<String>) -> impl IntoView {
    view! {
        <Page
            title="Our privacy policy"
            lead="Before you continue, please read what we keep about you, who can see it and for how long."
            width=Width::Narrow
        >
            <FormErrors problem=flash.problem().cloned()/>
            <div class="stack">
                <p>
                    <TextLink href="/privacy">"Privacy policy"</TextLink> <br/>
                    <span class="text-muted">{PRIVACY_EDITION}</span>
                </p>
                <Form action=AcceptPolicy::PATH class="form">
                    {next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
                    <div class="form-actions">
                        <Submit label="I agree" busy="Saving…" wide=true/>
                    </div>
                </Form>
                <Form action="/fn/auth/sign_out">
                    <Button variant=Variant::Quiet wide=true>"Not now: sign out"</Button>
                </Form>
            </div>
        </Page>
    }
}
