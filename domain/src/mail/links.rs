//! Our own addresses in a message's text, for a page that shows the message.

use domain_types::mail::MailPart;

/// Cuts a text before and after each of our own addresses. What belongs to another site, or to no site, stays text.
pub(super) fn parts(text: &str, public_url: &str) -> Vec<MailPart> {
    let mut parts = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, address, after)) = next_address(rest, public_url) {
        plain.push_str(before);
        if !plain.is_empty() {
            parts.push(MailPart::Text(std::mem::take(&mut plain)));
        }
        parts.push(MailPart::Link(address.to_owned()));
        rest = after;
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        parts.push(MailPart::Text(plain));
    }
    parts
}

/// What stands before the next address of ours, the address, and what follows it.
fn next_address<'a>(text: &'a str, public_url: &str) -> Option<(&'a str, &'a str, &'a str)> {
    let is_web = public_url.starts_with("https://") || public_url.starts_with("http://");
    let found = text.match_indices(public_url).filter(|_| is_web);
    found.map(|(start, _)| (start, start + length(&text[start..]))).find_map(|(start, end)| {
        // A longer host or port is another site: after ours the address ends, or its path begins.
        let path = &text[start + public_url.len()..end];
        (path.is_empty() || path.starts_with(['/', '?', '#']))
            .then(|| (&text[..start], &text[start..end], &text[end..]))
    })
}

/// How far an address reaches: to a character that cannot be part of one, less the punctuation of the sentence.
fn length(text: &str) -> usize {
    let is_part = |letter: char| letter.is_ascii_graphic() && !matches!(letter, '<' | '>' | '"' | '\\' | '`');
    let end = text.find(|letter| !is_part(letter)).unwrap_or(text.len());
    text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'']).len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    const URL: &str = "https://clinic.example";

    fn links(text: &str) -> Vec<String> {
        let of = |part| match part {
            MailPart::Link(address) => Some(address),
            MailPart::Text(_) => None,
        };
        parts(text, URL).into_iter().filter_map(of).collect()
    }

    #[rstest]
    #[case("See it: https://clinic.example/appointments/APT-1\nThen", &["https://clinic.example/appointments/APT-1"])]
    #[case("At https://clinic.example/doctors. Or at https://clinic.example.", &["https://clinic.example/doctors", "https://clinic.example"])]
    #[case("(https://clinic.example/?a=1&b=2)", &["https://clinic.example/?a=1&b=2"])]
    #[case("<a href=\"https://clinic.example/x\">", &["https://clinic.example/x"])]
    #[case("https://clinic.example.evil.example/x", &[])]
    #[case("https://clinic.example:8443/x", &[])]
    #[case("https://clinic.example@evil.example/", &[])]
    #[case("https://clinic.example.evil.example/ and https://clinic.example/y", &["https://clinic.example/y"])]
    #[case("http://clinic.example/ javascript:alert(1) https://other.example/", &[])]
    #[case("", &[])]
    fn our_own_addresses_are_links_and_no_others(#[case] text: &str, #[case] expected: &[&str]) {
        assert_eq!(links(text), expected);
    }

    #[test]
    fn nothing_is_a_link_when_our_address_is_not_one_of_the_web() {
        assert_eq!(parts("javascript:alert(1)", "javascript:"), [MailPart::Text("javascript:alert(1)".into())]);
        assert_eq!(parts("Hello", ""), [MailPart::Text("Hello".into())]);
    }

    proptest! {
        #[test]
        fn no_letter_is_lost(text in "(https://clinic\\.example|[a-z./:? é\n]){0,12}") {
            let whole: String = parts(&text, URL)
                .into_iter()
                .map(|part| match part { MailPart::Text(text) | MailPart::Link(text) => text })
                .collect();
            prop_assert_eq!(whole, text);
        }
    }
}
