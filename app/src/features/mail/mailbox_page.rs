//! `/demo/mailbox`

use domain_types::mail::{MailPart, MailView};
use leptos::prelude::*;

use super::server_fns::get_mailbox;
use crate::{
    components::{Alert, Badge, EmptyState, Glyph, Page, TextLink, Tone, WhenText},
    features::loaded,
};

/// What the demo clinic wrote to its made-up patients. There is no such page outside the demo.
#[component]
pub fn MailboxPage() -> impl IntoView {
    loaded(get_mailbox(), |messages: Vec<MailView>| {
        let is_empty = messages.is_empty();
        let messages = messages.into_iter().map(message).collect_view();
        view! {
            <Page title="Demo mailbox">
                <div class="stack-lg">
                    <Alert tone=Tone::Info title="This mailbox belongs to the demo">
                        <p>
                            "It shows the e-mails that SecureMed sent. "
                            "The people and their addresses are made up."
                        </p>
                    </Alert>
                    {if is_empty {
                        view! {
                            <EmptyState
                                icon=Glyph::Inbox
                                title="No e-mails yet"
                                action=("/appointments/book", "Book an appointment")
                            >
                                "Book an appointment as one of the demo patients and its confirmation appears here."
                            </EmptyState>
                        }
                            .into_any()
                    } else {
                        view! { <ul class="stack">{messages}</ul> }.into_any()
                    }}
                </div>
            </Page>
        }
    })
}

fn message(mail: MailView) -> impl IntoView {
    let (tone, state) = if mail.is_sent { (Tone::Success, "Sent") } else { (Tone::Warning, "Waiting") };
    view! {
        <li>
            <details class="card">
                <summary>
                    <strong>{mail.subject}</strong>
                    <span class="text-muted">{format!(" · to {} · ", mail.to)} <WhenText when=mail.written/></span>
                    " "
                    <Badge tone>{state}</Badge>
                </summary>
                <div class="mt-4 whitespace-pre-wrap break-words">
                    {mail.body.into_iter().map(part).collect_view()}
                </div>
                {mail
                    .calendar_name
                    .map(|name| view! { <p class="mt-4 text-muted">{format!("With a calendar file ({name}).")}</p> })}
            </details>
        </li>
    }
}

/// A piece of the text; our own addresses lead there.
fn part(part: MailPart) -> AnyView {
    match part {
        MailPart::Text(text) => text.into_any(),
        MailPart::Link(address) => view! { <TextLink href=address.clone()>{address}</TextLink> }.into_any(),
    }
}
