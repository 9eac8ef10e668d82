//! What is shown of the record. Labels are made on the server, so that no browser computes a date.

use serde::{Deserialize, Serialize};

use super::{
    Content, EntryQuestion, LabResultView, LatestReading, RecordStatus, RecordType, Severity, Unacted, ValueLine,
    kind::words,
};
use crate::{
    appointments::{NotedVisit, When},
    ids::{DoctorId, PatientId, RecordId},
};

/// One entry of the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordView {
    pub id: RecordId,
    /// `REC-…`
    pub reference: String,
    pub kind: RecordType,
    pub status: RecordStatus,
    /// `YYYY-MM-DD`
    pub date: String,
    /// "1 December 2026"
    pub date_label: String,
    /// Who answers for it: "Dr. Ana Rivera", or the patient's name where the patient brought it.
    pub doctor_name: String,
    /// Whether the patient brought it, and no doctor answers for it.
    pub is_from_patient: bool,
    pub patient: PatientId,
    pub patient_name: String,
    /// `PT-…`
    pub patient_reference: String,
    /// `None` when the patient's key was erased, and with it what the entry said.
    pub content: Option<Content>,
    /// The entry that it belongs to or corrects.
    pub about: Option<RecordId>,
    /// Whether it corrects or completes a signed entry of its own kind.
    pub is_addendum: bool,
    pub signed: Option<Signature>,
    /// Whether a prescription was ended.
    pub is_cancelled: bool,
    /// Whether something in it is critical and no doctor has acted on it.
    pub is_unacted: bool,
    /// Prescriptions that belong to it.
    pub prescriptions: Vec<RecordView>,
    /// Of an allergy: how it is understood when a medicine is compared with it.
    pub understood: Option<Understood>,
    /// Others that name the same thing and are ended with it, when it holds at present.
    pub stands_for: Vec<Twin>,
    /// The visit that it was written at: `APT-…`. On its own page only when the reader may see that visit.
    pub visit: Option<String>,
    pub created: When,
    /// When it was last saved.
    pub updated: When,
    /// Of a draft: grows with every saving.
    pub version: i32,
}

/// Another entry that names the same thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Twin {
    pub reference: String,
    /// "Lipitor 20 mg, 1 December 2026, Dr. Ana Rivera"
    pub words: String,
}

impl RecordView {
    /// A few words for a list.
    #[must_use]
    pub fn title(&self) -> String {
        let title = self.content.as_ref().map(Content::title).unwrap_or_default();
        if title.is_empty() { self.kind.label().to_owned() } else { title }
    }

    #[must_use]
    pub fn summary(&self) -> String {
        self.content.as_ref().map_or_else(|| "Its content was erased.".to_owned(), Content::summary)
    }

    /// How bad an allergy is; nothing of other entries, and of one whose content was erased.
    #[must_use]
    pub const fn severity(&self) -> Option<Severity> {
        match &self.content {
            Some(Content::Allergy(allergy)) => Some(allergy.severity),
            _ => None,
        }
    }

    /// Who asked, and when: "Asked by Dr. Ana Rivera on 1 December 2026."
    #[must_use]
    pub fn asked_words(&self) -> String {
        format!("Asked by {} on {}.", self.doctor_name, self.date_label)
    }

    /// What whoever answers for it did with it.
    #[must_use]
    pub const fn signed_word(&self) -> &'static str {
        if self.is_from_patient { "Entered" } else { "Signed" }
    }

    /// Where it stands as a prescription.
    #[must_use]
    pub const fn prescription_status(&self) -> PrescriptionStatus {
        match (self.is_cancelled, &self.signed) {
            (true, _) => PrescriptionStatus::Cancelled,
            (false, Some(_)) => PrescriptionStatus::Active,
            (false, None) => PrescriptionStatus::Draft,
        }
    }

    #[must_use]
    pub const fn is_draft(&self) -> bool {
        matches!(self.status, RecordStatus::Draft)
    }

    /// Whether something can be added to it: a signed report takes additions, what was added takes none in its turn.
    #[must_use]
    pub fn takes_additions(&self) -> bool {
        self.kind.is_report() && self.status == RecordStatus::Final && !self.is_addendum
    }

    /// Whether its patient can ask about it: a doctor answers for it, it is signed, and it still says something.
    #[must_use]
    pub fn takes_questions(&self) -> bool {
        !self.is_from_patient && self.status == RecordStatus::Final && self.content.is_some()
    }
}

/// How an allergy is understood when a medicine is compared with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Understood {
    /// What the table calls what it names. Empty when it knows nothing of it.
    pub read_as: Vec<String>,
    /// The pieces of it that are never compared with a medicine.
    pub not_compared: Vec<String>,
    /// Whether a word of it was taken for one of the table, and not found there.
    pub is_guessed: bool,
}

impl Understood {
    /// What whoever reads the allergy has to know; nothing when it is understood as it is written in `title`.
    #[must_use]
    pub fn remark(&self, title: &str) -> Option<String> {
        let title = title.to_lowercase();
        let says = |name: &String| title.contains(name.to_lowercase().trim_end_matches('s'));
        let (names, pieces) = (self.read_as.join(", "), self.not_compared.join("”, “"));
        let compared = match (self.is_guessed, self.read_as.is_empty()) {
            (true, _) => {
                Some(format!("Checked against prescriptions as {names}: correct the spelling if that is wrong."))
            }
            (false, false) if !self.read_as.iter().all(says) => {
                Some(format!("Checked against prescriptions as {names}."))
            }
            _ => None,
        };
        let left = match (pieces.is_empty(), self.read_as.is_empty()) {
            (true, _) => None,
            (false, true) => Some("Not compared with prescriptions: it is not in our table.".to_owned()),
            (false, false) => Some(format!("Not compared with prescriptions: “{pieces}”.")),
        };
        let sentences: Vec<String> = [compared, left].into_iter().flatten().collect();
        (!sentences.is_empty()).then(|| sentences.join(" "))
    }
}

