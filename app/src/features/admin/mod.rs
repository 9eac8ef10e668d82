//! What administrators see.

mod admin_page;
mod mails_page;
pub mod server_fns;
mod users_page;

pub use admin_page::AdminPage;
pub use mails_page::MailsPage;
pub use users_page::UsersPage;
