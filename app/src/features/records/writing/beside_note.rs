//! What stands beside a note that is being written: allergies, problems, medicines, readings, results, earlier notes. Each
//! opens in place, without a script too, and none leads away from what is being typed.

use domain_types::records::{Overview, RecordView, Severity};
use leptos::prelude::*;

use super::super::{
    addresses::{Trends, chart_address},
    entry_content::EntryContent,
    overview_lines::{AllergyBody, ReadingFact, ResultLine},
};
use crate::components::{Badge, DescriptionList, Glyph, Tone};

/// All that stands beside the note. What is urgent stands open.
#[component]
pub(super) fn BesideNote(
    /// `PT-…`
    patient: String,
    overview: Overview,
    /// What was prescribed with this note and signed.
    prescribed: Vec<RecordView>,
    earlier: Vec<RecordView>,
) -> impl IntoView {
    let (critical, out) = overview.urgent_results();
    let has_critical_reading = overview.has_critical_reading();
    let Overview { allergies, none_known, problems, medications, prescriptions, vitals, results } = overview;
    let severe = allergies.iter().filter(|allergy| allergy.severity() == Some(Severity::Severe)).count();
    let medicines = prescriptions.len() + medications.len();
    let chart = chart_address(&patient);
    view! {
        <aside class="beside" aria-label="From the chart">
            {(!prescribed.is_empty())
                .then(|| view! { <Part title="Prescribed with this note" is_open=true>{lines(prescribed)}</Part> })}
            <Part title="Allergies" count=allergies.len() marks=vec![(severe, "severe", Tone::Danger)] is_open=true>
                {allergy_lines(allergies, none_known)}
            </Part>
            <Part title="Problems" count=problems.len() is_open=true>
                {or_nothing(problems.is_empty(), "No problems are recorded.")} {lines(problems)}
            </Part>
            <Part title="Medicines" count=medicines is_open=true>
                {or_nothing(medicines == 0, "No medicines are recorded.")}
                {group(prescriptions, "Prescribed here")} {group(medications, "Other medicines")}
            </Part>
            <Part
                title="Last vital signs"
                marks=vec![(usize::from(has_critical_reading), "critical", Tone::Danger)]
                is_open=has_critical_reading
            >
                {or_nothing(vitals.is_empty(), "No measurements yet.")}
                <DescriptionList compact=true>
                    {vitals.into_iter().map(|reading| view! { <ReadingFact reading leads=false/> }).collect_view()}
                </DescriptionList>
            </Part>
            <Part
                title="Latest results"
                count=results.len()
                marks=vec![(critical, "critical", Tone::Danger), (out, "out of range", Tone::Warning)]
                is_open={critical + out > 0}
            >
                {or_nothing(results.is_empty(), "No results yet.")}
                <ul class="held">
                    {results.into_iter().map(|result| view! { <ResultLine result trends=Trends::Nobodys/> }).collect_view()}
                </ul>
            </Part>
            <Part title="Earlier notes" count=earlier.len() is_open=true>
                {or_nothing(earlier.is_empty(), "No earlier notes.")} {earlier.into_iter().map(earlier_note).collect_view()}
            </Part>
            <p class="beside-chart no-print">
                <a class="link" href=chart target="_blank" rel="noopener">"Open the chart in a new tab"</a>
            </p>
        </aside>
    }
}

/// A part that opens in place. `marks` are counted on its line, so that they are seen while it is closed.
#[component]
fn Part(
    title: &'static str,
    #[prop(optional)] count: usize,
    #[prop(optional)] marks: Vec<(usize, &'static str, Tone)>,
    is_open: bool,
    children: Children,
) -> impl IntoView {
    let marks = marks
        .into_iter()
        .filter(|(how_many, ..)| *how_many > 0)
        .map(|(how_many, word, tone)| {
            let icon = if tone == Tone::Danger { Glyph::Octagon } else { Glyph::Warning };
            view! { " " <Badge tone icon>{format!("{how_many} {word}")}</Badge> }
        })
        .collect_view();
    view! {
        <details class="beside-part" open=is_open>
            <summary class="beside-head">
                <h2 class="beside-title">{title}</h2>
                {(count > 0).then(|| view! { " " <span class="text-muted tnum">{count.to_string()}</span> })} {marks}
            </summary>
            <div class="beside-body stack">{children()}</div>
        </details>
    }
}

fn or_nothing(is_empty: bool, sentence: &'static str) -> impl IntoView {
    is_empty.then(|| view! { <p class="text-muted">{sentence}</p> })
}

fn allergy_lines(allergies: Vec<RecordView>, none_known: Option<RecordView>) -> AnyView {
    if allergies.is_empty() {
        let words = match none_known {
            Some(asked) => format!("{}. {}", asked.title(), asked.asked_words()),
            None => "Not asked yet.".to_owned(),
        };
        return view! { <p>{words}</p> }.into_any();
    }
    let line = |record: RecordView| view! { <li class="held-item"><AllergyBody record/></li> };
    view! { <ul class="held">{allergies.into_iter().map(line).collect_view()}</ul> }.into_any()
}

fn group(records: Vec<RecordView>, heading: &'static str) -> impl IntoView {
    (!records.is_empty()).then(|| view! { <h3 class="chart-group">{heading}</h3> {lines(records)} })
}

fn lines(records: Vec<RecordView>) -> impl IntoView {
    let line = |record: RecordView| {
        let summary = record.summary();
        view! {
            <li class="held-item">
                <div class="held-body">
                    <p><strong>{record.title()}</strong></p>
                    {(!summary.is_empty()).then(|| view! { <p class="text-muted">{summary}</p> })}
                </div>
            </li>
        }
    };
    (!records.is_empty()).then(|| view! { <ul class="held">{records.into_iter().map(line).collect_view()}</ul> })
}

fn earlier_note(note: RecordView) -> impl IntoView {
    let heading = format!("{}, {}", note.date_label, note.title());
    view! {
        <details class="earlier">
            <summary class="earlier-head">{heading}</summary>
            <div class="stack">
                <EntryContent kind=note.kind content=note.content/>
                <p class="text-muted">{note.doctor_name}</p>
            </div>
        </details>
    }
}
