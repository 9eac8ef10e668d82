//! What a browser or program calls itself, in words that its owner recognises; and the tokens by which a browser is
//! known again.

use crate::secrets::token_hash;

/// How many people one browser is known to: those who signed in there last.
const PEOPLE: usize = 5;
/// The length of [`crate::secrets::random_token`].
const TOKEN_LENGTH: usize = 43;
/// Stands between the tokens in the browser's cookie.
const BETWEEN: char = '.';

/// The tokens in the browser's cookie, the newest first. Each belongs to one account: a token that somebody planted in a
/// shared browser never speaks for the next person who signs in there.
fn tokens(known: Option<&str>) -> impl Iterator<Item = &str> {
    known.unwrap_or_default().split(BETWEEN).filter(|token| token.len() == TOKEN_LENGTH).take(PEOPLE)
}

/// How the tokens of a browser are stored.
pub(super) fn hashes(known: Option<&str>) -> Vec<String> {
    tokens(known).map(token_hash).collect()
}

/// The browser's cookie with one more token; the oldest goes when there are too many.
pub(super) fn with_token(new: &str, known: Option<&str>) -> String {
    let all: Vec<_> = std::iter::once(new).chain(tokens(known)).take(PEOPLE).collect();
    all.join(&BETWEEN.to_string())
}

/// "Firefox on Linux". User agents lie and are many: what is not known is named as little as possible.
pub(super) fn describe(user_agent: &str) -> String {
    let name = first_of(user_agent, &PROGRAMS);
    let system = first_of(user_agent, &SYSTEMS);
    match (name, system) {
        (Some(name), Some(system)) => format!("{name} on {system}"),
        (Some(name), None) => name.to_owned(),
        (None, Some(system)) => format!("A browser on {system}"),
        (None, None) => "An unknown device".to_owned(),
    }
}

/// Those that also call themselves something further down stand first.
const PROGRAMS: [(&str, &str); 15] = [
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Version/", "Safari"),
    ("curl/", "curl"),
    ("python-requests/", "A Python program"),
    ("okhttp/", "An Android app"),
    ("node", "A Node.js program"),
];

const SYSTEMS: [(&str, &str); 8] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
    ("X11", "Linux"),
];

fn first_of(text: &str, known: &[(&str, &'static str)]) -> Option<&'static str> {
    known.iter().find(|(mark, _)| text.contains(mark)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn a_browser_keeps_the_tokens_of_the_last_five_people() {
        let token = |letter: &str| letter.repeat(TOKEN_LENGTH);
        let mut cookie = None;
        for letter in ["a", "b", "c", "d", "e", "f"] {
            cookie = Some(with_token(&token(letter), cookie.as_deref()));
        }
        let kept: Vec<_> = tokens(cookie.as_deref()).map(|token| &token[..1]).collect();
        assert_eq!(kept, ["f", "e", "d", "c", "b"]);
        assert_eq!(hashes(Some("weak")).len() + hashes(Some("../../etc/passwd")).len() + hashes(None).len(), 0);
    }

    #[rstest]
    #[case("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux")]
    #[case(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36 Edg/150.0",
        "Edge on Windows"
    )]
    #[case(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1",
        "Safari on iPhone"
    )]
    #[case(
        "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36",
        "Chrome on Android"
    )]
    #[case(
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15",
        "Safari on macOS"
    )]
    #[case("curl/8.5.0", "curl")]
    #[case("", "An unknown device")]
    #[case("<script>", "An unknown device")]
    fn a_device_is_named_as_its_owner_would(#[case] user_agent: &str, #[case] words: &str) {
        assert_eq!(describe(user_agent), words);
    }
}
