//! The medical record: what kinds of entries there are, what each says, and what is asked of it.
//!
//! `content` is what is sealed in the database; `views`, `result_views`, `chart` and `overview` are what people and
//! programs are shown; `commands` is what they ask for; `forms` and `measured` are what they write; `looks` is who saw it.

mod amounts;
mod chart;
mod checks;
mod commands;
mod content;
mod emergencies;
mod forms;
mod kind;
mod labs;
mod look_rows;
mod looks;
mod measured;
mod overview;
mod readings;
mod report;
mod result_views;
mod since;
mod standing;
mod templates;
mod unacted;
mod units;
mod views;
mod vitals_form;

pub use amounts::*;
pub use chart::*;
pub use checks::{LONGEST_LINE, LONGEST_REMARK, LONGEST_TEXT};
pub use commands::*;
pub use content::*;
pub use emergencies::*;
pub use forms::*;
pub use kind::*;
pub use labs::*;
pub use look_rows::*;
pub use looks::*;
pub use measured::*;
pub use overview::*;
pub use readings::*;
pub use report::*;
pub use result_views::*;
pub use standing::*;
pub use templates::*;
pub use unacted::*;
pub use units::*;
pub use views::*;
pub use vitals_form::*;
