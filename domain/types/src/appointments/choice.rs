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
    /// Why it cannot be booked: `SLOT_TAKEN` with the nearest free times, or `VALIDATION_ERROR` with a sentence.
    pub refusal: Option<Problem>,
    /// Two weeks to choose from: that day and those after it, as far as they can be booked.
    pub grid: SlotGrid,
}
