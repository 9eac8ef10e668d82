//! The therapeutic classes, and what belonging to one means for duplicates and allergies.

use super::Severity;

include!(concat!(env!("OUT_DIR"), "/classes.rs"));

/// What the table says about one class.
#[derive(Clone, Copy, Debug)]
pub(super) struct ClassRow {
    pub(super) class: Class,
    /// Plural, as it reads in a sentence: "both are {name}".
    pub(super) name: &'static str,
    /// How strongly to warn about two of the class together, when at all.
    pub(super) duplicate: Option<Severity>,
    /// How strongly an allergy to one member warns about the others, when at all.
    pub(super) allergy: Option<Severity>,
    pub(super) source: &'static str,
}

impl ClassRow {
    /// Whether the class only marks a way of interacting, and is no chemical family.
    pub(super) fn is_marker(&self) -> bool {
        self.duplicate.is_none() && self.allergy.is_none()
    }
}

impl Class {
    /// The row of this class; a test makes sure that there is one for each class used.
    pub(super) fn row(self) -> Option<&'static ClassRow> {
        CLASSES.iter().find(|row| row.class == self)
    }

    /// The name for a sentence.
    pub(super) fn name(self) -> &'static str {
        self.row().map_or("", |row| row.name)
    }

    /// Whether this is one of the three corticosteroid classes, which the form decides.
    pub(super) fn is_steroid(self) -> bool {
        matches!(self, Class::SteroidByMouth | Class::SteroidInhaled | Class::SteroidOnSkin)
    }
}
