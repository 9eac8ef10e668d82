//! WebP pictures, which phones and browsers save, made into JPEG: what every viewer shows, and what is checked here anyway.

use std::io::Cursor;

use super::{Refusal, bounds, orientation};

/// High enough that nobody sees a difference.
const QUALITY: u8 = 92;

/// Whether the bytes begin as WebP does: a RIFF container of that kind.
pub(super) fn is_webp(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF") && bytes.get(8..12).is_some_and(|kind| kind == b"WEBP")
}

/// The first picture as a JPEG, on white where it is transparent, with the note of how it is turned.
pub(super) fn to_jpeg(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    let (width, height) = decoder.dimensions();
    bounds::check_size(width, height)?;
    decoder.set_memory_limit(bounds::MOST_RAW_BYTES);
    let size =
        decoder.output_buffer_size().filter(|size| *size <= bounds::MOST_RAW_BYTES).ok_or(Refusal::TooComplex)?;
    let mut pixels = vec![0; size];
    decoder.read_image(&mut pixels).map_err(|_| Refusal::Damaged)?;
    if decoder.has_alpha() {
        pixels = on_white(&pixels);
    }
    let turn = decoder.exif_metadata().ok().flatten().and_then(|exif| orientation::read_tiff(without_mark(&exif)));
    let mut jpeg = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut jpeg, QUALITY);
    if let Some(turn) = turn.filter(|turn| *turn != orientation::UPRIGHT) {
        encoder.add_app_segment(1, orientation::only(turn)).map_err(|_| Refusal::Damaged)?;
    }
    let side = |length: u32| u16::try_from(length).map_err(|_| Refusal::TooComplex);
    encoder.encode(&pixels, side(width)?, side(height)?, jpeg_encoder::ColorType::Rgb).map_err(|_| Refusal::Damaged)?;
    Ok(jpeg)
}

/// Some programs write the mark of JPEG before the notes.
fn without_mark(exif: &[u8]) -> &[u8] {
    exif.strip_prefix(b"Exif\0\0").unwrap_or(exif)
}

/// Red, green, blue and how opaque, drawn on white.
fn on_white(pixels: &[u8]) -> Vec<u8> {
    let drawn = |colour: u8, alpha: u8| {
        let (colour, alpha) = (u16::from(colour), u16::from(alpha));
        u8::try_from((colour * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
    };
    let (pixels, _) = pixels.as_chunks::<4>();
    pixels
        .iter()
        .flat_map(|[red, green, blue, alpha]| [red, green, blue].map(|colour| drawn(*colour, *alpha)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pixels of a kind, without loss.
    fn webp(pixels: &[u8], width: u32, height: u32, kind: image_webp::ColorType) -> Vec<u8> {
        let mut bytes = Vec::new();
        image_webp::WebPEncoder::new(&mut bytes).encode(pixels, width, height, kind).unwrap();
        bytes
    }

    #[test]
    fn a_picture_becomes_a_jpeg_of_the_same_size() {
        let bytes = webp(&[200; 3 * 20 * 10], 20, 10, image_webp::ColorType::Rgb8);
        assert!(is_webp(&bytes) && !is_webp(b"RIFF\x1A\0\0\0WAVE"));
        let jpeg = to_jpeg(&bytes).unwrap();
        assert!(jpeg.starts_with(&[0xFF, 0xD8]));
        let frame = jpeg.windows(9).find(|window| window[..2] == [0xFF, 0xC0]).unwrap();
        assert_eq!((&frame[5..7], &frame[7..9]), (&[0, 10][..], &[0, 20][..]));
    }

    #[test]
    fn what_is_transparent_is_white() {
        assert_eq!(on_white(&[0, 0, 0, 0, 10, 20, 30, 255]), [255, 255, 255, 10, 20, 30]);
        assert!(to_jpeg(&webp(&[0; 4 * 4], 2, 2, image_webp::ColorType::Rgba8)).is_ok());
    }

    #[test]
    fn a_broken_picture_is_damaged() {
        let bytes = webp(&[200; 3 * 64 * 64], 64, 64, image_webp::ColorType::Rgb8);
        for length in [12, 20, 30] {
            assert_eq!(to_jpeg(&bytes[..length]), Err(Refusal::Damaged), "{length} bytes");
        }
    }
}
