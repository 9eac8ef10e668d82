//! Which appointment a new note is about.

use domain_types::appointments::{NoteVisit, NoteVisits};
use leptos::prelude::*;

use super::super::chart::NoteWay;
use crate::components::{Alert, Choice, Tone, WhenText, ZoneMark};

/// The appointments to choose from, the offered one chosen, and the plain way to choose none. `asked` is what the address
/// names; `is_without` chooses none. Those that have their note lead to it.
pub(super) fn about(
    visits: NoteVisits,
    asked: Option<String>,
    is_without: bool,
    patient: &str,
) -> impl IntoView + use<> {
    let chosen = visits.chosen(asked.as_deref()).filter(|_| !is_without).map(str::to_owned);
    let noted = visits.noted(asked.as_deref()).map(|visit| visit.reference.clone());
    let (with_note, free): (Vec<_>, Vec<_>) = visits.visits.into_iter().partition(|visit| visit.note.is_some());
    // One that is to come, or long ago, is not among those that are offered.
    let elsewhere = asked.filter(|_| chosen.is_none() && noted.is_none());
    let is_none = chosen.is_none() && elsewhere.is_none();
    let zone = free.first().map(|visit| view! { <ZoneMark zone=visit.when.zone.clone()/> });
    let choices = free
        .into_iter()
        .map(|visit| {
            let is_chosen = chosen.as_ref() == Some(&visit.reference);
            let (label, about) = (visit.when.spoken(), visit.status.label());
            view! { <Choice name="visit" value=visit.reference label about is_chosen/> }
        })
        .collect_view();
    let elsewhere = elsewhere.map(|reference| {
        let label = format!("Appointment {reference}");
        view! { <Choice name="visit" value=reference label is_chosen=true/> }
    });
    // What the notice above leads to is not listed once more.
    let others = with_note.into_iter().filter(|visit| Some(&visit.reference) != noted.as_ref());
    let others = others.map(|visit| note_of(visit, patient)).collect::<Vec<_>>();
    view! {
        <fieldset class="choices" data-times="">
            <legend class="choices-title">"Appointment " {zone}</legend>
            {choices} {elsewhere}
            <Choice name="visit" value="" label="Not for an appointment" is_chosen=is_none/>
        </fieldset>
        {(!others.is_empty())
            .then(|| {
                view! {
                    <details>
                        <summary class="earlier-head">"Appointments that already have your note"</summary>
                        <ul class="held">{others}</ul>
                    </details>
                }
            })}
    }
}

/// The appointment that was asked for, or would be offered, has its note: it gets no second one.
pub(super) fn already_noted(visit: NoteVisit, patient: &str) -> impl IntoView + use<> {
    let way = way(&visit, patient);
    view! {
        <Alert tone=Tone::Info title="This appointment already has your note">
            <p><WhenText when=visit.when spoken=true/> "."</p>
            {way}
        </Alert>
    }
}

fn note_of(visit: NoteVisit, patient: &str) -> impl IntoView + use<> {
    let way = way(&visit, patient);
    view! {
        <li class="held-item">
            <p class="held-body"><WhenText when=visit.when/></p>
            {way}
        </li>
    }
}

fn way(visit: &NoteVisit, patient: &str) -> impl IntoView + use<> {
    let which = format!(" about {}", visit.when.label);
    let (patient, reference) = (patient.to_owned(), visit.reference.clone());
    visit.note.clone().map(|step| view! { <NoteWay step patient visit=reference which/> })
}
