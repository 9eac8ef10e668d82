//! Entries as lines that lead to their pages.

use domain_types::records::{RecordType, RecordView, TimelineEntry, ValueLine};
use leptos::prelude::*;

use super::{entry_address, result_words::flags};
use crate::components::{Badge, Glyph, Tone};

/// The pictogram of a kind.
pub(super) const fn glyph_of(kind: RecordType) -> Glyph {
    match kind {
        RecordType::Consultation | RecordType::Problem => Glyph::Stethoscope,
        RecordType::LabReport => Glyph::Flask,
        RecordType::Prescription | RecordType::Medication | RecordType::Cancellation => Glyph::Pill,
        RecordType::Imaging => Glyph::Scan,
        RecordType::Surgery => Glyph::Scissors,
        RecordType::Discharge => Glyph::Clipboard,
        RecordType::Vitals => Glyph::Activity,
        RecordType::Immunisation => Glyph::Shield,
        RecordType::Document => Glyph::FileText,
        RecordType::Allergy | RecordType::NoKnownAllergies => Glyph::Warning,
    }
}

/// A stretch of the record, the newest first.
#[component]
pub fn EntryList(
    entries: Vec<TimelineEntry>,
    /// Of the headings.
    #[prop(default = 2)]
    level: u8,
) -> impl IntoView {
    let lines = entries
        .into_iter()
        .map(|entry| view! { <li><EntryLine record=entry.record out_of_range=entry.out_of_range level/></li> })
        .collect_view();
    view! { <ul class="entries">{lines}</ul> }
}

#[component]
fn EntryLine(record: RecordView, out_of_range: Vec<ValueLine>, level: u8) -> impl IntoView {
    let href = entry_address(&record.reference);
    let (title, summary) = (record.title(), record.summary());
    let flags = flags(out_of_range);
    let heading = match level {
        3 => view! { <h3 class="entry-title"><a class="entry-link" href=href>{title}</a></h3> }.into_any(),
        _ => view! { <h2 class="entry-title"><a class="entry-link" href=href>{title}</a></h2> }.into_any(),
    };
    view! {
        <article class="entry card">
            <div class="entry-head">
                {heading}
                <Badge tone=Tone::Neutral icon=glyph_of(record.kind)>{record.kind.label()}</Badge>
            </div>
            <p class="text-muted"><time datetime=record.date>{record.date_label}</time> " · " {record.doctor_name}</p>
            {(!summary.is_empty()).then(|| view! { <p>{summary}</p> })}
            {record.is_cancelled.then(|| view! { <p><Badge tone=Tone::Warning>"Cancelled"</Badge></p> })}
            {flags}
        </article>
    }
}
