use rstest::rstest;

use super::super::fixtures::{PNG_HEADER, PNG_PIXELS, png, png_chunk, png_of, png_with};
use super::*;

type Listed = (&'static [u8; 4], &'static [u8]);
const HEADER: Listed = (b"IHDR", PNG_HEADER);
const NO_WIDTH: Listed = (b"IHDR", &[0, 0, 0, 0, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
const ODD_DEPTH: Listed = (b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 7, 0, 0, 0, 0]);
const PALETTE: Listed = (b"PLTE", b"RGB");
const PIXELS: Listed = (b"IDAT", PNG_PIXELS);
const COLOURS: Listed = (b"sRGB", &[0]);
const NOTE: Listed = (b"tEXt", b"a\0b");
const END: Listed = (b"IEND", b"");
const PALETTE_HEADER: &[u8] = &[0, 0, 0, 1, 0, 0, 0, 1, 8, 3, 0, 0, 0];

#[test]
fn the_sum_is_the_known_one() {
    assert_eq!(crc(b"123456789"), 0xCBF4_3926);
    assert_eq!(crc(b"IEND"), 0xAE42_6082);
}

#[test]
fn a_picture_without_metadata_stays_as_it_is() {
    assert_eq!(without_metadata(&png()), Ok(png()));
}

#[rstest]
#[case(b"tEXt", b"Author\0Anna Miller")]
#[case(b"zTXt", b"Comment\0\0x")]
#[case(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta/>")]
#[case(b"eXIf", b"MM\0\x2A")]
#[case(b"tIME", &[7, 234, 1, 1, 0, 0, 0])]
#[case(b"acTL", &[0, 0, 0, 1, 0, 0, 0, 0])]
#[case(b"prVt", b"anything")]
fn what_tells_beside_the_picture_is_dropped(#[case] kind: &[u8; 4], #[case] data: &[u8]) {
    assert_eq!(without_metadata(&png_with(kind, data)), Ok(png()));
}

#[rstest]
#[case(b"gAMA", &[0, 0, 0xB1, 0x8F])]
#[case(b"sRGB", &[0])]
#[case(b"cHRM", &[0; 32])]
#[case(b"iCCP", b"profile\0\0\x78\x01\x01\x01\0\xFE\xFFa\0\x62\0\x62")]
#[case(b"sBIT", &[8])]
#[case(b"pHYs", &[0, 0, 0x0B, 0x13, 0, 0, 0x0B, 0x13, 1])]
#[case(b"bKGD", &[0, 0])]
#[case(b"tRNS", &[0, 0])]
fn what_it_takes_to_show_the_picture_is_kept(#[case] kind: &[u8; 4], #[case] data: &[u8]) {
    assert_eq!(without_metadata(&png_with(kind, data)), Ok(png_with(kind, data)));
}

#[test]
fn palettes_and_divided_pixels_are_kept() {
    let (one, two) = PNG_PIXELS.split_at(4);
    let chunks = [(b"IHDR", PALETTE_HEADER), PALETTE, (b"IDAT", one), (b"IDAT", two), END];
    assert_eq!(without_metadata(&png_of(&chunks)), Ok(png_of(&chunks)));
}

#[test]
fn what_comes_behind_the_end_is_cut_off() {
    for tail in [&b"PK\x03\x04zip"[..], b"<html>", &png_chunk(b"tEXt", b"a\0b")] {
        assert_eq!(without_metadata(&[&png(), tail].concat()), Ok(png()));
    }
}

#[test]
fn a_flipped_bit_anywhere_is_damage() {
    for bit in 0..png().len() * 8 {
        let mut flipped = png();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(without_metadata(&flipped), Err(Refusal::Damaged), "bit {bit}");
    }
}

#[test]
fn a_truncated_picture_is_damaged() {
    for length in 0..png().len() {
        assert_eq!(without_metadata(&png()[..length]), Err(Refusal::Damaged), "{length} bytes");
    }
}

#[rstest]
#[case::no_header(&[PIXELS, END])]
#[case::no_pixels(&[HEADER, END])]
#[case::no_end(&[HEADER, PIXELS])]
#[case::two_headers(&[HEADER, HEADER, PIXELS, END])]
#[case::late_header(&[NOTE, HEADER, PIXELS, END])]
#[case::no_palette(&[(b"IHDR", PALETTE_HEADER), PIXELS, END])]
#[case::grey_palette(&[HEADER, PALETTE, PIXELS, END])]
#[case::late_colours(&[HEADER, PIXELS, COLOURS, END])]
#[case::colours_twice(&[HEADER, COLOURS, COLOURS, PIXELS, END])]
#[case::parted_pixels(&[HEADER, PIXELS, NOTE, PIXELS, END])]
#[case::full_end(&[HEADER, PIXELS, (b"IEND", b"x")])]
#[case::unknown_critical(&[HEADER, (b"CgBI", b""), PIXELS, END])]
#[case::no_width(&[NO_WIDTH, PIXELS, END])]
#[case::odd_depth(&[ODD_DEPTH, PIXELS, END])]
fn chunks_that_are_missing_or_out_of_order_are_damage(#[case] chunks: &[Listed]) {
    assert_eq!(without_metadata(&png_of(chunks)), Err(Refusal::Damaged));
}

/// The notes of a camera that held the picture so.
fn noted(turn: u16) -> Vec<u8> {
    orientation::only(turn).split_off(b"Exif\0\0".len())
}

/// Two pixels beside each other, red and blue, with one more chunk.
fn red_and_blue(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut bytes, 2, 1);
    encoder.set_color(::png::ColorType::Rgb);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&[255, 0, 0, 0, 0, 255]).unwrap();
    writer.finish().unwrap();
    let (header, pixels) = bytes.split_at(HEADER_END);
    [header, &png_chunk(b"sRGB", &[0]), &png_chunk(kind, data), pixels].concat()
}

