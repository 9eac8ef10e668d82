//! What holds at present, as a patient reads it on top of their record.

use domain_types::records::{RecordType, RecordView};
use leptos::prelude::*;

use super::entry_address;
use crate::components::{Card, Described, DescriptionList, TextLink};

/// Allergies, or whether anybody asked about them; problems and medicines where there are any.
#[component]
pub fn AtPresent(holds: Vec<RecordView>) -> impl IntoView {
    let of = |kinds: &[RecordType]| holds.iter().filter(|record| kinds.contains(&record.kind)).collect::<Vec<_>>();
    let groups = [
        ("Allergies", of(&[RecordType::Allergy])),
        ("Problems", of(&[RecordType::Problem])),
        ("Medicines", of(&[RecordType::Prescription, RecordType::Medication])),
    ];
    let none = groups[0].1.is_empty().then(|| no_allergies(of(&[RecordType::NoKnownAllergies]).first().copied()));
    let facts = groups
        .into_iter()
        .filter(|(_, records)| !records.is_empty())
        .map(|(term, records)| {
            let items = records.into_iter().map(item).collect_view();
            view! { <Described term=term><ul class="at-present">{items}</ul></Described> }
        })
        .collect_view();
    view! { <Card title="Current health summary"><DescriptionList>{none} {facts}</DescriptionList></Card> }
}

fn no_allergies(none_known: Option<&RecordView>) -> impl IntoView + use<> {
    let words = match none_known {
        Some(asked) => format!("{}. {}", asked.title(), asked.asked_words()),
        None => "You have not been asked yet. Tell your doctor about any allergies.".to_owned(),
    };
    view! { <Described term="Allergies">{words}</Described> }
}

/// Each leads to its entry, where the rest stands.
fn item(record: &RecordView) -> impl IntoView + use<> {
    let (href, title) = (entry_address(&record.reference), record.title());
    let more = record.summary();
    let more = (!more.is_empty()).then(|| view! { <span class="text-muted">" " {more}</span> });
    view! { <li><TextLink href>{title}</TextLink> {more}</li> }
}
