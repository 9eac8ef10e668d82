//! `/appointments`

use domain_types::{appointments::AppointmentView, auth::Viewer, page::Page as PageOf};
use leptos::prelude::*;

use super::{server_fns::list_appointments, visit_parts::VisitCard};
use crate::{
    components::{EmptyState, Glyph, LinkButton, Page, Pagination, TabItem, Tabs},
    features::{auth::server_fns::get_viewer, loaded, query},
};

/// The visits of whoever looks: those to come and those that are over.
#[component]
pub fn AppointmentsPage() -> impl IntoView {
    let is_past = query("tab").as_deref() == Some("past");
    let scope = is_past.then(|| "past".to_owned());
    let page = query("page");
    let load = async move { Ok((list_appointments(scope, page).await?, get_viewer().await?)) };
    loaded(load, move |(visits, viewer): (PageOf<AppointmentView>, Option<Viewer>)| {
        let reader = viewer.map(|viewer| viewer.name).unwrap_or_default();
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
            .map(|visit| view! { <li><VisitCard visit reader=reader.clone()/></li> })
            .collect_view();
        let book =
            || view! { <LinkButton href="/appointments/book" icon=Glyph::CalendarPlus>"Book a visit"</LinkButton> };
        view! {
            <Page title="Appointments" actions=book>
                <Tabs label="Which visits" items=tabs/>
                <div class="stack-lg">
                    {match (is_empty, is_past) {
                        (false, _) => view! { <ul class="stack">{cards}</ul> }.into_any(),
                        (true, true) => {
                            view! {
                                <EmptyState icon=Glyph::CalendarCheck title="Nothing here yet">
                                    "Visits that are over or cancelled are kept here."
                                </EmptyState>
                            }
                                .into_any()
                        }
                        (true, false) => {
                            view! {
                                <EmptyState
                                    icon=Glyph::Calendar
                                    title="No visit ahead"
                                    action=("/appointments/book", "Book a visit")
                                >
                                    "Choose a field, a doctor and a time. It takes about a minute."
                                </EmptyState>
                            }
                                .into_any()
                        }
                    }}
                    <Pagination page pages base/>
                </div>
            </Page>
        }
    })
}
