//! The fields of medicine, in a patient's words.

use domain_types::appointments::SpecialtyView;
use leptos::prelude::*;

use crate::address::with_query;

/// Every field with what it treats; each leads to `base` with `specialty`.
#[component]
pub fn SpecialtyList(specialties: Vec<SpecialtyView>, #[prop(into)] base: String) -> impl IntoView {
    let items = specialties
        .into_iter()
        .map(|specialty| {
            let href = with_query(&base, &[("specialty", &specialty.code)]);
            let doctors = match specialty.doctors {
                1 => "1 doctor".to_owned(),
                count => format!("{count} doctors"),
            };
            view! {
                <li>
                    <a class="card card-link specialty" href=href>
                        <strong class="specialty-name">{specialty.name}</strong>
                        <span class="specialty-about">{specialty.about}</span>
                        <span class="specialty-count tnum">{doctors}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="specialties">{items}</ul> }
}
