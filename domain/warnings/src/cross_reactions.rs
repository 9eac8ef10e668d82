//! Known cross-reactions: an allergy to one class that says something about another. There is deliberately none from
//! sulfonamide antibiotics to thiazides, loop diuretics or gliclazide: they lack the part of the molecule that causes
//! antibiotic allergy, and reactions to both are rare, although some labels list it.

use super::Severity;
use super::classes::Class;
use super::target::Target;

/// An allergy to one side that says something about the other.
#[derive(Debug)]
pub(super) struct Crossing {
    pub(super) allergy: &'static [Class],
    pub(super) medicine: Target,
    pub(super) severity: Severity,
    /// Continues the sentence "Cefalexin …".
    pub(super) why: &'static str,
    pub(super) source: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/cross_reactions.rs"));
