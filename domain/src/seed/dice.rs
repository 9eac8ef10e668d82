//! Chance that repeats itself: every stream of draws follows from the seed, a word and a number.

use domain_types::reference::ReferenceKind;
use rand::{RngExt, SeedableRng, rngs::StdRng};

/// Random references keep to 40 bits.
const REFERENCE_MASK: u64 = (1 << 40) - 1;
/// No fewer than there are kinds of references.
const KINDS: u64 = 4;

/// One stream of draws. Two with the same seed, word and number draw the same.
#[derive(Debug)]
pub(super) struct Dice(StdRng);

impl Dice {
    /// The stream for, say, the 17th doctor: it does not depend on how much was drawn for the 16th.
    pub(super) fn new(seed: u64, word: &str, number: u64) -> Self {
        let word = word.bytes().fold(seed, |hash, byte| mix(hash ^ u64::from(byte)));
        Self(StdRng::seed_from_u64(mix(word ^ mix(number))))
    }

    /// A whole number in `0..limit`; 0 when there is nothing to choose from.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        if limit == 0 { 0 } else { self.0.random_range(0..limit) }
    }

    /// A whole number from `low` to `high`, both included; `low` when they are the wrong way round.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        if low >= high { low } else { self.0.random_range(low..=high) }
    }

    /// True in `percent` of 100 throws.
    pub(super) fn percent(&mut self, percent: u32) -> bool {
        self.0.random_range(0..100) < percent
    }

    /// True with this probability, brought into 0…1.
    pub(super) fn likely(&mut self, probability: f64) -> bool {
        self.0.random_bool(probability.clamp(0.0, 1.0))
    }

    /// One of a list that is written in this program and never empty.
    pub(super) fn pick<T: Copy>(&mut self, list: &'static [T]) -> T {
        list[self.below(list.len())]
    }

    /// One of a list that may be empty.
    pub(super) fn choose<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }
}

/// A well-spread number from any other (the finaliser of SplitMix64).
pub(super) const fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

/// The reference of the `number`th thing of a kind. It looks drawn at random but never repeats, in no kind: each step
/// below can be undone, so different numbers lead to different references. A million random draws would collide.
pub(super) fn reference(kind: ReferenceKind, seed: u64, number: u64) -> String {
    // Each kind has numbers of its own: what is read out without its prefix names one thing.
    let number = number.wrapping_mul(KINDS).wrapping_add(kind as u64);
    let mut bits = number.wrapping_add(mix(seed)) & REFERENCE_MASK;
    for factor in [0x9E_3779_B97F_u64, 0x5F_1CE4_E5B9] {
        bits = bits.wrapping_mul(factor) & REFERENCE_MASK;
        bits ^= bits >> 21;
    }
    kind.encode(bits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_same_stream_draws_the_same() {
        let draw = |seed, word, number| {
            let mut dice = Dice::new(seed, word, number);
            (0..8).map(|_| dice.below(1_000_000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(7, "doctor", 3), draw(7, "doctor", 3));
        assert_ne!(draw(7, "doctor", 3), draw(7, "doctor", 4));
        assert_ne!(draw(7, "doctor", 3), draw(7, "patient", 3));
        assert_ne!(draw(7, "doctor", 3), draw(8, "doctor", 3));
    }

    #[test]
    fn references_never_repeat() {
        use ReferenceKind::{Appointment, Emergency, Patient, Record};
        let codes: HashSet<_> = [Appointment, Patient, Record, Emergency]
            .into_iter()
            .flat_map(|kind| (0..100_000).map(move |number| reference(kind, 7, number)))
            .map(|reference| reference.rsplit('-').next().map(str::to_owned))
            .collect();
        assert_eq!(codes.len(), 400_000, "a code without its prefix names one thing");
    }

    #[test]
    fn empty_choices_are_harmless() {
        let mut dice = Dice::new(1, "nothing", 0);
        assert_eq!(dice.choose::<u8>(&[]), None);
        assert_eq!((dice.below(0), dice.between(5, 2)), (0, 5));
    }
}
