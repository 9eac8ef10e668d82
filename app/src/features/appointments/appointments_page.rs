//! `/appointments`

use domain_types::{
    appointments::{AppointmentView, VisitList},
    auth::Viewer,
    page::Page as PageOf,
};
use leptos::prelude::*;

use super::{server_fns::list_appointments, visit_parts::VisitCard, visit_table::visit_table};
use crate::{
    components::{EmptyState, Glyph, LinkButton, Page, Pagination, TabItem, Tabs},
    features::{auth::server_fns::get_viewer, loaded, query},
};

/// The visits that whoever looks may see: a patient's own in two halves, for staff a table that can be narrowed.
#[component]
pub fn AppointmentsPage() -> impl IntoView {
    let tab = query("tab");
    let is_past = tab.as_deref() == Some("past");
    let [status, doctor, from, to] = ["status", "doctor", "from", "to"].map(query);
    let visits = list_appointments(tab, status, doctor, from, to, query("search"), query("page"));
    let load = async move { Ok((visits.await?, get_viewer().await?)) };
    loaded(load, move |(VisitList { visits, narrowing, .. }, viewer): (VisitList, Option<Viewer>)| {
        let reader = viewer.map(|viewer| viewer.name).unwrap_or_default();
        match narrowing {
            Some(narrowing) => visit_table(visits, narrowing).into_any(),
            None => own_visits(visits, is_past, &reader).into_any(),
        }
    })
}

fn own_visits(visits: PageOf<AppointmentView>, is_past: bool, reader: &str) -> impl IntoView + use<> {
    let base = if is_past { "/appointments?tab=past" } else { "/appointments" };
    let (page, pages) = (visits.page, visits.pages());
    let tabs = vec![
        TabItem::new("/appointments", "Upcoming", !is_past),
        TabItem::new("/appointments?tab=past", "Past and cancelled", is_past),
    ];
    let is_empty = visits.results.is_empty();
    let cards = visits
        .results
        .into_iter()
        .map(|visit| view! { <li><VisitCard visit reader=reader.to_owned()/></li> })
        .collect_view();
    let book =
        || view! { <LinkButton href="/appointments/book" icon=Glyph::CalendarPlus>"Book an appointment"</LinkButton> };
    view! {
        <Page title="Appointments" actions=book>
            <Tabs label="Which appointments" items=tabs/>
            <div class="stack-lg">
                {if is_empty { nothing(is_past).into_any() } else { view! { <ul class="stack">{cards}</ul> }.into_any() }}
                <Pagination page pages base/>
            </div>
        </Page>
    }
}

fn nothing(is_past: bool) -> impl IntoView {
    if is_past {
        view! {
            <EmptyState icon=Glyph::CalendarCheck title="Nothing here yet">
                "Past and cancelled appointments appear here."
            </EmptyState>
        }
    } else {
        view! {
            <EmptyState icon=Glyph::Calendar title="No upcoming appointments" action=("/appointments/book", "Book an appointment")>
                "Choose a specialty, a doctor and a time. It takes about a minute."
            </EmptyState>
        }
    }
}
