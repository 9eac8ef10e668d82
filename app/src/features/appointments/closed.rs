//! A visit that its patient can no longer change here: why, and what they can do instead.

use domain_types::appointments::{AppointmentView, Audience};
use leptos::prelude::*;

use crate::components::PhoneLink;

/// Whether nothing but the clock stands in the way of a change.
pub(super) fn is_too_late(visit: &AppointmentView) -> bool {
    visit.is_upcoming && visit.status.may_move()
}

/// Why it is closed to its patient.
#[component]
pub(super) fn ClosedToPatient(
    visit: AppointmentView,
    /// Until how many hours before a visit patients change it online.
    hours: u32,
    /// The clinic's number.
    phone: String,
) -> impl IntoView {
    let (why, call) = if is_too_late(&visit) {
        let rule = match hours {
            0 => "Appointments can be cancelled or moved online until they start".to_owned(),
            1 => "Appointments can be cancelled or moved online until an hour before they start".to_owned(),
            hours => format!("Appointments can be cancelled or moved online until {hours} hours before they start"),
        };
        let until = visit.change_until.zoned();
        (format!("{rule}. For this appointment, that was {until}."), " To cancel or move it now, please call ")
    } else {
        let words = Audience::Patient.words_for(visit.status).to_lowercase();
        (format!("This appointment is {words}."), " If something is wrong, please call ")
    };
    view! { <p>{why} {call} <PhoneLink number=phone/> "."</p> }
}
