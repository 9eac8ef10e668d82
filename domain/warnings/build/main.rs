//! Reads the tables in `tables/` and writes the constants that the crate is compiled with. A row that cannot be right stops
//! the build with its file, its line and the reason.

mod tables;

use std::path::PathBuf;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=tables");
    let folder = |name: &str| env::var_os(name).map(PathBuf::from).unwrap_or_default();
    let (crate_folder, out) = (folder("CARGO_MANIFEST_DIR"), folder("OUT_DIR"));
    match tables::as_rust(&tables::files(&crate_folder.join("tables"))?) {
        Ok(modules) => {
            for (name, text) in modules {
                fs::write(out.join(name).with_extension("rs"), text)?;
            }
        }
        Err(faults) => faults.iter().for_each(|fault| println!("cargo::error=tables/{fault}")),
    }
    Ok(())
}
