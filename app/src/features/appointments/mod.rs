//! Finding a time, booking it, and what becomes of the visit.

mod appointment_page;
mod appointments_page;
mod book_again;
mod book_confirm;
mod book_page;
mod cancel_page;
mod chosen_slot;
mod closed;
mod dashboard_page;
mod move_page;
mod next_step;
mod own_visit;
mod schedule_page;
pub mod server_fns;
mod step_page;
mod visit_parts;
mod visit_status;
mod visit_table;

pub use appointment_page::AppointmentPage;
pub use appointments_page::AppointmentsPage;
pub use book_page::BookPage;
pub use cancel_page::CancelPage;
pub use dashboard_page::DashboardPage;
pub use move_page::MovePage;
pub use schedule_page::SchedulePage;
pub use step_page::{CompletePage, NoShowPage};
pub(crate) use visit_parts::{completing_address, day_of_visit, visit_address};
