//! PNG pictures without what they tell beside the picture (W3C PNG specification, 3rd edition,
//! sections 5, 11 and 13).

#[cfg(test)]
mod tests;

use super::{Refusal, bounds, orientation, turned};

/// Where the first chunk ends: the signature, and a header of thirteen bytes.
pub(super) const HEADER_END: usize = 8 + 25;
const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";

/// Chunks that tell the colours of a picture, which stay when it is turned.
const COLOURS: [&[u8; 4]; 4] = [b"cHRM", b"gAMA", b"iCCP", b"sRGB"];

/// The same picture with nothing but what it takes to show it, standing as its camera noted.
///
/// Walks from chunk to chunk, checks each sum and the order, and writes the chunks that are known
/// to be needed. The picture itself is not decompressed, unless it has to be turned. An animation
/// keeps its still picture.
pub(super) fn without_metadata(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut rest = bytes.strip_prefix(SIGNATURE).ok_or(Refusal::Damaged)?;
    let mut kept = Vec::with_capacity(bytes.len());
    kept.extend(SIGNATURE);
    let (mut order, mut colours, mut turn) = (Order::default(), Vec::new(), None);
    loop {
        let (chunk, after) = Chunk::read(rest).ok_or(Refusal::Damaged)?;
        rest = after;
        let is_kept = order.keeps(&chunk).ok_or(Refusal::Damaged)? & chunk.is_within_bounds()?;
        if is_kept {
            kept.extend(chunk.whole);
        }
        if is_kept && COLOURS.contains(&chunk.kind) {
            colours.push(chunk.whole);
        }
        if chunk.kind == b"eXIf" {
            turn = turn.or_else(|| orientation::read_tiff(chunk.data));
        }
        if chunk.kind == b"IEND" {
            // Whatever comes behind the end is not part of the picture.
            break;
        }
    }
    match turn.filter(|turn| *turn != orientation::UPRIGHT) {
        Some(turn) => turned::png(&kept, turn, &colours),
        None => Ok(kept),
    }
}

/// A chunk whose sum is right.
struct Chunk<'a> {
    kind: &'a [u8; 4],
    data: &'a [u8],
    whole: &'a [u8],
}

impl<'a> Chunk<'a> {
    /// The first chunk, and what comes behind it: length, kind, data, and the sum of kind and data.
    fn read(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (summed, rest) = rest.split_at_checked(length.checked_add(4)?)?;
        let (sum, rest) = rest.split_first_chunk::<4>()?;
        let (kind, data) = summed.split_first_chunk::<4>()?;
        let whole = bytes.get(..bytes.len() - rest.len())?;
        let sound = kind.iter().all(u8::is_ascii_alphabetic) && crc(summed) == u32::from_be_bytes(*sum);
        sound.then_some((Self { kind, data, whole }, rest))
    }

    /// Whether a viewer can unpack it. Refuses what unpacks to far more than a picture needs, also where it is dropped:
    /// whoever sends such a thing means no good.
    fn is_within_bounds(&self) -> Result<bool, Refusal> {
        let packed = |from: usize| self.data.get(from..).unwrap_or_default();
        let name = self.data.iter().position(|&byte| byte == 0).unwrap_or(self.data.len());
        match self.kind {
            b"IHDR" => {
                let side = |at: usize| self.data.get(at..at + 4).and_then(|side| side.try_into().ok());
                let (width, height) = (side(0).map_or(0, u32::from_be_bytes), side(4).map_or(0, u32::from_be_bytes));
                bounds::check_size(width, height).map(|()| true)
            }
            // A name, a zero, the method, and a stream (11.3.2.3, 11.3.3.3).
            b"iCCP" | b"zTXt" => bounds::check_note(packed(name + 2)),
            // A name, a zero, whether it is packed, the method, a language and a translation (11.3.3.4).
            b"iTXt" if self.data.get(name + 1) == Some(&1) => {
                let zeros = self.data.iter().enumerate().skip(name + 3).filter(|(_, byte)| **byte == 0);
                let start = zeros.map(|(at, _)| at + 1).nth(1).unwrap_or(self.data.len());
                bounds::check_note(packed(start))
            }
            _ => Ok(true),
        }
    }

