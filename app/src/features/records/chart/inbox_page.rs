//! `/inbox`

use domain_types::records::{Inbox, InboxItem, InboxVisit};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{held::nothing, notices::notices, visits::WriteNote};
use crate::{
    components::{
        Alert, Button, Card, EmptyState, Form, FormErrors, Glyph, Page, Size, TextLink, Tone, Variant, WhenText,
    },
    features::{
        loaded, query,
        records::{
            addresses::{chart_address, draft_address, waiting_result_address},
            result_words::flags,
            server_fns::{MarkSeen, get_inbox},
        },
    },
    forms::{Flash, take_flash},
};

/// What waits for a doctor: what they began, results that came, visits without a note. The oldest comes first.
#[component]
pub fn InboxPage() -> impl IntoView {
    let token = query("flash");
    let is_seen = query("done").as_deref() == Some("seen");
    let load = async move { Ok((get_inbox().await?, take_flash(token).await)) };
    loaded(load, move |(inbox, flash): (Inbox, Flash)| {
        let Inbox { notices: told, drafts, results, visits } = inbox;
        let is_seen = is_seen && flash.problem().is_none();
        let is_empty = told.is_empty() && drafts.is_empty() && results.is_empty() && visits.is_empty();
        let body = if is_empty {
            view! {
                <EmptyState icon=Glyph::Inbox title="Nothing to do" action=("/schedule", "Go to the schedule")>
                    "Notes to sign, new results and appointments without a note appear here."
                </EmptyState>
            }
            .into_any()
        } else {
            view! {
                {notices(told)} {part("New results", results, result)} {part("Unsigned drafts", drafts, draft)}
                {part("Appointments without a note", visits, visit)}
            }
            .into_any()
        };
        view! {
            <Page title="Inbox" lead="Critical values come first, then the oldest.">
                <FormErrors problem=flash.problem().cloned()/>
                <div class="stack">
                    {is_seen
                        .then(|| {
                            view! {
                                <Alert tone=Tone::Success title="Taken from your inbox">
                                    <p>"The entry stays in the patient’s record."</p>
                                </Alert>
                            }
                        })}
                    {body}
                </div>
            </Page>
        }
    })
}

/// One kind of what waits.
fn part<T>(title: &'static str, items: Vec<T>, line: fn(T) -> AnyView) -> AnyView {
    let title = match items.len() {
        0 => title.to_owned(),
        count => format!("{title} ({count})"),
    };
    let list = if items.is_empty() {
        nothing("None.")
    } else {
        view! { <ul class="held">{items.into_iter().map(line).collect_view()}</ul> }.into_any()
    };
    view! { <Card title>{list}</Card> }.into_any()
}

fn draft(item: InboxItem) -> AnyView {
    let InboxItem { record, out_of_range } = item;
    let title = record.title();
    let href = draft_address(record.kind, &record.patient_reference, &record.reference);
    let chart = chart_address(&record.patient_reference);
    let kind = format!(" · {} · saved ", record.kind.label());
    view! {
        <li class="held-item">
            <div class="held-body">
                <p><strong><TextLink href>{title}</TextLink></strong></p>
                <p class="text-muted"><TextLink href=chart>{record.patient_name}</TextLink> {kind} <WhenText when=record.updated/></p>
                {flags(out_of_range)}
            </div>
        </li>
    }
    .into_any()
}

fn result(item: InboxItem) -> AnyView {
    let InboxItem { record, out_of_range } = item;
    let (href, chart) = (waiting_result_address(&record.reference), chart_address(&record.patient_reference));
    let title = record.title();
    let which = format!(" {title}, {}, {}", record.patient_name, record.date_label);
    let flags = flags(out_of_range).unwrap_or_else(|| view! { <p>"No results out of range."</p> }.into_any());
    view! {
        <li class="held-item held-item-tall">
            <div class="held-body">
                <p><strong><TextLink href>{title}</TextLink></strong></p>
                <p class="text-muted">
                    <TextLink href=chart>{record.patient_name}</TextLink> " · "
                    <time datetime=record.date>{record.date_label}</time>
                </p>
                {flags}
            </div>
            <Form action=MarkSeen::PATH>
                <input type="hidden" name="reference" value=record.reference/>
                <Button size=Size::Small variant=Variant::Secondary>
                    "Mark as seen" <span class="visually-hidden">{which}</span>
                </Button>
            </Form>
        </li>
    }
    .into_any()
}

fn visit(visit: InboxVisit) -> AnyView {
    let InboxVisit { reference, when, patient_name, patient_reference } = visit;
    let which = format!(" about {patient_name}, {}", when.label);
    let (href, chart) = (format!("/appointments/{reference}"), chart_address(&patient_reference));
    view! {
        <li class="held-item">
            <div class="held-body">
                <p><strong><TextLink href><WhenText when/></TextLink></strong></p>
                <p class="text-muted"><TextLink href=chart>{patient_name}</TextLink></p>
            </div>
            <WriteNote patient=patient_reference visit=reference which size=Size::Small/>
        </li>
    }
    .into_any()
}
