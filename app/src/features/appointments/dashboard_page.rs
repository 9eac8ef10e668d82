//! `/dashboard`

use domain_types::{
    appointments::{AppointmentView, Audience, ClinicView, PatientDashboard, VisitAction},
    auth::Viewer,
    records::{LabResultView, Level, RecordGlance, TimelineEntry, Unacted},
};
use leptos::prelude::*;

use super::{
    server_fns::get_dashboard,
    visit_parts::{VisitCard, visit_address},
    visit_status::VisitStatus,
};
use crate::{
    components::{
        Avatar, Card, Described, DescriptionList, EmptyState, Glyph, LinkButton, Page, PhoneLink, Size, TextLink,
        Variant, WayCard, WhenText,
    },
    features::{
        auth::server_fns::get_viewer,
        loaded,
        records::{EntryList, OutOfRangeAdvice, OutOfRangeList, server_fns::get_glance, unacted_for_patients},
    },
};

/// A patient's first page: the next visit, those after it, and the ways on.
#[component]
pub fn DashboardPage() -> impl IntoView {
    let load = async { Ok((get_dashboard().await?, get_viewer().await?, get_glance().await?)) };
    loaded(load, |(dashboard, viewer, glance): (PatientDashboard, Option<Viewer>, RecordGlance)| {
        let PatientDashboard { first_name, next_visit, later_visits, upcoming_count, clinic } = dashboard;
        let reader = viewer.map(|viewer| viewer.name).unwrap_or_default();
        let heading = format!("Hello, {first_name}");
        // In reach of a thumb, right below the next one; an empty list has its own way to book.
        let book = next_visit.is_some().then(|| {
            view! {
                <div class="row no-print">
                    <LinkButton href="/appointments/book" variant=Variant::Secondary icon=Glyph::CalendarPlus>
                        "Book an appointment"
                    </LinkButton>
                </div>
            }
        });
        let next = match next_visit {
            Some(visit) => next_visit_card(visit, &clinic).into_any(),
            None => view! {
                <EmptyState icon=Glyph::Calendar title="No upcoming appointments" action=("/appointments/book", "Book an appointment")>
                    "Choose a specialty, a doctor and a time. It takes about a minute."
                </EmptyState>
            }
            .into_any(),
        };
        let unacted = Unacted::all(&glance.out_of_range, &glance.readings);
        let unacted = unacted_for_patients(&unacted, clinic.phone.clone());
        let level = Level::worst(&glance.out_of_range);
        // What to do is said once.
        let results = out_of_range(glance.out_of_range, unacted.is_none().then_some(&*clinic.phone));
        // What must be done now comes first.
        let (now, soon) = if level == Level::Critical { (results, None) } else { (None, results) };
        view! {
            <Page title="Overview" heading>
                <div class="split">
                    <div class="stack-lg">{unacted} {now} {next} {book} {soon} {later(later_visits, upcoming_count, &reader)} {recent(glance.recent)}</div>
                    <aside class="stack">
                        <WayCard href="/records" glyph=Glyph::FileText title="My records" text="Notes, results and prescriptions"/>
                        <WayCard href="/appointments?tab=past" glyph=Glyph::CalendarCheck title="Past appointments" text="Your appointment history"/>
                        {clinic_card(clinic)}
                    </aside>
                </div>
            </Page>
        }
    })
}

fn next_visit_card(visit: AppointmentView, clinic: &ClinicView) -> impl IntoView + use<> {
    let status = visit.status;
    let href = visit_address(&visit.reference, "");
    let move_href = visit.may_move.then(|| visit_address(&visit.reference, "/move"));
    let may_cancel = visit.actions.contains(&VisitAction::Cancel);
    let cancel_href = may_cancel.then(|| visit_address(&visit.reference, "/cancel"));
    let address = clinic.address.clone();
    view! {
        <Card title="Your next appointment" actions=move || view! { <VisitStatus status audience=Audience::Patient/> }>
            <div class="stack">
                <div class="flex items-center gap-4">
                    <Avatar initials=visit.doctor_initials size=Size::Medium/>
                    <div>
                        <p class="text-lg font-semibold"><WhenText when=visit.starts spoken=true to=visit.ends_time/></p>
                        <p>{visit.doctor_name} ", " {visit.specialty}</p>
                    </div>
                </div>
                <DescriptionList compact=true>
                    <Described term="Where">{visit.hospital} ", " {visit.department} <br/> {address}</Described>
                    <Described term="Reference"><span class="reference">{visit.reference}</span></Described>
                </DescriptionList>
                <div class="row no-print">
                    <LinkButton href>"View appointment"</LinkButton>
                    {move_href
                        .map(|href| view! { <LinkButton href variant=Variant::Secondary>"Move"</LinkButton> })}
                    {cancel_href
                        .map(|href| view! { <LinkButton href variant=Variant::Quiet>"Cancel appointment"</LinkButton> })}
                </div>
            </div>
        </Card>
    }
}

fn later(visits: Vec<AppointmentView>, upcoming: u64, reader: &str) -> impl IntoView + use<> {
    let shown = u64::try_from(visits.len()).unwrap_or(u64::MAX).saturating_add(1);
    let cards = visits
        .into_iter()
        .map(|visit| view! { <li><VisitCard visit reader=reader.to_owned()/></li> })
        .collect::<Vec<_>>();
    (!cards.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="later-visits">
                <h2 class="card-title" id="later-visits">"Later appointments"</h2>
                <ul class="stack">{cards}</ul>
                {(upcoming > shown)
                    .then(|| {
                        view! { <p><TextLink href="/appointments">{format!("All {upcoming} appointments")}</TextLink></p> }
                    })}
            </section>
        }
    })
}

/// Results that somebody may worry about, where to look, and with the clinic's number what to do.
fn out_of_range(results: Vec<LabResultView>, phone: Option<&str>) -> Option<AnyView> {
    let level = Level::worst(&results);
    let advice = phone.map(str::to_owned).map(|phone| view! { <OutOfRangeAdvice level phone/> });
    let list = view! { <OutOfRangeList results=results.clone()/> };
    let body = if level == Level::Critical {
        view! { {advice} {list} }.into_any()
    } else {
        view! { {list} {advice} }.into_any()
    };
    (!results.is_empty())
        .then(|| view! { <Card title="Results out of range"><div class="stack">{body}</div></Card> }.into_any())
}

fn recent(entries: Vec<TimelineEntry>) -> impl IntoView {
    (!entries.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="recent-records">
                <h2 class="card-title" id="recent-records">"Latest in your record"</h2>
                <EntryList entries level=3/>
                <p><TextLink href="/records">"View full record"</TextLink></p>
            </section>
        }
    })
}

fn clinic_card(clinic: ClinicView) -> impl IntoView {
    view! {
        <Card title=clinic.name>
            <p>{clinic.address}</p>
            <p><PhoneLink number=clinic.phone/></p>
        </Card>
    }
}
