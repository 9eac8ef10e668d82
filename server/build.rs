//! Takes the built site (wasm, script, styles, fonts) into the binary, so that a release is one file.
//!
//! Release builds, and those with the feature `embed`, embed the files; others note where they lie and read them on each
//! request.
//! `memory_serve` tells cargo to come back here when anything in the folder changes.

use std::{env, fs, io, path::PathBuf};

fn main() -> io::Result<()> {
    let server = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let site = server.join("../target/site");
    // Plain `cargo test` runs before any site was built: the pages then have no styles, and everything else works.
    fs::create_dir_all(&site)?;
    memory_serve::load_directory(site);
    Ok(())
}
