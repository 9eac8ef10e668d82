//! The pages of SecureMed and the server functions behind them.
//!
//! Everything is rendered on the server and complete without JavaScript; only what is marked `#[island]` runs in the
//! browser as well. `components` is the design system, `features` are the pages by what they are about.

// Views are deeply nested types.
#![recursion_limit = "512"]

pub mod address;
pub mod app;
pub mod components;
#[cfg(feature = "ssr")]
pub mod cookies;
pub mod error;
pub mod features;
pub mod forms;
pub mod routes;
#[cfg(feature = "ssr")]
pub mod server_ctx;
#[cfg(feature = "ssr")]
pub mod shell;
