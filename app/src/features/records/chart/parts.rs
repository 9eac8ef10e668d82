//! Parts of a chart that are only read: results, vital signs, vaccinations, drafts and the latest entries.

use domain_types::records::{LabResultView, LatestReading, RecordView, TimelineEntry};
use leptos::prelude::*;

use super::held::{AddLink, HeldLine, nothing};
use crate::{
    components::{Card, DescriptionList, TextLink},
    features::records::{
        EntryList,
        addresses::{Trends, chart_tests_address, draft_address, entries_address, new_item_address},
        overview_lines::{ReadingFact, ResultLine},
    },
};

/// The newest result of every test with its mark, range and report, the most urgent first; each leads to its line over time.
pub(super) fn results(results: Vec<LabResultView>, patient: &str) -> AnyView {
    let (trends, all) = (Trends::Of(patient.to_owned()), chart_tests_address(patient));
    let body = if results.is_empty() {
        nothing("No results yet.")
    } else {
        let line = |result| view! { <ResultLine result trends=trends.clone()/> };
        view! {
            <ul class="held">{results.into_iter().map(line).collect_view()}</ul>
            <p class="no-print"><TextLink href=all>"All tests"</TextLink></p>
        }
        .into_any()
    };
    view! { <Card title="Latest results">{body}</Card> }.into_any()
}

/// Every reading as it was taken last, with the day when that was.
pub(super) fn vitals(readings: Vec<LatestReading>) -> AnyView {
    let body = if readings.is_empty() {
        nothing("No measurements yet.")
    } else {
        let facts = readings.into_iter().map(|reading| view! { <ReadingFact reading leads=true/> }).collect_view();
        view! { <DescriptionList compact=true>{facts}</DescriptionList> }.into_any()
    };
    view! { <Card title="Last vital signs">{body}</Card> }.into_any()
}

/// Vaccinations that were given.
pub(super) fn vaccinations(records: Vec<RecordView>, writer: Option<&str>) -> AnyView {
    let add = writer.map(|patient| new_item_address(patient, "immunisation"));
    let line = |record: RecordView| {
        let summary = [record.summary(), record.date_label.clone()];
        let summary = summary.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        view! { <HeldLine title=record.title() summary href=None end=None/> }
    };
    let list = if records.is_empty() {
        nothing("No vaccinations are recorded.")
    } else {
        view! { <ul class="held">{records.into_iter().map(line).collect_view()}</ul> }.into_any()
    };
    view! {
        <Card title="Vaccinations" actions=move || view! { <AddLink href=add.clone() what="a vaccination"/> }>{list}</Card>
    }
    .into_any()
}

/// What the reader began and did not sign, each leading to where it is written on.
pub(super) fn drafts(records: Vec<RecordView>) -> Option<AnyView> {
    let line = |record: RecordView| {
        let href = draft_address(record.kind, &record.patient_reference, &record.reference);
        let summary = format!("{} · saved {}", record.kind.label(), record.updated.zoned());
        view! { <HeldLine title=record.title() summary href=Some(href) end=None/> }
    };
    (!records.is_empty()).then(|| {
        view! {
            <Card title="Your unsigned drafts">
                <ul class="held">{records.into_iter().map(line).collect_view()}</ul>
            </Card>
        }
        .into_any()
    })
}

/// The latest entries of the record.
pub(super) fn latest(entries: Vec<TimelineEntry>, patient: &str) -> AnyView {
    let all = entries_address(patient);
    let list = if entries.is_empty() {
        nothing("The record is empty.")
    } else {
        view! { <EntryList entries level=3/> }.into_any()
    };
    view! {
        <section class="stack" aria-labelledby="latest">
            <h2 class="card-title" id="latest">"Latest entries"</h2>
            {list}
            <p class="no-print"><TextLink href=all>"All entries"</TextLink></p>
        </section>
    }
    .into_any()
}
