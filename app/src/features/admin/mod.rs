//! What administrators see.

mod admin_page;
pub mod server_fns;
mod users_page;

pub use admin_page::AdminPage;
pub use users_page::UsersPage;
