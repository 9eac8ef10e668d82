//! The one binary: the command line, the door, REST and the rendered pages.
//!
//! Process concerns live here (configuration, pools, listening, jobs) and everything between the socket and a `domain`
//! function. There is no rule and no query in this crate.
//!
//! | module | what is in it |
//! |---|---|
//! | [`cli`] | the commands of `securemed` |
//! | [`config`] | what the environment chooses, one struct per concern |
//! | [`door`] | [`build_app`]: all routes and the layers in front of them |
//! | [`middleware`] | the layers, one file each |
//! | [`api`] | REST, one thin file per feature |
//! | [`files`] | documents that are sent to be kept |
//! | [`pages`] | the rendered pages and the server functions |
//! | [`uploads`] | documents that are sent to be stored, read within bounds of their own |
//! | [`public_keys`] | the keys that verify our access tokens |
//! | [`private_files`] | files that nobody but their owner reads |
//! | [`listen`] | connections, their limits, the orderly end |
//! | [`jobs`] | what happens without a request |

pub mod api;
pub mod assets;
pub mod cli;
pub mod config;
pub mod door;
pub mod extract;
pub mod files;
pub mod health;
pub mod jobs;
pub mod listen;
pub mod log;
pub mod middleware;
pub mod pages;
pub mod private_files;
pub mod public_keys;
pub mod refusal;
pub mod state;
pub mod uploads;

pub use door::build_app;
pub use state::{AppState, Limits};
