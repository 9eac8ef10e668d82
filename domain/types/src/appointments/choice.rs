//! A time that somebody chose from a grid, or typed into an address.

use serde::{Deserialize, Serialize};

use super::{SlotGrid, When};
use crate::problem::Problem;

/// The time as it stands now, and the times around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotChoice {
    /// The time in words; `None` when what was written is no time of the calendar.
    pub when: Option<When>,
    /// Whether a visit at this time could still be moved or cancelled online.
    pub may_change_online: bool,
    /// The patient's own visit that takes this time, when that is why it cannot be booked. Nobody else reads of it.
    pub own: Option<OwnVisit>,
    /// Why it cannot be booked: `SLOT_TAKEN` or `PATIENT_BUSY` with the nearest free times (none beside a visit that is
    /// booked at this very time already), or `VALIDATION_ERROR` with a sentence.
    pub refusal: Option<Problem>,
    /// Two weeks to choose from: that day and those after it, as far as they can be booked.
    pub grid: SlotGrid,
}

/// A visit that whoever looks at a time has then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnVisit {
    /// `APT-…`
    pub reference: String,
    pub doctor_name: String,
    pub starts: When,
    /// Whether it is with this doctor at this very time: what was wanted is there already.
    pub is_this: bool,
}

impl OwnVisit {
    /// "You already have an appointment with Dr. Ana Rivera then: Tue 1 December, 09:30 (Dublin time)."
    #[must_use]
    pub fn words(&self) -> String {
        format!("You already have an appointment with {} then: {}.", self.doctor_name, self.starts.zoned())
    }
}
