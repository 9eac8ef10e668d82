//! How much a picture may unpack to: whoever looks at it later has to hold it in memory.

use std::io::Read;

use super::Refusal;

/// The largest camera of a phone takes 200 million pixels.
pub(super) const MOST_PIXELS: u64 = 200_000_000;
/// Pictures that are decoded here, uncompressed.
pub(super) const MOST_RAW_BYTES: usize = 256 * 1024 * 1024;
/// A profile of colours, or a note beside the picture, uncompressed.
const MOST_NOTE_BYTES: u64 = 4 * 1024 * 1024;

/// Refuses a picture that is too large to be shown.
pub(super) fn check_size(width: u32, height: u32) -> Result<(), Refusal> {
    if u64::from(width) * u64::from(height) > MOST_PIXELS { Err(Refusal::TooComplex) } else { Ok(()) }
}

/// Whether a compressed note is one. Refuses what unpacks to far more than a note.
pub(super) fn check_note(zlib: &[u8]) -> Result<bool, Refusal> {
    let mut unpacked = flate2::read::ZlibDecoder::new(zlib).take(MOST_NOTE_BYTES + 1);
    match std::io::copy(&mut unpacked, &mut std::io::sink()) {
        Ok(length) if length > MOST_NOTE_BYTES => Err(Refusal::TooComplex),
        outcome => Ok(outcome.is_ok()),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use super::*;

    /// Zeros, compressed.
    pub(in super::super) fn zeros(length: usize) -> Vec<u8> {
        let mut writer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        writer.write_all(&vec![0; length]).unwrap();
        writer.finish().unwrap()
    }

    #[test]
    fn a_picture_of_two_thousand_million_pixels_is_refused() {
        assert_eq!(check_size(16_320, 12_240), Ok(()));
        assert_eq!(check_size(0x7FFF_FFFF, 1), Err(Refusal::TooComplex));
        assert_eq!(check_size(46_341, 46_341), Err(Refusal::TooComplex));
    }

    #[test]
    fn a_note_that_unpacks_to_far_more_is_refused() {
        assert_eq!(check_note(&zeros(100_000)), Ok(true));
        assert_eq!(check_note(b"no zlib"), Ok(false));
        assert_eq!(check_note(&zeros(5 * 1024 * 1024)), Err(Refusal::TooComplex));
    }
}
