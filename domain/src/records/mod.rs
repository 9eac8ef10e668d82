//! The medical record.
//!
//! Rules:
//! - Patients see their own record, doctors those of patients in their care, administrators none. In an emergency doctors
//!   and administrators open any record for an hour, with a reason; the patient is told and the access is reviewed. What
//!   is being written is seen by its author alone.
//! - The pages of one's own record are for patients alone.
//! - What an entry says is sealed under its patient's key; what cannot be opened is not shown, and the reading fails.
//!   When the key was erased, the entry stands there empty.
//! - Every look, and every look that was refused, is one event of the audit trail: what is read can only be had
//!   [`Audited`](crate::access::Audited), and so can what is written. An unknown entry looks like somebody else's.
//! - Doctors write about patients whose record they may see; patients enter what they measured or brought themselves.
//! - Signing, releasing and ending need a fresh proof of who it is. Signed entries never change: the database refuses it.
//!   Additions stand with what they complete, and a prescription is ended by an entry of its own.
//! - Nobody signs a prescription past a warning that they were not shown, nor past an allergy that was not compared.
//! - What was signed or written down twice is shown once, and ended as one.
//! - Patients read who did what with their record, and ask about it: see `looks`.
//! - Documents are checked before anything is stored ([`upload`]), sealed in pieces, and never shown by the browser. A
//!   document of which a piece was changed, moved or lost is not given out as a whole one.
//! - The whole record is printed for its patient alone, with a fresh proof of who it is.
//! - A visit has one note of its doctor: it is begun once the patient came, and from then on the visit leads to it. A note
//!   that is begun from a chart is about the visit that runs, otherwise about today's nearest, unless its doctor says no.
//! - Values of different units are never drawn on one line.
//! - A value out of its range stays in view until a newer one of the same test was judged to be in it; of several at one
//!   time the worst counts. What is critical, a result or a reading, stays until a doctor says that they acted on it, whatever
//!   came later: on the chart and on the patient's own pages. What could not be compared with critical limits says so. What the laboratory marks is never unmarked by a range.

mod allergies;
mod asking;
mod chart;
mod checking;
mod critical;
mod critical_limits;
mod critical_names;
mod dangers;
mod day;
mod desks;
mod detail;
mod document_pieces;
mod documents;
mod drafts;
mod emergency;
mod emergency_review;
mod entries;
mod erasing;
mod explanations;
pub(crate) mod format;
#[cfg(test)]
mod golden;
mod inbox;
mod inbox_queries;
mod letters;
mod list;
mod lists;
mod looks;
mod measuring;
mod names;
mod newest;
mod none_known;
mod note_visits;
mod notes;
mod notices;
mod opening;
mod overview;
mod patient_list;
mod patients;
mod policy;
mod prescription_signing;
mod prescriptions;
mod printing;
mod program_reports;
mod recent_patients;
mod recorded_already;
mod reporting;
mod results;
mod rows;
mod says_nothing;
mod signing;
mod stats;
mod summary;
mod summary_parts;
mod test_names;
mod timeline;
mod twins;
mod unacted;
mod whole;
mod writing;

pub use allergies::allergies;
pub use asking::ask_doctor;
pub use chart::chart;
pub use dangers::dangerous_readings;
pub use day::day;
pub use desks::{desk, lab_draft, note_draft, prescription_draft};
pub use detail::{Which, detail};
pub use document_pieces::DocumentStream;
pub use documents::{AddDocument, Download, add_document, document, download, may_bring};
pub use emergency::{emergencies, open_emergency};
pub use emergency_review::{emergency, review_emergency};
pub use erasing::erase;
pub use inbox::inbox;
pub use inbox_queries::{inbox_count, next_result};
pub use list::list;
pub use lists::{add_item, end_item};
pub use looks::{answer, ask, look, looks, questions};
pub use measuring::{enter_vitals, vitals};
pub use notes::{BeginNote, add_to, begin_note, discard, save_note, sign_note};
pub use notices::{act_on, notice_seen};
pub use patient_list::search;
pub use prescription_signing::{Weighed, sign_prescription};
pub use prescriptions::{
    Cancelled, Ending, PrescribedFor, cancel_prescription, prescriptions, save_prescription, verify, write_prescription,
};
pub use printing::{Printed, printed};
pub use program_reports::{change_report, sign_report, write_report};
pub use recent_patients::recent_patients;
pub use reporting::{Comment, enter_report, mark_seen, release, save_report};
pub use results::{results, tests, tests_of, trend, trend_of};
pub use stats::stats;
pub use summary::summary;
pub use timeline::{glance, timeline};
pub use whole::chart_entries;

pub use document_intake as upload;
pub(crate) use emergency::waiting as emergencies_waiting;
pub(crate) use medicine_warnings as warnings;
// The synthetic clinic and the tests write entries of the past.
#[cfg(feature = "seed")]
pub(crate) use medicine_warnings::read_allergy;
#[cfg(feature = "seed")]
pub(crate) use opening::{content_of, result_of, result_row};
#[cfg(feature = "seed")]
pub(crate) use signing::{Header, Texts};
