//! Reports: four parts, and which of them were carried over from an earlier one.

use serde::{Deserialize, Serialize};

use super::{
    content::first_line,
    kind::{RecordType, words},
};

/// A note in four parts (SOAP: subjective, objective, assessment, plan; Weed 1968), and every other report, which says
/// the same four things. On the wire they are `symptoms`, `notes`, `diagnosis` and `treatment`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// What the patient says.
    pub subjective: String,
    /// What was found.
    pub objective: String,
    /// What it is.
    pub assessment: String,
    /// What is to be done.
    pub plan: String,
    /// `HH:MM`, when the sample of a laboratory report was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// The earlier note of which parts were carried over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carried: Option<Carried>,
}

words! {
    /// A part of a note.
    Part {
        Assessment = "assessment", "Assessment";
        Subjective = "subjective", "Background";
        Objective = "objective", "Findings";
        Plan = "plan", "Plan";
    }
}

impl Part {
    /// What it is called in a report of this kind: laboratories do not assess.
    #[must_use]
    pub const fn label_in(self, kind: RecordType) -> &'static str {
        match (self, kind) {
            (Self::Assessment, RecordType::LabReport) => "Test",
            (Self::Plan, RecordType::LabReport) => "Doctor’s advice",
            _ => self.label(),
        }
    }
}

/// What a note took over from an earlier one and left as it was: readers should know that nobody wrote it anew.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// `REC-…` of the earlier note.
    pub from: String,
    /// Its day, `YYYY-MM-DD`.
    pub date: String,
    /// The parts that say the same as the earlier note, word for word.
    pub parts: Vec<Part>,
}

impl Carried {
    /// "carried over unchanged from 3 May 2026"
    #[must_use]
    pub fn words(&self) -> String {
        let day = self.date.parse::<jiff::civil::Date>();
        let day = day.map_or_else(|_| self.date.clone(), |day| day.strftime("%-d %B %Y").to_string());
        format!("copied unchanged from {day}")
    }
}

impl Report {
    #[must_use]
    pub fn part(&self, part: Part) -> &str {
        match part {
            Part::Assessment => &self.assessment,
            Part::Subjective => &self.subjective,
            Part::Objective => &self.objective,
            Part::Plan => &self.plan,
        }
    }

    /// The parts that say word for word what an earlier report said.
    #[must_use]
    pub fn unchanged_since(&self, earlier: &Self) -> Vec<Part> {
        let same = |part: &Part| !self.part(*part).trim().is_empty() && self.part(*part) == earlier.part(*part);
        Part::ALL.iter().copied().filter(same).collect()
    }

    /// Term by term, each with whether it was carried over.
    pub(super) fn facts(&self, kind: RecordType) -> Vec<(String, String)> {
        let term = |part: Part| match &self.carried {
            Some(carried) if carried.parts.contains(&part) => format!("{}, {}", part.label(), carried.words()),
            _ => part.label_in(kind).to_owned(),
        };
        let said = Part::ALL.iter().filter(|part| !self.part(**part).is_empty());
        let said = said.map(|part| (term(*part), self.part(*part).to_owned()));
        said.chain(self.time.iter().map(|time| ("Time of the sample".to_owned(), time.clone()))).collect()
    }

    #[must_use]
    pub fn title(&self) -> &str {
        first_line(&self.assessment)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Content, *};

    #[test]
    fn what_was_carried_over_and_left_as_it_was_says_so() {
        let earlier = Report { subjective: "Since May".into(), plan: "Sleep".into(), ..Report::default() };
        let mut note = Report { plan: "Sleep more".into(), ..earlier.clone() };
        assert_eq!(note.unchanged_since(&earlier), [Part::Subjective]);
        let parts = note.unchanged_since(&earlier);
        note.carried = Some(Carried { from: "REC-1".into(), date: "2026-05-03".into(), parts });
        let terms: Vec<String> =
            Content::Report(note).facts(RecordType::Consultation).into_iter().map(|(term, _)| term).collect();
        assert_eq!(terms, ["Background, copied unchanged from 3 May 2026", "Plan"]);
    }
}
