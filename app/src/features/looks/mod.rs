//! Who saw a record: its patient's page, the question about a look, and the answers of the clinic.

mod ask_page;
mod look_parts;
mod looks_page;
mod questions_page;
pub mod server_fns;

pub use ask_page::AskPage;
pub use looks_page::LooksPage;
pub use questions_page::QuestionsPage;

/// Where patients read who saw their record.
pub(super) const LOOKS: &str = "/account/looks";
/// Where administrators answer.
pub(super) const QUESTIONS: &str = "/admin/questions";

/// The page on which somebody asks about a look, and reads the answer.
fn ask_address(event: &str) -> String {
    format!("{LOOKS}/{}/ask", crate::address::encoded(event))
}
