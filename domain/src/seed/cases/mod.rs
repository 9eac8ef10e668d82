//! Why people come and what is written down about it: everyday medicine, told plainly, invented throughout.
//!
//! A case keeps the reason, the findings, the treatment and the papers of one complaint together, so that a record
//! read from top to bottom makes sense.

pub(super) mod cardiology;
mod dermatology;
pub(super) mod general;
pub(super) mod neurology;
pub(super) mod orthopedics;
mod pediatrics;
mod psychiatry;
mod radiology;
#[cfg(test)]
mod tests;
mod values;

use domain_types::records::{Flag, Mark, RecordType, flag_of, judged};

/// One complaint from the first visit to the follow-up.
pub(super) struct Case {
    /// Whom it fits, in years of age, both included.
    pub ages: (i16, i16),
    /// Why the patient comes, in the patient's words.
    pub reason: &'static str,
    /// Why the patient comes back.
    pub again: &'static str,
    /// What the visit itself leaves in the record.
    pub kind: RecordType,
    pub diagnosis: &'static str,
    pub symptoms: &'static str,
    pub treatment: &'static str,
    pub notes: &'static str,
    /// How it has been since, at the follow-up.
    pub since: &'static str,
    /// What is noted at the follow-up.
    pub review: &'static str,
    /// What the laboratory measured again before the follow-up: tests of the first paper, with the same names and units.
    pub review_values: &'static [Value],
    /// What else the case leaves in the record.
    pub papers: &'static [Paper],
}

impl Case {
    /// Whether the visit itself is an examination, the same each time.
    pub(super) fn is_examination(&self) -> bool {
        self.kind == RecordType::Imaging
    }

    pub(super) fn fits(&self, age: i16) -> bool {
        (self.ages.0..=self.ages.1).contains(&age)
    }
}

/// A result, a prescription or a report that belongs to a case.
pub(super) struct Paper {
    pub kind: RecordType,
    pub title: &'static str,
    /// What is to be done, or taken.
    pub treatment: &'static str,
    pub notes: &'static str,
    /// Days after the visit on which it is there.
    pub days: i64,
    /// The numbers and findings of a lab report; empty for every other paper.
    pub values: &'static [Value],
    /// What a prescription says, field by field.
    pub medicine: Option<Medicine>,
}

/// One laboratory value of a paper.
pub(in crate::seed) struct Value {
    pub test: &'static str,
    /// LOINC; empty when unsure.
    pub code: &'static str,
    /// A number, or a finding in words.
    pub value: &'static str,
    /// Empty for findings in words.
    pub unit: &'static str,
    pub low: Option<&'static str>,
    pub high: Option<&'static str>,
    /// Whether a finding in words is as it should be; a number has its range for that.
    pub is_expected: bool,
}

impl Value {
    pub(in crate::seed) fn flag(&self) -> Flag {
        judged(self.value, self.low, self.high, self.mark())
    }

    /// What is said of a finding in words.
    pub(in crate::seed) fn mark(&self) -> Option<Mark> {
        let of_words = if self.is_expected { Mark::Normal } else { Mark::Abnormal };
        flag_of(self.value, self.low, self.high).is_none().then_some(of_words)
    }
}

/// What a prescription says.
pub(in crate::seed) struct Medicine {
    pub name: &'static str,
    pub dosage: &'static str,
    pub frequency: &'static str,
    pub duration: &'static str,
    pub instructions: &'static str,
}

const fn value(
    test: &'static str,
    code: &'static str,
    value: &'static str,
    unit: &'static str,
    low: Option<&'static str>,
    high: Option<&'static str>,
) -> Value {
    Value { test, code, value, unit, low, high, is_expected: true }
}

const fn finding(test: &'static str, words: &'static str, is_expected: bool) -> Value {
    Value { test, code: "", value: words, unit: "", low: None, high: None, is_expected }
}

const fn medicine(
    name: &'static str,
    dosage: &'static str,
    frequency: &'static str,
    duration: &'static str,
    instructions: &'static str,
) -> Medicine {
    Medicine { name, dosage, frequency, duration, instructions }
}

/// What every paper has.
const fn paper(
    kind: RecordType,
    days: i64,
    title: &'static str,
    treatment: &'static str,
    notes: &'static str,
) -> Paper {
    Paper { kind, title, treatment, notes, days, values: &[], medicine: None }
}

const fn lab(title: &'static str, notes: &'static str, treatment: &'static str, values: &'static [Value]) -> Paper {
    Paper { values, ..paper(RecordType::LabReport, 2, title, treatment, notes) }
}

const fn prescription(title: &'static str, treatment: &'static str, notes: &'static str, medicine: Medicine) -> Paper {
    Paper { medicine: Some(medicine), ..paper(RecordType::Prescription, 0, title, treatment, notes) }
}

const fn imaging(title: &'static str, notes: &'static str, treatment: &'static str) -> Paper {
    paper(RecordType::Imaging, 1, title, treatment, notes)
}

const fn surgery(title: &'static str, notes: &'static str, treatment: &'static str) -> Paper {
    paper(RecordType::Surgery, 9, title, treatment, notes)
}

const fn discharge(title: &'static str, notes: &'static str, treatment: &'static str) -> Paper {
    paper(RecordType::Discharge, 9, title, treatment, notes)
}

/// From this age on people see the doctors of grown-ups.
pub(super) const GROWN_UP: i16 = 16;
/// Anybody who is not a child.
const ADULTS: (i16, i16) = (GROWN_UP, 120);
/// Any child.
const CHILDREN: (i16, i16) = (0, GROWN_UP - 1);

/// The cases of a specialty, by its code.
pub(super) fn of(specialty: &str) -> &'static [Case] {
    match specialty {
        "cardiology" => &cardiology::CASES,
        "dermatology" => &dermatology::CASES,
        "neurology" => &neurology::CASES,
        "orthopedics" => &orthopedics::CASES,
        "pediatrics" => &pediatrics::CASES,
        "psychiatry" => &psychiatry::CASES,
        "radiology" => &radiology::CASES,
        _ => &general::CASES,
    }
}

/// What follow-ups end with.
pub(super) static CONTINUE: [&str; 5] = [
    "As agreed at the first visit.",
    "No change to what was agreed.",
    "Carry on as agreed; come back sooner if anything changes.",
    "Carry on as agreed; call if questions come up.",
    "As discussed today.",
];

/// Why patients come once more, after the first follow-up.
pub(super) static ONCE_MORE: [&str; 8] = [
    "Review as agreed last time",
    "Regular review, no new complaints",
    "Follow-up, and I have a few questions",
    "How things have been since the last visit",
    "Short check as we agreed",
    "Next follow-up, a little better each time",
    "Review before my holiday",
    "Follow-up, I am writing down questions to bring",
];

/// How it has been, and what is noted, after the first follow-up.
pub(super) static STEADY: [(&str, &str); 6] = [
    ("Doing well, nothing new since the last visit.", "Examination unchanged. Questions answered."),
    ("Stable, manages everyday life without limits.", "Findings as at the last review."),
    ("A good few weeks, one or two slower days.", "On course. Next steps discussed."),
    ("No new complaints.", "Nothing new on examination. Plan confirmed."),
    ("A little better again.", "Steady progress, no change of plan needed."),
    ("Feels well, came for the regular review.", "All in order. Time taken for questions."),
];
