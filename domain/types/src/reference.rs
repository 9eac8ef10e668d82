//! References are what people read aloud on the telephone: `APT-7K3M9Q2X`.

use std::fmt;

/// Crockford's base 32: no I, L, O or U, so nothing is misread and nothing rude is spelled.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What a reference names; its prefix on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceKind {
    Appointment,
    Patient,
    Record,
    /// Access in an emergency.
    Emergency,
}

impl ReferenceKind {
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Appointment => "APT",
            Self::Patient => "PT",
            Self::Record => "REC",
            Self::Emergency => "EMG",
        }
    }

    /// The reference made of the low 40 bits of `bits` (which the caller draws at random): eight characters.
    #[must_use]
    pub fn encode(self, bits: u64) -> String {
        let mut text = String::with_capacity(12);
        text.push_str(self.prefix());
        text.push('-');
        for position in (0..8).rev() {
            text.push(char::from(ALPHABET[(bits >> (position * 5) & 31) as usize]));
        }
        text
    }
}

impl fmt::Display for ReferenceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.prefix())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_has_a_prefix_and_eight_unmistakable_characters() {
        assert_eq!(ReferenceKind::Appointment.encode(0), "APT-00000000");
        assert_eq!(ReferenceKind::Patient.encode(u64::MAX), "PT-ZZZZZZZZ");
        assert!(!ReferenceKind::Record.encode(0x0123_4567_89AB).contains(['I', 'L', 'O', 'U']));
    }
}
