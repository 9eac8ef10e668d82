//! Who people are: roles, and the parsed forms of what they type to sign in.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::ids::UserId;

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

    /// What is shown to this role alone, that it is, and as what somebody else came: the sentences of a refusal.
    #[must_use]
    pub fn told_to(self, other: Self) -> String {
        let what = match self {
            Self::Patient => "a patient’s own visits and records",
            Self::Doctor => "a doctor’s working day: visits, free times and who is waiting",
            Self::Admin => "how the clinic runs: its accounts, visits and mail",
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

/// A user name or an e-mail address as someone typed it, in the form that is compared: trimmed and lower case.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct LoginName(String);

impl LoginName {
    /// Longest address allowed by RFC 5321.
    pub const MAX: usize = 254;

    /// `None` when it is empty, longer than any name could be, or holds control characters.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        (!text.is_empty() && text.len() <= Self::MAX && !text.contains(char::is_control)).then_some(Self(text))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A password on its way to be checked: wiped from memory afterwards, never printed.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Password(String);

impl Password {
    /// Longer input is refused before it is hashed.
    pub const MAX_CHARS: usize = 128;

    /// `None` when it is empty or longer than any password could be.
    #[must_use]
    pub fn parse(text: String) -> Option<Self> {
        let password = Self(text);
        let length = password.0.chars().take(Self::MAX_CHARS + 1).count();
        (1..=Self::MAX_CHARS).contains(&length).then_some(password)
    }

    /// The bytes to hash.
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// The person who is signed in, as their own client sees them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserView {
    pub id: UserId,
    pub username: String,
    pub email: String,
    pub role: Role,
    pub mfa_enabled: bool,
}

/// What the page frame needs to know about whoever is looking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    pub role: Role,
    /// "Ana Duarte"
    pub name: String,
}

/// The e-mail address and password someone typed to sign in.
#[derive(Clone, Debug)]
pub struct SignIn {
    pub username: String,
    pub password: String,
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
            "This shows a doctor’s working day: visits, free times and who is waiting. Only doctors can open it, and \
             you are signed in as an administrator."
        );
        assert!(Role::Admin.told_to(Role::Patient).contains("Only administrators can open it"));
    }

    #[test]
    fn a_login_name_is_compared_without_case_and_spaces() {
        assert_eq!(LoginName::parse(" Ana@Example.ORG ").unwrap().as_str(), "ana@example.org");
        assert!(LoginName::parse("   ").is_none());
        assert!(LoginName::parse(&"a".repeat(255)).is_none());
    }

    #[test]
    fn a_password_is_never_printed() {
        let password = Password::parse("correct horse".into()).unwrap();
        assert_eq!(format!("{password:?}"), "Password(…)");
        assert!(Password::parse(String::new()).is_none());
        assert!(Password::parse("é".repeat(128)).is_some());
        assert!(Password::parse("é".repeat(129)).is_none());
    }
}
