//! Notes what the files say of each other that cannot be: a class that is no class, a name that means two things.

use std::collections::{HashMap, HashSet};

use super::reader::{Line, fault};
use super::rows::{FORMS, LISTS, MARKS, Row};
use super::{Fault, Tables};

/// What is between the parts of a combination.
pub(super) const PART: &str = " + ";

/// What rows can refer to.
struct Known<'a> {
    substances: HashSet<&'a str>,
    classes: HashSet<&'a str>,
    faults: Vec<Fault>,
}

impl Known<'_> {
    fn refuse<R: Row>(&mut self, line: &Line<R>, reason: String) {
        self.faults.push(fault(R::FILE, line.number, reason));
    }

    fn substance<R: Row>(&mut self, line: &Line<R>, name: &str) {
        if !self.substances.contains(name) {
            self.refuse(line, format!("there is no “{name}” in substances.csv"));
        }
    }

    fn class<R: Row>(&mut self, line: &Line<R>, name: &str) {
        if !self.classes.contains(name) {
            self.refuse(line, format!("there is no “{name}” in classes.csv"));
        }
    }

    fn target<R: Row>(&mut self, line: &Line<R>, name: &str) {
        if is_class(name) { self.class(line, name) } else { self.substance(line, name) }
    }

    fn one_of<R: Row>(&mut self, line: &Line<R>, name: &str, all: &[(&str, &str)]) {
        if all.iter().all(|(known, _)| *known != name) {
            let all: Vec<&str> = all.iter().map(|(known, _)| *known).collect();
            self.refuse(line, format!("“{name}” is none of {}", all.join(", ")));
        }
    }
}

/// Classes are written with a capital, substances without.
pub(super) fn is_class(name: &str) -> bool {
    name.starts_with(|letter: char| letter.is_ascii_uppercase())
}

/// All that is wrong between the files.
pub(super) fn faults(tables: &Tables) -> Vec<Fault> {
    let substances = tables.substances.iter().map(|line| line.row.substance.as_str()).collect();
    let classes = tables.classes.iter().map(|line| line.row.class.as_str()).collect();
    let mut known = Known { substances, classes, faults: Vec::new() };
    for line in &tables.classes {
        if !is_class(&line.row.class) || !line.row.class.chars().all(|letter| letter.is_ascii_alphanumeric()) {
            known.refuse(line, format!("“{}” is not of letters only, the first of them a capital", line.row.class));
        }
    }
    names(tables, &mut known);
    for line in &tables.substance_classes {
        known.substance(line, &line.row.substance);
        known.class(line, &line.row.class);
    }
    for line in &tables.combinations {
        let parts: Vec<&str> = line.row.parts.split(PART).collect();
        if parts.len() < 2 {
            known.refuse(line, format!("“{}” is one part, and a combination has two", line.row.parts));
        }
        parts.iter().for_each(|part| known.substance(line, part));
    }
    for line in &tables.cross_reactions {
        known.class(line, &line.row.allergy);
        known.target(line, &line.row.medicine);
    }
    let mut pairs = HashSet::new();
    for line in &tables.interactions {
        let (one, other) = (line.row.one.as_str(), line.row.other.as_str());
        known.target(line, one);
        known.target(line, other);
        if !pairs.insert((one.min(other), one.max(other))) {
            known.refuse(line, format!("“{one}” with “{other}” is there twice"));
        }
    }
    tables.forms.iter().for_each(|line| known.one_of(line, &line.row.form, FORMS));
    tables.words.iter().for_each(|line| known.one_of(line, &line.row.list, LISTS));
    for line in tables.words.iter().filter(|line| line.row.word.contains(' ')) {
        known.refuse(line, format!("“{}” is more than a word", line.row.word));
    }
    for line in &tables.marks {
        known.one_of(line, &line.row.mark, MARKS);
        known.substance(line, &line.row.substance);
    }
    known.faults
}

/// Each name means one thing, and whatever is named is there.
fn names<'a>(tables: &'a Tables, known: &mut Known<'a>) {
    let mut places: HashMap<&str, (&str, u64)> = HashMap::new();
    let mut check = |file: &'static str, number: u64, name: &'a str| {
        let reason = match places.get(name) {
            Some((file, number)) => format!("“{name}” is in {file}, line {number}, too"),
            None if name.contains(',') || name.to_lowercase() != name => {
                format!("“{name}” is not in small letters, or holds a comma")
            }
            None => {
                places.insert(name, (file, number));
                return;
            }
        };
        known.faults.push(fault(file, number, reason));
    };
    tables.substances.iter().for_each(|line| check("substances.csv", line.number, &line.row.substance));
    tables.combinations.iter().for_each(|line| check("combinations.csv", line.number, &line.row.combination));
    tables.allergens.iter().for_each(|line| check("allergens.csv", line.number, &line.row.allergen));
    tables.names.iter().for_each(|line| check("names.csv", line.number, &line.row.name));
    for of_one_name in tables.class_names.chunk_by(|one, other| one.row.name == other.row.name) {
        of_one_name.iter().take(1).for_each(|line| check("class_names.csv", line.number, &line.row.name));
    }
    for line in &tables.names {
        let is_there = places
            .get(line.row.of.as_str())
            .is_some_and(|(file, _)| ["substances.csv", "combinations.csv", "allergens.csv"].contains(file));
        if !is_there {
            known.refuse(line, format!("“{}” is no substance, combination or allergen", line.row.of));
        }
    }
    tables.class_names.iter().for_each(|line| known.class(line, &line.row.class));
    for line in tables.kept_apart.iter().filter(|line| !places.contains_key(line.row.name.as_str())) {
        known.refuse(line, format!("“{}” is nobody's name", line.row.name));
    }
    for line in tables.words.iter().filter(|line| line.row.list == "capitals") {
        if places.get(line.row.word.as_str()).is_none_or(|(file, _)| *file != "class_names.csv") {
            known.refuse(line, format!("there is no “{}” in class_names.csv", line.row.word));
        }
    }
}
