//! Where doctors write: notes, prescriptions, laboratory reports, and what is added to signed entries or ends them.

mod about_visit;
mod addition_page;
mod beside_note;
mod desk;
mod discard_page;
mod ending_page;
mod lab_form;
mod lab_page;
mod new_lab_page;
mod new_note_page;
mod new_prescription_page;
mod note_page;
mod prescription_form;
mod prescription_page;

pub use addition_page::AdditionPage;
pub use discard_page::DiscardPage;
pub use ending_page::EndingPage;
#[cfg(feature = "ssr")]
pub(super) use lab_form::first_new_row;
pub use lab_page::LabPage;
pub use new_lab_page::NewLabPage;
pub use new_note_page::NewNotePage;
pub use new_prescription_page::NewPrescriptionPage;
pub use note_page::NotePage;
pub use prescription_page::PrescriptionPage;
