//! `/records`

use domain_types::records::{Cursor, Level, Timeline, TimelineGroup};
use leptos::prelude::*;

use super::{
    RECORDS,
    addresses::{new_document_address, new_vitals_address},
    at_present::AtPresent,
    entry_list::EntryList,
    result_words::OutOfRangeAdvice,
    server_fns::get_timeline,
    tests_page::TESTS,
    unacted,
};
use crate::{
    address::address,
    components::{Alert, Chips, EmptyState, Glyph, LinkButton, Page, TabItem, TextLink, Tone, Variant},
    features::{clinic::get_clinic, loaded, looks::LOOKS, query},
};

/// The whole record on paper.
const SUMMARY: &str = "/records/summary.pdf";
/// Where whoever proved who they are for it comes back to.
pub const CONFIRMED: &str = "/records?done=confirmed";

/// The medical record in the order of time, the latest entry first.
#[component]
pub fn RecordsPage() -> impl IntoView {
    let show = query("show");
    let wanted = show.clone();
    let done = query("done");
    let (older, newer) = (query("older"), query("newer"));
    let load = async move { Ok((get_timeline(wanted, older, newer).await?, get_clinic().await?.phone)) };
    loaded(load, move |(timeline, phone): (Timeline, String)| {
        let advice = if timeline.unacted.is_empty() {
            timeline.is_critical.then(|| view! { <OutOfRangeAdvice level=Level::Critical phone/> }.into_any())
        } else {
            unacted::for_patients(&timeline.unacted, phone)
        };
        let show = show.unwrap_or_default();
        let is_filtered = !show.is_empty();
        let chips = groups(RECORDS, &show);
        let list = if timeline.entries.is_empty() {
            nothing(is_filtered).into_any()
        } else {
            view! { <EntryList entries=timeline.entries/> }.into_any()
        };
        view! {
            <Page
                title="Medical records"
                lead="Notes, results and prescriptions. Every access is logged."
                actions=ways
            >
                <div class="stack-lg">
                        {done.and_then(|done| just_done(&done))}
                        {advice}
                        {timeline.holds.map(|holds| view! { <AtPresent holds/> })}
                        <Chips label="Type of entry" items=chips/>
                        {list}
                        {neighbours(RECORDS, &show, timeline.newer, timeline.older)}
                </div>
            </Page>
        }
    })
}

/// What was just done here, or is possible now.
fn just_done(done: &str) -> Option<AnyView> {
    let words = match done {
        "entered" => view! { <p>"Saved. Your doctors can see it in your record."</p> }.into_any(),
        "confirmed" => view! {
            <p>
                "Thank you. You can " <TextLink href=SUMMARY>"download the whole record"</TextLink>
                " during the next five minutes."
            </p>
        }
        .into_any(),
        _ => return None,
    };
    Some(view! { <Alert tone=Tone::Success>{words}</Alert> }.into_any())
}

/// What can be done with one's own record, on top of it.
fn ways() -> impl IntoView {
    view! {
        <LinkButton href=new_document_address("") variant=Variant::Secondary icon=Glyph::FileText>
            "Add a document"
        </LinkButton>
        <LinkButton href=TESTS variant=Variant::Secondary icon=Glyph::Flask>"Lab tests"</LinkButton>
        <LinkButton href=new_vitals_address("") variant=Variant::Secondary icon=Glyph::Activity>
            "Add a measurement"
        </LinkButton>
        <LinkButton href=LOOKS variant=Variant::Secondary icon=Glyph::Shield>"Who accessed my record"</LinkButton>
        // Not marked as a file: it may lead to the page where they prove who they are.
        <LinkButton href=SUMMARY variant=Variant::Secondary icon=Glyph::Download>"Full record as PDF"</LinkButton>
    }
}

/// Links to the kinds of entries of the timeline at `base`.
pub(super) fn groups(base: &str, current: &str) -> Vec<TabItem> {
    let all = TabItem::new(base, "All", current.is_empty());
    let each = TimelineGroup::ALL.iter().map(|group| {
        TabItem::new(address(base, &[("show", group.as_str())]), group.label(), current == group.as_str())
    });
    std::iter::once(all).chain(each).collect()
}

/// Links to the stretches before and after the one of the timeline at `base`.
pub(super) fn neighbours(
    base: &str,
    show: &str,
    newer: Option<Cursor>,
    older: Option<Cursor>,
) -> impl IntoView + use<> {
    let link = |name: &str, place: Option<Cursor>, words: &'static str| {
        place.map(|place| {
            let href = address(base, &[("show", show), (name, &place.to_string())]);
            view! { <LinkButton href variant=Variant::Secondary>{words}</LinkButton> }
        })
    };
    (newer.is_some() || older.is_some()).then(|| {
        view! {
            <nav class="row no-print" aria-label="Other entries">
                {link("newer", newer, "Newer entries")} {link("older", older, "Older entries")}
            </nav>
        }
    })
}

fn nothing(is_filtered: bool) -> impl IntoView {
    if is_filtered {
        view! {
            <EmptyState icon=Glyph::FileText title="Nothing of this type" action=(RECORDS, "Show all entries")>
                "There are no entries of this type in the record."
            </EmptyState>
        }
    } else {
        view! {
            <EmptyState icon=Glyph::FileText title="The record is empty" action=("/appointments/book", "Book an appointment")>
                "What a doctor writes at an appointment appears here."
            </EmptyState>
        }
    }
}
