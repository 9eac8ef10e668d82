//! PDF documents that only show something (ISO 32000-2).
//!
//! - What stands before the header is cut off when it is a mark of the encoding, white space or a printer's preamble, and
//!   what stands behind the end is cut off whatever it is.
//! - Every object is looked at, those in compressed object streams too ([`objects`]): as the file's tables name them, and
//!   as a reader finds them that rebuilds broken tables. What may stand there is in [`actions`].
//! - A document that opens without a password is looked at like any other, also when it is encrypted to keep people from
//!   printing or changing it.

mod actions;
mod names;
mod objects;
#[cfg(test)]
mod tests;

use super::Refusal;

const HEADER: &[u8] = b"%PDF-";
const END: &[u8] = b"%%EOF";
/// How far from the beginning the header is looked for, and from the end the end of the document, as readers do
/// (ISO 32000-2, annex I of the first edition's implementation notes 13 and 18).
const WITHIN: usize = 1024;
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
/// What printer drivers write before a job: the universal exit and lines of PJL.
const PRINTER: &[u8] = b"\x1B%-12345X";

/// The document without what stands before its header and behind its end.
pub(super) fn checked(mut bytes: Vec<u8>) -> Result<Vec<u8>, Refusal> {
    let end = end_of_document(&bytes).ok_or(Refusal::Damaged)?;
    bytes.truncate(end);
    bytes.drain(..header(&bytes).ok_or(Refusal::Damaged)?);
    names::check(&bytes)?;
    objects::check(&bytes)?;
    Ok(bytes)
}

/// Where the header stands, when nothing stands before it that could be another document.
pub(super) fn header(bytes: &[u8]) -> Option<usize> {
    let head = bytes.get(..bytes.len().min(WITHIN))?;
    let at = head.windows(HEADER.len()).position(|window| window == HEADER)?;
    let before = head.get(..at)?;
    let before = before.strip_prefix(BYTE_ORDER_MARK).unwrap_or(before);
    let is_blank = before.iter().all(|&byte| names::is_white_space(byte));
    (is_blank || before.starts_with(PRINTER)).then_some(at)
}

/// Where the last end mark ends, with the white space behind it.
fn end_of_document(bytes: &[u8]) -> Option<usize> {
    let tail = bytes.get(bytes.len().saturating_sub(WITHIN)..)?;
    let mark = tail.windows(END.len()).rposition(|window| window == END)?;
    let behind = tail.get(mark + END.len()..)?;
    let cut = behind.iter().skip_while(|&&byte| names::is_white_space(byte)).count();
    Some(bytes.len() - cut)
}
