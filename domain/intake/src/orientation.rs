//! How a photo is turned: the one thing in a camera's notes that it takes to show the photo (Exif
//! 3.0, 4.6).

/// The orientation of a picture that is stored as it is shown.
pub(super) const UPRIGHT: u16 = 1;

const EXIF: &[u8] = b"Exif\0\0";
const TAG: u16 = 0x0112;
const SHORT: u16 = 3;
const ENTRY_BYTES: usize = 12;

/// The orientation an APP1 segment tells, 1 to 8. Notes that cannot be read tell nothing.
pub(super) fn read(payload: &[u8]) -> Option<u16> {
    read_tiff(payload.strip_prefix(EXIF)?)
}

/// The same of notes that stand by themselves, as in PNG and WebP.
pub(super) fn read_tiff(tiff: &[u8]) -> Option<u16> {
    let order = match tiff.get(..4)? {
        b"MM\0\x2A" => Order::Big,
        b"II\x2A\0" => Order::Little,
        _ => return None,
    };
    let directory = tiff.get(usize::try_from(order.long(tiff.get(4..)?)?).ok()?..)?;
    let count = usize::from(order.short(directory)?);
    directory
        .get(2..)?
        .chunks_exact(ENTRY_BYTES)
        .take(count)
        .filter(|entry| order.short(entry) == Some(TAG))
        .filter(|entry| entry.get(2..).and_then(|kind| order.short(kind)) == Some(SHORT))
        .find_map(|entry| order.short(entry.get(8..)?))
        .filter(|turn| (1..=8).contains(turn))
}

/// What an APP1 segment holds that tells an orientation and nothing else.
pub(super) fn only(turn: u16) -> Vec<u8> {
    let mut payload = EXIF.to_vec();
    payload.extend(b"MM\0\x2A");
    payload.extend(8_u32.to_be_bytes()); // where the directory begins
    payload.extend(1_u16.to_be_bytes()); // one entry: tag, type, count, value, padding
    payload.extend([TAG, SHORT, 0, 1, turn, 0].into_iter().flat_map(u16::to_be_bytes));
    payload.extend(0_u32.to_be_bytes()); // no other directory
    payload
}

/// The order of bytes in a number: cameras use both.
#[derive(Clone, Copy)]
enum Order {
    Big,
    Little,
}

impl Order {
    fn short(self, bytes: &[u8]) -> Option<u16> {
        let bytes = *bytes.first_chunk()?;
        Some(match self {
            Self::Big => u16::from_be_bytes(bytes),
            Self::Little => u16::from_le_bytes(bytes),
        })
    }

    fn long(self, bytes: &[u8]) -> Option<u32> {
        let bytes = *bytes.first_chunk()?;
        Some(match self {
            Self::Big => u32::from_be_bytes(bytes),
            Self::Little => u32::from_le_bytes(bytes),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fixtures;
    use super::*;

    #[test]
    fn every_orientation_is_read_as_it_was_written() {
        for turn in 1..=8 {
            assert_eq!(read(&only(turn)), Some(turn));
            assert_eq!(read(&fixtures::exif(turn)), Some(turn));
        }
    }

    #[test]
    fn orientations_that_do_not_exist_are_none() {
        for turn in [0, 9, u16::MAX] {
            assert_eq!(read(&only(turn)), None);
        }
    }

    #[test]
    fn notes_that_break_off_tell_nothing() {
        let whole = only(6);
        for length in 0..whole.len() - 8 {
            assert_eq!(read(&whole[..length]), None, "{length} bytes");
        }
    }

    #[test]
    fn a_directory_far_away_tells_nothing() {
        let mut far = only(6);
        far[10..14].fill(0xFF);
        assert_eq!(read(&far), None);
    }

    proptest! {
        #[test]
        fn any_notes_are_read_without_harm(tiff in prop::collection::vec(any::<u8>(), 0..64)) {
            for order in [b"MM\0\x2A", b"II\x2A\0"] {
                let turn = read(&[EXIF, order, &tiff].concat());
                prop_assert!(turn.is_none_or(|turn| (1..=8).contains(&turn)));
            }
        }
    }
}
