//! `/patients`

use domain_types::{
    appointments::When,
    records::{Access, PatientHead, PatientList, PatientRow},
};
use leptos::prelude::*;

use crate::{
    components::{
        Alert, Badge, Cell, DataTable, EmptyState, Glyph, Page, Row, SearchForm, TextLink, Tone, WhenText, Width,
    },
    features::{
        loaded, query,
        records::{
            addresses::{EMERGENCY, PATIENTS, chart_address},
            server_fns::{get_recent_patients, search_patients},
        },
    },
};

/// The patients in a doctor's care, found by the beginning of a name or by the reference.
#[component]
pub fn PatientsPage() -> impl IntoView {
    let search = query("search").filter(|search| !search.trim().is_empty());
    let load = async move {
        let recent = if search.is_none() { get_recent_patients().await? } else { Vec::new() };
        Ok((search_patients(search).await?, recent))
    };
    loaded(load, |(list, recent): (PatientList, Vec<PatientHead>)| {
        let PatientList { search, patients, has_more } = list;
        let found = if patients.is_empty() { nobody(&search) } else { table(patients) };
        let narrow = if search.is_empty() {
            "Showing the first by name. Type the beginning of a name to see others."
        } else {
            "Type more of the name to see others."
        };
        view! {
            <Page title="Patients" lead="Patients with an upcoming or recent appointment with you." width=Width::Wide>
                <div class="stack-lg">
                    <SearchForm
                        action=PATIENTS
                        label="Search your patients"
                        value=search
                        hint="Name, phone, date of birth or PT-…"
                    />
                    {recent_patients(recent)}
                    {found}
                    {has_more
                        .then(|| view! { <Alert tone=Tone::Info><p>{narrow}</p></Alert> })}
                    <p>
                        "Patient not listed? "
                        <TextLink href=EMERGENCY>"Open in an emergency"</TextLink> "."
                    </p>
                </div>
            </Page>
        }
    })
}

/// The charts that were opened last, to come back to.
fn recent_patients(patients: Vec<PatientHead>) -> impl IntoView {
    let link = |head: PatientHead| {
        let href = chart_address(&head.reference);
        view! {
            <li><TextLink href>{head.name}</TextLink> " " <span class="reference">{head.reference}</span></li>
        }
    };
    (!patients.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="recent-patients">
                <h2 class="card-title" id="recent-patients">"Recent patients"</h2>
                <ul class="row">{patients.into_iter().map(link).collect_view()}</ul>
            </section>
        }
    })
}

fn nobody(search: &str) -> AnyView {
    if search.is_empty() {
        return view! {
            <EmptyState icon=Glyph::Users title="No patient is in your care yet">
                "Patients appear here when they book an appointment with you."
            </EmptyState>
        }
        .into_any();
    }
    let title = format!("No patients found for “{search}”");
    view! {
        <EmptyState icon=Glyph::Users title action=(PATIENTS, "Show all my patients")>
            "Check the spelling, type only the beginning of the name, or search by date of birth or reference (PT-…)."
        </EmptyState>
    }
    .into_any()
}

fn table(patients: Vec<PatientRow>) -> AnyView {
    let rows = patients.into_iter().map(row).collect_view();
    view! {
        <DataTable
            caption="Patients in your care"
            hide_caption=true
            head=vec!["Patient", "Age", "Last appointment", "Next appointment"]
        >
            {rows}
        </DataTable>
    }
    .into_any()
}

fn row(row: PatientRow) -> impl IntoView {
    let PatientRow { head, last_visit, next_visit, access } = row;
    let href = chart_address(&head.reference);
    let emergency = match access {
        Access::InCare => None,
        Access::Emergency { until } => Some(format!("emergency until {}", until.time)),
    };
    let age = [head.age, head.born.map(|born| format!("born {born}"))];
    let age = age.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let age = if age.is_empty() { "Not known".to_owned() } else { age };
    view! {
        <Row>
            <Cell label="Patient" main=true>
                <TextLink href>{head.name}</TextLink> " " <span class="reference">{head.reference}</span>
                {emergency
                    .map(|words| view! { " " <Badge tone=Tone::Warning icon=Glyph::Warning>{words}</Badge> })}
            </Cell>
            <Cell label="Age">{age}</Cell>
            <Cell label="Last appointment">{visit(last_visit)}</Cell>
            <Cell label="Next appointment">{visit(next_visit)}</Cell>
        </Row>
    }
}

fn visit(when: Option<When>) -> AnyView {
    match when {
        Some(when) => view! { <WhenText when/> }.into_any(),
        None => view! { <span class="text-muted">"None"</span> }.into_any(),
    }
}
