//! One doctor: who they are, and when they are free.

use domain_types::{
    Problem, ProblemCode,
    appointments::{DoctorView, SlotGrid},
};
use leptos::prelude::*;

use crate::{
    components::{
        Avatar, BackLink, Card, Described, DescriptionList, Glyph, Icon, PageTitle, PhoneLink, Size, SlotPicker,
        ZoneMark,
    },
    error::AppError,
    features::{
        appointments::server_fns::{get_doctor, get_slots},
        loaded, param, query,
    },
};

/// The page of one doctor.
#[component]
pub fn DoctorPage() -> impl IntoView {
    let id = param("id").parse().ok();
    loaded(load(id, query("from")), |(doctor, grid)| view! { <Profile doctor grid/> })
}

async fn load(id: Option<i64>, from: Option<String>) -> Result<(DoctorView, SlotGrid), AppError> {
    let id = id.ok_or_else(|| Problem::new(ProblemCode::NotFound, "Doctor not found."))?;
    Ok((get_doctor(id).await?, get_slots(id, from, None).await?))
}

#[component]
fn Profile(doctor: DoctorView, grid: SlotGrid) -> impl IntoView {
    let DoctorView { row, bio, hours, zone, address, phone, rules } = doctor;
    let hours = hours
        .into_iter()
        .map(|(day, times)| view! { <div class="fact"><dt>{day}</dt><dd class="tnum">{times}</dd></div> })
        .collect_view();
    let experience = match row.years_of_experience {
        0 => None,
        1 => Some("1 year of experience".to_owned()),
        years => Some(format!("{years} years of experience")),
    };
    let change = match rules.cancel_cutoff_hours {
        0 => "Free to cancel or move online until it starts.".to_owned(),
        hours => format!("Free to cancel or move online until {hours} hours before."),
    };
    view! {
        <PageTitle text=row.name.clone()/>
        <div class="page page-wide">
            <BackLink href="/doctors">"All doctors"</BackLink>
            <header class="profile">
                <Avatar initials=row.initials size=Size::Large/>
                <div>
                    <h1 class="page-title">{row.name}</h1>
                    <p class="page-lead">{row.specialty}</p>
                    <ul class="doctor-facts">
                        <li><Icon glyph=Glyph::Languages/>{row.languages}</li>
                        {experience.map(|years| view! { <li><Icon glyph=Glyph::Stethoscope/>{years}</li> })}
                    </ul>
                </div>
            </header>
            <div class="split">
                <section id="times" class="times" aria-labelledby="times-title">
                    <h2 class="section-title" id="times-title">"Choose a time"</h2>
                    <SlotPicker
                        grid
                        slot_href=format!("/appointments/book?doctor={}", row.id)
                        page_href=format!("/doctors/{}", row.id)
                    />
                </section>
                <div class="stack">
                    <Card title="Appointment">
                        <DescriptionList>
                            <Described term="Duration"><span class="tnum">{format!("{} minutes", rules.duration_minutes)}</span></Described>
                            <Described term="Fee"><span class="tnum">{rules.fee.to_string()}</span></Described>
                            <Described term="Where">{row.department}<br/>{address}</Described>
                            <Described term="Phone"><PhoneLink number=phone/></Described>
                            <Described term="Changes">{change}</Described>
                        </DescriptionList>
                    </Card>
                    {(!bio.is_empty())
                        .then(|| view! { <Card title="About"><p class="bio">{bio}</p></Card> })}
                    <Card title="Working hours">
                        <div data-times="">
                            <dl class="facts facts-hours">{hours}</dl>
                            <p class="text-muted"><ZoneMark zone/></p>
                        </div>
                    </Card>
                </div>
            </div>
        </div>
    }
}
