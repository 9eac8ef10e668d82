//! Booking: the status machine, what is asked for and what is shown.

mod commands;
mod status;
mod views;

pub use commands::*;
pub use status::*;
pub use views::*;
