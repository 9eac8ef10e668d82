//! What doctors are shown: their patients, a chart, what they are writing, and what waits for them.

use serde::{Deserialize, Serialize};

use super::{LabResultView, LatestReading, OutOfRange, RecordView, Timeline, Trend, kind::words};
use crate::{
    appointments::{AppointmentStatus, When},
    ids::{DoctorNoticeId, PatientId},
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
    pub phone: Option<String>,
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
    /// `REC-…` of its note, when one was signed.
    pub note: Option<String>,
    /// Whether it is over or has begun, and the reader has not signed a note about it.
    pub needs_note: bool,
}

/// A patient's record as a doctor needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    pub patient: PatientHead,
    pub access: Access,
    /// Whether the reader may write.
    pub may_write: bool,
    pub allergies: Vec<RecordView>,
    /// That somebody asked, and that no allergy is known. Without it and without allergies nobody asked.
    pub none_known: Option<RecordView>,
    pub problems: Vec<RecordView>,
    pub medications: Vec<RecordView>,
    /// Signed and not cancelled, of the last year.
    pub prescriptions: Vec<RecordView>,
    /// Of every test what holds now, as far as it is out of its range; the most urgent first.
    pub out_of_range: Vec<LabResultView>,
    /// Of each reading the last one among the latest measurements, the newest first.
    pub vitals: Vec<LatestReading>,
    pub immunisations: Vec<RecordView>,
    pub recent: Vec<RecordView>,
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
    pub allergies: Vec<RecordView>,
    /// That somebody asked, and that no allergy is known.
    pub none_known: Option<RecordView>,
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
    pub values: Vec<OutOfRange>,
    /// What the patient asks; `None` when their key was erased.
    pub question: Option<String>,
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
    /// Results out of their range, the most urgent first.
    pub out_of_range: Vec<OutOfRange>,
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
    pub active_prescriptions: u64,
    pub upcoming_appointments: u64,
}
