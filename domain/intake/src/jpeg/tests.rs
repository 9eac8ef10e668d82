use rstest::rstest;

use super::super::fixtures::{self, contains, jpeg, jpeg_segment, jpeg_with};
use super::*;

#[test]
fn a_picture_without_metadata_stays_as_it_is() {
    assert_eq!(without_metadata(&jpeg()), Ok(jpeg()));
}

#[rstest]
#[case::exif(jpeg_segment(APP1, &fixtures::exif(1)))]
#[case::xmp(jpeg_segment(APP1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>"))]
#[case::more_pictures(jpeg_segment(APP2, b"MPF\0II*\0"))]
#[case::photoshop(jpeg_segment(0xED, b"Photoshop 3.0\x008BIM"))]
#[case::maker(jpeg_segment(APP15, b"Maker"))]
#[case::preview(jpeg_segment(APP0, b"JFXX\0\x10\xFF\xD8\xFF\xD9"))]
#[case::no_adobe(jpeg_segment(APP14, b"Nobody"))]
#[case::short_adobe(jpeg_segment(APP14, b"Adobe"))]
#[case::comment(jpeg_segment(COM, b"Anna Miller, born 1980"))]
fn what_tells_about_the_patient_is_dropped(#[case] segment: Vec<u8>) {
    assert_eq!(without_metadata(&jpeg_with(&segment)), Ok(jpeg()));
}

#[rstest]
#[case::colours(jpeg_segment(APP2, b"ICC_PROFILE\0\x01\x01profile"))]
#[case::adobe(jpeg_segment(APP14, b"Adobe\0\x64\0\0\0\0\x01"))]
#[case::restarts(jpeg_segment(0xDD, &[0, 1]))]
#[case::jfif(jpeg_segment(APP0, b"JFIF\0\x01\x02\x01\0\x48\0\x48\0\0"))]
#[case::turned(jpeg_segment(APP1, &orientation::only(6)))]
fn what_it_takes_to_show_the_picture_is_kept(#[case] segment: Vec<u8>) {
    assert_eq!(without_metadata(&jpeg_with(&segment)), Ok(jpeg_with(&segment)));
}

#[test]
fn a_picture_loses_where_it_was_taken() {
    let photo = jpeg_with(&jpeg_segment(APP1, &fixtures::exif(6)));
    assert!(contains(&photo, fixtures::PLACE));
    let stored = without_metadata(&photo).unwrap_or_default();
    assert!(!contains(&stored, fixtures::PLACE));
}

#[test]
fn a_photo_is_still_shown_the_right_way_up() {
    let photo = jpeg_with(&jpeg_segment(APP1, &fixtures::exif(6)));
    let turned = jpeg_with(&jpeg_segment(APP1, &orientation::only(6)));
    assert_eq!(without_metadata(&photo), Ok(turned));
}

#[test]
fn the_first_exif_says_how_the_picture_is_turned() {
    let first = jpeg_segment(APP1, &fixtures::exif(8));
    let second = jpeg_segment(APP1, &fixtures::exif(3));
    let turned = jpeg_with(&jpeg_segment(APP1, &orientation::only(8)));
    assert_eq!(without_metadata(&jpeg_with(&[first, second].concat())), Ok(turned));
}

#[test]
fn the_header_loses_its_preview() {
    let jfif = jpeg_segment(APP0, b"JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01RGB");
    let bare = jpeg_segment(APP0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0");
    assert_eq!(without_metadata(&jpeg_with(&jfif)), Ok(jpeg_with(&bare)));
}

#[test]
fn what_comes_behind_the_end_is_cut_off() {
    for tail in [&b"<html><script>alert(1)</script>"[..], b"PK\x03\x04", &jpeg()] {
        assert_eq!(without_metadata(&[&jpeg(), tail].concat()), Ok(jpeg()));
    }
}

#[test]
fn all_scans_and_restarts_are_kept() {
    let several = fixtures::jpeg_of_several_scans();
    assert_eq!(without_metadata(&several), Ok(several));
}

#[test]
fn a_truncated_picture_is_damaged() {
    let whole = jpeg_with(&jpeg_segment(APP1, &fixtures::exif(6)));
    for length in 2..whole.len() {
        assert_eq!(without_metadata(&whole[..length]), Err(Refusal::Damaged), "{length} bytes");
    }
}

#[rstest]
#[case::nothing(vec![0xFF, SOI, 0xFF, EOI])]
#[case::bytes_between_segments(jpeg_with(b"<script>"))]
#[case::second_start(jpeg_with(&[0xFF, SOI]))]
#[case::reserved_marker(jpeg_with(&jpeg_segment(0xF7, b"")))]
#[case::scan_before_frame(jpeg_with(&jpeg_segment(SOS, &[1, 1, 0, 0, 63, 0])))]
#[case::second_frame(jpeg_with(&jpeg_segment(0xC0, &[8, 0, 1, 0, 1, 1, 1, 0x11, 0])))]
#[case::length_of_one(jpeg_with(&[0xFF, COM, 0, 1]))]
fn a_picture_that_breaks_the_rules_is_damaged(#[case] bytes: Vec<u8>) {
    assert_eq!(without_metadata(&bytes), Err(Refusal::Damaged));
}

#[rstest]
#[case::colour(&[8, 0, 1, 0, 1, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1], true)]
#[case::four_thousand_million_pixels(&[8, 255, 255, 255, 255, 1, 1, 0x11, 0], false)]
#[case::no_width(&[8, 0, 1, 0, 0, 1, 1, 0x11, 0], false)]
#[case::no_components(&[8, 0, 1, 0, 1, 0], false)]
#[case::missing_component(&[8, 0, 1, 0, 1, 2, 1, 0x11, 0], false)]
fn a_frame_has_a_width_and_its_components(#[case] header: &[u8], #[case] sound: bool) {
    assert_eq!(is_frame_header(header), sound);
}
