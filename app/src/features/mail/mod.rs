//! The demo's mailbox.

mod mailbox_page;
pub mod server_fns;

pub use mailbox_page::MailboxPage;
