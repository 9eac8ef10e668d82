//! `/patients`

use domain_types::{
    appointments::When,
    records::{Access, PatientHead, PatientList, PatientRow},
};
use leptos::prelude::*;

use crate::{
    address::address,
    components::{
        Badge, Cell, DataTable, EmptyState, Glyph, Page, PageLinks, Row, SearchForm, TextLink, TimeText, Tone,
        WhenText, Width,
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
    let (after, before) = (query("after"), query("before"));
    let is_first = after.is_none() && before.is_none();
    let load = async move {
        let recent = if search.is_none() && is_first { get_recent_patients().await? } else { Vec::new() };
        Ok((search_patients(search, after, before).await?, recent))
    };
    loaded(load, move |(list, recent): (PatientList, Vec<PatientHead>)| {
        let PatientList { search, patients, previous, next } = list;
        let found = match patients.is_empty() {
            true if is_first => nobody(&search),
            true => nobody_here(),
            false => table(patients),
        };
        let to = |name: &str, place: Option<String>| {
            place.map(|place| address(PATIENTS, &[("search", &search), (name, &place)]))
        };
        let (previous, next) = (to("before", previous), to("after", next));
        view! {
            <Page title="Patients" lead="Patients with an upcoming or recent appointment with you." width=Width::Wide>
                <div class="stack-lg">
                    <SearchForm
                        action=PATIENTS
                        label="Search your patients"
                        value=search.clone()
                        hint="Name, phone, date of birth or PT-…"
                    />
                    {recent_patients(recent)}
                    {found}
                    <PageLinks previous next/>
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
            "Check the spelling, type only the beginning of the name, or search by phone, date of birth or reference (PT-…)."
        </EmptyState>
    }
    .into_any()
}

/// A page that nobody is on any more.
fn nobody_here() -> AnyView {
    view! {
        <EmptyState icon=Glyph::Users title="No patients on this page" action=(PATIENTS, "Show all my patients")>
            "The list has changed since you opened it."
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
        Access::Emergency { until } => Some(until),
    };
    let age = [head.age, head.born.map(|born| format!("born {born}"))];
    let age = age.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let age = if age.is_empty() { "Not known".to_owned() } else { age };
    view! {
        <Row>
            <Cell label="Patient" main=true>
                <TextLink href>{head.name}</TextLink> " " <span class="reference">{head.reference}</span>
                {emergency
                    .map(|until| {
                        view! {
                            " "
                            <Badge tone=Tone::Warning icon=Glyph::Warning>"emergency until " <TimeText when=until/></Badge>
                        }
                    })}
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
