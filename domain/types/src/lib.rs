//! The words that the browser and the services share: ids, commands, views, problems and the pure rules about them.
//!
//! Everything here compiles to wasm and does no input or output. Rules that need the database live in `domain`.

pub mod admin;
pub mod appointments;
pub mod audit;
pub mod auth;
pub mod ids;
pub mod mail;
pub mod money;
pub mod page;
pub mod problem;
pub mod records;
pub mod reference;
pub mod text;

pub use ids::*;
pub use problem::{FieldErrors, NearestSlot, Problem, ProblemCode};
pub use reference::ReferenceKind;
