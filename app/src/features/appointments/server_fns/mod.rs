//! What the pages ask of the calendar. Reading and changing stand apart; each parses, calls one rule and answers.

mod changes;
mod choice;
mod reads;

pub use changes::*;
pub use choice::*;
pub use reads::*;

pub use crate::features::clinic::get_clinic;
