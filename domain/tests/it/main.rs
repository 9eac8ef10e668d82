//! The rules, on SQLite and on PostgreSQL, as each role, with a clock that stands still.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may stop")]

mod access;
mod admin;
mod auth;
mod booking;
mod calendar_file;
mod choosing;
mod doctors;
mod forms;
mod group_commit;
mod history;
mod idempotency;
mod lifecycle;
mod looks;
mod mail;
mod moving;
mod people;
mod people_written_otherwise;
mod races;
mod records;
mod reference;
mod schedule;
mod seed;
mod visit_list;
mod visit_trail;
mod visit_words;
