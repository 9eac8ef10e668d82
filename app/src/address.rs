//! Addresses within this site, with their values encoded.

use std::fmt::Write;

/// `path` with those of `query` whose value is not empty.
#[must_use]
pub fn address(path: &str, query: &[(&str, &str)]) -> String {
    with_query(path, query)
}

/// Adds to an address that may already have a query. Empty values are left out.
#[must_use]
pub fn with_query(base: &str, query: &[(&str, &str)]) -> String {
    let mut text = base.to_owned();
    for (name, value) in query.iter().filter(|(_, value)| !value.is_empty()) {
        text.push(if text.contains('?') { '&' } else { '?' });
        encode(name, &mut text);
        text.push('=');
        encode(value, &mut text);
    }
    text
}

/// A text as it may stand in any part of an address.
#[must_use]
pub fn encoded(text: &str) -> String {
    let mut into = String::new();
    encode(text, &mut into);
    into
}

/// Everything but the unreserved characters of RFC 3986 becomes `%XX`.
fn encode(value: &str, into: &mut String) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            into.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(into, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_encoded_and_empty_ones_left_out() {
        assert_eq!(address("/doctors", &[("specialty", ""), ("search", "")]), "/doctors");
        assert_eq!(
            address("/doctors", &[("specialty", "cardiology"), ("search", "Zoë & co?")]),
            "/doctors?specialty=cardiology&search=Zo%C3%AB%20%26%20co%3F"
        );
    }

    #[test]
    fn a_query_is_continued() {
        assert_eq!(with_query("/book?doctor=3", &[("from", "2026-12-01")]), "/book?doctor=3&from=2026-12-01");
        assert_eq!(with_query("/login", &[("next", "/book?doctor=3")]), "/login?next=%2Fbook%3Fdoctor%3D3");
    }
}
