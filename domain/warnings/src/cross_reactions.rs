//! Known cross-reactions: an allergy to one class that says something about another.

use super::Severity;
use super::classes::Class::{self, *};
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

/// Known cross-reactions between classes. There is deliberately none from sulfonamide
/// antibiotics to thiazides, loop diuretics or gliclazide: they lack the part of the molecule
/// that causes antibiotic allergy, and reactions to both are rare, although some labels list it.
pub(super) static CROSSINGS: &[Crossing] = &[
    Crossing {
        allergy: &[Penicillin],
        medicine: Target::Any(CephalosporinLike),
        severity: Severity::Danger,
        why: "is a cephalosporin with a side chain like that of some penicillins, so a cross-reaction is more likely",
        source: "BNF, cephalosporins (penicillin hypersensitivity)",
    },
    Crossing {
        allergy: &[Penicillin],
        medicine: Target::Any(CephalosporinOther),
        severity: Severity::Caution,
        why: "is a cephalosporin with a different side chain: a cross-reaction is uncommon, but avoid it after an immediate or severe reaction",
        source: "BNF, cephalosporins (penicillin hypersensitivity)",
    },
    Crossing {
        allergy: &[Penicillin, CephalosporinLike, CephalosporinOther],
        medicine: Target::Any(Carbapenem),
        severity: Severity::Caution,
        why: "is a carbapenem, another beta-lactam: a cross-reaction is rare, but avoid it after an immediate or severe reaction",
        source: "BNF, carbapenems",
    },
    Crossing {
        allergy: &[CephalosporinLike],
        medicine: Target::Any(Penicillin),
        severity: Severity::Danger,
        why: "is a penicillin, and the recorded cephalosporin has a side chain like that of some penicillins",
        source: "BNF, cephalosporins (penicillin hypersensitivity)",
    },
    Crossing {
        allergy: &[CephalosporinOther, Carbapenem],
        medicine: Target::Any(Penicillin),
        severity: Severity::Caution,
        why: "is another beta-lactam: a cross-reaction is uncommon, but ask how severe the reaction was",
        source: "BNF, penicillins",
    },
    Crossing {
        allergy: &[CephalosporinOther, Carbapenem],
        medicine: Target::Any(CephalosporinLike),
        severity: Severity::Caution,
        why: "is another beta-lactam: a cross-reaction is possible, so ask how severe the reaction was",
        source: "SmPC cefalexin",
    },
    Crossing {
        allergy: &[CephalosporinLike, Carbapenem],
        medicine: Target::Any(CephalosporinOther),
        severity: Severity::Caution,
        why: "is another beta-lactam: a cross-reaction is possible, so ask how severe the reaction was",
        source: "SmPC cefuroxime",
    },
    Crossing {
        allergy: &[Nsaid],
        medicine: Target::Any(Salicylate),
        severity: Severity::Danger,
        why: "acts like other NSAIDs and can cause the same reaction",
        source: "BNF, aspirin",
    },
    Crossing {
        allergy: &[Salicylate],
        medicine: Target::Any(Nsaid),
        severity: Severity::Danger,
        why: "is an NSAID and can cause the same reaction as aspirin",
        source: "BNF, non-steroidal anti-inflammatory drugs",
    },
    Crossing {
        allergy: &[Salicylate],
        medicine: Target::One("mesalazine"),
        severity: Severity::Danger,
        why: "is itself a salicylate",
        source: "SmPC mesalazine",
    },
    Crossing {
        allergy: &[Salicylate, SulfaAntibiotic],
        medicine: Target::One("sulfasalazine"),
        severity: Severity::Danger,
        why: "is broken down to a sulfonamide and a salicylate",
        source: "SmPC sulfasalazine",
    },
    Crossing {
        allergy: &[SulfaAntibiotic],
        medicine: Target::One("celecoxib"),
        severity: Severity::Caution,
        why: "is labelled as unsuitable after a sulfonamide allergy, although a cross-reaction is rare",
        source: "SmPC celecoxib",
    },
    Crossing {
        allergy: &[AceInhibitor],
        medicine: Target::Any(Arb),
        severity: Severity::Caution,
        why: "can also, rarely, cause angioedema: ask whether the recorded reaction was a swelling",
        source: "BNF, angiotensin-II receptor antagonists",
    },
    Crossing {
        allergy: &[AceInhibitor, Arb],
        medicine: Target::One("sacubitril"),
        severity: Severity::Danger,
        why: "must not be given after angioedema from an ACE inhibitor or an angiotensin receptor blocker",
        source: "SmPC sacubitril with valsartan",
    },
];
