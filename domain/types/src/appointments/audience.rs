//! To whom a page about visits speaks.

use serde::{Deserialize, Serialize};

use crate::{
    appointments::{AppointmentStatus, VisitAction},
    auth::Role,
};

/// Who reads: the page of one visit says other things to its patient than to those who work at the clinic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Audience {
    /// The visit is their own.
    Patient,
    /// Comes from the schedule and goes back to it.
    Doctor,
    /// Comes from the list of all visits and goes back to it.
    Admin,
}

impl From<Role> for Audience {
    fn from(role: Role) -> Self {
        match role {
            Role::Patient => Self::Patient,
            Role::Doctor => Self::Doctor,
            Role::Admin => Self::Admin,
        }
    }
}

impl Audience {
    /// Whether they work at the clinic.
    #[must_use]
    pub const fn is_staff(self) -> bool {
        !matches!(self, Self::Patient)
    }

    /// Whether they may ever take this step with a visit that is theirs to see.
    #[must_use]
    pub const fn takes(self, action: VisitAction) -> bool {
        action.is_for(match self {
            Self::Patient => Role::Patient,
            Self::Doctor => Role::Doctor,
            Self::Admin => Role::Admin,
        })
    }

    /// Where a visit stands, in their words. Staff read the names of the steps; patients need not know that a visit is
    /// "scheduled" before it is "confirmed", but whether they are expected.
    #[must_use]
    pub const fn words_for(self, status: AppointmentStatus) -> &'static str {
        match (self, status) {
            (Self::Patient, AppointmentStatus::Scheduled) => "Booked",
            (Self::Patient, AppointmentStatus::Confirmed) => "Confirmed by the clinic",
            (Self::Patient, AppointmentStatus::NoShow) => "Missed",
            (_, status) => status.label(),
        }
    }

    /// For whom and how they book, when it is not for themselves on the pages of booking.
    #[must_use]
    pub const fn books_elsewhere(self) -> Option<&'static str> {
        match self {
            Self::Patient => None,
            Self::Doctor => {
                Some("Doctors can book for patients in their care from a connected system, with the patient’s number.")
            }
            Self::Admin => {
                Some("Administrators can book for any patient from a connected system, with the patient’s number.")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_books_for_themselves_books_here_and_everybody_else_is_told_where() {
        for role in Role::ALL {
            let audience = Audience::from(role);
            assert_eq!(audience.books_elsewhere().is_none(), role.books_for_themselves(), "{role}");
            assert_eq!(audience.is_staff(), role != Role::Patient, "{role}");
        }
    }

    #[test]
    fn patients_read_that_a_visit_is_booked_and_staff_where_it_stands() {
        for status in AppointmentStatus::ALL {
            for staff in [Audience::Doctor, Audience::Admin] {
                assert_eq!(staff.words_for(status), status.label());
            }
        }
        let words = AppointmentStatus::ALL.map(|status| Audience::Patient.words_for(status));
        assert_eq!(
            words,
            ["Booked", "Confirmed by the clinic", "Checked in", "In progress", "Completed", "Cancelled", "Missed"]
        );
    }
}
