//! Who is asking ([`Actor`]), proof that a policy said yes ([`Permit`]), the trail of what was looked at
//! ([`Audited`]), and whom a door is for ([`For`]).

mod actor;
mod audience;
mod audit;
mod cx;
mod emergency;
mod group_commit;
mod permit;

pub(crate) use actor::PersonParts;
pub use actor::{Actor, Admin, Doctor, Patient, Person, RecentlyVerified};
pub use audience::For;
pub use audit::Audited;
pub(crate) use audit::{AuditEvent, Found, record};
pub(crate) use cx::{Cx, perform};
pub(crate) use domain_types::audit::Act;
pub(crate) use emergency::{open_to, opened_in_emergency};
pub(crate) use group_commit::GroupCommit;
pub(crate) use permit::Permit;
