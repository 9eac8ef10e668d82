//! The real router, called without a socket: statuses, bodies, cookies, headers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "this is a test")]

mod access_matrix;
mod appointments;
mod auth;
mod cli;
mod doctors;
mod door;
mod forms;
mod openapi;
mod parity;
mod records;
mod support;
