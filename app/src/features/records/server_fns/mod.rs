//! The medical record behind the pages. Every call is one event of the audit trail.

mod charts;
mod emergencies;
mod measurements;
mod notes;
mod own;
mod prescriptions;
mod reports;

pub use charts::*;
pub use emergencies::*;
pub use measurements::*;
pub use notes::*;
pub use own::*;
pub use prescriptions::*;
pub use reports::*;
