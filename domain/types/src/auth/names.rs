//! The names by which people sign in.

use std::fmt;

use super::unseen::is_unseen;
use crate::text::at_most;

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

/// The name that somebody chose to sign in with, in the form that is stored and compared: lower case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Username(String);

impl Username {
    pub const MIN: usize = 3;
    pub const MAX: usize = 30;

    /// # Errors
    /// A sentence for the field.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim().to_lowercase();
        if text.is_empty() {
            return Err("Choose a user name.".into());
        }
        if text.chars().count() < Self::MIN {
            return Err("A user name has 3 to 30 characters.".into());
        }
        let is_plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "._-".contains(letter);
        if !text.chars().all(is_plain) || !text.starts_with(|first: char| first.is_ascii_alphanumeric()) {
            return Err(
                "Use letters from a to z, digits, dots, hyphens and underscores, and start with a letter or digit."
                    .into(),
            );
        }
        at_most(Self::MAX, &text).map(|()| Self(text))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An e-mail address in the form that is stored and compared: lower case, its domain as the name system knows it
/// (`xn--…`).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

impl Email {
    /// Longest address allowed by RFC 5321, its part before the sign at most 64.
    pub const MAX: usize = 254;
    const LOCAL_MAX: usize = 64;
    /// What is said of anything else.
    pub const SENTENCE: &str = "Enter an e-mail address, such as name@example.org.";

    /// Letters of any script may stand before the sign (RFC 6531). The domain is one of the name system: its last label
    /// is no number, so that no address of a machine passes for one.
    ///
    /// # Errors
    /// A sentence for the field.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim().to_lowercase();
        at_most(Self::MAX, &text)?;
        let (local, host) = text.rsplit_once('@').ok_or(Self::SENTENCE)?;
        let is_atom = |letter: char| {
            letter.is_ascii_alphanumeric()
                || "!#$%&'*+/=?^_`{|}~-".contains(letter)
                || (!letter.is_ascii() && !letter.is_whitespace() && !is_unseen(letter))
        };
        let is_local = local.len() <= Self::LOCAL_MAX
            && local.split('.').all(|part| !part.is_empty() && part.chars().all(is_atom));
        let is_label = |label: &str| {
            (1..=63).contains(&label.len())
                && label.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let is_top = |label: &str| {
            label.starts_with("xn--") || (label.len() >= 2 && label.bytes().all(|byte| byte.is_ascii_alphabetic()))
        };
        let is_host = host.split('.').all(is_label) && host.rsplit_once('.').is_some_and(|(_, top)| is_top(top));
        if is_local && is_host && text.len() <= Self::MAX { Ok(Self(text)) } else { Err(Self::SENTENCE.into()) }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_name_is_compared_without_case_and_spaces() {
        assert_eq!(LoginName::parse(" Ana@Example.ORG ").unwrap().as_str(), "ana@example.org");
        assert!(LoginName::parse("   ").is_none());
        assert!(LoginName::parse(&"a".repeat(255)).is_none());
    }

    #[test]
    fn a_user_name_is_plain_and_cannot_be_mistaken_for_an_address() {
        assert_eq!(Username::parse(" Maya.Okafor ").unwrap().as_str(), "maya.okafor");
        for odd in ["", "ab", &"a".repeat(31), "maya okafor", "maya@example.org", ".maya", "mäya", "maya\0"] {
            assert!(Username::parse(odd).is_err(), "{odd:?}");
        }
    }

    #[test]
    fn a_name_that_is_too_long_is_told_so_with_both_numbers() {
        let told = |most: usize, name: &str| format!("You wrote {} characters; please keep it to {most}.", name.len());
        let name = "a".repeat(31);
        assert_eq!(Username::parse(&name).unwrap_err(), told(30, &name));
        let address = format!("maya@{}example.org", "a.".repeat(150));
        assert_eq!(Email::parse(&address).err().unwrap(), told(254, &address));
    }

    #[test]
    fn an_address_is_one_that_mail_can_be_sent_to() {
        assert_eq!(Email::parse(" Maya.Okafor+x@Example.ORG ").unwrap().as_str(), "maya.okafor+x@example.org");
        let odd = [
            "",
            "maya",
            "@example.org",
            "maya@",
            "maya@localhost",
            "ma ya@example.org",
            "maya@exam_ple.org",
            "a@b@c.org",
            "maya@-example.org",
            "maya.@example.org",
            "maya@example..org",
            "maya@example.org\r\nBcc: x@example.org",
            "\"maya\"@example.org",
            "a@123.45.67.89",
            "a@[123.45.67.89]",
            "a@1.2.3.0x7f",
            "a@example.1",
            "a@example.c",
            "ma\u{200b}ya@example.org",
            "ma\u{a0}ya@example.org",
            "\u{202e}maya@example.org",
        ];
        for odd in odd {
            assert!(Email::parse(odd).is_err(), "{odd:?}");
        }
        assert!(Email::parse(&format!("{}@example.org", "a".repeat(65))).is_err());
        for taken in
            ["müller@xn--bcher-kva.example", "用户@xn--fsqu00a.xn--0zwm56d", "a@4u.example", "o'hara@example.museum"]
        {
            assert_eq!(Email::parse(taken).unwrap().as_str(), taken);
        }
    }
}
