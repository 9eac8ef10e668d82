//! What a patient does not tolerate: the first thing on a chart.

use domain_types::records::{Content, RecordView, Severity};
use leptos::prelude::*;

use super::held::{AddLink, EndLink};
use crate::{
    components::{Glyph, Icon},
    features::records::addresses::{end_item_address, new_item_address},
};

/// The banner; where nothing is recorded a calm remark, because that nobody wrote anything down says nothing about what
/// the patient tolerates. `writer` is the patient's reference for those who may write.
pub(super) fn allergies(records: Vec<RecordView>, writer: Option<&str>) -> AnyView {
    let add = writer.map(|patient| new_item_address(patient, "allergy"));
    if records.is_empty() {
        return view! {
            <div class="allergies-none">
                <p>"No allergies recorded. The patient may still have some: ask before you prescribe."</p>
                <AddLink href=add what="an allergy"/>
            </div>
        }
        .into_any();
    }
    let lines = records
        .into_iter()
        .map(|record| {
            let end = writer.map(|patient| end_item_address(patient, &record.reference));
            view! { <li class="held-item">{allergy(&record)} <EndLink href=end what=record.title() word="No longer valid"/></li> }
        })
        .collect_view();
    view! {
        <section class="allergies" aria-labelledby="allergies">
            <header class="allergies-head">
                <h2 class="allergies-title" id="allergies"><Icon glyph=Glyph::Warning/> <span>"Allergies"</span></h2>
                <AddLink href=add what="an allergy"/>
            </header>
            <ul class="held">{lines}</ul>
        </section>
    }
    .into_any()
}

fn allergy(record: &RecordView) -> impl IntoView + use<> {
    let (how_bad, reaction) = match &record.content {
        Some(Content::Allergy(allergy)) => (how_bad(allergy.severity), allergy.reaction.clone()),
        _ => (String::new(), record.summary()),
    };
    view! {
        <div class="held-body">
            <p>
                <strong class="allergy-name">{record.title()}</strong> " " <span class="allergy-severity">{how_bad}</span>
            </p>
            {(!reaction.is_empty()).then(|| view! { <p>{reaction}</p> })}
        </div>
    }
}

/// "severe reaction"
fn how_bad(severity: Severity) -> String {
    match severity {
        Severity::Unknown => severity.label().to_owned(),
        known => format!("{} reaction", known.label()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_bad_a_reaction_was_is_told_in_words() {
        assert_eq!(how_bad(Severity::Severe), "severe reaction");
        assert_eq!(how_bad(Severity::Unknown), "severity unknown");
    }
}
