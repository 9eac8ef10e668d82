//! Accounts: the rules of the Identity table, each by name.

mod changes_of_password;
mod enrolment;
mod factors;
mod forger;
mod guessing;
mod guessing_elsewhere;
mod hashing;
mod idle_sessions;
mod keys;
mod known_devices;
mod lost_passwords;
mod master_keys;
mod recovery_codes;
mod registration;
mod registration_fields;
mod second_step;
mod session_list;
mod sessions;
mod sign_in;
mod step_up;
mod support;
mod tokens;
mod trail;
mod upkeep;
mod verification;
mod verification_mail;
