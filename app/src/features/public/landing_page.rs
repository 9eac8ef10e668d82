//! The first page: what SecureMed is for, and the shortest way to a doctor.

use domain_types::{
    appointments::{ClinicView, DoctorRow, SpecialtyView},
    auth::Viewer,
};
use leptos::prelude::*;

use super::SpecialtyList;
use crate::{
    components::{
        Avatar, Button, Glyph, Icon, LinkButton, PageTitle, PhoneLink, SelectField, Size, TextField, TextLink, Variant,
        ZoneMark,
    },
    features::{
        appointments::server_fns::{find_doctors, get_clinic, get_specialties},
        auth::server_fns::get_viewer,
    },
};

/// How many of those who are free first are named.
const SOONEST: usize = 3;

/// What the page shows of the clinic. What cannot be found out is left out: the page still leads on.
#[derive(Clone, Debug, Default)]
struct Front {
    specialties: Vec<SpecialtyView>,
    soonest: Vec<DoctorRow>,
    clinic: Option<ClinicView>,
    viewer: Option<Viewer>,
}

impl Front {
    async fn load() -> Self {
        let doctors = find_doctors(None, None, None).await.map(|found| found.doctors.results).unwrap_or_default();
        Self {
            specialties: get_specialties().await.unwrap_or_default(),
            soonest: doctors.into_iter().filter(|doctor| doctor.next_free.is_some()).take(SOONEST).collect(),
            clinic: get_clinic().await.ok(),
            viewer: get_viewer().await.ok().flatten(),
        }
    }
}

/// The first page.
#[component]
pub fn LandingPage() -> impl IntoView {
    view! {
        <PageTitle text="SecureMed"/>
        <Suspense>
            {Suspend::new(async move {
                let Front { specialties, soonest, clinic, viewer } = Front::load().await;
                let choices = specialties.iter().map(|field| (field.code.clone(), field.name.clone())).collect();
                view! {
                    <section class="hero">
                        <div class="hero-row">
                            <div class="hero-words">
                                <h1 class="hero-title">"See the right doctor at a time that suits you"</h1>
                                <p class="hero-lead">
                                    "See our doctors’ free times, choose one and book it online. We will e-mail you a \
                                     confirmation straight away."
                                </p>
                                <form class="hero-search" role="search" method="get" action="/doctors" aria-label="Find a doctor">
                                    <SelectField name="specialty" label="Specialty" options=choices blank="Any specialty" unmarked=true/>
                                    <TextField name="search" label="Doctor’s name or your problem" kind="search" unmarked=true/>
                                    <Button size=Size::Large icon=Glyph::Search>"Find a doctor"</Button>
                                </form>
                            </div>
                            <Soonest doctors=soonest/>
                        </div>
                    </section>
                    <Fields specialties/>
                    <HowItWorks/>
                    <Closing clinic viewer/>
                }
            })}
        </Suspense>
    }
}

/// Who is free first, from the calendar as it is now.
#[component]
fn Soonest(doctors: Vec<DoctorRow>) -> impl IntoView {
    let rows = doctors
        .into_iter()
        .filter_map(|doctor| {
            let when = doctor.next_free?;
            Some(view! {
                <li>
                    <a class="soonest-row" href=format!("/doctors/{}#times", doctor.id)>
                        <Avatar initials=doctor.initials/>
                        <span class="soonest-who">
                            <strong>{doctor.name}</strong>
                            <span>{doctor.specialty}</span>
                        </span>
                        <time class="soonest-when tnum" datetime=when.instant>
                            <span>{when.near.unwrap_or(when.day)}</span>
                            <strong>{when.time}</strong>
                            <ZoneMark zone=when.zone/>
                        </time>
                    </a>
                </li>
            })
        })
        .collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! {
            <aside class="card soonest" aria-labelledby="soonest-title">
                <h2 class="card-title" id="soonest-title">"Earliest available"</h2>
                <ul>{rows}</ul>
                <p><TextLink href="/doctors">"All doctors and times"</TextLink></p>
            </aside>
        }
    })
}

#[component]
fn Fields(specialties: Vec<SpecialtyView>) -> impl IntoView {
    (!specialties.is_empty()).then(|| {
        view! {
            <section class="band" aria-labelledby="fields-title">
                <h2 class="section-title" id="fields-title">"What can we help with?"</h2>
                <SpecialtyList specialties base="/doctors"/>
            </section>
        }
    })
}

#[component]
fn HowItWorks() -> impl IntoView {
    const STEPS: [(Glyph, &str, &str); 3] = [
        (
            Glyph::Stethoscope,
            "Choose a doctor",
            "By specialty, by name, or the earliest available. You see the fee and the address before you decide.",
        ),
        (
            Glyph::CalendarCheck,
            "Pick a free time",
            "See two weeks at a glance. Once you confirm a time, no one else can book it.",
        ),
        (
            Glyph::Mail,
            "Get a confirmation",
            "An e-mail with the reference, the address and a calendar file. You can move or cancel the appointment yourself.",
        ),
    ];
    let steps = STEPS
        .into_iter()
        .map(|(glyph, title, text)| {
            view! {
                <li class="how-step">
                    <span class="how-icon"><Icon glyph/></span>
                    <h3>{title}</h3>
                    <p>{text}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="band" aria-labelledby="how-title">
            <h2 class="section-title" id="how-title">"How it works"</h2>
            <ol class="how">{steps}</ol>
        </section>
    }
}

/// The way in for those who have an account, what is kept of them, and the telephone.
#[component]
fn Closing(clinic: Option<ClinicView>, viewer: Option<Viewer>) -> impl IntoView {
    let way_in = match viewer {
        Some(viewer) => view! {
            <h2 class="closing-title">"You are signed in"</h2>
            <p>"Go to your appointments and records."</p>
            <LinkButton href=viewer.role.home() variant=Variant::Secondary>"Go to your start page"</LinkButton>
        }
        .into_any(),
        None => view! {
            <h2 class="closing-title">"Already a patient?"</h2>
            <p>"Sign in to see or change your next appointment, or to read your records."</p>
            <LinkButton href="/login" variant=Variant::Secondary icon=Glyph::LogIn>"Sign in"</LinkButton>
        }
        .into_any(),
    };
    view! {
        <section class="band closing" aria-label="More">
            <div class="closing-part">{way_in}</div>
            <div class="closing-part">
                <h2 class="closing-title">"Your record is yours"</h2>
                <p>
                    "Only you and the doctors who treat you can open it, except in an emergency, and every access is \
                     logged. No advertising, no tracking, nothing loaded from other companies."
                </p>
                <TextLink href="/privacy">"How we treat your data"</TextLink>
            </div>
            {clinic
                .map(|clinic| {
                    view! {
                        <div class="closing-part">
                            <h2 class="closing-title">"Prefer to talk?"</h2>
                            <p>
                                {format!("{}, {}", clinic.name, clinic.address)}
                            </p>
                            <p class="closing-phone"><Icon glyph=Glyph::Phone/><PhoneLink number=clinic.phone/></p>
                        </div>
                    }
                })}
        </section>
    }
}
