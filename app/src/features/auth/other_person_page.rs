//! `/other-person`

use domain_types::auth::{Role, Viewer};
use leptos::{prelude::*, server_fn::ServerFn};

use super::server_fns::{SignOut, get_viewer};
use crate::{
    components::{Alert, Button, Form, LinkButton, Page, Tone, Variant, Width},
    error::redirect_page,
    features::{loaded, query},
    forms::local_path,
};

/// Tells whoever sent a form that it was drawn for somebody else, and lets that person sign in and go on at `next`.
#[component]
pub fn OtherPersonPage() -> impl IntoView {
    let next = query("next").and_then(|next| local_path(&next).map(str::to_owned)).unwrap_or_else(|| "/".to_owned());
    loaded(get_viewer(), move |viewer: Option<Viewer>| {
        if viewer.is_none() {
            redirect_page(&next);
        }
        let home = viewer.as_ref().map_or("/", |viewer| Role::home(viewer.role));
        let lead = viewer.map(|viewer| format!("Signed in: {}", viewer.name)).unwrap_or_default();
        view! {
            <Page title="You are now signed in as someone else" lead width=Width::Narrow>
                <div class="stack">
                    <Alert tone=Tone::Warning title="Nothing was saved">
                        <p>
                            "The form was opened by another person on this device. What they typed is kept for them for ten \
                            minutes."
                        </p>
                    </Alert>
                    <div class="row">
                        <LinkButton href=home>"Go to your start page"</LinkButton>
                        <Form action=SignOut::PATH>
                            <input type="hidden" name="next" value=next/>
                            <Button variant=Variant::Secondary>"Sign in as the other person"</Button>
                        </Form>
                    </div>
                </div>
            </Page>
        }
    })
}
