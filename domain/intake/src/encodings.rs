//! Text in older encodings, made into UTF-8 when it is certain what it says.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Refusal;

/// Of so many letters one may be no plain one, and so many in a row are a word of another script.
const ONE_ODD_OF: usize = 2;
const ODD_IN_A_ROW: usize = 3;

/// The text in UTF-8, and what it was when it was something else.
///
/// # Errors
/// When it is text in an encoding that cannot be told apart from others.
pub(super) fn to_utf8(bytes: Vec<u8>) -> Result<(Vec<u8>, Option<&'static str>), Refusal> {
    if let Some(text) = from_utf16(&bytes) {
        return Ok((text?.into_bytes(), Some("UTF-16")));
    }
    if str::from_utf8(&bytes).is_ok() {
        return Ok((bytes, None));
    }
    if !is_readable(&bytes) {
        return Err(Refusal::UnknownType);
    }
    let (text, _, _) = WINDOWS_1252.decode(&bytes);
    if is_western(&bytes, &text) {
        Ok((text.into_owned().into_bytes(), Some("Windows-1252")))
    } else {
        Err(Refusal::Encoding)
    }
}

/// UTF-16 with its mark, or with a zero in nearly every second byte.
fn from_utf16(bytes: &[u8]) -> Option<Result<String, Refusal>> {
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let is_mostly = |zeros: usize, others: usize| bytes.len() >= 4 && zeros * 5 >= bytes.len() * 2 && others == 0;
    let encoding = match bytes {
        [0xFF, 0xFE, ..] => UTF_16LE,
        [0xFE, 0xFF, ..] => UTF_16BE,
        _ if is_mostly(zeros(1), zeros(0)) => UTF_16LE,
        _ if is_mostly(zeros(0), zeros(1)) => UTF_16BE,
        _ => return None,
    };
    let text = encoding.decode_with_bom_removal(bytes).0;
    let is_whole = bytes.len().is_multiple_of(2) && !text.contains('\u{FFFD}');
    Some(if is_whole { Ok(text.into_owned()) } else { Err(Refusal::UnknownType) })
}

/// Whether nothing controls a screen: what does is no text in any encoding of this kind.
fn is_readable(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| !matches!(byte, 0..=8 | 0x0B | 0x0E..=0x1F | 0x7F))
}

/// Whether bytes are Western European: no undefined ones, few that are no plain letters, and no sign within a word, as
/// when Polish is read as French.
fn is_western(bytes: &[u8], text: &str) -> bool {
    let is_defined = bytes.iter().all(|byte| !matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D));
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    let all: Vec<char> = text.chars().collect();
    let is_odd = |letter: &char| !letter.is_ascii() && letter.is_alphabetic();
    let is_other_script = all.windows(ODD_IN_A_ROW).any(|row| row.iter().all(is_odd));
    let is_sign = |sign: char| {
        !sign.is_ascii() && !sign.is_alphabetic() && !matches!(sign, '’' | '‘' | '–' | '—' | '\u{AD}' | '·')
    };
    let odd = all.iter().filter(|letter| is_odd(letter)).count();
    let within = all.windows(3).any(|three| {
        matches!(three, [before, sign, after] if before.is_alphabetic() && is_sign(*sign) && after.is_alphabetic())
    });
    is_defined && odd * ONE_ODD_OF <= letters && !is_other_script && !within
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn utf_8_stays_as_it_is() {
        let text = "Größe: 身長 170 cm".as_bytes().to_vec();
        assert_eq!(to_utf8(text.clone()), Ok((text, None)));
    }

    #[rstest]
    #[case::windows("\u{FEFF}Größe 170 cm", u16::to_le_bytes)]
    #[case::network("\u{FEFF}Größe 170 cm", u16::to_be_bytes)]
    #[case::without_mark("Groesse 170 cm", u16::to_le_bytes)]
    fn utf_16_is_converted(#[case] text: &str, #[case] order: fn(u16) -> [u8; 2]) {
        let expected = text.trim_start_matches('\u{FEFF}').as_bytes().to_vec();
        assert_eq!(to_utf8(utf16(text, order)), Ok((expected, Some("UTF-16"))));
    }

    #[test]
    fn windows_1252_is_converted() {
        let bytes = b"Gr\xF6\xDFe 170 cm, 37 \xB0C, 5 \xB5g \x96 \x93gut\x94".to_vec();
        let expected = "Größe 170 cm, 37 °C, 5 µg – “gut”".as_bytes().to_vec();
        assert_eq!(to_utf8(bytes), Ok((expected, Some("Windows-1252"))));
    }

    #[rstest]
    #[case::cyrillic(b"\xCF\xF0\xE8\xE2\xE5\xF2, \xE2\xF0\xE0\xF7")]
    #[case::polish(b"zapalenie w\xB1troby i \xBF\xF3\xB3taczka, b\xF3l g\xB3owy")]
    #[case::undefined(b"a\x81b")]
    fn what_could_be_another_encoding_is_refused(#[case] bytes: &[u8]) {
        assert_eq!(to_utf8(bytes.to_vec()), Err(Refusal::Encoding));
    }

    #[rstest]
    #[case(b"\xFF\xFEa\0b")]
    #[case(b"MZ\x90\0\x03\0\0\0\xFF\xFF")]
    #[case(b"\xC8\0\x1B[2J")]
    fn what_is_no_text_is_of_no_kind(#[case] bytes: &[u8]) {
        assert_eq!(to_utf8(bytes.to_vec()), Err(Refusal::UnknownType));
    }
}
