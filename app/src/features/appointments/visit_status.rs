//! Where a visit stands, for whoever reads.

use domain_types::appointments::{AppointmentStatus, Audience};
use leptos::prelude::*;

use crate::components::{Badge, StatusBadge, Tone};

/// The status in the words of the audience. For staff the colour tells what is to be done, for patients whether they
/// are expected.
#[component]
pub(super) fn VisitStatus(status: AppointmentStatus, audience: Audience) -> impl IntoView {
    if audience.is_staff() {
        return view! { <StatusBadge status/> }.into_any();
    }
    let tone = match status {
        AppointmentStatus::Scheduled | AppointmentStatus::Confirmed => Tone::Success,
        AppointmentStatus::CheckedIn | AppointmentStatus::InProgress => Tone::Info,
        AppointmentStatus::NoShow => Tone::Warning,
        AppointmentStatus::Completed | AppointmentStatus::Cancelled => Tone::Neutral,
    };
    view! { <Badge tone>{audience.words_for(status)}</Badge> }.into_any()
}
