//! Whose role may never do something is told so first, and reads nothing about what they sent.

use domain::access::{Actor, Admin, Doctor, Patient};

use crate::api::error::ApiError;

/// Whom a route is for. The rules judge by themselves; this only decides which of two refusals is told.
#[derive(Clone, Copy, Debug)]
pub enum For {
    Patients,
    Doctors,
    PatientsAndDoctors,
    Staff,
}

impl For {
    fn admits(self, actor: &Actor) -> domain::Result<()> {
        let doctors = || Doctor::try_from(actor).map(drop);
        match self {
            Self::Patients => Patient::try_from(actor).map(drop),
            Self::Doctors => doctors(),
            Self::PatientsAndDoctors => Patient::try_from(actor).map(drop).or_else(|_| doctors()),
            Self::Staff => Admin::try_from(actor).map(drop).or_else(|_| doctors()),
        }
    }

    /// What came, read. Where it cannot be read, whoever's role may never do this is told that instead.
    ///
    /// # Errors
    /// 403, or what `read` found wrong.
    pub fn read<T>(self, actor: &Actor, read: impl FnOnce() -> Result<T, ApiError>) -> Result<T, ApiError> {
        read().map_err(|wrong| self.admits(actor).err().map_or(wrong, ApiError::from))
    }
}
