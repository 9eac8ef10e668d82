//! The tables, from their files to Rust. Built into the build script, and into the tests.

mod reader;
mod references;
mod rows;
mod rust;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::{fs, io};

use reader::{Line, Reader};
use rows::{
    Allergen, Class, ClassName, Combination, CrossReaction, FormWord, Interaction, KeptApart, ListedWord,
    MarkedSubstance, Name, Substance, SubstanceClass,
};

/// The texts of the files, by their names.
pub(crate) type Files = BTreeMap<String, String>;

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    file: String,
    line: u64,
    reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}, line {}: {}", self.file, self.line, self.reason)
    }
}

/// Every row of every file.
struct Tables {
    classes: Vec<Line<Class>>,
    substances: Vec<Line<Substance>>,
    substance_classes: Vec<Line<SubstanceClass>>,
    combinations: Vec<Line<Combination>>,
    allergens: Vec<Line<Allergen>>,
    names: Vec<Line<Name>>,
    class_names: Vec<Line<ClassName>>,
    cross_reactions: Vec<Line<CrossReaction>>,
    interactions: Vec<Line<Interaction>>,
    forms: Vec<Line<FormWord>>,
    words: Vec<Line<ListedWord>>,
    kept_apart: Vec<Line<KeptApart>>,
    marks: Vec<Line<MarkedSubstance>>,
}

/// The files of a folder, but for what explains them.
pub(crate) fn files(folder: &Path) -> io::Result<Files> {
    let mut files = Files::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name != "README.md" {
            files.insert(name, fs::read_to_string(entry.path())?);
        }
    }
    Ok(files)
}

/// The Rust of each module that takes its table from here, by the module's name; or all that is wrong with the files.
pub(crate) fn as_rust(files: &Files) -> Result<Vec<(&'static str, String)>, Vec<Fault>> {
    let mut reader = Reader::of(files);
    let tables = Tables {
        classes: reader.rows(),
        substances: reader.rows(),
        substance_classes: reader.rows(),
        combinations: reader.rows(),
        allergens: reader.rows(),
        names: reader.rows(),
        class_names: reader.rows(),
        cross_reactions: reader.rows(),
        interactions: reader.rows(),
        forms: reader.rows(),
        words: reader.rows(),
        kept_apart: reader.rows(),
        marks: reader.rows(),
    };
    let (standing, mut faults) = reader.finish();
    // A file that cannot be read would be missed by every other.
    if faults.is_empty() {
        faults = references::faults(&tables);
    }
    if faults.is_empty() { Ok(rust::modules(&tables, &standing)) } else { Err(faults) }
}
