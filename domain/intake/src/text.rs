//! Plain text: what announces no other format has to prove that it is text.

use super::{MediaType, Refusal, markup, names};

/// The largest text that is stored, in bytes.
const MAX_TEXT_BYTES: usize = 1024 * 1024;

const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// How formats begin that are written in readable characters and are no plain text:
/// PostScript, RTF, scripts, and pictures made to be two things at once.
const OTHER_FORMATS: [&str; 4] = ["%!PS", "{\\rtf", "#!", "GIF8"];

/// How far into a file some programs look for the header of a PDF.
const PDF_HEADER_WITHIN: usize = 1024;

/// Refuses bytes that are not plain text in UTF-8.
pub(super) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let text = str::from_utf8(bytes).map_err(|_| Refusal::UnknownType)?;
    if text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{C}')) {
        return Err(Refusal::UnknownType);
    }
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == BYTE_ORDER_MARK);
    if start.is_empty() {
        return Err(Refusal::Empty);
    }
    let head = &bytes[..bytes.len().min(PDF_HEADER_WITHIN)];
    let is_other = markup::begins(start) || OTHER_FORMATS.iter().any(|format| start.starts_with(format));
    if is_other || head.windows(5).any(|five| five == b"%PDF-") {
        return Err(Refusal::UnknownType);
    }
    if text.chars().any(domain_types::text::reorders) {
        return Err(Refusal::TurnedText);
    }
    // Last, so that what is no text at all is not called too large.
    if bytes.len() > MAX_TEXT_BYTES {
        return Err(Refusal::TooLarge);
    }
    Ok(())
}

/// Refuses text that goes by another extension: a script or a table is readable too.
pub(super) fn check_name(given: &str) -> Result<(), Refusal> {
    let Some(extension) = names::extension(given) else {
        return Ok(());
    };
    match MediaType::from_extension(&extension) {
        Some(MediaType::Text) => Ok(()),
        Some(_) => Err(Refusal::WrongExtension),
        None => Err(Refusal::UnknownType),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::plain("Take one tablet in the morning.\r\n")]
    #[case::other_scripts("Größe: 身長 170\u{A0}cm 🙂")]
    #[case::byte_order_mark("\u{FEFF}Findings")]
    #[case::tabs_and_pages("a\tb\u{C}c")]
    #[case::marks_of_a_script("\u{200F}تحليل 10 mg\u{200E}")]
    #[case::less_than_later("pain < 3 of 10")]
    #[case::less_than_first("<5.0 mmol/L")]
    fn plain_text_is_accepted(#[case] text: &str) {
        assert_eq!(check(text.as_bytes()), Ok(()));
    }

    #[rstest]
    #[case::markup("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    #[case::markup_behind_spaces("\u{FEFF}\n\t <!doctype html>")]
    #[case::postscript("%!PS-Adobe-3.0")]
    #[case::rtf("{\\rtf1 hello}")]
    #[case::script("#!/bin/sh")]
    #[case::pdf_behind_spaces("\n%PDF-1.7\n%%EOF")]
    #[case::nul("a\0b")]
    #[case::escape("a\u{1B}[2Jb")]
    #[case::c1_control("a\u{9B}b")]
    fn readable_formats_and_controls_are_not_plain_text(#[case] text: &str) {
        assert_eq!(check(text.as_bytes()), Err(Refusal::UnknownType));
    }

    #[rstest]
    #[case::override_to_the_left("Take \u{202E}01\u{202C} mg")]
    #[case::embedding("Take \u{202B}5-10\u{202C} mg")]
    #[case::isolate("Take \u{2067}5-10\u{2069} mg")]
    fn text_that_is_shown_in_another_order_than_it_is_written_is_refused(#[case] text: &str) {
        assert_eq!(check(text.as_bytes()), Err(Refusal::TurnedText));
    }

    #[test]
    fn other_encodings_are_refused() {
        assert_eq!(check(b"Gr\xF6\xDFe"), Err(Refusal::UnknownType));
        assert_eq!(check(b"\xFF\xFEa\0b\0"), Err(Refusal::UnknownType));
    }

    #[test]
    fn white_space_alone_is_empty() {
        assert_eq!(check("\u{FEFF} \r\n".as_bytes()), Err(Refusal::Empty));
    }

    #[test]
    fn a_mebibyte_of_text_is_enough() {
        assert_eq!(check(&vec![b'a'; MAX_TEXT_BYTES]), Ok(()));
        assert_eq!(check(&vec![b'a'; MAX_TEXT_BYTES + 1]), Err(Refusal::TooLarge));
        assert_eq!(check(&vec![0; MAX_TEXT_BYTES + 1]), Err(Refusal::UnknownType));
    }

    #[rstest]
    #[case("notes.txt", Ok(()))]
    #[case("NOTES.TXT", Ok(()))]
    #[case("notes", Ok(()))]
    #[case("", Ok(()))]
    #[case("notes.pdf", Err(Refusal::WrongExtension))]
    #[case("notes.jpeg", Err(Refusal::WrongExtension))]
    #[case("notes.html", Err(Refusal::UnknownType))]
    #[case("notes.txt.js", Err(Refusal::UnknownType))]
    #[case("notes.csv", Err(Refusal::UnknownType))]
    #[case("notes.svg. ", Err(Refusal::UnknownType))]
    fn text_is_named_txt_or_nothing(#[case] name: &str, #[case] expected: Result<(), Refusal>) {
        assert_eq!(check_name(name), expected);
    }
}
