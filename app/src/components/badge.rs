//! A word in a colour: the word carries the meaning, the colour only helps.

use domain_types::appointments::AppointmentStatus;
use leptos::prelude::*;

use super::{Glyph, Icon};

/// What a colour means here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Neutral,
    Info,
    Success,
    Warning,
    Danger,
}

/// A short word in a tone.
#[component]
pub fn Badge(
    #[prop(optional)] tone: Tone,
    #[prop(optional, into)] icon: Option<Glyph>,
    children: Children,
) -> impl IntoView {
    let class = match tone {
        Tone::Neutral => "badge",
        Tone::Info => "badge badge-info",
        Tone::Success => "badge badge-success",
        Tone::Warning => "badge badge-warning",
        Tone::Danger => "badge badge-danger",
    };
    view! { <span class=class>{icon.map(|glyph| view! { <Icon glyph=glyph/> })}{children()}</span> }
}

/// Where a visit stands.
#[component]
pub fn StatusBadge(status: AppointmentStatus) -> impl IntoView {
    let tone = match status {
        AppointmentStatus::Scheduled | AppointmentStatus::Confirmed => Tone::Info,
        AppointmentStatus::CheckedIn | AppointmentStatus::InProgress => Tone::Warning,
        AppointmentStatus::Completed => Tone::Success,
        AppointmentStatus::NoShow => Tone::Danger,
        AppointmentStatus::Cancelled => Tone::Neutral,
    };
    view! { <Badge tone>{status.label()}</Badge> }
}