fn pixels(bytes: &[u8]) -> (u32, u32, Vec<u8>) {
    let mut reader = ::png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    (info.width, info.height, pixels)
}

#[test]
fn a_picture_is_turned_as_its_camera_noted_and_loses_the_note() {
    let (red, blue) = ([255, 0, 0], [0, 0, 255]);
    for (turn, size, expected) in
        [(1, (2, 1), [red, blue]), (3, (2, 1), [blue, red]), (6, (1, 2), [red, blue]), (8, (1, 2), [blue, red])]
    {
        let stored = without_metadata(&red_and_blue(b"eXIf", &noted(turn))).unwrap();
        assert_eq!(pixels(&stored), (size.0, size.1, expected.concat()), "{turn}");
        assert!(!stored.windows(4).any(|window| window == b"eXIf"));
        assert!(stored.windows(4).any(|window| window == b"sRGB"), "the colours stay");
        assert_eq!(without_metadata(&stored), Ok(stored));
    }
}

#[test]
fn a_picture_that_unpacks_to_far_more_than_it_shows_is_refused() {
    let size = |width: u32| [&width.to_be_bytes()[..], &[0, 0, 0, 1, 8, 0, 0, 0, 0]].concat();
    let of_size = |width| png_of(&[(b"IHDR", &size(width)), PIXELS, END]);
    assert!(without_metadata(&of_size(100_000)).is_ok());
    assert_eq!(without_metadata(&of_size(0x7FFF_FFFF)), Err(Refusal::TooComplex));
    let zeros = crate::bounds::tests::zeros(5 * 1024 * 1024);
    for (kind, head) in [(b"iCCP", &b"profile\0\0"[..]), (b"zTXt", b"Comment\0\0"), (b"iTXt", b"Comment\0\x01\0\0\0")] {
        assert_eq!(without_metadata(&png_with(kind, &[head, &zeros].concat())), Err(Refusal::TooComplex));
    }
}
