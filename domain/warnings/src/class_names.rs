//! Words by which a record names a whole class: "penicillin", "sulfa", "NSAIDs", "statin"; the classes that each means, and
//! which are written in capitals.

use super::classes::Class;

include!(concat!(env!("OUT_DIR"), "/class_names.rs"));
