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

use domain_types::records::RecordType;

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
}

const fn lab(title: &'static str, notes: &'static str, treatment: &'static str) -> Paper {
    Paper { kind: RecordType::LabReport, title, treatment, notes, days: 2 }
}

const fn prescription(title: &'static str, treatment: &'static str, notes: &'static str) -> Paper {
    Paper { kind: RecordType::Prescription, title, treatment, notes, days: 0 }
}

const fn imaging(title: &'static str, notes: &'static str, treatment: &'static str) -> Paper {
    Paper { kind: RecordType::Imaging, title, treatment, notes, days: 1 }
}

const fn surgery(title: &'static str, notes: &'static str, treatment: &'static str) -> Paper {
    Paper { kind: RecordType::Surgery, title, treatment, notes, days: 9 }
}

const fn discharge(title: &'static str, notes: &'static str, treatment: &'static str) -> Paper {
    Paper { kind: RecordType::Discharge, title, treatment, notes, days: 9 }
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
    "As talked through today.",
];

/// Why patients come once more, after the first follow-up.
pub(super) static ONCE_MORE: [&str; 8] = [
    "Review as agreed last time",
    "Regular review, no new complaints",
    "Follow-up, and I have a few questions",
    "How things have been since the last visit",
    "Short check as we agreed",
    "Next follow-up, a little better each time",
    "Review before I go on holiday",
    "Follow-up, I am writing down questions to bring",
];

/// How it has been, and what is noted, after the first follow-up.
pub(super) static STEADY: [(&str, &str); 6] = [
    ("Doing well, nothing new since the last visit.", "Examination unchanged. Questions answered."),
    ("Stable, manages everyday life without limits.", "Findings as at the last review."),
    ("A good few weeks, one or two slower days.", "On course. Next steps talked through."),
    ("No new complaints.", "Nothing new on examination. Plan confirmed."),
    ("A little better again.", "Steady progress, no change of plan needed."),
    ("Feels well, came for the regular review.", "All in order. Time taken for questions."),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::essentials::SPECIALTIES;
    use domain_types::appointments::Reason;

    #[test]
    fn there_are_at_least_forty_cases_and_each_is_told_once() {
        let cases: Vec<_> = SPECIALTIES.iter().flat_map(|specialty| of(specialty.code)).collect();
        assert!(cases.len() >= 40, "{}", cases.len());
        for text in [|case: &Case| case.reason, |case: &Case| case.diagnosis, |case: &Case| case.notes] {
            let mut texts: Vec<_> = cases.iter().map(|case| text(case)).collect();
            texts.sort_unstable();
            texts.dedup();
            assert_eq!(texts.len(), cases.len());
        }
    }

    #[test]
    fn every_age_finds_a_case_with_every_doctor_who_sees_that_age() {
        for specialty in &SPECIALTIES {
            let ages = if specialty.code == "pediatrics" { 0..GROWN_UP } else { GROWN_UP..110 };
            for age in ages {
                assert!(of(specialty.code).iter().any(|case| case.fits(age)), "{} at {age}", specialty.code);
            }
        }
    }

    #[test]
    fn every_reason_could_have_been_typed_into_the_booking_form() {
        for case in SPECIALTIES.iter().flat_map(|specialty| of(specialty.code)) {
            for reason in [case.reason, case.again].iter().chain(&ONCE_MORE) {
                assert!(Reason::parse(reason).is_ok(), "{reason}");
            }
        }
    }
}
