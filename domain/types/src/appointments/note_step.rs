//! What a doctor can do about the note of a visit.

use serde::{Deserialize, Serialize};

use super::{AppointmentStatus, VisitAction, When};

/// The note that a doctor began or signed for a visit. A visit has one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitNote {
    /// `REC-…`
    pub reference: String,
    pub is_signed: bool,
}

/// The next step with the note of a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoteStep {
    Write,
    /// `REC-…`, begun and not signed.
    Continue(String),
    /// `REC-…`, signed.
    Open(String),
}

impl NoteStep {
    /// The step for a visit that stands there. A note that there is leads to itself; one is begun once the patient came.
    #[must_use]
    pub fn of(status: AppointmentStatus, note: Option<VisitNote>) -> Option<Self> {
        note.map(Self::with).or_else(|| status.is_noted().then_some(Self::Write))
    }

    /// The step with a note that there is.
    #[must_use]
    pub fn with(VisitNote { reference, is_signed }: VisitNote) -> Self {
        if is_signed { Self::Open(reference) } else { Self::Continue(reference) }
    }

    /// The words on its button.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Write => "Write note",
            Self::Continue(_) => "Continue note",
            Self::Open(_) => "Open note",
        }
    }
}

/// A visit that a note can be about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteVisit {
    /// `APT-…`
    pub reference: String,
    pub when: When,
    pub status: AppointmentStatus,
    /// Where its note is, when there is one: it gets no second one.
    pub note: Option<NoteStep>,
}

/// The visits of a doctor with a patient that a note can be about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteVisits {
    /// The one that runs now, otherwise today's nearest one: `APT-…`.
    pub offered: Option<String>,
    /// The latest first.
    pub visits: Vec<NoteVisit>,
}

impl NoteVisits {
    /// The visit that a new note is about unless something else is chosen: the one that was asked for, otherwise the one
    /// that is offered. None where that one has its note.
    #[must_use]
    pub fn chosen(&self, asked: Option<&str>) -> Option<&str> {
        let wanted = asked.or(self.offered.as_deref())?;
        let has_note = self.find(wanted).is_some_and(|visit| visit.note.is_some());
        (!has_note).then(|| self.find(wanted).map(|visit| visit.reference.as_str())).flatten()
    }

    /// The visit that was asked for or is offered, when it has its note.
    #[must_use]
    pub fn noted(&self, asked: Option<&str>) -> Option<&NoteVisit> {
        self.find(asked.or(self.offered.as_deref())?).filter(|visit| visit.note.is_some())
    }

    fn find(&self, reference: &str) -> Option<&NoteVisit> {
        self.visits.iter().find(|visit| visit.reference.eq_ignore_ascii_case(reference.trim()))
    }
}

/// The visit of a note that was just signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotedVisit {
    /// `APT-…`
    pub reference: String,
    pub when: When,
    pub status: AppointmentStatus,
}

impl NotedVisit {
    /// The next step on its way to being completed; none once nothing more can happen to it.
    #[must_use]
    pub fn next_step(&self) -> Option<VisitAction> {
        self.status.towards_completion()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn note(is_signed: bool) -> VisitNote {
        VisitNote { reference: "REC-1".into(), is_signed }
    }

    #[test]
    fn a_note_is_begun_once_the_patient_came() {
        for status in AppointmentStatus::ALL {
            let step = NoteStep::of(status, None);
            assert_eq!(step, status.is_noted().then_some(NoteStep::Write), "{status}");
        }
    }

    #[test]
    fn a_visit_that_has_its_note_gets_no_second_one() {
        for status in AppointmentStatus::ALL {
            assert_eq!(NoteStep::of(status, Some(note(false))), Some(NoteStep::Continue("REC-1".into())), "{status}");
            assert_eq!(NoteStep::of(status, Some(note(true))), Some(NoteStep::Open("REC-1".into())), "{status}");
        }
    }

    #[rstest]
    #[case::nothing_is_offered(None, None, None, None)]
    #[case::offered(Some("APT-1"), None, Some("APT-1"), None)]
    #[case::asked_for_goes_before_offered(Some("APT-1"), Some(" apt-2 "), Some("APT-2"), None)]
    #[case::offered_has_its_note(Some("APT-3"), None, None, Some("APT-3"))]
    #[case::asked_for_has_its_note(Some("APT-1"), Some("APT-3"), None, Some("APT-3"))]
    #[case::asked_for_is_not_theirs(Some("APT-1"), Some("APT-9"), None, None)]
    fn a_visit_with_a_note_is_led_to_and_not_chosen(
        #[case] offered: Option<&str>,
        #[case] asked: Option<&str>,
        #[case] chosen: Option<&str>,
        #[case] noted: Option<&str>,
    ) {
        let visit = |reference: &str, note| NoteVisit {
            reference: reference.into(),
            when: When::default(),
            status: AppointmentStatus::CheckedIn,
            note,
        };
        let visits = NoteVisits {
            offered: offered.map(str::to_owned),
            visits: vec![visit("APT-1", None), visit("APT-2", None), visit("APT-3", Some(NoteStep::with(note(false))))],
        };
        assert_eq!(visits.chosen(asked), chosen);
        assert_eq!(visits.noted(asked).map(|visit| visit.reference.as_str()), noted);
    }
}
