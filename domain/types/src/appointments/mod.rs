//! Booking: the status machine, what is asked for and what is shown.

mod audience;
mod choice;
mod commands;
mod day;
mod directory;
mod note_step;
mod status;
mod views;
mod visit_list;

pub use audience::*;
pub use choice::*;
pub use commands::*;
pub use day::*;
pub use directory::*;
pub use note_step::*;
pub use status::*;
pub use views::*;
pub use visit_list::*;
