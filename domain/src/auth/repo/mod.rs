//! The rows behind accounts: people, sessions, factors and everything that is counted or works once.

pub(super) mod devices;
pub(super) mod factors;
pub(super) mod guesses;
pub(super) mod keys;
pub(super) mod one_time;
pub(super) mod registrations;
pub(super) mod requests;
pub(super) mod sessions;
pub(super) mod users;
