//! Pictures that are stored lying on their side, turned so that they stand (Exif 3.0, 4.6, tag 0x0112).

use super::{Refusal, bounds};

/// The picture of a PNG as it is meant to be shown, with the chunks that tell its colours.
///
/// JPEG keeps the note of how it is turned, which every viewer heeds; that of a PNG hardly any does.
pub(super) fn png(upright: &[u8], turn: u16, kept: &[&[u8]]) -> Result<Vec<u8>, Refusal> {
    let limits = png::Limits { bytes: bounds::MOST_RAW_BYTES };
    let mut decoder = png::Decoder::new_with_limits(std::io::Cursor::new(upright), limits);
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().map_err(read_error)?;
    let size = reader.output_buffer_size().filter(|size| *size <= bounds::MOST_RAW_BYTES).ok_or(Refusal::TooComplex)?;
    let (width, height) = reader.info().size();
    let (colour, depth) = reader.output_color_type();
    let mut bytes = vec![0; size];
    reader.next_frame(&mut bytes).map_err(read_error)?;
    let pixel = colour.samples() * (depth as usize).div_ceil(8);
    let picture = Picture { width, height, pixel, bytes }.turned(turn).ok_or(Refusal::Damaged)?;
    let mut written = Vec::new();
    let mut encoder = png::Encoder::new(&mut written, picture.width, picture.height);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    let mut writer = encoder.write_header().map_err(|_| Refusal::Damaged)?;
    writer.write_image_data(&picture.bytes).map_err(|_| Refusal::Damaged)?;
    writer.finish().map_err(|_| Refusal::Damaged)?;
    let (header, pixels) = written.split_at_checked(super::png::HEADER_END).ok_or(Refusal::Damaged)?;
    Ok([&[header][..], kept, &[pixels]].concat().concat())
}

fn read_error(error: png::DecodingError) -> Refusal {
    match error {
        png::DecodingError::LimitsExceeded => Refusal::TooComplex,
        _ => Refusal::Damaged,
    }
}

/// Pixels, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Picture {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Bytes of one pixel.
    pub(super) pixel: usize,
    pub(super) bytes: Vec<u8>,
}

impl Picture {
    /// The picture as it is shown when its camera noted `turn`, 1 to 8. None when it has fewer pixels than it says.
    pub(super) fn turned(&self, turn: u16) -> Option<Self> {
        let (w, h) = (self.width as usize, self.height as usize);
        let is_on_its_side = turn >= 5;
        let (width, height) = if is_on_its_side { (h, w) } else { (w, h) };
        let mut bytes = Vec::with_capacity(self.bytes.len());
        for y in 0..height {
            for x in 0..width {
                let (from_x, from_y) = match turn {
                    2 => (w - 1 - x, y),
                    3 => (w - 1 - x, h - 1 - y),
                    4 => (x, h - 1 - y),
                    5 => (y, x),
                    6 => (y, h - 1 - x),
                    7 => (w - 1 - y, h - 1 - x),
                    8 => (w - 1 - y, x),
                    _ => (x, y),
                };
                let at = (from_y * w + from_x) * self.pixel;
                bytes.extend(self.bytes.get(at..at + self.pixel)?);
            }
        }
        let (width, height) = if is_on_its_side { (self.height, self.width) } else { (self.width, self.height) };
        Some(Self { width, height, pixel: self.pixel, bytes })
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    /// Two by three pixels, written row by row.
    fn picture(rows: &str) -> Picture {
        let lines: Vec<&str> = rows.split('/').collect();
        let (width, height) = (lines[0].len() as u32, lines.len() as u32);
        Picture { width, height, pixel: 1, bytes: rows.replace('/', "").into_bytes() }
    }

    /// What a camera that noted each number saw as `ab/cd/ef`.
    #[rstest]
    #[case(1, "ab/cd/ef")]
    #[case(2, "ba/dc/fe")]
    #[case(3, "fe/dc/ba")]
    #[case(4, "ef/cd/ab")]
    #[case(5, "ace/bdf")]
    #[case(6, "bdf/ace")]
    #[case(7, "fdb/eca")]
    #[case(8, "eca/fdb")]
    fn every_turn_leads_to_the_picture_that_was_seen(#[case] turn: u16, #[case] stored: &str) {
        assert_eq!(picture(stored).turned(turn), Some(picture("ab/cd/ef")));
    }

    #[test]
    fn a_picture_with_too_few_pixels_is_none() {
        assert_eq!(Picture { width: 9, ..picture("ab/cd") }.turned(6), None);
    }
}
