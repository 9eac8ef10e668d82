//! The header that makes a browser save a document instead of showing it.

use std::fmt::Write as _;

use super::names;

/// The value of `Content-Disposition` that saves a document under a name: `attachment;
/// filename="…"; filename*=UTF-8''…`.
///
/// The first form is for old programs, and has an underscore for everything that is not plain; the
/// second is exact. Safe for any name: the value is visible ASCII and single spaces, and names no
/// folder (RFC 6266, RFC 8187).
#[must_use]
pub fn content_disposition(name: &str) -> String {
    let tidy: String = names::tidied(name).chars().take(names::MAX_CHARS).collect();
    let name = if tidy.is_empty() { names::NAMELESS } else { &tidy };
    let plain: String = name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    let mut value = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''");
    for byte in name.bytes() {
        if is_attr_char(byte) {
            value.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(value, "%{byte:02X}");
        }
    }
    value
}

/// What stands for itself between quotes everywhere. Some programs decode `%`, although they should
/// not (RFC 6266, D).
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~') && !matches!(c, '"' | '\\' | '%')
}

/// `attr-char` of RFC 8187, section 3.2.1.
fn is_attr_char(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'!' | b'#' | b'$' | b'&' | b'+' | b'-' | b'.' | b'^' | b'_' | b'`' | b'|' | b'~')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::plain("scan.pdf", "scan.pdf", "scan.pdf")]
    #[case::spaces("my scan.pdf", "my scan.pdf", "my%20scan.pdf")]
    #[case::umlauts("Größe.pdf", "Gr__e.pdf", "Gr%C3%B6%C3%9Fe.pdf")]
    #[case::percent("50%41.pdf", "50_41.pdf", "50%2541.pdf")]
    #[case::quotes("a\"; filename=\"b.exe", "a; filename=b.exe", "a%3B%20filename%3Db.exe")]
    #[case::apostrophe("o'neill.pdf", "o'neill.pdf", "o%27neill.pdf")]
    #[case::lines("a\r\nSet-Cookie: x=1", "a Set-Cookie x=1", "a%20Set-Cookie%20x%3D1")]
    #[case::folders("../../etc/passwd", "passwd", "passwd")]
    #[case::nothing("", "document", "document")]
    fn a_name_is_written_twice(#[case] name: &str, #[case] plain: &str, #[case] exact: &str) {
        let expected = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{exact}");
        assert_eq!(content_disposition(name), expected);
    }

    proptest! {
        #[test]
        fn the_value_is_one_line_with_one_quoted_name(name in any::<String>()) {
            let value = content_disposition(&name);
            prop_assert!(value.bytes().all(|byte| matches!(byte, b' '..=b'~')));
            prop_assert_eq!(value.matches('"').count(), 2);
            prop_assert_eq!(value.matches('\'').count() - name_apostrophes(&value), 2);
            prop_assert!(!value.contains('\\'));
        }
    }

    /// The apostrophes between the quotes.
    fn name_apostrophes(value: &str) -> usize {
        value.split('"').nth(1).unwrap_or_default().matches('\'').count()
    }
}
