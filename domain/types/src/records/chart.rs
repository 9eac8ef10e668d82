//! What doctors are shown: their patients, a chart, what they are writing, and what waits for them.

use serde::{Deserialize, Serialize};

use super::{
    LabResultView, Overview, RecordView, TestInBrief, Timeline, TimelineEntry, Trend, Unacted, ValueLine, kind::words,
};
use crate::{
    appointments::{AppointmentStatus, NoteStep, NoteVisits, When},
    auth::Gender,
    ids::{DoctorNoticeId, PatientId, RecordId},
};

/// Who a patient is, at the head of everything about them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientHead {
    pub id: PatientId,
    /// `PT-…`
    pub reference: String,
    pub name: String,
    /// "29 February 1984", when it is known.
    pub born: Option<String>,
    /// "42 years", "7 months".
    pub age: Option<String>,
    /// As the patient said; `None` when nobody asked.
    pub sex: Option<Gender>,
    pub phone: Option<String>,
}

impl PatientHead {
    /// What tells patients of one name apart: "Female · 42 years · born 29 February 1984 · PT-7K3M9Q2X".
    #[must_use]
    pub fn facts(&self) -> String {
        let sex = match self.sex {
            Some(Gender::Undisclosed) => "Sex not disclosed",
            Some(sex) => sex.label(),
            None => "Sex not recorded",
        };
        let born = match &self.born {
            Some(born) => format!("born {born}"),
            None => "date of birth not recorded".to_owned(),
        };
        let parts = [Some(sex.to_owned()), self.age.clone(), Some(born), Some(self.reference.clone())];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

/// How whoever reads came to the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Access {
    InCare,
    /// Opened in an emergency, until then.
    Emergency {
        until: When,
    },
}

/// A patient in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientRow {
    pub head: PatientHead,
    /// The last visit with whoever reads, before now.
    pub last_visit: Option<When>,
    /// The next one.
    pub next_visit: Option<When>,
    pub access: Access,
}

/// Which patients a doctor wants to see. Places are as a list gave them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PatientQuery {
    pub search: String,
    pub after: Option<String>,
    pub before: Option<String>,
}

impl From<&str> for PatientQuery {
    fn from(search: &str) -> Self {
        Self { search: search.to_owned(), ..Self::default() }
    }
}

/// A page of the patients in care whose name or reference begins as was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientList {
    pub search: String,
    pub patients: Vec<PatientRow>,
    /// The place before which the previous page ends.
    pub previous: Option<String>,
    /// The place after which the next page begins.
    pub next: Option<String>,
}

/// A visit in a chart, of whoever reads or a colleague.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChartVisit {
    pub when: When,
    pub status: AppointmentStatus,
    pub doctor_name: String,
    /// Why the patient came; `None` when their key was erased.
    pub reason: Option<String>,
    /// `APT-…`, when it is the reader's own.
    pub reference: Option<String>,
    /// What the reader can do about its note.
    pub note: Option<NoteStep>,
}

/// Where a patient lives and whom to call about them, as they wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactDetails {
    /// Line by line.
    pub address: Option<String>,
    /// With what they are to the patient, if that was written: "Chidi Okafor (brother)".
    pub emergency_name: Option<String>,
    pub emergency_phone: Option<String>,
}

/// A patient's record as a doctor needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    pub patient: PatientHead,
    pub contact: ContactDetails,
    pub access: Access,
    /// Whether the reader may write.
    pub may_write: bool,
    pub overview: Overview,
    pub immunisations: Vec<RecordView>,
    /// The latest entries, each with what is out of its range.
    pub recent: Vec<TimelineEntry>,
    /// What the reader is writing.
    pub drafts: Vec<RecordView>,
    pub visits: Vec<ChartVisit>,
}

/// A stretch of a patient's whole record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChartEntries {
    pub patient: PatientHead,
    pub access: Access,
    pub timeline: Timeline,
}

/// Every test of a patient with what holds of it now, the most urgent first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChartTests {
    pub patient: PatientHead,
    pub access: Access,
    pub tests: Vec<TestInBrief>,
}

/// One test of a patient over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChartTrend {
    pub patient: PatientHead,
    pub access: Access,
    pub trend: Trend,
}

/// A note that is being written, with what helps in writing it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteDraft {
    pub patient: PatientHead,
    pub access: Access,
    pub record: RecordView,
    pub overview: Overview,
    /// What was written before, the newest first.
    pub earlier: Vec<RecordView>,
}

/// A patient's allergies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllergyList {
    pub patient: PatientId,
    pub status: AllergyStatus,
    /// Who asked and when, when none is known.
    pub none_known: Option<RecordView>,
    pub allergies: Vec<RecordView>,
}

words! {
    /// What the record knows of a patient's allergies.
    AllergyStatus {
        Recorded = "recorded", "Recorded";
        /// Somebody asked, and none is known.
        NoneKnown = "none_known", "None known";
        NotAsked = "not_asked", "Not asked";
    }
}

