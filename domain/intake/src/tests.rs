//! The check as a whole: what comes in, what is stored, and what is not.

use proptest::prelude::*;
use rstest::rstest;

use super::fixtures::{exif, jpeg, jpeg_segment, jpeg_with, pdf, pdf_of, pdf_with, png, png_with};
use super::*;

/// Name and kind of what is stored, or why nothing is.
fn outcome(name: &str, bytes: &[u8]) -> Result<(String, MediaType), Refusal> {
    accept(name, bytes.to_vec()).map(|accepted| (accepted.name, accepted.media_type))
}

#[rstest]
#[case::pdf("Findings.pdf", pdf(), MediaType::Pdf)]
#[case::jpeg("Rash.jpg", jpeg(), MediaType::Jpeg)]
#[case::png("X-ray.png", png(), MediaType::Png)]
#[case::text("Diary.txt", b"No pain today.\n".to_vec(), MediaType::Text)]
fn documents_of_every_kind_are_stored_as_they_are(#[case] name: &str, #[case] bytes: Vec<u8>, #[case] kind: MediaType) {
    let expected = Accepted { name: name.to_owned(), media_type: kind, bytes: bytes.clone(), changed: None };
    assert_eq!(accept(name, bytes), Ok(expected));
}

#[rstest]
#[case::picture_named_pdf("photo.pdf", jpeg(), "photo.jpg", MediaType::Jpeg)]
#[case::picture_named_jpeg("photo.JPEG", jpeg(), "photo.jpg", MediaType::Jpeg)]
#[case::picture_named_program("photo.exe", jpeg(), "photo.exe.jpg", MediaType::Jpeg)]
#[case::picture_without_extension("photo", png(), "photo.png", MediaType::Png)]
#[case::text_without_extension("README", b"hello".to_vec(), "README.txt", MediaType::Text)]
#[case::pdf_on_its_way_up("../../etc/passwd", pdf(), "passwd.pdf", MediaType::Pdf)]
#[case::pdf_without_name("", pdf(), "document.pdf", MediaType::Pdf)]
fn the_stored_name_tells_what_the_bytes_are(
    #[case] given: &str,
    #[case] bytes: Vec<u8>,
    #[case] name: &str,
    #[case] kind: MediaType,
) {
    assert_eq!(outcome(given, &bytes), Ok((name.to_owned(), kind)));
}

#[rstest]
#[case::svg("heart.svg", b"<svg onload=\"alert(1)\" xmlns=\"http://www.w3.org/2000/svg\"/>")]
#[case::svg_named_png("heart.png", b"<?xml version=\"1.0\"?><svg/>")]
#[case::html_named_txt("page.txt", b"\xEF\xBB\xBF \n<!DOCTYPE html><script>alert(1)</script>")]
#[case::script("code.js", b"alert(1)")]
#[case::table("values.csv", b"a;b\n=cmd()")]
#[case::zip("files.zip", b"PK\x03\x04\x14\0\0\0\x08\0")]
#[case::word_named_pdf("letter.pdf", b"PK\x03\x04\x14\0\x06\0[Content_Types].xml")]
#[case::gif("moving.gif", b"GIF89a\x01\0\x01\0\0\0\0;")]
#[case::gif_before_pdf("letter.pdf", b"GIF89a/*%PDF-1.7\n1 0 obj\n%%EOF\n")]
#[case::late_pdf("letter.pdf", b"Letter\n%PDF-1.7\n%%EOF\n")]
#[case::exe("setup.exe", b"MZ\x90\0\x03\0\0\0")]
#[case::elf("setup", b"\x7FELF\x02\x01\x01\0")]
#[case::gzip("files.gz", b"\x1F\x8B\x08\0")]
#[case::mp4("film.mp4", b"\0\0\0\x18ftypmp42")]
#[case::half_a_magic("photo.png", b"\x89PN")]
fn other_kinds_are_not_stored(#[case] name: &str, #[case] bytes: &[u8]) {
    assert_eq!(outcome(name, bytes), Err(Refusal::UnknownType));
}

#[rstest]
#[case::nothing("a.pdf", b"".to_vec(), Refusal::Empty)]
#[case::white_space("a.txt", b" \r\n".to_vec(), Refusal::Empty)]
#[case::large("a.zip", vec![0; 25 * 1024 * 1024], Refusal::TooLarge)]
#[case::large_pdf("a.pdf", pdf_of_size(MAX_BYTES + 1), Refusal::TooLarge)]
#[case::large_text("a.txt", vec![b'a'; 2 * 1024 * 1024], Refusal::TooLarge)]
#[case::cut_jpeg("a.jpg", b"\xFF\xD8\xFF\xE0\0\x10JFIF".to_vec(), Refusal::Damaged)]
#[case::png_sent_as_text("a.png", b"\x89PNG\n\x1A\n\0\0\0\rIHDR".to_vec(), Refusal::Damaged)]
#[case::cut_pdf("a.pdf", b"%PDF-1.7\n1 0 obj\n".to_vec(), Refusal::Damaged)]
#[case::text_named_pdf("a.pdf", b"hello".to_vec(), Refusal::WrongExtension)]
#[case::script("a.pdf", pdf_with("/AA << /O << /S /JavaScript >> >>"), Refusal::ActiveContent)]
#[case::password("a.pdf", locked(), Refusal::Encrypted)]
fn what_cannot_be_stored_is_refused_with_the_reason(
    #[case] name: &str,
    #[case] bytes: Vec<u8>,
    #[case] refusal: Refusal,
) {
    assert_eq!(outcome(name, &bytes), Err(refusal));
}

