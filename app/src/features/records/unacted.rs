//! What is critical and no doctor has acted on: for doctors with the way to say that they did, for patients with what to do.

use domain_types::records::{Advice, Level, Unacted};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{entry_address, server_fns::ActedOn};
use crate::components::{Alert, Button, Form, PhoneLink, Size, TextLink, Tone, Variant};

/// For whoever may see a chart. `may_act` is for doctors.
pub(super) fn for_doctors(entries: &[Unacted], may_act: bool) -> Option<AnyView> {
    let line = |entry: &Unacted| {
        let way = may_act.then(|| acted_on(&entry.record_reference, &entry.words.join(", ")).into_any());
        line(entry, way)
    };
    let lines: Vec<_> = entries.iter().map(line).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <Alert tone=Tone::Danger title="Critical: no doctor has acted on this yet">
                <ul class="held">{lines}</ul>
            </Alert>
        }
        .into_any()
    })
}

/// For the patient whose they are.
pub fn for_patients(entries: &[Unacted], phone: String) -> Option<AnyView> {
    let Advice { words, after_phone, .. } = Level::Critical.advice().filter(|_| !entries.is_empty())?;
    let lines: Vec<_> = entries.iter().map(|entry| line(entry, None)).collect();
    Some(
        view! {
            <Alert tone=Tone::Danger title="A critical value needs attention now">
                <p>{words} <PhoneLink number=phone/> {after_phone}</p>
                <ul class="held">{lines}</ul>
            </Alert>
        }
        .into_any(),
    )
}

fn line(entry: &Unacted, way: Option<AnyView>) -> impl IntoView + use<> {
    let href = entry_address(&entry.record_reference);
    let words = entry.words.iter().map(|words| view! { <p><strong>{words.clone()}</strong></p> }).collect_view();
    let later = entry.later.iter().map(|later| view! { <p>{later.clone()}</p> }).collect_view();
    let (date, when) = (entry.date.clone(), entry.when.clone());
    view! {
        <li class="held-item held-item-tall">
            <div class="held-body">
                {words}
                <p><TextLink href><time datetime=date>{when}</time></TextLink></p>
                {later}
            </div>
            {way}
        </li>
    }
}

/// Says that the reader has acted on what is critical in an entry: not by one touch of a thumb.
pub(super) fn acted_on(reference: &str, what: &str) -> impl IntoView + use<> {
    let reference = reference.to_owned();
    let (of_what, which) = (format!(": {what}"), format!(": {what}"));
    view! {
        <details class="sure no-print">
            <summary class="btn btn-secondary btn-sm">"I have acted on it" <span class="visually-hidden">{of_what}</span></summary>
            <p>"It leaves your inbox and the head of the chart. It stays in the record."</p>
            <Form action=ActedOn::PATH>
                <input type="hidden" name="reference" value=reference/>
                <Button size=Size::Small variant=Variant::Secondary>
                    "Mark as acted on" <span class="visually-hidden">{which}</span>
                </Button>
            </Form>
        </details>
    }
}
