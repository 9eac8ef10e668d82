//! E-mail addresses as people type them.
//!
//! A domain is written in its own script or as the name system knows it (`xn--…`): both are one address, and the second
//! form is kept (IDNA, as UTS 46 reads it) and the first is shown. What stands before the sign is composed (NFC), as
//! RFC 6532 asks.

use domain_types::{
    auth::{Email, LoginName},
    text::at_most,
};
use unicode_normalization::UnicodeNormalization;

/// # Errors
/// A sentence for the field.
pub(crate) fn email(text: &str) -> Result<Email, String> {
    at_most(Email::MAX, text.trim())?;
    Email::parse(&plain(text).ok_or(Email::SENTENCE)?)
}

/// The same for what somebody typed to sign in: a user name, or an address however it is written.
pub(crate) fn login_name(text: &str) -> Option<LoginName> {
    match text.contains(['@', '\u{FF20}']).then(|| plain(text)).flatten() {
        Some(address) => LoginName::parse(&address),
        None => LoginName::parse(text),
    }
}

/// An address as people read it: its domain in its own script. What is not the name of any domain stays as it is.
pub(crate) fn shown(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((local, host)) => match idna::domain_to_unicode(host) {
            (host, Ok(())) => format!("{local}@{host}"),
            _ => address.to_owned(),
        },
        None => address.to_owned(),
    }
}

fn plain(text: &str) -> Option<String> {
    // Nobody's address is longer; what is longer is not worth the work.
    let text = Some(text.trim()).filter(|text| text.len() <= 4 * Email::MAX)?.replace('\u{FF20}', "@");
    let (local, host) = text.rsplit_once('@')?;
    let host = idna::domain_to_ascii_strict(host).ok()?;
    let local: String = local.to_lowercase().nfc().collect();
    Some(format!("{local}@{host}"))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("müller@bücher.example", "müller@xn--bcher-kva.example")]
    #[case("MÜLLER@BÜCHER.Example", "müller@xn--bcher-kva.example")]
    #[case("mu\u{308}ller@bu\u{308}cher.example", "müller@xn--bcher-kva.example")]
    #[case(" Müller@XN--bcher-KVA.example ", "müller@xn--bcher-kva.example")]
    #[case("a@例子。测试", "a@xn--fsqu00a.xn--0zwm56d")]
    #[case("maya＠ｅxample.org", "maya@example.org")]
    #[case("Maya@Example.ORG", "maya@example.org")]
    fn an_address_is_one_however_its_domain_is_written(#[case] typed: &str, #[case] kept: &str) {
        assert_eq!(email(typed).unwrap().as_str(), kept);
        assert_eq!(login_name(typed).unwrap().as_str(), kept);
    }

    #[rstest]
    #[case("brid@xn--exmple-cua.com", "brid@exämple.com")]
    #[case("a@xn--fsqu00a.xn--0zwm56d", "a@例子.测试")]
    #[case("maya@example.org", "maya@example.org")]
    #[case("maya@xn--zzzzzz-.example", "maya@xn--zzzzzz-.example")]
    #[case("nobody", "nobody")]
    fn a_domain_is_shown_in_its_own_script(#[case] kept: &str, #[case] read: &str) {
        assert_eq!(shown(kept), read);
    }

    #[rstest]
    #[case("a@123.45.67.89")]
    #[case("a@１２３.４５.６７.８９")]
    #[case("a@[::1]")]
    #[case("a@xn--zzzzzz-.example")]
    #[case("a@bü cher.example")]
    #[case("a@bücher")]
    #[case("a@-bücher.example")]
    #[case("@bücher.example")]
    #[case("a@b@bücher.example\r\nBcc: x@example.org")]
    fn what_no_mail_reaches_is_no_address(#[case] typed: &str) {
        assert!(email(typed).is_err());
    }

    #[test]
    fn a_user_name_stays_a_user_name() {
        assert_eq!(login_name(" Maya ").unwrap().as_str(), "maya");
        assert!(login_name("a@").is_some(), "it is counted like any other name");
        assert!(email(&format!("{}@example.org", "a".repeat(100_000))).is_err());
    }
}
