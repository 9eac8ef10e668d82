//! What is said before a name.

use super::folding::Term;

const TITLES: [&str; 9] = ["doctor", "dr", "miss", "mr", "mrs", "ms", "mx", "prof", "professor"];

pub(crate) fn is_title(term: &Term) -> bool {
    TITLES.contains(&term.joined().as_str())
}

/// The terms without titles, unless nothing else was said: somebody may be called so.
pub(super) fn without_titles(mut terms: Vec<Term>) -> Vec<Term> {
    if !terms.iter().all(is_title) {
        terms.retain(|term| !is_title(term));
    }
    terms
}
