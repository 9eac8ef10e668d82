//! From one new result to the next.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    components::{Button, Form},
    features::{
        query,
        records::{addresses::FROM_INBOX, server_fns::MarkSeen},
    },
};

/// Marks a report as seen and opens the one that waits longest now; for whoever came from the inbox.
pub(in crate::features::records) fn seen_and_next(reference: &str) -> impl IntoView + use<> {
    let reference = reference.to_owned();
    query(FROM_INBOX).is_some().then(move || {
        view! {
            <Form action=MarkSeen::PATH>
                <input type="hidden" name="reference" value=reference/>
                <Button name="next" value="1">"Seen and next"</Button>
            </Form>
        }
    })
}
