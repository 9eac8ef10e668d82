//! The smallest documents of each kind, built byte by byte.

use super::png::crc;

/// The name of a place as a camera notes it.
pub(super) const PLACE: &[u8] = b"ZURICH HARBOUR";

/// One grey dot.
pub(super) const PNG_HEADER: &[u8] = &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0];
/// A line of one dot, in a zlib stream that is not compressed.
pub(super) const PNG_PIXELS: &[u8] = &[0x78, 1, 1, 2, 0, 0xFD, 0xFF, 0, 0, 0, 2, 0, 1];

pub(super) fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// One grey dot.
pub(super) fn jpeg() -> Vec<u8> {
    jpeg_with(&[])
}

/// One grey dot, with more segments at the beginning.
pub(super) fn jpeg_with(segments: &[u8]) -> Vec<u8> {
    [b"\xFF\xD8", segments, &jpeg_tables(0xC0), &jpeg_scan(0, 63, &[0x3F]), b"\xFF\xD9"].concat()
}

/// A progressive picture: the first scan rough, the second with fine parts, a restart and a byte
/// FF.
pub(super) fn jpeg_of_several_scans() -> Vec<u8> {
    let restarts = jpeg_segment(0xDD, &[0, 1]);
    let rough = jpeg_scan(0, 0, &[0x7F]);
    let fine = jpeg_scan(1, 63, &[0x7F, 0xFF, 0xD0, 0x7F, 0xFF, 0x00, 0x7F]);
    [b"\xFF\xD8", &jpeg_tables(0xC2)[..], &restarts, &rough, &fine, b"\xFF\xFF\xD9"].concat()
}

pub(super) fn jpeg_segment(marker: u8, payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(payload.len() + 2).unwrap_or(u16::MAX).to_be_bytes();
    [&[0xFF, marker][..], &length, payload].concat()
}

/// Everything before the first scan: how fine, how large, and two codes, each for the one symbol
/// that is needed.
fn jpeg_tables(frame: u8) -> Vec<u8> {
    let code = |class: u8| [&[class, 1][..], &[0; 15], &[0]].concat();
    [
        jpeg_segment(0xDB, &[&[0][..], &[1; 64]].concat()),
        jpeg_segment(frame, &[8, 0, 1, 0, 1, 1, 1, 0x11, 0]),
        jpeg_segment(0xC4, &code(0x00)),
        jpeg_segment(0xC4, &code(0x10)),
    ]
    .concat()
}

fn jpeg_scan(from: u8, to: u8, data: &[u8]) -> Vec<u8> {
    [&jpeg_segment(0xDA, &[1, 1, 0, from, to, 0])[..], data].concat()
}

/// The notes of a camera that counts from the little end: an orientation, and a place.
pub(super) fn exif(orientation: u16) -> Vec<u8> {
    let turn = orientation.to_le_bytes();
    [
        &b"Exif\0\0II\x2A\0\x08\0\0\0\x02\0"[..],
        &[0x12, 0x01, 3, 0, 1, 0, 0, 0, turn[0], turn[1], 0, 0],
        &[0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0],
        &[0; 4],
        PLACE,
    ]
    .concat()
}

/// One grey dot.
pub(super) fn png() -> Vec<u8> {
    png_of(&[(b"IHDR", PNG_HEADER), (b"IDAT", PNG_PIXELS), (b"IEND", b"")])
}

/// One grey dot, with one more chunk before it.
pub(super) fn png_with(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    png_of(&[(b"IHDR", PNG_HEADER), (kind, data), (b"IDAT", PNG_PIXELS), (b"IEND", b"")])
}

pub(super) fn png_of(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1A\n".to_vec();
    bytes.extend(chunks.iter().flat_map(|(kind, data)| png_chunk(kind, data)));
    bytes
}

pub(super) fn png_chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let summed = [kind, data].concat();
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX);
    [&length.to_be_bytes()[..], &summed, &crc(&summed).to_be_bytes()].concat()
}

/// One empty page.
pub(super) fn pdf() -> Vec<u8> {
    pdf_with("")
}

/// One empty page, with one more entry in the catalogue.
pub(super) fn pdf_with(entry: &str) -> Vec<u8> {
    let catalogue = format!("<< /Type /Catalog /Pages 2 0 R {entry} >>");
    pdf_of(&[
        catalogue.as_bytes(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ])
}

/// A document of these objects, of which the first is the catalogue.
pub(super) fn pdf_of(objects: &[&[u8]]) -> Vec<u8> {
    let size = objects.len() + 1;
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut table = format!("xref\n0 {size}\n0000000000 65535 f \n");
    for (number, object) in (1..).zip(objects) {
        table += &format!("{:010} 00000 n \n", bytes.len());
        bytes.extend([format!("{number} 0 obj\n").as_bytes(), object, b"\nendobj\n"].concat());
    }
    let start = bytes.len();
    bytes.extend(format!("{table}trailer\n<< /Root 1 0 R /Size {size} >>\nstartxref\n{start}\n%%EOF\n").bytes());
    bytes
}
