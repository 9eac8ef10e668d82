//! The medical record: what kinds of entries there are, what each says, and what is asked of it.
//!
//! `content` is what is sealed in the database, `views` is what people and programs are shown, `commands` is what they
//! ask for.

mod commands;
mod content;
mod kind;
mod labs;
mod views;

pub use commands::*;
pub use content::*;
pub use kind::*;
pub use labs::*;
pub use views::*;
