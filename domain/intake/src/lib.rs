//! The check that every document passes before it is stored in a patient's record.
//!
//! [`accept`] takes a name and bytes as they came from outside, and gives back what may be stored.
//! It believes neither the name nor a declared content type, only the bytes:
//!
//! - PDF, JPEG, PNG and plain text are stored, everything else is refused. At most [`MAX_BYTES`],
//!   for text 1 MiB.
//! - Pictures are taken apart and put together again without what tells about the patient or the
//!   device: place, time, camera, comments, previews. How a photo is turned is kept, so that it is
//!   not shown lying on its side.
//! - What stands behind the end of a picture or a PDF is cut off: a second file may hide there.
//! - A PDF opens without a password, and holds no scripts, programs, attachments, XFA forms or anything that is sent,
//!   however it is packed.
//! - A PNG that a camera noted as lying on its side is turned, for want of viewers that would. What unpacks to far more
//!   than a document needs is refused.
//! - WebP becomes JPEG. HEIC is refused, with how to send a JPEG instead.
//! - Text is UTF-8 without control characters, is shown in the order it is written in, is not markup, and is named
//!   `.txt` or has no extension. UTF-16 and Windows-1252 are converted.
//! - The stored name is one harmless file name, and its extension is that of the bytes.
//! - What was accepted once is accepted again, unchanged.
//!
//! What it cannot do: it does not read what a PDF draws, and readers have faults of their own. So whoever serves a
//! stored document always sends it as an attachment ([`content_disposition`]), with `X-Content-Type-Options: nosniff`
//! and `Content-Security-Policy: sandbox; default-src 'none'`.

mod bounds;
mod disposition;
mod encodings;
#[cfg(test)]
mod fixtures;
mod jpeg;
mod markup;
mod media_type;
mod names;
mod orientation;
mod pdf;
mod png;
mod refusal;
#[cfg(test)]
mod tests;
mod text;
mod turned;
mod webp;

use std::fmt;

pub use disposition::content_disposition;
pub use media_type::MediaType;
pub use refusal::Refusal;

/// The largest document that is stored, in bytes.
pub const MAX_BYTES: usize = 20 * 1024 * 1024;

/// A document that may be stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Accepted {
    /// A harmless file name with the extension of the media type.
    pub name: String,
    /// What the bytes are.
    pub media_type: MediaType,
    /// The bytes to store, which are not always those that came in.
    pub bytes: Vec<u8>,
    /// What was done to show it, for its note: "Converted from WebP."
    pub changed: Option<String>,
}

/// Neither the name nor the contents: both belong to a patient, and a debug print ends in a log.
impl fmt::Debug for Accepted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Accepted")
            .field("media_type", &self.media_type)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

/// Checks a document and makes it fit to be stored.
///
/// # Errors
///
/// The reason why the document is not stored, with a [sentence](Refusal::sentence) for the one who
/// chose it.
pub fn accept(file_name: &str, bytes: Vec<u8>) -> Result<Accepted, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    if webp::is_webp(&bytes) {
        let jpeg = jpeg::without_metadata(&webp::to_jpeg(&bytes)?)?;
        let name = names::stored(names::without(file_name, "webp"), MediaType::Jpeg);
        let changed = Some("Converted from WebP to JPEG.".to_owned());
        return Ok(Accepted { name, media_type: MediaType::Jpeg, bytes: jpeg, changed });
    }
    if is_heic(&bytes) {
        return Err(Refusal::Heic);
    }
    let media_type = MediaType::sniff(&bytes);
    let mut changed = None;
    let bytes = match media_type {
        MediaType::Pdf => pdf::checked(bytes)?,
        MediaType::Jpeg => jpeg::without_metadata(&bytes)?,
        MediaType::Png => png::without_metadata(&bytes)?,
        MediaType::Text => {
            let (text, encoding) = encodings::to_utf8(bytes)?;
            text::check(&text)?;
            // What goes by another name and is no UTF-8 is hardly text.
            let named = text::check_name(file_name);
            named.map_err(|refusal| if encoding.is_some() { Refusal::UnknownType } else { refusal })?;
            changed = encoding.map(|encoding| format!("Converted from {encoding} to UTF-8."));
            text
        }
    };
    Ok(Accepted { name: names::stored(file_name, media_type), media_type, bytes, changed })
}

/// Whether the bytes begin as pictures do that newer phones take: HEIC, and AVIF (ISO/IEC 23008-12).
fn is_heic(bytes: &[u8]) -> bool {
    const BRANDS: [&[u8; 4]; 8] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif"];
    let brand = bytes.get(8..12);
    bytes.get(4..8).is_some_and(|kind| kind == b"ftyp") && BRANDS.iter().any(|known| brand == Some(known.as_slice()))
}
