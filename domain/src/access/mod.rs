//! Who is asking ([`Actor`]), proof that a policy said yes ([`Permit`]), and the trail of what was looked at
//! ([`Audited`]).

mod actor;
mod audit;
mod emergency;
mod permit;

pub(crate) use actor::PersonParts;
pub use actor::{Actor, Admin, Doctor, Patient, Person, RecentlyVerified};
pub use audit::Audited;
pub(crate) use audit::{Act, AuditEvent, Found, record};
pub(crate) use emergency::{open_to, opened_in_emergency};
pub(crate) use permit::Permit;
