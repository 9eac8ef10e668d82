//! PDF documents that only show something (ISO 32000-2).
//!
//! This is a search for names, not a reader. It finds what programs write when somebody puts a
//! script or a file into a document, in any spelling of the name. It does not look into compressed
//! streams, where a document may keep its objects as well; so a stored PDF is never shown within
//! the page, but always sent as an attachment.

use super::Refusal;

const END: &[u8] = b"%%EOF";

/// How far from the end of the file the end of the document is looked for, as readers do.
const END_WITHIN: usize = 1024;

/// A name that keeps a document from being stored, and why.
const REFUSED: [(&[u8], Refusal); 8] = [
    (b"Encrypt", Refusal::Encrypted),
    (b"JavaScript", Refusal::ActiveContent),
    (b"JS", Refusal::ActiveContent),
    (b"Launch", Refusal::ActiveContent),
    (b"EmbeddedFile", Refusal::ActiveContent),
    (b"EmbeddedFiles", Refusal::ActiveContent),
    (b"RichMedia", Refusal::ActiveContent),
    (b"XFA", Refusal::ActiveContent),
];

/// Names up to this length stand in a large scan by chance every so often.
const SHORT_NAME: usize = 3;

/// How many bytes before a short name are readable, if it is a name and no pixels.
const READABLE_BEFORE: usize = 16;

/// The document without what stands behind its end.
pub(super) fn checked(mut bytes: Vec<u8>) -> Result<Vec<u8>, Refusal> {
    let end = end_of_document(&bytes).ok_or(Refusal::Damaged)?;
    bytes.truncate(end);
    match first_refusal(&bytes) {
        Some(refusal) => Err(refusal),
        None => Ok(bytes),
    }
}

/// Where the last end mark ends, with the white space behind it.
fn end_of_document(bytes: &[u8]) -> Option<usize> {
    let tail = bytes.get(bytes.len().saturating_sub(END_WITHIN)..)?;
    let mark = tail.windows(END.len()).rposition(|window| window == END)?;
    let behind = tail.get(mark + END.len()..)?;
    let cut = behind.iter().skip_while(|&&byte| is_white_space(byte)).count();
    Some(bytes.len() - cut)
}

/// Why the first refused name keeps the document from being stored.
fn first_refusal(bytes: &[u8]) -> Option<Refusal> {
    let mut at = 0;
    while let Some(solidus) = bytes.get(at..)?.iter().position(|&byte| byte == b'/') {
        let before = bytes.get(..at + solidus)?;
        at += solidus + 1;
        let rest = bytes.get(at..)?;
        let length = rest.iter().position(|&byte| !is_regular(byte)).unwrap_or(rest.len());
        let name = unescaped(rest.get(..length)?);
        if let Some((_, refusal)) = REFUSED.iter().find(|(refused, _)| *refused == name)
            && (name.len() > SHORT_NAME || is_readable(before))
        {
            return Some(*refusal);
        }
        at += length;
    }
    None
}

/// A name with its escapes resolved: `/J#53` is `/JS` (7.3.5).
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
fn is_white_space(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | b'\x0C' | b'\r' | b' ')
}

/// What a name may consist of: neither white space nor a delimiter (7.2.3, table 2).
fn is_regular(byte: u8) -> bool {
    !is_white_space(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::fixtures::{pdf, pdf_with};
    use super::*;

    #[test]
    fn a_document_that_only_shows_something_stays_as_it_is() {
        assert_eq!(checked(pdf()), Ok(pdf()));
    }

    #[rstest]
    #[case::script("/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>")]
    #[case::script_alone("/A << /S /Rendition /JS (1) >>")]
    #[case::without_spaces("/A<</S/JavaScript>>")]
    #[case::escaped("/A << /S /J#61va#53cript >>")]
    #[case::escaped_in_both_cases("/A << /S /Ren /#4a#53 (1) >>")]
    #[case::program("/OpenAction << /S /Launch /F (cmd.exe) >>")]
    #[case::attachments("/Names << /EmbeddedFiles 9 0 R >>")]
    #[case::attachment("/Type /EmbeddedFile")]
    #[case::media("/Subtype /RichMedia")]
    #[case::form("/AcroForm << /XFA 9 0 R >>")]
    fn a_document_that_does_something_is_refused(#[case] entry: &str) {
        assert_eq!(checked(pdf_with(entry)), Err(Refusal::ActiveContent));
    }

    #[rstest]
    #[case::view("/OpenAction [3 0 R /Fit]")]
    #[case::go_to("/OpenAction << /S /GoTo /D [3 0 R /Fit] >>")]
    #[case::link("/A << /S /URI /URI (https://example.org) >>")]
    #[case::form("/AcroForm << /Fields [] >>")]
    #[case::longer_name("/JSON (1) /LaunchPad 1 /EncryptMetadata true")]
    #[case::other_case("/javascript 1 /Js 2")]
    #[case::words("/Title (About JavaScript and JS)")]
    #[case::broken_escape("/J#5 1 /J#5Z 2 /J# 3")]
    fn a_document_that_does_nothing_is_accepted(#[case] entry: &str) {
        assert_eq!(checked(pdf_with(entry)), Ok(pdf_with(entry)));
    }

    #[test]
    fn a_short_name_among_pixels_is_chance() {
        let pixels = [&b"%PDF-1.7\nstream\n\x9A\x01/JS \xFF/XFA<\nendstream\n"[..], END].concat();
        assert_eq!(checked(pixels.clone()), Ok(pixels));
    }

    #[test]
    fn an_encrypted_document_is_refused() {
        assert_eq!(checked(pdf_with(">> /Encrypt 5 0 R << ")), Err(Refusal::Encrypted));
    }

    #[test]
    fn what_comes_behind_the_end_is_cut_off() {
        for tail in [&b"<html><script>"[..], b"PK\x03\x04", b"trailer << /Encrypt 1 0 R >>"] {
            assert_eq!(checked([&pdf(), tail].concat()), Ok(pdf()));
        }
    }

    #[test]
    fn white_space_behind_the_end_and_earlier_ends_are_kept() {
        let spaced = [&pdf()[..], b"\r\n\0 "].concat();
        assert_eq!(checked(spaced.clone()), Ok(spaced));
        let updated = [pdf(), pdf()].concat();
        assert_eq!(checked(updated.clone()), Ok(updated));
    }

    #[test]
    fn a_document_without_an_end_is_damaged() {
        let without_end = |length| checked(pdf().into_iter().take(length).collect());
        for length in 0..pdf().len() - 1 {
            assert_eq!(without_end(length), Err(Refusal::Damaged), "{length} bytes");
        }
        assert_eq!(checked([&pdf()[..], &[b'x'; END_WITHIN]].concat()), Err(Refusal::Damaged));
    }
}
