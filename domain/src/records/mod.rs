//! The medical record.
//!
//! Rules:
//! - Patients see their own record, doctors those of patients in their care, administrators none. What is being written
//!   is seen by its author alone.
//! - The pages of one's own record are for patients alone.
//! - What an entry says is sealed under its patient's key; what cannot be opened is not shown, and the reading fails.
//!   When the key was erased, the entry stands there empty.
//! - Every look, and every look that was refused, is one event of the audit trail: what is read can only be had
//!   [`Audited`](crate::access::Audited). An unknown entry looks like somebody else's.
//! - Signed entries never change: the database refuses it. Additions stand with what they complete.
//! - Values of different units are never drawn on one line.

mod detail;
mod erasing;
mod list;
mod opening;
mod policy;
mod printing;
mod results;
mod rows;
mod signing;
mod timeline;

pub use detail::{Which, detail};
pub use erasing::erase;
pub use list::list;
pub use printing::{Printed, printed};
pub use results::{results, trend};
pub use timeline::{glance, timeline};

// Nothing but the synthetic clinic and the tests writes entries yet.
#[cfg(feature = "seed")]
pub(crate) use opening::{content_of, result_of, result_row, sealed};
#[cfg(feature = "seed")]
pub(crate) use signing::Signed;