words! {
    /// Where a prescription stands for programs.
    PrescriptionStatus {
        Draft = "draft", "Draft";
        /// Signed and not cancelled; how long it lasts is in its words.
        Active = "active", "Active";
        Cancelled = "cancelled", "Cancelled";
    }
}

/// Who signed an entry, and what it was sealed with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    pub by: String,
    pub at: When,
    /// A keyed hash over everything that the entry says: 64 hexadecimal digits.
    pub hash: String,
}

/// A reading that somebody must act on at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Danger {
    /// "Blood pressure 240/140 mmHg"
    pub words: String,
    /// Where the limit is written.
    pub source: String,
    /// What the person who was measured can do, in sentences.
    pub advice: String,
}

/// An entry with everything around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordDetail {
    pub record: RecordView,
    /// What was added to it after it was signed, the oldest first.
    pub addenda: Vec<RecordView>,
    /// What its patient asked about it, the oldest first.
    pub questions: Vec<EntryQuestion>,
    /// What it completes, when it is itself an addendum, or the note that it belongs to.
    pub parent: Option<RecordView>,
    /// Results of a laboratory report.
    pub results: Vec<LabResultView>,
    /// Vital signs that somebody must act on at once.
    pub dangers: Vec<Danger>,
    /// Why and when a prescription was ended.
    pub cancellation: Option<RecordView>,
    /// Whether it is the reader's own: others cannot go on to the pages of their own record.
    pub is_own: bool,
    /// Whether the reader is a doctor who can say that they acted on what is critical in it.
    pub may_act: bool,
    /// Whether the reader may add to it: it is a signed report of a patient that they may write about.
    pub may_add: bool,
    /// Whether the reader may end it: it is a signed prescription that was not ended.
    pub may_end: bool,
    /// What a doctor goes on with after signing it, when it is a note that they may write about.
    pub next: Option<AfterNote>,
}

/// What a doctor goes on with after signing a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AfterNote {
    /// The visit that it is about, when that is the reader's own.
    pub visit: Option<NotedVisit>,
    /// The reader, whose free times a follow-up takes.
    pub doctor: DoctorId,
}

/// A place in a timeline: the entries before or after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    pub date: jiff::civil::Date,
    pub id: i64,
}

impl Cursor {
    /// `2026-12-01.17`
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (date, id) = text.split_once('.')?;
        let date = (date.len() == 10).then(|| date.parse().ok())??;
        Some(Self { date, id: id.parse().ok().filter(|id| *id > 0)? })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.date, self.id)
    }
}

/// A stretch of a timeline, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeline {
    /// What holds at present, on the first page of a patient's own record alone: allergies, problems, medicines.
    pub holds: Option<Vec<RecordView>>,
    /// Whether something critical holds now or waits for a doctor to act; asked for the first page alone.
    pub is_critical: bool,
    /// What is critical and no doctor has acted on, on the first page alone.
    pub unacted: Vec<Unacted>,
    pub entries: Vec<TimelineEntry>,
    /// Where the newer entries end, unless there are none.
    pub newer: Option<Cursor>,
    /// Where the older entries begin, unless there are none.
    pub older: Option<Cursor>,
}

/// One line of a timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineEntry {
    pub record: RecordView,
    /// Results out of their range, the most urgent first.
    pub out_of_range: Vec<ValueLine>,
}

/// What a patient's first page shows of the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordGlance {
    pub recent: Vec<TimelineEntry>,
    /// Of every test what holds now, as far as it is out of its range; the most urgent first.
    pub out_of_range: Vec<LabResultView>,
    /// Readings that are critical and that no doctor has acted on, the newest first.
    pub readings: Vec<LatestReading>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::as_it_is_written("Penicillin", &["penicillin"], &[], false, None)]
    #[case::plural("NSAIDs", &["NSAID"], &[], false, None)]
    #[case::a_brand("Augmentin", &["co-amoxiclav"], &[], false, Some("as co-amoxiclav."))]
    #[case::a_guess("Pencillin", &["penicillin"], &[], true, Some("as penicillin: correct the spelling"))]
    #[case::unknown("Zorblax", &[], &["Zorblax"], false, Some("it is not in our table"))]
    #[case::in_part("Penicillin, zorblax", &["penicillin"], &["zorblax"], false, Some("“zorblax”"))]
    fn an_allergy_that_is_not_understood_as_it_is_written_says_so(
        #[case] title: &str,
        #[case] read_as: &[&str],
        #[case] not_compared: &[&str],
        #[case] is_guessed: bool,
        #[case] said: Option<&str>,
    ) {
        let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
        let understood = Understood { read_as: owned(read_as), not_compared: owned(not_compared), is_guessed };
        let remark = understood.remark(title);
        assert_eq!(remark.is_some(), said.is_some(), "{remark:?}");
        assert!(said.is_none_or(|said| remark.unwrap_or_default().contains(said)));
    }

    #[rstest]
    #[case("2026-12-01.17", true)]
    #[case("2026-12-01.0", false)]
    #[case("2026-12-01.-4", false)]
    #[case("2026-12-01", false)]
    #[case("tomorrow.3", false)]
    #[case("+002026-12-01.3", false)]
    fn a_cursor_is_a_day_and_a_number(#[case] text: &str, #[case] fine: bool) {
        let cursor = Cursor::parse(text);
        assert_eq!(cursor.map(|cursor| cursor.to_string()).as_deref(), fine.then_some(text));
    }
}
