//! A time that is not booked after all: it is the patient's own already, or something else has to be chosen.

use domain_types::{Problem, appointments::OwnVisit};
use leptos::prelude::*;

use super::{
    book_confirm::Confirm,
    book_page::{BOOK, counted},
    chosen_slot::NearestTimes,
    own_visit::{ElsewhereThen, ThereAlready, ToThatVisit, is_conflict},
};
use crate::{
    components::{Alert, Card, LinkButton, Page, SlotPicker, Tone, Variant, WhenText, Width},
    error::answer_page,
};

/// Whoever comes back to a time after booking it, by the browser's own way back for one.
pub(super) fn booked_already(visit: OwnVisit) -> impl IntoView {
    let title = "You have already booked this time";
    let back = ("/appointments", "Appointments");
    view! {
        <Page title width=Width::Narrow back>
            <ThereAlready title="This is your appointment" visit other=(BOOK.to_owned(), "Book another appointment")/>
        </Page>
    }
}

/// A time that cannot be booked: why, what was written so far, and the times to choose from instead.
pub(super) fn choose_again(confirm: &Confirm, refusal: Problem) -> impl IntoView + use<> {
    let is_taken = is_conflict(&refusal);
    if !is_taken {
        // The address itself is wrong; that somebody was quicker is no mistake of whoever opens it.
        answer_page(&refusal);
    }
    let why = if let Some(visit) = confirm.choice.own.clone() {
        view! { <ElsewhereThen visit/> }.into_any()
    } else {
        let title = if is_taken { "This time is no longer free" } else { "This time cannot be booked" };
        let when = confirm.choice.when.clone().map(|when| view! { <p><WhenText when/></p> });
        let sentence = refusal.detail.clone();
        view! { <Alert tone=Tone::Warning title=title>{when} <p>{sentence}</p></Alert> }.into_any()
    };
    let row = confirm.doctor.row.clone();
    let times = confirm.times();
    let grid = confirm.choice.grid.clone();
    let base = confirm.times_with_flash();
    let kept = kept_reason(confirm);
    let counted = counted(3, &confirm.way);
    view! {
        <Page
            title="Choose another time"
            lead=format!("{}, {}", row.name, row.specialty)
            width=Width::Wide
            back_to=(times.clone(), "All free times".to_owned())
        >
            {counted}
            <div class="stack-lg">
                {why}
                {kept}
                <NearestTimes problem=refusal grid=grid.clone() base=base.clone()/>
                <SlotPicker grid slot_href=base page_href=times/>
            </div>
        </Page>
    }
}

/// The nearest times in place of one that was refused.
pub(super) fn other_times(confirm: &Confirm, conflict: Problem) -> impl IntoView + use<> {
    let (times, base) = (confirm.times(), confirm.times_with_flash());
    let grid = confirm.choice.grid.clone();
    let own = confirm.choice.own.clone().map(|visit| view! { <p><ToThatVisit visit/></p> });
    view! {
        <div class="stack-lg">
            {own}
            <NearestTimes problem=conflict grid base/>
            {kept_reason(confirm)}
            <div class="row">
                <LinkButton href=times variant=Variant::Secondary>"See all free times"</LinkButton>
            </div>
        </div>
    }
}

/// What was written goes along to the time that is chosen now.
fn kept_reason(confirm: &Confirm) -> impl IntoView + use<> {
    let reason = confirm.flash.value("reason");
    (confirm.flash_onwards.is_some() && !reason.is_empty()).then(|| {
        view! {
            <Card title="We kept what you wrote">
                <p class="kept-words">{reason}</p>
                <p class="text-muted">"It will be filled in again when you choose one of these times."</p>
            </Card>
        }
    })
}
