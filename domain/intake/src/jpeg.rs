//! JPEG pictures without what they tell about the patient, the place and the device (ISO/IEC
//! 10918-1, annex B).

#[cfg(test)]
mod tests;

use super::{Refusal, bounds, orientation};

const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;
const APP0: u8 = 0xE0;
const APP1: u8 = 0xE1;
const APP2: u8 = 0xE2;
const APP14: u8 = 0xEE;
const APP15: u8 = 0xEF;
const COM: u8 = 0xFE;

/// The JFIF header up to the size of its preview.
const JFIF_BYTES: usize = 12;
/// The Adobe marker, which tells how the colours are coded.
const ADOBE_BYTES: usize = 12;

/// The same picture with nothing but what it takes to show it.
///
/// Walks from segment to segment and writes those that are known to be needed: an allow list, so
/// that what a camera maker invents next is dropped too. The picture itself is not decoded.
pub(super) fn without_metadata(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    walk(bytes).ok_or(Refusal::Damaged)
}

fn walk(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes.strip_prefix(&[0xFF, SOI])?;
    let mut kept = Vec::with_capacity(bytes.len());
    kept.extend([0xFF, SOI]);
    let (mut framed, mut scanned, mut turned) = (false, false, false);
    loop {
        let (marker, after) = next_marker(rest)?;
        if marker == EOI {
            kept.extend([0xFF, EOI]);
            // Whatever comes behind the end is not part of the picture.
            return scanned.then_some(kept);
        }
        let (payload, after) = segment(after)?;
        rest = after;
        match marker {
            // One frame: sequential, progressive or lossless. No viewer knows hierarchical pictures
            // (C5–C7, CD–CF).
            0xC0..=0xC3 | 0xC9..=0xCB => {
                if framed || !is_frame_header(payload) {
                    return None;
                }
                framed = true;
                write(&mut kept, marker, payload);
            }
            SOS => {
                if !framed || !is_scan_header(payload) {
                    return None;
                }
                scanned = true;
                write(&mut kept, marker, payload);
                let (data, after) = entropy_coded(rest)?;
                kept.extend(data);
                rest = after;
            }
            // Tables (DHT, DAC, DQT), number of lines (DNL), restart interval (DRI).
            0xC4 | 0xCC | 0xDB | 0xDC | 0xDD => write(&mut kept, marker, payload),
            APP0 => {
                // The header without its preview, which may show what was cut from the picture.
                if let (true, Some(header)) = (payload.starts_with(b"JFIF\0"), payload.get(..JFIF_BYTES)) {
                    write(&mut kept, marker, &[header, &[0, 0]].concat());
                }
            }
            APP1 => {
                // The first that says how the picture is turned counts, as it does for viewers.
                if let (false, Some(turn)) = (turned, orientation::read(payload)) {
                    turned = true;
                    if turn != orientation::UPRIGHT {
                        write(&mut kept, marker, &orientation::only(turn));
                    }
                }
            }
            APP2 if payload.starts_with(b"ICC_PROFILE\0") => write(&mut kept, marker, payload),
            APP14 if payload.starts_with(b"Adobe") => {
                if let Some(adobe) = payload.get(..ADOBE_BYTES) {
                    write(&mut kept, marker, adobe);
                }
            }
            APP2..=APP15 | COM => {}
            _ => return None,
        }
    }
}

/// The next marker and what comes behind it. Any number of FF may stand before its code.
fn next_marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let after = bytes.strip_prefix(&[0xFF])?;
    let code = after.iter().position(|&byte| byte != 0xFF)?;
    match after.get(code..)? {
        [marker, rest @ ..] => Some((*marker, rest)),
        [] => None,
    }
}

/// What a segment holds, and what comes behind it. Its length counts its own two bytes.
fn segment(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<2>()?;
    rest.split_at_checked(usize::from(u16::from_be_bytes(*length)).checked_sub(2)?)
}

/// The coded picture up to the next marker that does not belong to it, and what comes behind.
fn entropy_coded(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut at = 0;
    loop {
        at += bytes.get(at..)?.iter().position(|&byte| byte == 0xFF)?;
        match bytes.get(at + 1)? {
            // A byte FF of the data, or a restart marker.
            0x00 | 0xD0..=0xD7 => at += 2,
            0xFF => at += 1,
            _ if at == 0 => return None,
            _ => return bytes.split_at_checked(at),
        }
    }
}

/// Whether a frame header has a width and three bytes for each of one to four components (B.2.2).
fn is_frame_header(payload: &[u8]) -> bool {
    match payload {
        [_, _, _, w1, w0, count @ 1..=4, components @ ..] => {
            is_showable(payload) && (*w1, *w0) != (0, 0) && components.len() == 3 * usize::from(*count)
        }
        _ => false,
    }
}

/// Whether somebody can look at a picture of this size: height and width stand behind the precision.
fn is_showable(frame: &[u8]) -> bool {
    match frame {
        [_, h1, h0, w1, w0, ..] => {
            let (height, width) = (u16::from_be_bytes([*h1, *h0]), u16::from_be_bytes([*w1, *w0]));
            bounds::check_size(width.into(), height.into()).is_ok()
        }
        _ => false,
    }
}

/// Whether a scan header has two bytes for each of one to four components, and three more (B.2.3).
fn is_scan_header(payload: &[u8]) -> bool {
    match payload {
        [count @ 1..=4, rest @ ..] => rest.len() == 2 * usize::from(*count) + 3,
        _ => false,
    }
}

fn write(kept: &mut Vec<u8>, marker: u8, payload: &[u8]) {
    // Payloads come from segments, or are shorter: the length fits.
    let length = u16::try_from(payload.len() + 2).unwrap_or(u16::MAX);
    kept.extend([0xFF, marker]);
    kept.extend(length.to_be_bytes());
    kept.extend(payload);
}
