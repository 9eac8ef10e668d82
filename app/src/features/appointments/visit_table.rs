//! `/appointments` for staff: the visits of the clinic, narrowed by status, doctor and day, and searched.

use domain_types::{
    Problem,
    appointments::{AppointmentView, VisitNarrowing},
    page::Page as PageOf,
};
use leptos::prelude::*;

use super::visit_parts::visit_address;
use crate::{
    address::address,
    components::{
        Button, Cell, Chips, DataTable, EmptyState, FormErrors, Glyph, LinkButton, Page, Pagination, Row, SelectField,
        StatusBadge, TabItem, TextField, TextLink, Variant, WhenText, Width,
    },
    error::answer_page,
};

const VISITS: &str = "/appointments";

/// The whole page: the form that narrows, the table, the way through its pages.
pub(super) fn visit_table(visits: PageOf<AppointmentView>, narrowing: VisitNarrowing) -> impl IntoView {
    if let Some(problem) = &narrowing.problem {
        answer_page(problem);
    }
    let base = days_address(&narrowing, &narrowing.from, &narrowing.to);
    let (page, pages) = (visits.page, visits.pages());
    let is_wrong = narrowing.problem.is_some();
    let is_empty = visits.results.is_empty();
    let lead = format!("{}.", narrowing.summary);
    let nothing = is_empty.then(|| nothing(&narrowing));
    let rows = visits.results.into_iter().map(row).collect_view();
    view! {
        <Page title="Appointments" lead width=Width::Wide>
            <div class="stack-lg">
                {form(narrowing)}
                {match (is_wrong, nothing) {
                    (true, _) => ().into_any(),
                    (false, Some(nothing)) => nothing.into_any(),
                    (false, None) => {
                        view! {
                            <DataTable
                                caption="Appointments"
                                hide_caption=true
                                head=vec!["When", "Patient", "Doctor", "Status", "Reference"]
                            >
                                {rows}
                            </DataTable>
                        }
                            .into_any()
                    }
                }}
                <Pagination page pages base/>
            </div>
        </Page>
    }
}

/// The list of other days, as narrow in status, doctor and search as this one.
fn days_address(narrowing: &VisitNarrowing, from: &str, to: &str) -> String {
    let VisitNarrowing { status, doctor, search, .. } = narrowing;
    address(VISITS, &[("search", search), ("status", status), ("doctor", doctor), ("from", from), ("to", to)])
}

fn form(narrowing: VisitNarrowing) -> impl IntoView {
    let days = narrowing
        .ranges
        .iter()
        .map(|range| {
            TabItem::new(days_address(&narrowing, &range.from, &range.to), range.label.clone(), range.is_current)
        })
        .collect();
    let VisitNarrowing { statuses, doctors, status, doctor, from, to, search, problem, .. } = narrowing;
    let error = |field: &str| problem.as_ref().and_then(|problem: &Problem| problem.for_field(field)).map(String::from);
    let (status_error, doctor_error, from_error, to_error) =
        (error("status"), error("doctor"), error("from"), error("to"));
    let doctors = (!doctors.is_empty()).then(|| {
        view! {
            <SelectField
                name="doctor"
                label="Doctor"
                options=doctors
                value=doctor
                blank="All doctors"
                unmarked=true
                error=doctor_error
            />
        }
    });
    view! {
        <div class="stack">
            <Chips label="Days" items=days/>
            <FormErrors problem controls=&["status", "doctor", "from", "to"]/>
            <form class="filters" method="get" action=VISITS role="search" aria-label="Filter appointments">
                <TextField
                    name="search"
                    label="Patient or reference"
                    kind="search"
                    value=search
                    autocomplete="off"
                    unmarked=true
                />
                <TextField name="from" label="First day" kind="date" value=from error=from_error unmarked=true/>
                <TextField name="to" label="Last day" kind="date" value=to error=to_error unmarked=true/>
                <SelectField
                    name="status"
                    label="Status"
                    options=statuses
                    value=status
                    blank="Any status"
                    unmarked=true
                    error=status_error
                />
                {doctors}
                <div class="filters-actions">
                    <Button icon=Glyph::Search>"Show appointments"</Button>
                    <LinkButton href=VISITS variant=Variant::Quiet>"Reset"</LinkButton>
                </div>
            </form>
        </div>
    }
}

/// How to find more: a search goes on through all days.
fn nothing(narrowing: &VisitNarrowing) -> impl IntoView + use<> {
    let has_days = !(narrowing.from.is_empty() && narrowing.to.is_empty());
    let search = narrowing.search.trim().to_owned();
    let everywhere = (has_days && !search.is_empty()).then(|| {
        let href = address(VISITS, &[("search", &search)]);
        view! { " " <TextLink href>{format!("Search all days for “{search}”")}</TextLink> "." }
    });
    view! {
        <EmptyState icon=Glyph::Calendar title="No appointments found" action=(VISITS, "Show all from today")>
            "Try any status, all doctors or more days. Search by part of the patient’s name, phone, date of birth, the \
             patient number (PT-…) or the appointment reference (APT-…)."
            {everywhere}
        </EmptyState>
    }
}

fn row(visit: AppointmentView) -> impl IntoView {
    let href = visit_address(&visit.reference, "");
    view! {
        <Row>
            <Cell label="When" main=true>
                <TextLink href><WhenText when=visit.starts/></TextLink>
            </Cell>
            <Cell label="Patient">{visit.patient.name}</Cell>
            <Cell label="Doctor">{visit.doctor_name}</Cell>
            <Cell label="Status"><StatusBadge status=visit.status/></Cell>
            <Cell label="Reference"><span class="reference">{visit.reference}</span></Cell>
        </Row>
    }
}
