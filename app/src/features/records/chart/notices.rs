//! What a doctor is told at once, at the top of the inbox: critical values and questions of patients.

use domain_types::records::{Notice, NoticeKind, RecordType};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    components::{Badge, Button, Card, Form, Glyph, LinkButton, Size, TextLink, Tone, Variant, WhenText},
    features::records::{
        addresses::{answer_address, chart_address},
        entry_address,
        result_words::flags,
        server_fns::NoticeSeen,
    },
};

/// Critical values, then questions. Nothing where none wait.
pub(super) fn notices(notices: Vec<Notice>) -> AnyView {
    let (critical, questions): (Vec<_>, Vec<_>) =
        notices.into_iter().partition(|notice| notice.kind == NoticeKind::Critical);
    let card = |title: &'static str, notices: Vec<Notice>| {
        (!notices.is_empty()).then(|| {
            let title = format!("{title} ({})", notices.len());
            view! { <Card title><ul class="held">{notices.into_iter().map(line).collect_view()}</ul></Card> }
        })
    };
    view! { {card("Critical values", critical)} {card("Questions from patients", questions)} }.into_any()
}

fn line(notice: Notice) -> AnyView {
    let Notice { id, kind, when, record, values, question } = notice;
    let (href, chart) = (entry_address(&record.reference), chart_address(&record.patient_reference));
    let (title, patient) = (record.title(), record.patient_name.clone());
    let which = format!(" {title}, {patient}");
    let of_whom = which.clone();
    let reply = (kind == NoticeKind::Question && record.takes_additions()).then(|| {
        let href = answer_address(&record.reference, id);
        let which = which.clone();
        view! {
            <LinkButton href size=Size::Small variant=Variant::Secondary>
                "Answer" <span class="visually-hidden">{which}</span>
            </LinkButton>
        }
    });
    let mark = (kind == NoticeKind::Critical)
        .then(|| view! { <Badge tone=Tone::Danger icon=Glyph::Octagon>"Critical"</Badge> });
    let words = match (kind, question) {
        (NoticeKind::Critical, _) => None,
        (NoticeKind::Question, Some(text)) => Some(view! { <p class="whitespace-pre-line">{text}</p> }.into_any()),
        (NoticeKind::Question, None) => Some(view! { <p>"The question was erased."</p> }.into_any()),
    };
    let own =
        if record.is_from_patient && record.kind == RecordType::Vitals { " · measured by the patient" } else { "" };
    let close = view! {
        <Form action=NoticeSeen::PATH>
            <input type="hidden" name="notice" value=id.to_string()/>
            <Button size=Size::Small variant=Variant::Secondary>
                {if kind == NoticeKind::Question { "Close" } else { "Mark as seen" }} <span class="visually-hidden">{which}</span>
            </Button>
        </Form>
    };
    // A critical value is not to leave the inbox by one touch of a thumb.
    let close = match kind {
        NoticeKind::Question => close.into_any(),
        NoticeKind::Critical => view! {
            <details class="sure">
                <summary class="btn btn-secondary btn-sm">"I have acted on it" <span class="visually-hidden">{of_whom}</span></summary>
                <p>"It leaves your inbox and stays in the record."</p>
                {close}
            </details>
        }
        .into_any(),
    };
    view! {
        <li class="held-item held-item-tall">
            <div class="held-body">
                <p>
                    {mark} " " <strong><TextLink href=chart>{patient}</TextLink></strong> " · "
                    <TextLink href>{title}</TextLink>
                </p>
                <p class="text-muted"><WhenText when/> {own}</p>
                {words}
                {flags(values)}
            </div>
            <div class="row">
                {reply} {close}
            </div>
        </li>
    }
    .into_any()
}
