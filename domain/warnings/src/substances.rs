//! The substances, and how to look one up.

use super::classes::Class;

/// One active substance of the table.
#[derive(Debug)]
pub(super) struct Substance {
    /// The international nonproprietary name, lower case, as it reads in a sentence.
    pub(super) name: &'static str,
    /// Synonyms, older spellings and brands, separated by commas.
    pub(super) also: &'static str,
    pub(super) classes: &'static [Class],
}

/// Two rows with the same name are the same substance.
impl PartialEq for Substance {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

include!(concat!(env!("OUT_DIR"), "/substances.rs"));

/// Every substance that the table knows.
pub(super) fn all() -> impl Iterator<Item = &'static Substance> {
    SUBSTANCES.iter()
}

/// The substance with exactly this nonproprietary name.
pub(super) fn find(name: &str) -> Option<&'static Substance> {
    all().find(|substance| substance.name == name)
}
