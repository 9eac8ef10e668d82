//! What holds at present, as a patient reads it on top of their record.

use domain_types::records::{RecordType, RecordView};
use leptos::prelude::*;

use super::entry_address;
use crate::components::{Card, Described, DescriptionList, TextLink};

/// Allergies, problems and medicines; nothing for a record that has none of them.
#[component]
pub fn AtPresent(holds: Vec<RecordView>) -> impl IntoView {
    let of = |kinds: &[RecordType]| holds.iter().filter(|record| kinds.contains(&record.kind)).collect::<Vec<_>>();
    let groups = [
        ("Allergies", of(&[RecordType::Allergy])),
        ("Problems", of(&[RecordType::Problem])),
        ("Medicines", of(&[RecordType::Prescription, RecordType::Medication])),
    ];
    let facts: Vec<_> = groups
        .into_iter()
        .filter(|(_, records)| !records.is_empty())
        .map(|(term, records)| {
            let items = records.into_iter().map(item).collect_view();
            view! { <Described term=term><ul class="at-present">{items}</ul></Described> }
        })
        .collect();
    (!facts.is_empty())
        .then(|| view! { <Card title="Current health summary"><DescriptionList>{facts}</DescriptionList></Card> })
}

/// Each leads to its entry, where the rest stands.
fn item(record: &RecordView) -> impl IntoView + use<> {
    let (href, title) = (entry_address(&record.reference), record.title());
    let more = record.summary();
    let more = (!more.is_empty()).then(|| view! { <span class="text-muted">" " {more}</span> });
    view! { <li><TextLink href>{title}</TextLink> {more}</li> }
}
