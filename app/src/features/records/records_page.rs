//! `/records`

use domain_types::records::{Cursor, Timeline, TimelineGroup};
use leptos::prelude::*;

use super::{RECORDS, addresses::new_vitals_address, entry_list::EntryList, server_fns::get_timeline};
use crate::{
    address::address,
    components::{Alert, Chips, EmptyState, Glyph, LinkButton, Page, TabItem, Tone, Variant},
    features::{loaded, looks::LOOKS, query},
};

/// The medical record in the order of time, the latest entry first.
#[component]
pub fn RecordsPage() -> impl IntoView {
    let show = query("show");
    let wanted = show.clone();
    let is_entered = query("done").as_deref() == Some("entered");
    loaded(get_timeline(wanted, query("older"), query("newer")), move |timeline: Timeline| {
        let show = show.unwrap_or_default();
        let is_filtered = !show.is_empty();
        let chips = groups(&show);
        let list = if timeline.entries.is_empty() {
            nothing(is_filtered).into_any()
        } else {
            view! { <EntryList entries=timeline.entries/> }.into_any()
        };
        view! {
            <Page
                title="Medical records"
                lead="What was found, decided and prescribed. Every look at it is noted."
                actions=ways
            >
                <div class="stack-lg">
                    {is_entered
                        .then(|| {
                            view! {
                                <Alert tone=Tone::Success title="It is in your record">
                                    <p>"Your doctors see it there from now on."</p>
                                </Alert>
                            }
                        })}
                    <Chips label="Kind of entry" items=chips/>
                    {list}
                    {neighbours(&show, timeline.newer, timeline.older)}
                </div>
            </Page>
        }
    })
}

/// What else can be done with one's own record.
fn ways() -> impl IntoView {
    view! {
        <div class="row no-print">
            <LinkButton href=new_vitals_address("") variant=Variant::Secondary icon=Glyph::Activity>
                "Enter what you measured"
            </LinkButton>
            <LinkButton href=LOOKS variant=Variant::Secondary>"Who saw my record"</LinkButton>
        </div>
    }
}

fn groups(current: &str) -> Vec<TabItem> {
    let all = TabItem::new(RECORDS, "All", current.is_empty());
    // Nobody can add documents yet: an empty drawer would only make people look for it.
    let each = TimelineGroup::ALL.iter().filter(|group| **group != TimelineGroup::Documents).map(|group| {
        TabItem::new(address(RECORDS, &[("show", group.as_str())]), group.label(), current == group.as_str())
    });
    std::iter::once(all).chain(each).collect()
}

fn neighbours(show: &str, newer: Option<Cursor>, older: Option<Cursor>) -> impl IntoView + use<> {
    let link = |name: &str, place: Option<Cursor>, words: &'static str| {
        place.map(|place| {
            let href = address(RECORDS, &[("show", show), (name, &place.to_string())]);
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
            <EmptyState icon=Glyph::FileText title="Nothing of this kind" action=(RECORDS, "Show all entries")>
                "There are no entries of this kind in the record."
            </EmptyState>
        }
    } else {
        view! {
            <EmptyState icon=Glyph::FileText title="The record is empty" action=("/appointments/book", "Book a visit")>
                "What a doctor writes down at a visit appears here."
            </EmptyState>
        }
    }
}
