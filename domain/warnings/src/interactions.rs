//! The interaction rules, and how they are applied.

use super::classes::Class;
use super::forms::Form;
use super::reading::Reading;
use super::sentences::{capitalised, joined};
use super::substances;
use super::target::Target;
use super::{Severity, Warning};

/// What an interaction does; a pair of substances is warned about once for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    Bleeding,
    Heart,
    Kidneys,
    Level,
    Nerves,
    Other,
}

/// Two sides that should not meet without a thought.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) severity: Severity,
    pub(super) effect: Effect,
    pub(super) one: Target,
    pub(super) other: Target,
    /// A plain sentence for the doctor.
    pub(super) why: &'static str,
    pub(super) source: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/interactions.rs"));

/// Every rule of the table.
pub(super) fn all() -> impl Iterator<Item = &'static Rule> {
    RULES.iter()
}

/// One warning per rule that applies, naming all that is taken and concerned.
pub(super) fn interaction_warnings(medicine: &Reading, taken: &[Reading]) -> Vec<Warning> {
    let mut rules: Vec<&Rule> = all().collect();
    rules.sort_by_key(|rule| rule.severity);
    let mut said: Vec<(Effect, &str, &str)> = Vec::new();
    let mut warnings = Vec::new();
    for rule in rules {
        let mut pairs = Vec::new();
        let mut local = true;
        for reading in taken {
            for (mine, theirs) in [(rule.one, rule.other), (rule.other, rule.one)] {
                for new in mine.found_in(medicine) {
                    for old in theirs.found_in(reading) {
                        let reason = (rule.effect, new, old);
                        if new != old && !said.contains(&reason) {
                            said.push(reason);
                            pairs.push((new, old));
                            local &= acts_locally(medicine, new) || acts_locally(reading, old);
                        }
                    }
                }
            }
        }
        if !pairs.is_empty() {
            warnings.push(warning(rule, &pairs, local));
        }
    }
    warnings
}

fn warning(rule: &Rule, pairs: &[(&str, &str)], local: bool) -> Warning {
    let (new, old): (Vec<&str>, Vec<&str>) = pairs.iter().copied().unzip();
    let mut text = format!("{} with {}: {}", capitalised(&joined(&new)), joined(&old), rule.why);
    if local {
        text.push_str(" Less is absorbed from a preparation for the skin, eye or ear.");
    }
    Warning { severity: if local { Severity::Caution } else { rule.severity }, text, source: rule.source }
}

/// Whether little of this is absorbed in the form written: never said of substances that are
/// meant to reach the blood through the skin or that act from an eye drop.
fn acts_locally(reading: &Reading, name: &str) -> bool {
    matches!(reading.form, Form::Skin | Form::EyeOrEar)
        && substances::find(name).is_some_and(|substance| {
            ![Class::Nitrate, Class::BetaBlocker, Class::Opioid].iter().any(|class| substance.classes.contains(class))
        })
}