    /// Whether a picture can be shown without it: the case of the first letter tells.
    fn is_ancillary(&self) -> bool {
        self.kind[0].is_ascii_lowercase()
    }
}

/// What came so far, to see that chunks come in order (5.6).
#[derive(Default)]
struct Order<'a> {
    /// The chunks that are kept, each kind once.
    kept: Vec<&'a [u8; 4]>,
    last: Option<&'a [u8; 4]>,
    colour: u8,
}

impl<'a> Order<'a> {
    /// Whether the next chunk is kept. None if it may not come now.
    fn keeps(&mut self, chunk: &Chunk<'a>) -> Option<bool> {
        let first = !self.has(chunk.kind);
        let before_pixels = self.has(b"IHDR") && !self.has(b"IDAT");
        let in_order = match chunk.kind {
            b"IHDR" => {
                self.colour = colour_type(chunk.data)?;
                self.last.is_none()
            }
            b"PLTE" => {
                let sound = matches!(chunk.data.len(), 3..=768) && chunk.data.len().is_multiple_of(3);
                let coloured = !matches!(self.colour, 0 | 4);
                sound && coloured && first && before_pixels && !self.has(b"tRNS") && !self.has(b"bKGD")
            }
            b"cHRM" | b"gAMA" | b"iCCP" | b"sBIT" | b"sRGB" => first && before_pixels && !self.has(b"PLTE"),
            b"bKGD" | b"pHYs" | b"tRNS" => first && before_pixels,
            b"IDAT" => {
                let together = if first { self.has(b"IHDR") } else { self.last == Some(b"IDAT") };
                together && (self.colour != 3 || self.has(b"PLTE"))
            }
            b"IEND" => self.has(b"IDAT") && chunk.data.is_empty(),
            _ => {
                self.last = Some(chunk.kind);
                return (self.has(b"IHDR") && chunk.is_ancillary()).then_some(false);
            }
        };
        if first {
            self.kept.push(chunk.kind);
        }
        self.last = Some(chunk.kind);
        in_order.then_some(true)
    }

    fn has(&self, kind: &[u8; 4]) -> bool {
        self.kept.contains(&kind)
    }
}

/// The colour type of a sound header: a size, a depth the colour type allows, known methods
/// (11.2.1).
fn colour_type(header: &[u8]) -> Option<u8> {
    let (width, rest) = header.split_first_chunk::<4>()?;
    let (height, rest) = rest.split_first_chunk::<4>()?;
    let sizes = [u32::from_be_bytes(*width), u32::from_be_bytes(*height)];
    let sized = sizes.iter().all(|size| (1..=0x7FFF_FFFF).contains(size));
    match rest {
        [1 | 2 | 4 | 8 | 16, colour @ 0, 0, 0, 0 | 1]
        | [1 | 2 | 4 | 8, colour @ 3, 0, 0, 0 | 1]
        | [8 | 16, colour @ (2 | 4 | 6), 0, 0, 0 | 1]
            if sized =>
        {
            Some(*colour)
        }
        _ => None,
    }
}

/// The sum of a chunk: CRC-32 as in ISO 3309 (annex D).
pub(super) fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, &byte| CRC_OF_BYTE[usize::from(sum.to_le_bytes()[0] ^ byte)] ^ (sum >> 8))
}

const CRC_OF_BYTE: [u32; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < table.len() {
        let mut sum = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            sum = if sum & 1 == 1 { 0xEDB8_8320 ^ (sum >> 1) } else { sum >> 1 };
            bit += 1;
        }
        table[byte] = sum;
        byte += 1;
    }
    table
};
