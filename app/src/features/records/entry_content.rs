//! What an entry says, part by part.

use domain_types::records::{Content, RecordType};
use leptos::prelude::*;

use crate::components::{Described, DescriptionList};

/// What an entry of this kind says.
#[component]
pub fn EntryContent(kind: RecordType, content: Option<Content>) -> impl IntoView {
    let Some(content) = content else {
        return view! { <p>"The content of this entry was erased."</p> }.into_any();
    };
    let facts = content
        .facts(kind)
        .into_iter()
        .map(|(term, text)| view! { <Described term><span class="kept-words">{text}</span></Described> })
        .collect_view();
    view! { <DescriptionList>{facts}</DescriptionList> }.into_any()
}
