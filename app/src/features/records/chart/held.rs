//! Problems, medicines and other things in lists, each with a quiet way to end it.

use domain_types::records::RecordView;
use leptos::prelude::*;

use crate::{
    components::{Card, LinkButton, Size, TextLink, Variant},
    features::records::{
        addresses::{end_item_address, ending_address, new_item_address},
        entry_address,
    },
};

/// A quiet way to add something to a list; nothing for those who only read.
#[component]
pub(super) fn AddLink(
    href: Option<String>,
    /// "an allergy"
    what: &'static str,
) -> impl IntoView {
    href.map(|href| {
        view! {
            <span class="no-print">
                <LinkButton href size=Size::Small variant=Variant::Quiet>
                    "Add" <span class="visually-hidden">{format!(" {what}")}</span>
                </LinkButton>
            </span>
        }
    })
}

/// A quiet way to end something; nothing for those who only read.
#[component]
pub(super) fn EndLink(
    href: Option<String>,
    what: String,
    /// "Stop" for a medicine.
    #[prop(default = "Stop")]
    word: &'static str,
) -> impl IntoView {
    href.map(|href| {
        view! {
            <span class="no-print">
                <LinkButton href size=Size::Small variant=Variant::Quiet>
                    {word} <span class="visually-hidden">{format!(": {what}")}</span>
                </LinkButton>
            </span>
        }
    })
}

/// A line: what it is, more about it, and what can be done with it.
#[component]
pub(super) fn HeldLine(
    title: String,
    #[prop(into)] summary: String,
    /// Where more about it is, when there is such a page.
    href: Option<String>,
    end: Option<String>,
    #[prop(default = "Stop")] word: &'static str,
) -> impl IntoView {
    let what = title.clone();
    let title = match href {
        Some(href) => view! { <TextLink href>{title}</TextLink> }.into_any(),
        None => title.into_any(),
    };
    view! {
        <li class="held-item">
            <div class="held-body">
                <p><strong>{title}</strong></p>
                {(!summary.is_empty()).then(|| view! { <p class="text-muted">{summary}</p> })}
            </div>
            <EndLink href=end what word/>
        </li>
    }
}

/// What an empty part of a chart says.
pub(super) fn nothing(sentence: &'static str) -> AnyView {
    view! { <p class="text-muted">{sentence}</p> }.into_any()
}

fn lines(records: Vec<RecordView>, writer: Option<&str>, word: &'static str) -> AnyView {
    let line = |record: RecordView| {
        let end = writer.map(|patient| end_item_address(patient, &record.reference));
        view! { <HeldLine title=record.title() summary=record.summary() href=None end word/> }
    };
    view! { <ul class="held">{records.into_iter().map(line).collect_view()}</ul> }.into_any()
}

/// The problem list. `writer` is the patient's reference for those who may write.
pub(super) fn problems(records: Vec<RecordView>, writer: Option<&str>) -> AnyView {
    let add = writer.map(|patient| new_item_address(patient, "problem"));
    let list =
        if records.is_empty() { nothing("No problems are recorded.") } else { lines(records, writer, "Resolved") };
    view! {
        <Card title="Problems" actions=move || view! { <AddLink href=add.clone() what="a problem"/> }>{list}</Card>
    }
    .into_any()
}

/// What a patient takes: what was prescribed here, and what they take besides.
pub(super) fn medicines(prescribed: Vec<RecordView>, besides: Vec<RecordView>, writer: Option<&str>) -> AnyView {
    let add = writer.map(|patient| new_item_address(patient, "medication"));
    let is_empty = prescribed.is_empty() && besides.is_empty();
    let prescription = |record: RecordView| {
        let end = writer.map(|_| ending_address(&record.reference));
        let summary = [record.summary(), record.date_label.clone()].join(" · ");
        view! { <HeldLine title=record.title() summary href=Some(entry_address(&record.reference)) end/> }
    };
    let prescribed = (!prescribed.is_empty()).then(|| {
        let lines = prescribed.into_iter().map(prescription).collect_view();
        view! { <h3 class="chart-group">"Prescribed here"</h3> <ul class="held">{lines}</ul> }
    });
    let besides = (!besides.is_empty()).then(|| {
        let lines = lines(besides, writer, "Stop");
        view! { <h3 class="chart-group">"Other medicines"</h3> {lines} }
    });
    view! {
        <Card title="Medicines" actions=move || view! { <AddLink href=add.clone() what="a medicine"/> }>
            {is_empty.then(|| nothing("No medicines are recorded."))} {prescribed} {besides}
        </Card>
    }
    .into_any()
}
