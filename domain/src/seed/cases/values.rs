//! What the laboratory measures: each test with its LOINC code, its unit and its usual range in grown-ups.
//!
//! The same function tells of the first result and of the later one, so that the two make a line. Where women and men
//! have ranges of their own, the one here is wide enough for both.

use super::{Value, value};

// Fats

pub(super) const fn cholesterol(number: &'static str) -> Value {
    value("Total cholesterol", "14647-2", number, "mmol/L", None, Some("5.0"))
}

pub(super) const fn ldl(number: &'static str) -> Value {
    value("LDL cholesterol", "22748-8", number, "mmol/L", None, Some("3.0"))
}

pub(super) const fn hdl(number: &'static str) -> Value {
    value("HDL cholesterol", "14646-4", number, "mmol/L", Some("1.0"), None)
}

pub(super) const fn triglycerides(number: &'static str) -> Value {
    value("Triglycerides", "14927-8", number, "mmol/L", None, Some("1.7"))
}

// Kidneys, salts and liver

pub(super) const fn creatinine(number: &'static str) -> Value {
    value("Creatinine", "14682-9", number, "µmol/L", Some("45"), Some("104"))
}

pub(super) const fn potassium(number: &'static str) -> Value {
    value("Potassium", "2823-3", number, "mmol/L", Some("3.5"), Some("5.3"))
}

pub(super) const fn sodium(number: &'static str) -> Value {
    value("Sodium", "2951-2", number, "mmol/L", Some("133"), Some("146"))
}

/// Protein in the urine.
pub(super) const fn urine_albumin(number: &'static str) -> Value {
    value("Albumin to creatinine ratio, urine", "", number, "mg/mmol", None, Some("3.0"))
}

/// Alanine aminotransferase.
pub(super) const fn alt(number: &'static str) -> Value {
    value("ALT", "1742-6", number, "U/L", None, Some("41"))
}

// Sugar

pub(super) const fn fasting_glucose(number: &'static str) -> Value {
    value("Glucose, fasting", "14771-0", number, "mmol/L", Some("4.0"), Some("6.0"))
}

/// With the aim for type 2 diabetes instead of the range of people without it.
pub(super) const fn hba1c(number: &'static str) -> Value {
    value("HbA1c", "59261-8", number, "mmol/mol", None, Some("53"))
}

// Blood count, iron and vitamins

pub(super) const fn haemoglobin(number: &'static str) -> Value {
    value("Haemoglobin", "718-7", number, "g/dL", Some("12.0"), Some("17.0"))
}

/// From the first to the last year of school.
pub(super) const fn haemoglobin_of_children(number: &'static str) -> Value {
    value("Haemoglobin", "718-7", number, "g/dL", Some("11.5"), Some("15.5"))
}

/// How large the red cells are.
pub(super) const fn mcv(number: &'static str) -> Value {
    value("MCV", "787-2", number, "fL", Some("80"), Some("100"))
}

pub(super) const fn ferritin(number: &'static str) -> Value {
    value("Ferritin", "2276-4", number, "µg/L", Some("15"), Some("200"))
}

/// With the aim for restless legs, which is higher than the range of the laboratory.
pub(super) const fn ferritin_for_legs(number: &'static str) -> Value {
    value("Ferritin", "2276-4", number, "µg/L", Some("75"), None)
}

pub(super) const fn vitamin_b12(number: &'static str) -> Value {
    value("Vitamin B12", "2132-9", number, "ng/L", Some("197"), Some("771"))
}

pub(super) const fn folate(number: &'static str) -> Value {
    value("Folate", "2284-8", number, "µg/L", Some("3.9"), Some("26.8"))
}

/// 25-hydroxyvitamin D3.
pub(super) const fn vitamin_d(number: &'static str) -> Value {
    value("Vitamin D (25-OH D3)", "14635-7", number, "nmol/L", Some("50"), Some("125"))
}

// Thyroid

pub(super) const fn tsh(number: &'static str) -> Value {
    value("TSH", "3016-3", number, "mU/L", Some("0.3"), Some("4.2"))
}

pub(super) const fn free_t4(number: &'static str) -> Value {
    value("Free T4", "14920-3", number, "pmol/L", Some("12"), Some("22"))
}

// Antibodies and skin

/// Antibodies of coeliac disease.
pub(super) const fn coeliac_antibodies(number: &'static str) -> Value {
    value("Tissue transglutaminase antibodies (IgA)", "31017-7", number, "U/mL", None, Some("7"))
}

/// The weal of a skin prick test: from 3 mm it counts as a reaction.
pub(super) const fn weal(test: &'static str, millimetres: &'static str) -> Value {
    value(test, "", millimetres, "mm", None, Some("2"))
}
