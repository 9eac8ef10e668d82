//! What doctors read about a patient, what waits for them, and how a record is opened in an emergency.

mod allergies;
mod chart_page;
mod emergencies_page;
mod emergency_page;
mod emergency_review_page;
mod end_item_page;
mod entries_page;
mod held;
mod inbox_page;
mod item_questions;
mod new_item_page;
mod notices;
mod parts;
mod patients_page;
mod reader;
mod seen_next;
mod visits;
mod vitals_page;

pub use chart_page::ChartPage;
pub use emergencies_page::EmergenciesPage;
pub use emergency_page::EmergencyPage;
pub use emergency_review_page::EmergencyReviewPage;
pub use end_item_page::EndItemPage;
pub use entries_page::ChartEntriesPage;
pub use inbox_page::InboxPage;
pub use new_item_page::NewItemPage;
pub use patients_page::PatientsPage;
pub(super) use reader::{AccessNotice, in_an_emergency};
pub(super) use seen_next::seen_and_next;
pub use visits::{NoteWay, WriteNote};
pub use vitals_page::{OwnVitalsPage, VitalsPage};
