//! Who people are: roles, the parsed forms of what they type, and what they see of their accounts.

/// For what somebody typed: it never gets into a log by being debugged.
macro_rules! never_printed {
    ($($name:ident),*) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )*};
}

mod commands;
mod facts;
mod names;
mod password;
mod profile;
mod role;
mod unseen;
mod views;

pub use commands::*;
pub use facts::*;
pub use names::*;
pub use password::*;
pub use profile::*;
pub use role::*;
pub use views::*;
