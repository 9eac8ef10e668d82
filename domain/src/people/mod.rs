//! How people are found and in which order they stand, the same in every search and every list.
//!
//! Rules:
//! - What is stored and what is typed are folded in one way ([`folding`]): marks, case, apostrophes, hyphens, commas and
//!   dots do not matter, nor does the order of the words. Each word that is typed begins a word of the name.
//! - The folded words of a name stand in `user_word`, the place of a person in lists in `user.sort_key`. Both are written
//!   by [`keys`] alone.
//! - An e-mail address finds only when it is whole: its domain says nothing about anybody's name. So does a telephone
//!   number, by its digits, which stand in `patient.phone_digits` ([`telephone`]).
//! - Titles ("Mrs", "Dr.") say nothing unless they are all that was typed.
//! - Whoever searches adds who may be seen; nothing here looks at roles.

mod days;
mod folding;
mod keys;
mod search;
mod telephone;
mod titles;

#[cfg(feature = "seed")]
pub(crate) use folding::key;
pub(crate) use folding::{Match, Term, compare, terms};
#[cfg(feature = "seed")]
pub(crate) use keys::{fold_missing, words};
pub(crate) use keys::{sort_key, store_words};
pub(crate) use search::{PersonSearch, Reference, called, named};
pub(crate) use telephone::stored as phone_digits;
pub(crate) use titles::is_title;
