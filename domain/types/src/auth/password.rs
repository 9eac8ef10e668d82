//! Passwords on their way to be checked, and how strong one is in words.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// A password on its way to be checked: wiped from memory afterwards, never printed.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Password(String);

impl Password {
    /// Fewer characters are no new password (NIST SP 800-63B asks for at least 8, and for no rules about which).
    pub const MIN_CHARS: usize = 12;
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

/// How hard a password is to guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Strength {
    /// Too short, too easy, or made of what is known of its owner: refused.
    Weak,
    Good,
    VeryGood,
}

/// A password judged while it is typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordAdvice {
    pub strength: Strength,
    /// "Strong enough", or what would make it so.
    pub sentence: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_printed() {
        let password = Password::parse("correct horse".into()).unwrap();
        assert_eq!(format!("{password:?}"), "Password(…)");
        assert!(Password::parse(String::new()).is_none());
        assert!(Password::parse("é".repeat(128)).is_some());
        assert!(Password::parse("é".repeat(129)).is_none());
    }
}
