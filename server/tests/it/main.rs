//! The real router, called without a socket: statuses, bodies, cookies, headers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "this is a test")]

mod access_matrix;
mod accounts;
mod appointments;
mod auth;
mod booking_pages;
mod cli;
mod clinic_zone;
mod compression;
mod contract;
mod cursors;
mod doctors;
mod document_texts;
mod documents;
mod door;
mod drawn_for;
mod emergencies;
mod errors_together;
mod faults;
mod forged_tokens;
mod forms;
mod guards;
mod html;
mod idempotency;
mod inbox_pages;
mod injection;
mod looks;
mod medicines;
mod note_pages;
mod openapi;
mod own_sessions;
mod own_visits;
mod parity;
mod patient_pages;
mod profile;
mod rate_limits;
mod records;
mod registering;
mod results_pages;
mod roles;
mod sockets;
mod staff_pages;
mod step_up;
mod support;
mod words;
