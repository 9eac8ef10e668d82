//! `/appointments/book`: specialty, doctor, time, confirm. Each step has its own address. It is for those who book for
//! themselves; staff read here how they book.
//!
//! Whoever chose the specialty here has it in the address up to the last step, and the steps are counted for them. From
//! the directory one comes straight to a time: there is nothing to count.

use std::future::Future;

use domain_types::{
    Problem, ProblemCode,
    appointments::{Audience, DoctorRow, DoctorView, SlotGrid, SpecialtyView},
    page::Page as PageOf,
};
use leptos::prelude::*;

use super::{
    book_confirm::confirm_step,
    server_fns::{find_doctors, get_doctor, get_slots, get_specialties},
};
use crate::{
    address::address,
    components::{
        Avatar, Card, EmptyState, Glyph, LinkButton, Page, Pagination, Size, SlotPicker, Steps, TextLink, Variant,
        Width,
    },
    error::AppError,
    features::{
        Trouble,
        auth::server_fns::get_viewer,
        loaded,
        public::{DoctorCard, SpecialtyList},
        query,
    },
};

pub(super) const BOOK: &str = "/appointments/book";
const STEPS: &[&str] = &["Specialty", "Doctor", "Time", "Confirm"];

/// The step that the address names.
#[component]
pub fn BookPage() -> impl IntoView {
    let Some(doctor) = query("doctor") else {
        return match query("specialty") {
            Some(code) => doctor_step(code).into_any(),
            None => specialty_step().into_any(),
        };
    };
    let Ok(doctor) = doctor.parse::<i64>() else {
        let problem = Problem::new(ProblemCode::NotFound, "Doctor not found.");
        return view! { <Trouble problem/> }.into_any();
    };
    let way = query("specialty").unwrap_or_default();
    match (query("date"), query("time")) {
        (Some(date), Some(time)) => confirm_step(doctor, way, date, time).into_any(),
        _ => time_step(doctor, way).into_any(),
    }
}

/// How far somebody has come who takes one step after the other.
pub(super) fn counted(step: u8, way: &str) -> impl IntoView + use<> {
    (!way.is_empty()).then(|| view! { <Steps current=step names=STEPS/> })
}

/// Loads and draws a step for those who book for themselves, and tells everybody else how they book.
fn step<T, L, D, V>(load: L, draw: D) -> impl IntoView
where
    T: Send + 'static,
    L: Future<Output = Result<T, AppError>> + Send + 'static,
    D: FnOnce(T) -> V + Send + 'static,
    V: IntoView + 'static,
{
    let load = async move {
        let reader = get_viewer().await?;
        let elsewhere =
            reader.and_then(|viewer| Some((viewer.role.home(), Audience::from(viewer.role).books_elsewhere()?)));
        match elsewhere {
            Some(staff) => Ok(Err(staff)),
            None => load.await.map(Ok),
        }
    };
    loaded(load, move |found| match found {
        Ok(data) => draw(data).into_any(),
        Err((home, how)) => staff_page(home, how).into_any(),
    })
}

fn staff_page(home: &'static str, how: &'static str) -> impl IntoView {
    view! {
        <Page title="Book an appointment" heading="Only patients can book here" width=Width::Narrow>
            <Card title="How to book">
                <div class="stack">
                    <p>{how}</p>
                    // Another part of this server, not one of these pages.
                    <p><a class="link" href="/api/docs/" rel="external">"How to connect a system"</a></p>
                    <p>
                        "You can move or cancel a booked appointment on its page. Every doctor’s free times are open \
                         to everyone."
                    </p>
                </div>
            </Card>
            <div class="row mt-6">
                <LinkButton href=home>"Go to your start page"</LinkButton>
                <LinkButton href="/doctors" variant=Variant::Secondary>"See free times"</LinkButton>
            </div>
        </Page>
    }
}

/// The grid of a doctor's times, for whoever came by `way`: a specialty, or nothing.
#[must_use]
pub(super) fn times_address(doctor: i64, way: &str) -> String {
    address(BOOK, &[("doctor", &doctor.to_string()), ("specialty", way)])
}

