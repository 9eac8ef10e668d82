//! What an entry says, part by part.

use domain_types::records::{Content, Report};
use leptos::prelude::*;

use crate::components::{Described, DescriptionList};

/// What an entry says. Parts that say nothing are left out.
#[component]
pub fn EntryContent(content: Option<Content>) -> impl IntoView {
    let facts = match content {
        None => return view! { <p>"What this entry said was erased."</p> }.into_any(),
        Some(Content::Report(report)) => told(&report),
        Some(Content::Prescription(rx)) => facts([
            ("Medicine", rx.medication_name),
            ("Dose", rx.dosage),
            ("How often", rx.frequency),
            ("For how long", rx.duration),
            ("Instructions", rx.instructions),
        ]),
        Some(Content::Vitals(vitals)) => vitals.readings(),
        Some(Content::Immunisation(given)) => {
            facts([("Vaccine", given.vaccine), ("Dose", given.dose), ("Batch", given.batch), ("Where", given.site)])
        }
        Some(Content::Document(document)) => {
            facts([("File", document.name), ("Size", size_in_words(document.size)), ("Note", document.note)])
        }
        Some(Content::Problem(condition)) => {
            facts([("Problem", condition.name), ("Since", condition.since), ("Note", condition.note)])
        }
        Some(Content::Allergy(allergy)) => facts([
            ("Allergic to", allergy.substance),
            ("Reaction", allergy.reaction),
            ("How bad", allergy.severity.label().to_owned()),
        ]),
        Some(Content::Medication(medication)) => facts([
            ("Medicine", medication.name),
            ("Dose", medication.dosage),
            ("How often", medication.frequency),
            ("Note", medication.note),
        ]),
        Some(Content::Cancellation(cancellation)) => facts([("Why", cancellation.reason)]),
    };
    let facts = facts
        .into_iter()
        .map(|(term, text)| view! { <Described term><span class="whitespace-pre-line">{text}</span></Described> })
        .collect_view();
    view! { <DescriptionList>{facts}</DescriptionList> }.into_any()
}

fn facts<const N: usize>(facts: [(&'static str, String); N]) -> Vec<(&'static str, String)> {
    facts.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}

/// "412 kB", "1.2 MB": rounded up, so that no file has no size.
fn size_in_words(bytes: u64) -> String {
    match bytes {
        0 => String::new(),
        1..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => {
            let tenths = bytes.div_ceil(100_000);
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
    }
}

/// What it is comes first: that is what people look for.
fn told(report: &Report) -> Vec<(&'static str, String)> {
    facts([
        ("Assessment", report.assessment.clone()),
        ("What was told", report.subjective.clone()),
        ("What was found", report.objective.clone()),
        ("What happens next", report.plan.clone()),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_as_people_say_them() {
        assert_eq!([0, 1, 412_000, 999_001].map(size_in_words), ["", "1 kB", "412 kB", "1000 kB"]);
        assert_eq!([1_000_000, 1_150_000, 12_000_000].map(size_in_words), ["1.0 MB", "1.2 MB", "12.0 MB"]);
    }
}
