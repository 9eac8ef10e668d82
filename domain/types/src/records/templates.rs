//! Templates for notes: headings to fill in, so that a note takes a minute.

use serde::{Deserialize, Serialize};

use super::{NoteForm, kind::words};

words! {
    /// A beginning for a note.
    NoteTemplate {
        Blank = "blank", "Blank note";
        FirstVisit = "first_visit", "First visit";
        FollowUp = "follow_up", "Follow-up";
        MedicationReview = "medication_review", "Medication review";
        Results = "results", "Discussing results";
        Child = "child", "Child check-up";
        Procedure = "procedure", "Minor procedure";
    }
}

impl NoteTemplate {
    /// What stands in the four parts before anything is written.
    #[must_use]
    pub fn form(self) -> NoteForm {
        let [subjective, objective, assessment, plan] = match self {
            Self::Blank => ["", "", "", ""],
            Self::FirstVisit => [
                "Reason for attending:\nOnset and course:\nBetter or worse with:\nPast medical history:\nFamily \
                 history:\nSocial history:",
                "General appearance:\nExamination:\nFindings:",
                "",
                "Tests:\nTreatment:\nFollow-up:\nReturn sooner if:",
            ],
            Self::FollowUp => [
                "Since the last visit:\nMedicines taken as agreed:\nSide effects:",
                "Findings, compared with last time:",
                "",
                "Continue:\nChanges:\nFollow-up:",
            ],
            Self::MedicationReview => [
                "Reported use:\nMissed doses, and why:\nSide effects:",
                "Medicines list checked:\nAllergies checked:",
                "",
                "Stop:\nStart:\nContinue:\nNext review:",
            ],
            Self::Results => ["Asked about:", "Results discussed:", "", "Meaning for the patient:\nNext steps:"],
            Self::Child => [
                "Parents’ concerns:\nEating, sleep and growth:",
                "Weight and height:\nHeart, lungs, abdomen:\nSkin and joints:\nDevelopment for age:",
                "",
                "Vaccinations:\nFollow-up:",
            ],
            Self::Procedure => [
                "Reason:\nConsent given after discussing:",
                "Procedure:\nAnaesthetic and materials:\nSent to the laboratory:",
                "",
                "Wound care:\nStitches out on:\nReturn sooner if:",
            ],
        };
        let [subjective, objective, assessment, plan] = [subjective, objective, assessment, plan].map(str::to_owned);
        NoteForm { subjective, objective, assessment, plan }
    }
}

/// A text without the headings of templates under which nothing was written: the line after such a heading is another
/// heading, or there is none.
pub(super) fn without_empty_headings(text: &str) -> String {
    let headings: Vec<String> = NoteTemplate::ALL
        .iter()
        .flat_map(|template| {
            let NoteForm { subjective, objective, assessment, plan } = template.form();
            [subjective, objective, assessment, plan]
        })
        .flat_map(|part| part.lines().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let begins_one = |line: &str| headings.iter().any(|heading| line.trim_start().starts_with(heading.as_str()));
    let is_bare = |line: &str| headings.iter().any(|heading| line.trim() == heading);
    let lines: Vec<&str> = text.lines().collect();
    let is_empty = |place: usize, line: &str| {
        let next = lines[place + 1..].iter().find(|line| !line.trim().is_empty());
        is_bare(line) && next.is_none_or(|next| begins_one(next))
    };
    let kept = lines.iter().enumerate().filter(|(place, line)| !is_empty(*place, line)).map(|(_, line)| *line);
    kept.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_under_which_nothing_was_written_are_left_out() {
        let typed = "Reason for attending:\nOnset and course: two days\nBetter or worse with:\n\nSocial history:";
        assert_eq!(without_empty_headings(typed), "Onset and course: two days\n");
        let below = "Findings:\nSoft belly\nExamination:\nthe belly";
        assert_eq!(without_empty_headings(below), below, "what stands below a heading keeps it");
        let own = "Advice:\nFollow-up:";
        assert_eq!(without_empty_headings(own), "Advice:", "headings of the doctor's own stay");
    }

    #[test]
    fn no_template_says_what_it_is() {
        for template in NoteTemplate::ALL {
            assert!(template.form().assessment.is_empty(), "{template}: a doctor says that");
            assert!(template.form().parse().is_ok(), "{template}");
        }
    }
}
