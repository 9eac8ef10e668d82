//! The names by which people are known: what they sign in with, what they are called.

use std::fmt;

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
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim().to_lowercase();
        if !(Self::MIN..=Self::MAX).contains(&text.chars().count()) {
            return Err("A user name has 3 to 30 characters.");
        }
        let is_plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "._-".contains(letter);
        if !text.chars().all(is_plain) || !text.starts_with(|first: char| first.is_ascii_alphanumeric()) {
            return Err(
                "Use letters from a to z, digits, dots, hyphens and underscores, and begin with a letter or digit.",
            );
        }
        Ok(Self(text))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An e-mail address in the form that is stored and compared: lower case.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

impl Email {
    /// Longest address allowed by RFC 5321, its part before the sign at most 64.
    pub const MAX: usize = 254;
    const LOCAL_MAX: usize = 64;

    /// # Errors
    /// A sentence for the field.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        const SENTENCE: &str = "This is not an e-mail address such as name@example.org.";
        let text = text.trim().to_lowercase();
        let (local, host) = text.rsplit_once('@').ok_or(SENTENCE)?;
        let is_atom = |letter: char| letter.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(letter);
        let is_local = local.len() <= Self::LOCAL_MAX
            && local.split('.').all(|part| !part.is_empty() && part.chars().all(is_atom));
        let is_label = |label: &str| {
            (1..=63).contains(&label.len())
                && label.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let is_host = host.contains('.') && host.split('.').all(is_label);
        if is_local && is_host && text.len() <= Self::MAX { Ok(Self(text)) } else { Err(SENTENCE) }
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

/// A first or last name, as its owner writes it.
///
/// # Errors
/// A sentence for the field.
pub fn person_name(text: &str) -> Result<String, &'static str> {
    const MAX: usize = 80;
    // Names stand in lists, mails and headings: no addresses, no markup, nothing that turns the writing around.
    let is_odd = |letter: char| {
        letter.is_control()
            || "<>/\\:@#{}[]|^~`=+*\"".contains(letter)
            || matches!(letter, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => Err("Please fill this in."),
        1..=MAX if !name.contains(is_odd) => Ok(name),
        1..=MAX => Err("There is a character in it that names do not have."),
        _ => Err("Please keep it to 80 characters."),
    }
}

/// A telephone number as its owner writes it; nothing when the field is empty.
///
/// # Errors
/// A sentence for the field.
pub fn phone_number(text: &str) -> Result<Option<String>, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let is_plain = text.chars().all(|letter| letter.is_ascii_digit() || " +-()/.".contains(letter));
    if is_plain && (5..=20).contains(&digits) && text.len() <= 40 {
        Ok(Some(text.to_owned()))
    } else {
        Err("This is not a telephone number such as +353 20 910 0100.")
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
        ];
        for odd in odd {
            assert!(Email::parse(odd).is_err(), "{odd:?}");
        }
        assert!(Email::parse(&format!("{}@example.org", "a".repeat(65))).is_err());
    }

    #[test]
    fn names_and_numbers_are_taken_as_their_owners_write_them() {
        assert_eq!(person_name("  Ana  María ").unwrap(), "Ana María");
        assert!(["O’Neill-Smith", "Jr. van der Berg", "王芳"].into_iter().all(|name| person_name(name).is_ok()));
        assert!(person_name("Bob\u{202E}").is_err() && person_name("<b>Bob</b>").is_err());
        assert!(
            person_name(" ").is_err()
                && person_name("a\u{0}b").is_err()
                && person_name("see http://x.example").is_err()
                && person_name(&"x".repeat(81)).is_err()
        );
        assert_eq!(phone_number(" +353 20 910 0100 ").unwrap().as_deref(), Some("+353 20 910 0100"));
        assert_eq!(phone_number("").unwrap(), None);
        assert!(phone_number("call me").is_err() && phone_number("1234").is_err());
    }
}
