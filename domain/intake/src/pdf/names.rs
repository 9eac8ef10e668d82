//! Names in the bytes of a PDF, wherever they stand (ISO 32000-2, 7.3.5).
//!
//! The walk over the objects in [`super::objects`] sees what readers see. This search also sees what only some reader
//! would find: an object that was replaced, or one that no table points at. It does not look into compressed streams.

use super::super::Refusal;

/// A name that keeps a document from being stored.
const REFUSED: [&[u8]; 9] = [
    b"JavaScript",
    b"JS",
    b"Launch",
    b"SubmitForm",
    b"ImportData",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"RichMedia",
    b"XFA",
];

/// Names up to this length stand in a large scan by chance every so often.
const SHORT_NAME: usize = 3;

/// How many bytes before a short name are readable, if it is a name and no pixels.
const READABLE_BEFORE: usize = 16;

/// Whether any refused name stands in the bytes.
pub(super) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let is_refused = |name: &Name<'_>| {
        let spelled = name.unescaped();
        REFUSED.contains(&spelled.as_slice()) && (spelled.len() > SHORT_NAME || is_readable(name.before(bytes)))
    };
    if names(bytes).any(|name| is_refused(&name)) { Err(Refusal::ActiveContent) } else { Ok(()) }
}

/// A name as it is written, without its solidus.
#[derive(Clone, Copy)]
pub(super) struct Name<'a> {
    /// Where its first character stands.
    pub(super) at: usize,
    pub(super) raw: &'a [u8],
}

impl Name<'_> {
    fn before<'a>(&self, bytes: &'a [u8]) -> &'a [u8] {
        bytes.get(..self.at.saturating_sub(1)).unwrap_or_default()
    }

    /// The name with its escapes resolved: `/J#53` is `/JS`.
    pub(super) fn unescaped(&self) -> Vec<u8> {
        unescaped(self.raw)
    }
}

/// All names, in their order.
pub(super) fn names(bytes: &[u8]) -> impl Iterator<Item = Name<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let solidus = bytes.get(at..)?.iter().position(|&byte| byte == b'/')?;
        let start = at + solidus + 1;
        let rest = bytes.get(start..)?;
        let length = rest.iter().position(|&byte| !is_regular(byte)).unwrap_or(rest.len());
        at = start + length;
        Some(Name { at: start, raw: rest.get(..length)? })
    })
}

fn unescaped(raw: &[u8]) -> Vec<u8> {
    let mut name = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let [first, after @ ..] = rest {
        let (byte, behind) = match after {
            [high, low, behind @ ..] if *first == b'#' => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => (high * 16 + low, behind),
                _ => (*first, after),
            },
            _ => (*first, after),
        };
        name.push(byte);
        rest = behind;
    }
    name
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

fn is_readable(before: &[u8]) -> bool {
    before.iter().rev().take(READABLE_BEFORE).all(|&byte| byte.is_ascii_graphic() || is_white_space(byte))
}

/// White space of the syntax (7.2.3, table 1).
pub(super) fn is_white_space(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | b'\x0C' | b'\r' | b' ')
}

/// What a name may consist of: neither white space nor a delimiter (7.2.3, table 2).
fn is_regular(byte: u8) -> bool {
    !is_white_space(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_in_every_spelling_and_a_longer_one_is_another() {
        for bytes in [&b"<</S/JavaScript>>"[..], b"/J#61va#53cript", b" /#4a#53 (1)", b"/Launch"] {
            assert_eq!(check(bytes), Err(Refusal::ActiveContent), "{}", String::from_utf8_lossy(bytes));
        }
        for bytes in [&b"/JSON /LaunchPad /javascript /Js"[..], b"(About JavaScript)", b"/J#5 1 /J#5Z 2 /J# 3"] {
            assert_eq!(check(bytes), Ok(()), "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn a_short_name_among_pixels_is_chance() {
        assert_eq!(check(b"stream\n\x9A\x01/JS \xFF/XFA<\nendstream"), Ok(()));
        assert_eq!(check(b"stream\n0123456789abcdef /JS (1)"), Err(Refusal::ActiveContent));
    }
}
