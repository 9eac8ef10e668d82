//! The directory: who is free soonest, by field and by name.

use domain_types::appointments::{DoctorDirectory, SpecialtyView};
use leptos::prelude::*;

use super::{DoctorCard, urgent_notice::UrgentNotice};
use crate::{
    address::address,
    components::{Chips, EmptyState, Glyph, Page, Pagination, SearchForm, TabItem, Width},
    error::AppError,
    features::{
        appointments::server_fns::{find_doctors, get_specialties},
        loaded, query,
    },
};

/// What is looked for, as the address says it.
#[derive(Clone, Debug, Default)]
struct Wanted {
    specialty: String,
    search: String,
    page: String,
}

impl Wanted {
    fn from_address() -> Self {
        let value = |name: &str| query(name).unwrap_or_default();
        Self { specialty: value("specialty"), search: value("search").trim().to_owned(), page: value("page") }
    }

    fn address(&self) -> String {
        address("/doctors", &[("specialty", &self.specialty), ("search", &self.search)])
    }

    /// Everything that one page of results needs.
    async fn load(&self) -> Result<(Vec<SpecialtyView>, DoctorDirectory), AppError> {
        let given = |text: &String| (!text.is_empty()).then(|| text.clone());
        let found = find_doctors(given(&self.specialty), given(&self.search), given(&self.page)).await?;
        Ok((get_specialties().await?, found))
    }
}

/// The directory.
#[component]
pub fn DoctorsPage() -> impl IntoView {
    let wanted = Wanted::from_address();
    let found = {
        let wanted = wanted.clone();
        async move { wanted.load().await }
    };
    loaded(found, |(specialties, found)| view! { <Directory wanted specialties found/> })
}

#[component]
fn Directory(wanted: Wanted, specialties: Vec<SpecialtyView>, found: DoctorDirectory) -> impl IntoView {
    let DoctorDirectory { doctors, is_partial, is_urgent } = found;
    let field = specialties.iter().find(|specialty| specialty.code == wanted.specialty);
    let title =
        field.map_or_else(|| "Find a doctor".to_owned(), |field| format!("Doctors for {}", lower_first(&field.name)));
    let lead = field.map_or_else(
        || "Earliest available first.".to_owned(),
        |field| format!("{}. Earliest available first.", field.about),
    );
    let all = TabItem::new(address("/doctors", &[("search", &wanted.search)]), "All", wanted.specialty.is_empty());
    let fields = specialties.iter().map(|specialty| {
        let href = address("/doctors", &[("specialty", &specialty.code), ("search", &wanted.search)]);
        TabItem::new(href, &specialty.name, specialty.code == wanted.specialty)
    });
    let chips = std::iter::once(all).chain(fields).collect();
    let count = match doctors.count {
        1 => "1 doctor".to_owned(),
        count => format!("{count} doctors"),
    };
    let count = if is_partial {
        let verb = if doctors.count == 1 { "matches" } else { "match" };
        format!("No doctor matches all of “{}”. {count} {verb} part of it.", wanted.search)
    } else {
        count
    };
    let is_empty = doctors.results.is_empty();
    let (page, pages, base) = (doctors.page, doctors.pages(), wanted.address());
    let cards = doctors.results.into_iter().map(|row| {
        let href = format!("/doctors/{}#times", row.id);
        view! { <li><DoctorCard row href action="See times"/></li> }
    });
    let cards = cards.collect_view();
    view! {
        <Page title lead width=Width::Wide>
            <div class="stack">
                <SearchForm
                    action="/doctors"
                    label="Doctor’s name or your problem"
                    hint="For example a name, heart, skin or knee"
                    value=wanted.search.clone()
                    keep=vec![("specialty".to_owned(), wanted.specialty.clone())]
                />
                <Chips label="Specialty" items=chips/>
                {is_urgent.then(|| view! { <UrgentNotice/> })}
            </div>
            {if is_empty {
                view! {
                    <EmptyState
                        icon=Glyph::Search
                        title="No doctor found"
                        action=("/doctors", "Show all doctors")
                    >
                        {nothing_found(&wanted)}
                    </EmptyState>
                }
                    .into_any()
            } else {
                view! {
                    <p class="results-count tnum">{count}</p>
                    <ol class="results">{cards}</ol>
                    <Pagination page pages base/>
                }
                    .into_any()
            }}
        </Page>
    }
}

fn nothing_found(wanted: &Wanted) -> String {
    if wanted.search.is_empty() {
        "There are no doctors in this specialty at the moment.".to_owned()
    } else {
        format!(
            "No doctors match “{}”. Try part of a name, or one word for the problem, such as heart or knee.",
            wanted.search
        )
    }
}

/// "Cardiology" → "cardiology", inside a sentence.
fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
