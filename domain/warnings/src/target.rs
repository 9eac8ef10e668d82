//! One side of a rule: a single substance, or all of a class.

use super::classes::Class;
use super::reading::Reading;

/// Whom a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Target {
    /// The substance with this nonproprietary name.
    One(&'static str),
    Any(Class),
}

impl Target {
    /// What of the text this target is about, as names for a sentence.
    pub(super) fn found_in(self, reading: &Reading) -> Vec<&'static str> {
        match self {
            Target::Any(class) => reading.members(class),
            Target::One(name) => reading
                .substances
                .iter()
                .filter(|substance| substance.name == name)
                .map(|substance| substance.name)
                .collect(),
        }
    }
}
