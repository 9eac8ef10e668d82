//! `/patients/:patient/entries`

use domain_types::records::ChartEntries;
use leptos::prelude::*;

use super::reader::{AccessNotice, in_an_emergency};
use crate::{
    components::{Chips, EmptyState, Glyph, Page},
    features::{
        loaded_or, param, query,
        records::{
            EntryList,
            addresses::{chart_address, entries_address},
            records_page::{groups, neighbours},
            server_fns::get_chart_entries,
            unacted,
        },
    },
};

/// A patient's whole record in the order of time, the latest entry first, for those who may see their chart.
#[component]
pub fn ChartEntriesPage() -> impl IntoView {
    let (patient, show) = (param("patient"), query("show"));
    let instead = in_an_emergency(patient.clone());
    let load = get_chart_entries(patient, show.clone(), query("older"), query("newer"));
    let draw = move |entries: ChartEntries| {
        let ChartEntries { patient, access, timeline } = entries;
        // The chart has the way to say that one has acted.
        let waiting = unacted::for_doctors(&timeline.unacted, false);
        let (show, base) = (show.unwrap_or_default(), entries_address(&patient.reference));
        let chips = groups(&base, &show);
        let list = if timeline.entries.is_empty() {
            view! {
                <EmptyState icon=Glyph::FileText title="No entries">
                    "There are no entries of this type in the record."
                </EmptyState>
            }
            .into_any()
        } else {
            view! { <EntryList entries=timeline.entries/> }.into_any()
        };
        let back_to = (chart_address(&patient.reference), format!("Chart of {}", patient.name));
        view! {
            <Page
                title=format!("All entries of {}", patient.name)
                heading="All entries"
                lead=format!("{} · {}", patient.name, patient.facts())
                back_to
            >
                <div class="stack-lg">
                    <AccessNotice access/>
                    {waiting}
                    <Chips label="Type of entry" items=chips/>
                    {list}
                    {neighbours(&base, &show, timeline.newer, timeline.older)}
                </div>
            </Page>
        }
    };
    loaded_or(load, draw, instead)
}
