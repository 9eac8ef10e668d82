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
        Results = "results", "Talking through results";
        Child = "child", "Child check-up";
        Procedure = "procedure", "Small procedure";
    }
}

impl NoteTemplate {
    /// What stands in the four parts before anything is written.
    #[must_use]
    pub fn form(self) -> NoteForm {
        let [subjective, objective, assessment, plan] = match self {
            Self::Blank => ["", "", "", ""],
            Self::FirstVisit => [
                "Why today:\nSince when, and how it began:\nBetter or worse with:\nEarlier illnesses and operations:\nIn the family:\nAt home and at work:",
                "General impression:\nExamined:\nFindings:",
                "",
                "Tests:\nTreatment:\nBack in:\nCome sooner if:",
            ],
            Self::FollowUp => [
                "Since the last visit:\nMedicines taken as agreed:\nSide effects:",
                "Findings, compared with last time:",
                "",
                "Goes on:\nChanges:\nBack in:",
            ],
            Self::MedicationReview => [
                "Takes, as told:\nLeaves out, and why:\nSide effects:",
                "Checked against the list of medicines:\nAllergies checked:",
                "",
                "Stops:\nStarts:\nGoes on:\nNext review:",
            ],
            Self::Results => {
                ["Asked about:", "Results talked through:", "", "What they mean for the patient:\nNext step:"]
            }
            Self::Child => [
                "Worries of the parents:\nEating, sleeping, growing:",
                "Weight and height:\nHeart, lungs, belly:\nSkin and joints:\nDevelopment for the age:",
                "",
                "Vaccinations:\nBack in:",
            ],
            Self::Procedure => [
                "Reason:\nAgreed to after hearing of:",
                "Done:\nWith:\nSent to the laboratory:",
                "",
                "Care of the wound:\nStitches out on:\nCome sooner if:",
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
        let typed = "Why today:\nSince when, and how it began: two days\nBetter or worse with:\n\nAt home and at work:";
        assert_eq!(without_empty_headings(typed), "Since when, and how it began: two days\n");
        let below = "Findings:\nSoft belly\nExamined:\nthe belly";
        assert_eq!(without_empty_headings(below), below, "what stands below a heading keeps it");
        let own = "Advice:\nBack in:";
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
