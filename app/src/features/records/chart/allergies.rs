//! What a patient does not tolerate: the first thing on a chart.

use domain_types::records::{Content, RecordView, Severity};
use leptos::prelude::*;

use super::held::{AddLink, EndLink};
use crate::{
    components::{Glyph, Icon},
    features::records::addresses::{end_item_address, new_item_address},
};

/// The banner. Where none is recorded it says whether anybody asked, and who: that nobody wrote anything down says nothing
/// about what the patient tolerates. `writer` is the patient's reference for those who may write.
pub(super) fn allergies(records: Vec<RecordView>, none_known: Option<RecordView>, writer: Option<&str>) -> AnyView {
    let add = writer.map(|patient| new_item_address(patient, "allergy"));
    if records.is_empty() {
        return no_allergies(none_known, add, writer).into_any();
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

fn no_allergies(none_known: Option<RecordView>, add: Option<String>, writer: Option<&str>) -> impl IntoView + use<> {
    let said = match none_known {
        Some(asked) => {
            let end = writer.map(|patient| end_item_address(patient, &asked.reference));
            view! {
                <p><strong>{asked.title()}</strong> {format!(". {}", asked.asked_words())}</p>
                <EndLink href=end what=asked.title() word="Remove"/>
            }
            .into_any()
        }
        None => view! {
            <p><strong>"Allergies: not asked"</strong> ". Ask before you prescribe, then add what you hear, or that none are known."</p>
        }
        .into_any(),
    };
    view! {
        <section class="allergies-none" aria-label="Allergies">{said} <AddLink href=add what="an allergy"/></section>
    }
}

fn allergy(record: &RecordView) -> impl IntoView + use<> {
    let (how_bad, reaction) = match &record.content {
        Some(Content::Allergy(allergy)) => (how_bad(allergy.severity), allergy.reaction.clone()),
        _ => (String::new(), record.summary()),
    };
    let remark = record.understood.as_ref().and_then(|understood| understood.remark(&record.title()));
    view! {
        <div class="held-body">
            <p>
                <strong class="allergy-name">{record.title()}</strong> " " <span class="allergy-severity">{how_bad}</span>
            </p>
            {(!reaction.is_empty()).then(|| view! { <p>{reaction}</p> })}
            {remark.map(|remark| view! { <p>{remark}</p> })}
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
