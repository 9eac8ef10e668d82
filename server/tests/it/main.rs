//! The real router, called without a socket: statuses, bodies, cookies, headers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "this is a test")]

mod access_matrix;
mod appointments;
mod auth;
mod booking_pages;
mod cli;
mod compression;
mod doctors;
mod door;
mod forms;
mod openapi;
mod parity;
mod records;
mod staff_pages;
mod support;