fn specialty_step() -> impl IntoView {
    step(get_specialties(), |specialties: Vec<SpecialtyView>| {
        view! {
            <Page title="Book an appointment" lead="Choose the specialty that fits best.">
                <Steps current=1 names=STEPS/>
                <div class="stack-lg">
                    {if specialties.is_empty() {
                        view! {
                            <EmptyState icon=Glyph::Stethoscope title="No specialties yet">
                                "The clinic is not taking bookings yet. Please try again later."
                            </EmptyState>
                        }
                            .into_any()
                    } else {
                        view! { <SpecialtyList specialties base=BOOK/> }.into_any()
                    }}
                    <p class="text-muted">
                        "Know your doctor’s name? " <TextLink href="/doctors">"Search all doctors"</TextLink>
                    </p>
                </div>
            </Page>
        }
    })
}

fn doctor_step(specialty: String) -> impl IntoView {
    let wanted = specialty.clone();
    let page = query("page");
    let load = async move {
        let name = get_specialties().await?.into_iter().find(|found| found.code == wanted).map(|found| found.name);
        Ok((name, find_doctors(Some(wanted), None, page).await?.doctors))
    };
    step(load, move |(name, doctors): (Option<String>, PageOf<DoctorRow>)| {
        let title = name.map_or_else(|| "Choose a doctor".to_owned(), |name| format!("Choose a doctor: {name}"));
        let base = address(BOOK, &[("specialty", &specialty)]);
        let (page, pages) = (doctors.page, doctors.pages());
        let is_empty = doctors.results.is_empty();
        let cards = doctors
            .results
            .into_iter()
            .map(|row| {
                let href = times_address(row.id.0, &specialty);
                view! { <li><DoctorCard row href action="Choose a time"/></li> }
            })
            .collect_view();
        view! {
            <Page title lead="Earliest available first." back=(BOOK, "All specialties")>
                <Steps current=2 names=STEPS/>
                <div class="stack-lg">
                    {if is_empty {
                        view! {
                            <EmptyState
                                icon=Glyph::Stethoscope
                                title="No doctors available"
                                action=(BOOK, "Choose another specialty")
                            >
                                "No doctor in this specialty is taking bookings at the moment."
                            </EmptyState>
                        }
                            .into_any()
                    } else {
                        view! { <ul class="stack">{cards}</ul> }.into_any()
                    }}
                    <Pagination page pages base/>
                </div>
            </Page>
        }
    })
}

fn time_step(doctor: i64, way: String) -> impl IntoView {
    let from = query("from");
    let load = async move { Ok((get_doctor(doctor).await?, get_slots(doctor, from, None).await?)) };
    step(load, move |(doctor, grid): (DoctorView, SlotGrid)| {
        let row = doctor.row;
        let here = times_address(row.id.0, &way);
        let back = if way.is_empty() {
            (format!("/doctors/{}", row.id), row.name.clone())
        } else {
            (
                address(BOOK, &[("specialty", &row.specialty_code)]),
                format!("All doctors for {}", row.specialty.to_lowercase()),
            )
        };
        let is_full = grid.days.iter().all(|day| day.free() == 0);
        let facts = format!("{} minutes · {}", doctor.rules.duration_minutes, doctor.rules.fee);
        view! {
            <Page title="Choose a time" width=Width::Wide back_to=back>
                {counted(3, &way)}
                <div class="stack-lg">
                    <div class="flex items-center gap-4">
                        <Avatar initials=row.initials size=Size::Medium/>
                        <div>
                            <p class="font-semibold">{row.name}</p>
                            <p class="text-muted">{row.specialty} " · " <span class="tnum">{facts}</span></p>
                        </div>
                    </div>
                    {is_full
                        .then(|| {
                            view! {
                                <EmptyState icon=Glyph::CalendarX title="No free times in these two weeks">
                                    "Look at later weeks below, or go back and choose another doctor."
                                </EmptyState>
                            }
                        })}
                    <SlotPicker grid slot_href=here.clone() page_href=here/>
                </div>
            </Page>
        }
    })
}
