//! The pages, by feature, and the server functions behind them.
//!
//! Pages are drawn on the server alone; what has to move in the browser is an island among the components. What a role,
//! a status or a moment allows is decided by the services: pages draw what the views say is possible.

pub mod admin;
pub mod appointments;
pub mod auth;
pub mod clinic;
pub mod looks;
pub mod mail;
mod page_load;
pub mod public;
pub mod records;

pub use page_load::*;
