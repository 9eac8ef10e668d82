//! What a patient does not tolerate: the first thing on a chart.

use domain_types::records::RecordView;
use leptos::prelude::*;

use super::held::{AddLink, EndLink};
use crate::{
    components::{Glyph, Icon},
    features::records::{
        addresses::{end_item_address, new_item_address},
        overview_lines::AllergyBody,
    },
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
            view! { <li class="held-item held-item-tall"><AllergyBody record=record.clone()/> <EndLink href=end what=record.title() word="No longer valid"/></li> }
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
