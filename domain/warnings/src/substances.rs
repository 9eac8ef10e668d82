//! What a row of the substance tables is, and how to look one up.

use super::classes::Class;
use super::{substances_body, substances_heart, substances_infection, substances_mind};

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

/// For the sibling tables only, whose `super` is the same module.
/// Rows read: "name", "synonym, brand, brand" => Class, Class;
macro_rules! substances {
    ($($name:literal, $also:literal => $($class:ident),*;)*) => {
        /// The substances of this table.
        pub(super) static SUBSTANCES: &[super::substances::Substance] = &[
            $(super::substances::Substance {
                name: $name,
                also: $also,
                classes: &[$(super::classes::Class::$class),*],
            }),*
        ];
    };
}
pub(super) use substances;

/// Every substance that the tables know.
pub(super) fn all() -> impl Iterator<Item = &'static Substance> {
    [
        substances_infection::SUBSTANCES,
        substances_heart::SUBSTANCES,
        substances_mind::SUBSTANCES,
        substances_body::SUBSTANCES,
    ]
    .into_iter()
    .flatten()
}

/// The substance with exactly this nonproprietary name.
pub(super) fn find(name: &str) -> Option<&'static Substance> {
    all().find(|substance| substance.name == name)
}
