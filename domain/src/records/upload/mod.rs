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
//! - A PDF begins with its header, is not encrypted, and shows no scripts, programs, attachments or
//!   XFA forms.
//! - Text is UTF-8 without control characters, is not markup, and is named `.txt` or has no
//!   extension.
//! - The stored name is one harmless file name, and its extension is that of the bytes.
//! - What was accepted once is accepted again, unchanged.
//!
//! What it cannot do: it does not look into compressed streams of a PDF, and it does not decode
//! pictures. So whoever serves a stored document always sends it as an attachment
//! ([`content_disposition`]), with `X-Content-Type-Options: nosniff` and `Content-Security-Policy:
//! sandbox; default-src 'none'`.

mod disposition;
#[cfg(test)]
mod fixtures;
mod jpeg;
mod media_type;
mod names;
mod orientation;
mod pdf;
mod png;
mod refusal;
#[cfg(test)]
mod tests;
mod text;

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
    let media_type = MediaType::sniff(&bytes);
    let bytes = match media_type {
        MediaType::Pdf => pdf::checked(bytes)?,
        MediaType::Jpeg => jpeg::without_metadata(&bytes)?,
        MediaType::Png => png::without_metadata(&bytes)?,
        MediaType::Text => {
            text::check(&bytes)?;
            text::check_name(file_name)?;
            bytes
        }
    };
    Ok(Accepted { name: names::stored(file_name, media_type), media_type, bytes })
}
