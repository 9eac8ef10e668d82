//! What somebody looks after in their own account.

mod account_page;
mod app_off_page;
mod app_page;
mod confirm_page;
mod profile_page;
mod recovery_codes_page;
mod security_page;
mod sessions_page;

pub use account_page::AccountPage;
pub use app_off_page::AppOffPage;
pub use app_page::AppPage;
pub use confirm_page::ConfirmPage;
pub use profile_page::ProfilePage;
pub use recovery_codes_page::RecoveryCodesPage;
pub use security_page::SecurityPage;
pub use sessions_page::SessionsPage;
