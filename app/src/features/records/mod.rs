//! The medical record.

mod addresses;
mod ask_page;
mod at_present;
mod banner;
mod chart;
mod document_page;
mod entry_content;
mod entry_list;
mod lab_results;
mod next_steps;
mod overview_lines;
mod questions;
mod record_page;
mod records_page;
mod result_words;
pub mod server_fns;
mod tests_page;
mod trend_page;
mod unacted;
mod writing;

pub use addresses::new_document_address;
pub(crate) use addresses::{EMERGENCIES, EMERGENCY, chart_address};
pub use ask_page::AskDoctorPage;
pub use chart::{
    ChartEntriesPage, ChartPage, EmergenciesPage, EmergencyPage, EmergencyReviewPage, EndItemPage, InboxPage,
    NewItemPage, NoteWay, OwnVitalsPage, PatientsPage, VitalsPage, WriteNote,
};
pub use document_page::DocumentPage;
pub use entry_list::EntryList;
pub use record_page::RecordPage;
pub use records_page::{CONFIRMED, RecordsPage};
pub use result_words::{OutOfRangeAdvice, OutOfRangeList};
pub use tests_page::{ChartTestsPage, TestsPage};
pub use trend_page::{ChartTrendPage, TrendPage};
pub use unacted::for_patients as unacted_for_patients;
pub use writing::{
    AdditionPage, DiscardPage, EndingPage, LabPage, NewLabPage, NewNotePage, NewPrescriptionPage, NotePage,
    PrescriptionPage,
};

/// Where the record begins.
pub(super) const RECORDS: &str = "/records";

/// The page of an entry.
fn entry_address(reference: &str) -> String {
    format!("{RECORDS}/{reference}")
}

/// The page of a test over time.
fn test_address(slug: &str) -> String {
    format!("{RECORDS}/labs/{}", crate::address::encoded(slug))
}
