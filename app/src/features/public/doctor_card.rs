//! A doctor among others: what one needs to know to choose.

use domain_types::appointments::DoctorRow;
use leptos::prelude::*;

use crate::components::{Avatar, Glyph, Icon, LinkButton, Size, Variant, ZoneMark};

/// A doctor in a list of results, with the next free time and the way to more.
#[component]
pub fn DoctorCard(
    row: DoctorRow,
    /// Where the card leads.
    #[prop(into)]
    href: String,
    /// What its button says.
    #[prop(into)]
    action: String,
) -> impl IntoView {
    let name_id = format!("doctor-{}", row.id);
    let labelled = name_id.clone();
    let next = match row.next_free {
        Some(when) => {
            let near = when.near.map(|near| format!(", {}", near.to_lowercase()));
            view! {
                <span class="doctor-next-label">"Next free time" {near}</span>
                <time class="doctor-next-time tnum" datetime=when.instant>{when.label}</time>
                <ZoneMark zone=when.zone/>
            }
            .into_any()
        }
        None => view! { <span class="doctor-next-label">"No free times at the moment"</span> }.into_any(),
    };
    view! {
        <article class="card doctor-card" aria-labelledby=labelled>
            <Avatar initials=row.initials/>
            <div class="doctor-about">
                <h2 class="doctor-name" id=name_id>
                    <a class="plain-link" href=format!("/doctors/{}", row.id)>{row.name.clone()}</a>
                </h2>
                <p class="doctor-field">{row.specialty}</p>
                <ul class="doctor-facts">
                    <li><Icon glyph=Glyph::MapPin/>{format!("{}, {}", row.hospital, row.department)}</li>
                    <li><Icon glyph=Glyph::Languages/>{row.languages}</li>
                    <li><Icon glyph=Glyph::Banknote/><span class="tnum">{format!("{} per appointment", row.fee)}</span></li>
                </ul>
            </div>
            <div class="doctor-next">
                <p>{next}</p>
                <LinkButton href variant=Variant::Secondary size=Size::Medium>
                    {action}
                    // Read as one phrase: a comma after a hidden gap would be read as a word of its own.
                    <span class="visually-hidden">{format!(" with {}", row.name)}</span>
                </LinkButton>
            </div>
        </article>
    }
}
