//! Doctors, free times, booking and the life of a visit.
//!
//! Rules:
//! - A slot exists where a doctor's working hours (civil time in the clinic's zone) hold a whole visit on the grid. It
//!   is free when no time off and no visit that holds its time overlaps it, buffer included, and when it lies between
//!   the notice and the horizon.
//! - Patients are not offered times at which they have another visit, and are told which one it is; nobody else is.
//! - No two visits of one doctor overlap, nor of one patient. The doctor's row is locked, then the patient's; the
//!   database's exclusion rules are the last line.
//! - A visit's status follows the machine in [`domain_types::appointments::AppointmentStatus`]; every step is written
//!   with the status it started from, so that of two at once one wins. A step chosen from a page comes with the status
//!   that the page showed: when the visit stands elsewhere by now, nothing is changed.
//! - Patients cancel and move their own visits until the cut-off. Cancelling frees the slot at once.
//! - Why somebody comes and the notes are sealed under the patient's key. Without the key a visit says nothing; whoever
//!   may not read them gets no key.
//! - Every step is in the visit's history; every change and every look is in the audit trail, once, and so is every try
//!   at what is not somebody's. Patients get mail when a visit is booked, moved or cancelled.
//!
//! | | everybody | patient | doctor | administrator |
//! |---|---|---|---|---|
//! | directory, free times | yes | yes | yes | yes |
//! | book | | for themselves | for patients in their care | for any patient |
//! | see a visit | | their own | with them | all, without reason and notes |
//! | confirm, check in, start, complete, no-show | | | with them | all |
//! | cancel, move | | their own, until the cut-off | with them | all |

mod availability;
mod booking;
mod calendar_file;
mod choice;
mod day;
mod doctors;
mod errand;
mod for_records;
mod grid;
mod lifecycle;
mod list;
mod next_free;
mod policy;
mod repo;
mod search;
mod views;
mod visit_list;
mod visit_search;
mod visits;
mod words;

pub use availability::{slots, slots_on, slots_to_move};
pub use booking::{Rescheduled, book, reschedule};
pub use calendar_file::calendar_file;
pub use choice::{choose, choose_move};
pub use doctors::{directory, doctor, doctors, specialties};
pub use lifecycle::{cancel, step};
pub use list::{dashboard, list};
pub use next_free::{refresh_all_next_free, refresh_next_free};
pub use visit_list::visit_list;
pub use visits::{clinic, detail, load};

pub(crate) use day::look_at_day;
pub(crate) use for_records::{
    VisitFacts, around_now, completed_since, count_upcoming, doctors_of, found as found_visits, held_with, of_patient,
    own_visit, with_doctor,
};
pub(crate) use policy::{care_begins, in_care, patients_in_care};
pub(crate) use repo::{doctor_name, lock_patient};
pub(crate) use visits::is_visible;
// The synthetic clinic and the tests write visits of the past.
#[cfg(feature = "seed")]
pub(crate) use words::{notes_of, reason_of};
