//! Parts that the pages about looks share.

use domain_types::records::{EntryLookedAt, LookView, Looker, QuestionView};
use leptos::prelude::*;

use crate::{
    components::{Badge, Glyph, TextLink, Tone, WhenText},
    features::records::RECORDS,
};

/// The pictogram of whoever looked.
pub(super) const fn glyph_of(role: Looker) -> Glyph {
    match role {
        Looker::You => Glyph::User,
        Looker::Doctor => Glyph::Stethoscope,
        Looker::FrontDesk => Glyph::Users,
        Looker::SecureMed => Glyph::Monitor,
        Looker::Somebody => Glyph::Info,
    }
}

/// Who did what, in one sentence.
#[component]
pub(super) fn LookSentence(look: LookView) -> impl IntoView {
    let times = look.times_label().map(|times| format!(", {times}"));
    view! { <p class="look-said"><strong>{look.who}</strong> " " {look.what} {entry_link(look.entry)} {times}</p> }
}

/// What was done, under the name of whoever did it.
#[component]
pub(super) fn WhatWasDone(look: LookView) -> impl IntoView {
    let times = look.times_label().map(|times| format!(", {times}"));
    let badge = look.is_emergency.then(|| view! { " " <Badge tone=Tone::Danger>"Emergency access"</Badge> });
    view! { <p class="look-said">{capitalized(&look.what)} {entry_link(look.entry)} {times} {badge}</p> }
}

fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}

fn entry_link(entry: Option<EntryLookedAt>) -> impl IntoView {
    entry.map(|entry| {
        let href = format!("{RECORDS}/{}", entry.reference);
        view! { ": " <TextLink href>{entry.label}</TextLink> }
    })
}

/// Says that a record was open in an emergency, and what follows from that.
#[component]
pub(super) fn EmergencyNote() -> impl IntoView {
    view! {
        <p class="look-emergency">
            <Badge tone=Tone::Danger icon=Glyph::Warning>"Emergency access"</Badge>
            <span>
                "Your record was opened in an emergency, with a reason. The clinic reviews every emergency access."
            </span>
        </p>
    }
}

/// What was asked about a look, and what came of it.
#[component]
pub(super) fn QuestionStory(question: QuestionView) -> impl IntoView {
    let QuestionView { asked, note, answer } = question;
    let outcome = match answer {
        Some(answer) => view! {
            <p class="text-muted">{answer.by} " answered on " <WhenText when=answer.at/> ":"</p>
            <p class="kept-words">{answer.text}</p>
        }
        .into_any(),
        None => view! { <p>"The clinic will answer here and e-mail you."</p> }.into_any(),
    };
    view! {
        <div class="look-question">
            <p class="text-muted">"You asked about this on " <WhenText when=asked/> {if note.is_empty() { "." } else { ":" }}</p>
            {(!note.is_empty()).then(|| view! { <p class="kept-words">{note}</p> })}
            {outcome}
        </div>
    }
}
