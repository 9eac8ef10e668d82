//! What messages and calendar files about a visit say in the same words.

use std::fmt;

/// What patients are asked to have with them.
pub(crate) const BRING: &str = "Please bring: a photo ID, your insurance card and a list of the medicines you take.";

/// Where and until when a visit can be changed. Two lines.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HowToChange<'a> {
    /// The address of the visit's page.
    pub page: &'a str,
    pub phone: &'a str,
    pub cutoff_hours: u32,
    /// Whether it can still be changed online.
    pub may_change_online: bool,
}

impl fmt::Display for HowToChange<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { page, phone, cutoff_hours: hours, may_change_online } = self;
        if *may_change_online {
            write!(
                f,
                "View, move or cancel it: {page}\n\
                 You can do that online until {hours} hours before. After that, please call {phone}."
            )
        } else {
            write!(
                f,
                "View it: {page}\n\
                 It starts in less than {hours} hours, so it can no longer be changed online. To move or cancel it, \
                 please call {phone}."
            )
        }
    }
}
