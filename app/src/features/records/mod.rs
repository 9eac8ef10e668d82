//! The medical record.

mod records_page;
pub mod server_fns;

pub use records_page::RecordsPage;
