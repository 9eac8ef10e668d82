//! Whose role may never do something is told so first, and reads nothing about what they sent.

use crate::{
    access::{Actor, Admin, Doctor, Patient},
    error::Result,
};

/// Whom a route or a server function is for. The rules judge each act by themselves; this only decides which of two
/// refusals is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    Everybody,
    /// Whoever is signed in. What their role may do depends on what it is about.
    SignedIn,
    Patients,
    Doctors,
    PatientsAndDoctors,
    Staff,
    Admins,
}

impl For {
    /// # Errors
    /// `Unauthenticated` and `OtherRole`.
    pub fn admits(self, actor: &Actor) -> Result<()> {
        let doctors = || Doctor::try_from(actor).map(drop);
        match self {
            Self::Everybody => Ok(()),
            Self::SignedIn => actor.person().map(drop),
            Self::Patients => Patient::try_from(actor).map(drop),
            Self::Doctors => doctors(),
            Self::PatientsAndDoctors => Patient::try_from(actor).map(drop).or_else(|_| doctors()),
            Self::Staff => Admin::try_from(actor).map(drop).or_else(|_| doctors()),
            Self::Admins => Admin::try_from(actor).map(drop),
        }
    }
}
