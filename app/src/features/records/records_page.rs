//! `/records`

use domain_types::{
    page::Page as PageOf,
    records::{RecordType, RecordView},
};
use leptos::prelude::*;

use super::server_fns::list_records;
use crate::{
    address::address,
    components::{Badge, Chips, Described, DescriptionList, EmptyState, Glyph, Page, Pagination, TabItem, Tone},
    features::{loaded, query},
};

const RECORDS: &str = "/records";

/// The medical record, the latest entry first.
#[component]
pub fn RecordsPage() -> impl IntoView {
    let kind = query("kind");
    let wanted = kind.clone();
    let page = query("page");
    loaded(list_records(wanted, page), move |records: PageOf<RecordView>| {
        let kind = kind.unwrap_or_default();
        let base = address(RECORDS, &[("kind", &kind)]);
        let (page, pages) = (records.page, records.pages());
        let is_empty = records.results.is_empty();
        let is_filtered = !kind.is_empty();
        let entries = records.results.into_iter().map(|record| view! { <li><Entry record/></li> }).collect_view();
        view! {
            <Page title="Medical records" lead="What was found, decided and prescribed. Every look at it is noted.">
                <div class="stack-lg">
                    <Chips label="Kind of entry" items=kinds(&kind)/>
                    {if is_empty { nothing(is_filtered).into_any() } else { view! { <ul class="stack">{entries}</ul> }.into_any() }}
                    <Pagination page pages base/>
                </div>
            </Page>
        }
    })
}

fn kinds(current: &str) -> Vec<TabItem> {
    let all = TabItem::new(RECORDS, "All", current.is_empty());
    let each = RecordType::ALL
        .into_iter()
        .map(|kind| TabItem::new(address(RECORDS, &[("kind", kind.as_str())]), kind.label(), current == kind.as_str()));
    std::iter::once(all).chain(each).collect()
}

fn nothing(is_filtered: bool) -> impl IntoView {
    if is_filtered {
        view! {
            <EmptyState icon=Glyph::FileText title="Nothing of this kind" action=(RECORDS, "Show all entries")>
                "There are no entries of this kind in the record."
            </EmptyState>
        }
    } else {
        view! {
            <EmptyState icon=Glyph::FileText title="The record is empty" action=("/appointments/book", "Book a visit")>
                "What a doctor writes down at a visit appears here."
            </EmptyState>
        }
    }
}

/// One entry. It names the patient because a printed page may travel alone.
#[component]
fn Entry(record: RecordView) -> impl IntoView {
    let glyph = match record.kind {
        RecordType::Consultation => Glyph::Stethoscope,
        RecordType::LabReport => Glyph::Flask,
        RecordType::Prescription => Glyph::Pill,
        RecordType::Imaging => Glyph::Scan,
        RecordType::Surgery => Glyph::Scissors,
        RecordType::Discharge => Glyph::Clipboard,
    };
    let facts = [("Symptoms", record.symptoms), ("Treatment", record.treatment), ("Notes", record.notes)]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(term, text)| view! { <Described term>{text}</Described> })
        .collect_view();
    let title = if record.diagnosis.is_empty() { record.kind.label().to_owned() } else { record.diagnosis };
    view! {
        <article class="card stack">
            <header class="card-head">
                <div>
                    <h2 class="card-title">{title}</h2>
                    <p class="text-muted">
                        <time datetime=record.date>{record.date_label}</time> " · " {record.doctor_name}
                    </p>
                </div>
                <Badge tone=Tone::Neutral icon=glyph>{record.kind.label()}</Badge>
            </header>
            <DescriptionList compact=true>{facts}</DescriptionList>
            <p class="text-muted">
                {record.patient_name} " · " <span class="reference">{record.reference}</span>
            </p>
        </article>
    }
}
