//! Recovery codes: on paper, for the day on which the telephone is lost.

use data_encoding::HEXLOWER;
use domain_types::UserId;
use sha2::{Digest, Sha256};

use crate::secrets::random_bytes;

/// How many somebody gets.
pub(super) const COUNT: usize = 10;
/// Characters of a code: five bits each, 80 in all.
const LENGTH: usize = 16;
/// Crockford's alphabet: no letter that is taken for a digit.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A set of new codes, as they are shown once: `x7k2-…` in four groups.
pub(super) fn draw() -> Vec<String> {
    (0..COUNT).map(|_| one()).collect()
}

fn one() -> String {
    let letters = random_bytes::<LENGTH>().map(|byte| char::from(ALPHABET[usize::from(byte & 31)]));
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// How a code is stored. 80 random bits need no slow hash.
pub(super) fn hash(user: UserId, typed: &str) -> String {
    let code: String = typed.chars().filter(char::is_ascii_alphanumeric).map(readable).collect();
    HEXLOWER.encode(&Sha256::digest(format!("{user} {code}").as_bytes()))
}

/// Letters that were read wrongly count as what they were taken for.
fn readable(letter: char) -> char {
    match letter.to_ascii_lowercase() {
        'o' => '0',
        'i' | 'l' => '1',
        letter => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn ten_different_codes_of_eighty_bits_are_drawn() {
        let codes: HashSet<_> = draw().into_iter().collect();
        assert_eq!(codes.len(), 10);
        assert!(codes.iter().all(|code| code.len() == 19 && code.matches('-').count() == 3), "{codes:?}");
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = hash(UserId(7), "x7k2-01ab-cdef-gh00");
        assert_eq!(hash(UserId(7), " X7K2 O1AB CDEFGHoo "), code);
        assert_eq!(hash(UserId(7), "x7k2-0lab-cdef-gh00"), code);
        assert_ne!(hash(UserId(8), "x7k2-01ab-cdef-gh00"), code);
    }
}
