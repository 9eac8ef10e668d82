//! What a person may be.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a person may be in SecureMed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Patient,
    /// `provider` is what the first SecureMed called doctors; it is still accepted on input.
    #[serde(alias = "provider")]
    Doctor,
    Admin,
}

impl Role {
    pub const ALL: [Self; 3] = [Self::Patient, Self::Doctor, Self::Admin];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::Doctor => "doctor",
            Self::Admin => "admin",
        }
    }

    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "patient" => Some(Self::Patient),
            "doctor" | "provider" => Some(Self::Doctor),
            "admin" => Some(Self::Admin),
            _ => None,
        }
    }

    /// The word on screens.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Patient => "Patient",
            Self::Doctor => "Doctor",
            Self::Admin => "Administrator",
        }
    }

    /// Whether a visit that is booked is their own, as opposed to one on a patient's behalf.
    #[must_use]
    pub const fn books_for_themselves(self) -> bool {
        matches!(self, Self::Patient)
    }

    /// Whether the clinic keeps a medical record about them under this role.
    #[must_use]
    pub const fn has_a_record(self) -> bool {
        matches!(self, Self::Patient)
    }

    /// Whether there is a profile of theirs: birth, address, whom to call.
    #[must_use]
    pub const fn has_profile(self) -> bool {
        matches!(self, Self::Patient)
    }

    /// Whether it is one of those who work at the clinic.
    #[must_use]
    pub const fn is_staff(self) -> bool {
        matches!(self, Self::Doctor | Self::Admin)
    }

    /// What is shown to this role alone, that it is, and as what somebody else came: the sentences of a refusal.
    #[must_use]
    pub fn told_to(self, other: Self) -> String {
        let what = match self {
            Self::Patient => "a patient’s own appointments, records or profile",
            Self::Doctor => "a doctor’s working day: appointments, free times and who is waiting",
            Self::Admin => "how the clinic runs: its accounts, appointments and e-mail",
        };
        let (whom, came_as) = (self.label().to_lowercase(), other.with_article());
        format!("This shows {what}. Only {whom}s can open it, and you are signed in as {came_as}.")
    }

    /// "a patient", inside a sentence.
    const fn with_article(self) -> &'static str {
        match self {
            Self::Patient => "a patient",
            Self::Doctor => "a doctor",
            Self::Admin => "an administrator",
        }
    }

    /// Where this role arrives after signing in.
    #[must_use]
    pub const fn home(self) -> &'static str {
        match self {
            Self::Patient => "/dashboard",
            Self::Doctor => "/schedule",
            Self::Admin => "/admin",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn provider_is_an_old_word_for_doctor() {
        assert_eq!(Role::parse("provider"), Some(Role::Doctor));
        assert_eq!(serde_json::from_str::<Role>("\"provider\"").unwrap(), Role::Doctor);
        assert_eq!(serde_json::to_string(&Role::Doctor).unwrap(), "\"doctor\"");
        assert_eq!(Role::parse("root"), None);
    }

    #[test]
    fn a_refusal_says_what_it_is_for_whom_it_is_for_and_as_what_somebody_came() {
        assert_eq!(
            Role::Doctor.told_to(Role::Admin),
            "This shows a doctor’s working day: appointments, free times and who is waiting. Only doctors can open it, \
             and you are signed in as an administrator."
        );
        assert!(Role::Admin.told_to(Role::Patient).contains("Only administrators can open it"));
    }
}
