//! Who people are: roles, the parsed forms of what they type, and what they see of their accounts.

mod commands;
mod names;
mod password;
mod role;
mod views;

pub use commands::*;
pub use names::*;
pub use password::*;
pub use role::*;
pub use views::*;