/// A prescription that is being written, with what speaks against it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrescriptionDraft {
    pub patient: PatientHead,
    pub access: Access,
    pub record: RecordView,
    pub allergies: Vec<RecordView>,
    /// That somebody asked, and that no allergy is known.
    pub none_known: Option<RecordView>,
    pub warnings: Vec<WarningView>,
    /// A sentence each for what was not compared, or only by its likely spelling: of the medicine, of every allergy, and of
    /// what is taken already.
    pub not_compared: Vec<String>,
    /// What the table of warnings cannot say.
    pub remark: String,
    /// Names all of these: whoever signs sends it back, so that nobody signs past one that they did not see.
    pub seen: String,
}

/// Something that speaks against a prescription.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WarningView {
    pub is_danger: bool,
    pub text: String,
    /// Where it is written: "BNF, penicillins".
    pub source: String,
}

/// A report that is being entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabDraft {
    pub patient: PatientHead,
    pub access: Access,
    pub record: RecordView,
    pub results: Vec<LabResultView>,
    pub allergies: Vec<RecordView>,
    /// That somebody asked, and that no allergy is known.
    pub none_known: Option<RecordView>,
}

/// Whom a form that writes is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WritingDesk {
    pub patient: PatientHead,
    pub access: Access,
    pub allergies: Vec<RecordView>,
    /// That somebody asked, and that no allergy is known.
    pub none_known: Option<RecordView>,
    /// What an allergy can be chosen from, in the order of the alphabet.
    pub known_names: Vec<String>,
    /// Today in the clinic's zone, `YYYY-MM-DD`.
    pub today: String,
    /// Who has the patient in care: number and name.
    pub doctors: Vec<(String, String)>,
    /// Notes of which parts can be carried over, the newest first.
    pub earlier: Vec<RecordView>,
    /// Visits that a note can be about.
    pub visits: NoteVisits,
}

/// What was saved of a draft, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// `REC-…`
    pub reference: String,
    pub version: i32,
    /// `HH:MM` in the clinic's zone.
    pub time: String,
}

words! {
    /// Why a doctor is told at once.
    NoticeKind {
        /// A value that somebody must act on.
        Critical = "critical", "Critical value";
        /// A patient asks about a result.
        Question = "question", "Question from a patient";
    }
}

/// What a doctor is told at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    pub id: DoctorNoticeId,
    pub kind: NoticeKind,
    pub when: When,
    /// The entry that it is about.
    pub record: RecordView,
    /// The values of that entry that are out of their range, the most urgent first.
    pub values: Vec<ValueLine>,
    /// What the patient asks; `None` when their key was erased.
    pub question: Option<String>,
}

/// What a patient asked about an entry, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryQuestion {
    pub id: DoctorNoticeId,
    pub asked: When,
    /// `None` when the patient's key was erased.
    pub text: Option<String>,
    pub state: AnswerState,
}

/// What became of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AnswerState {
    /// It is in its doctor's inbox.
    Waiting,
    /// Its doctor took it from the inbox and answered in another way.
    Closed,
    /// By this addendum.
    Answered(RecordId),
}

/// What waits for a doctor, the oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbox {
    /// Critical values first, then questions of patients.
    pub notices: Vec<Notice>,
    /// Begun and not signed.
    pub drafts: Vec<InboxItem>,
    /// Released and not seen yet.
    pub results: Vec<InboxItem>,
    /// Visits that are over and have no note.
    pub visits: Vec<InboxVisit>,
}

/// An entry that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxItem {
    pub record: RecordView,
    /// Its results, the most urgent first.
    pub values: Vec<ValueLine>,
}

/// A visit that waits for its note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxVisit {
    /// `APT-…`
    pub reference: String,
    pub when: When,
    pub patient_name: String,
    /// `PT-…`
    pub patient_reference: String,
}

/// What programs show on a patient's first page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatientStats {
    pub patient_name: String,
    pub vitals: Option<RecordView>,
    /// The newest first.
    pub vitals_history: Vec<RecordView>,
    /// What is critical and no doctor has acted on, the newest first.
    pub unacted: Vec<Unacted>,
    pub active_prescriptions: u64,
    pub upcoming_appointments: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patient_is_told_apart_by_what_is_known_and_what_is_not_known_is_said() {
        let mut patient = PatientHead {
            id: PatientId(1),
            reference: "PT-7K3M9Q2X".into(),
            name: "Maya Okafor".into(),
            born: Some("29 February 1984".into()),
            age: Some("42 years".into()),
            sex: Some(Gender::Female),
            phone: None,
        };
        assert_eq!(patient.facts(), "Female · 42 years · born 29 February 1984 · PT-7K3M9Q2X");
        patient.sex = Some(Gender::Undisclosed);
        assert!(patient.facts().starts_with("Sex not disclosed · "));
        (patient.born, patient.age, patient.sex) = (None, None, None);
        assert_eq!(patient.facts(), "Sex not recorded · date of birth not recorded · PT-7K3M9Q2X");
    }
}