/// A document whose trailer names an encryption that nothing explains.
fn locked() -> Vec<u8> {
    String::from_utf8(pdf()).unwrap().replace("/Size 4", "/Size 4 /Encrypt 3 0 R").into_bytes()
}

/// A document of so many bytes.
fn pdf_of_size(length: usize) -> Vec<u8> {
    const REST: usize = 800;
    let picture =
        [format!("<< /Length {} >>\nstream\n", length - REST).as_bytes(), &vec![b' '; length - REST]].concat();
    let picture = [&picture[..], b"\nendstream"].concat();
    let mut bytes = pdf_of(&[b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>", &picture]);
    bytes.resize(length, b'\n');
    bytes
}

#[test]
fn a_document_of_the_largest_size_is_stored() {
    assert_eq!(outcome("a.pdf", &pdf_of_size(MAX_BYTES)), Ok(("a.pdf".to_owned(), MediaType::Pdf)));
}

#[rstest]
#[case::picture_and_page(jpeg(), b"<html><script>alert(1)</script></html>")]
#[case::picture_and_archive(png(), b"PK\x03\x04\x14\0\0\0")]
#[case::paper_and_archive(pdf(), b"PK\x03\x04\x14\0\0\0")]
fn a_second_file_behind_the_first_is_cut_off(#[case] first: Vec<u8>, #[case] second: &[u8]) {
    let stored = accept("a", [&first, second].concat()).map(|accepted| accepted.bytes);
    assert_eq!(stored, Ok(first));
}

#[test]
fn every_refusal_says_what_to_do_next() {
    let refusals = [
        Refusal::Empty,
        Refusal::TooLarge,
        Refusal::UnknownType,
        Refusal::Damaged,
        Refusal::WrongExtension,
        Refusal::ActiveContent,
        Refusal::Encrypted,
        Refusal::TooComplex,
        Refusal::Encoding,
        Refusal::TurnedText,
        Refusal::Heic,
    ];
    for refusal in refusals {
        assert!(refusal.sentence().contains("lease"), "{refusal:?}");
        assert!(!refusal.sentence().contains("  "), "{refusal:?}");
        assert_eq!(refusal.to_string(), refusal.sentence());
    }
}

#[test]
fn a_log_line_holds_nothing_of_the_document() {
    let line = accept("Anna Miller.txt", b"secret".to_vec()).map(|accepted| format!("{accepted:?}"));
    assert_eq!(line.as_deref(), Ok("Accepted { media_type: Text, bytes: 6, .. }"));
}

/// Documents of every kind, and bytes that are none.
fn documents() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..256),
        any::<String>().prop_map(String::into_bytes),
        Just(jpeg_with(&jpeg_segment(0xE1, &exif(6)))),
        Just(png_with(b"tEXt", b"Author\0Anna")),
        Just(pdf_with("/OpenAction [3 0 R /Fit]")),
    ]
}

/// How each kind begins that is taken apart.
const MAGIC: &[&[u8]] = &[b"\xFF\xD8", b"\xFF\xD8\xFF\xE1", b"\x89PNG\r\n\x1A\n", b"%PDF-"];

proptest! {
    #[test]
    fn what_was_accepted_is_accepted_again_unchanged(
        name in any::<String>(),
        document in documents(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        tail in prop::collection::vec(any::<u8>(), 0..32),
    ) {
        let mut bytes = [document, tail].concat();
        for (at, byte) in changes {
            if let Some(place) = bytes.len().checked_sub(1).map(|last| at.index(last + 1)) {
                bytes[place] = byte;
            }
        }
        if let Ok(accepted) = accept(&name, bytes) {
            let unchanged = Accepted { changed: None, ..accepted };
            prop_assert_eq!(accept(&unchanged.name, unchanged.bytes.clone()), Ok(unchanged));
        }
    }

    #[test]
    fn bytes_behind_any_magic_are_read_without_harm(
        magic in prop::sample::select(MAGIC),
        bytes in prop::collection::vec(any::<u8>(), 0..256),
    ) {
        let _ = accept("a", [magic, &bytes].concat());
    }
}

#[test]
fn what_phones_and_older_programs_write_is_converted_and_says_so() {
    let mut webp = Vec::new();
    image_webp::WebPEncoder::new(&mut webp).encode(&[90; 3 * 4], 2, 2, image_webp::ColorType::Rgb8).unwrap();
    for (name, bytes, stored, said) in [
        ("IMG_1.webp", webp, "IMG_1.jpg", "Converted from WebP to JPEG."),
        ("Notes.txt", b"Gr\xF6\xDFe 170 cm".to_vec(), "Notes.txt", "Converted from Windows-1252 to UTF-8."),
        ("Notes.txt", b"\xFF\xFEa\0b\0".to_vec(), "Notes.txt", "Converted from UTF-16 to UTF-8."),
    ] {
        let accepted = accept(name, bytes).unwrap();
        assert_eq!((accepted.name.as_str(), accepted.changed.as_deref()), (stored, Some(said)));
    }
}

#[test]
fn a_heic_picture_is_told_how_to_become_a_jpeg() {
    for brand in [b"heic", b"mif1", b"avif"] {
        let refused = accept("IMG_1.HEIC", [b"\0\0\0\x18ftyp", &brand[..], b"\0\0\0\0"].concat()).unwrap_err();
        assert_eq!(refused, Refusal::Heic);
        assert!(refused.sentence().contains("JPEG"));
    }
}
